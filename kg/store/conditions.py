"""What a condition's values amount to for a property: those that some thing could hold."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ontology.errors import InvalidValue
from ontology.schema import (
    FORBIDDEN,
    LARGEST_INTEGER,
    SMALLEST_INTEGER,
    Label,
    Property,
    Scalar,
)


def filterable_property(label: Label, name: str) -> Property:
    """Return a property that conditions and counts may name, or raise."""
    prop = label.property(name)
    if not prop.filterable:
        raise InvalidValue("property", name, f"of {label.name} cannot be filtered by or counted")
    return prop


def sayable(texts: Iterable[str]) -> list[str]:
    """Return the texts (ids, prefixes) that could stand in a store, each once."""
    return [text for text in dict.fromkeys(texts) if not FORBIDDEN.search(text)]


def holdable(prop: Property, values: Iterable[Scalar]) -> list[Scalar]:
    """Return the values that the property could equal, as it would hold them."""
    found = (_as_held(prop, value) for value in values)
    return [value for value in found if value is not None]


def bound(prop: Property, value: Scalar) -> Scalar | None:
    """Return a limit that the property's values compare with, None where none does."""
    if not _alike(prop, value) or value != value:
        return None
    if isinstance(value, int) and not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
        return math.copysign(math.inf, value)
    return None if isinstance(value, str) and FORBIDDEN.search(value) else value


def _as_held(prop: Property, value: Scalar) -> Scalar | None:
    limit = bound(prop, value)
    if limit is None or isinstance(limit, str | bool):
        return limit
    if not math.isfinite(limit):
        return None
    held = int(limit) if prop.kind == "integer" else float(limit)
    in_range = isinstance(held, float) or SMALLEST_INTEGER <= held <= LARGEST_INTEGER
    return held if held == limit and in_range else None


def _alike(prop: Property, value: Scalar) -> bool:
    kind = bool if isinstance(value, bool) else type(value)
    wanted: dict[str, tuple[type, ...]] = {
        "integer": (int, float),
        "number": (int, float),
        "boolean": (bool,),
    }
    return kind in wanted.get(prop.kind, (str,))
