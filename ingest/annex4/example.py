"""The example that the form prints, left in by whoever filled it in."""

from __future__ import annotations

from ingest.annex4.parts import Parts
from ingest.annex4.spelling import is_slip
from kg.match.names import name_key
from ontology.conditions import PrintedExample

LEAST_OF_EXAMPLE = 12  # characters of the printed instance that nobody comes to write by himself


def is_example(parts: Parts, example: PrintedExample) -> bool:
    """Tell whether an item is the example that the form prints, whole, typed again or cut short."""
    key, printed = name_key(parts.instance), name_key(example.instance)
    return (
        printed in key or is_slip(key, printed) or (len(key) >= LEAST_OF_EXAMPLE and key in printed)
    )
