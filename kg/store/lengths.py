"""How long a text may be that a store looks things up by, the same on every store."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Record
from kg.store.protocol import LONGEST_BYTES
from ontology.errors import InvalidValue
from ontology.schema import Schema


def check_length(name: str, text: str) -> None:
    """Raise InvalidValue where a text is too long to be looked up by."""
    if len(text) * 4 > LONGEST_BYTES and len(text.encode()) > LONGEST_BYTES:
        raise InvalidValue(name, text, f"is longer than the {LONGEST_BYTES} bytes of an index")


def check_lengths(record: Record, schema: Schema) -> None:
    """Raise InvalidValue where an id or a value that filters ask for is too long."""
    check_length("subject", record.subject)
    for link in record.links:
        check_length(f"end of {link.relation}", link.end)
    for name, text in _filtered(record, schema):
        check_length(name, text)


def _filtered(record: Record, schema: Schema) -> Iterator[tuple[str, str]]:
    label = schema.label(record.label)
    for name, value in record.properties.items():
        if label.property(name).filterable:
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, str):
                    yield name, part
