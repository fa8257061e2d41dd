"""Filter values as people give them, resolved to ids: names, codes and ids are all welcome."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.browse import resolve
from kg.cases import Bound
from kg.effects.effect import POINTS
from kg.index.table import CaseTable
from kg.records import GRADES
from kg.scenes import family
from kg.store.protocol import GraphRead
from kg.text import normalise
from ontology.classification import industries_of, load_industries, load_places, place_of
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import DEFAULT_EDITION

GRADED = tuple(grade for grade in GRADES if grade)
BASES = ("awarded", "assigned")
ROLES = ("enterprise", "provider")
HAS = ("solution", "supplier", "effects", "standard", "replication")
_BOUND = re.compile(
    r"(?P<kpi>.+?)\s*[:：]\s*(?P<kind>change|points|difference|level)\s*(?P<side>>=|<=|≥|≤)"
    r"\s*(?P<value>-?\d+(?:\.\d+)?)\s*(?P<unit>\S*)"
)
_BOUND_FORM = (
    "must look like K07:change>=30% (kinds: change in percent, points for percentage points,"
    " difference in a unit, level reached)"
)
_LABELS = {
    "scene": "Scene",
    "segment": "Segment",
    "area": "Area",
    "level": "Level",
    "kpi": "Kpi",
    "enterprise": "Organisation",
    "provider": "Organisation",
    "exclude_enterprise": "Organisation",
}


def resolve_values(
    read: GraphRead,
    field: str,
    values: Sequence[str],
    label: str | None = None,
    edition: str = DEFAULT_EDITION,
) -> tuple[str, ...]:
    """Return the ids that the values of one filter name; raise UnknownId with the field's name.

    `label` is the kind of thing that is filtered: `level` and `kind` depend on it. Names of scenes
    and segments are those of `edition` where several editions share them; a scene stands for its
    counterparts of other editions too.
    """
    fixed = _fixed_values(read, field, label)
    if fixed is not None:
        return tuple(one_of(field, value, fixed) for value in values)
    find = {"industry": _industries, "province": _place}.get(field)
    found = [
        one
        for value in dict.fromkeys(map(str.strip, values))
        for one in (find(field, value) if find else (_named(read, field, value, edition),))
    ]
    if field == "scene":
        # A source names the scenes of one edition: cases those of 2024, official lists of 2025.
        found = [one for scene in found for one in family(read, scene).members]
    return tuple(dict.fromkeys(found))


def scene_id(read: GraphRead, value: str, edition: str = DEFAULT_EDITION) -> str:
    """Return the id of the one scene that an id or name gives; raise UnknownId else."""
    return _named(read, "scene", value.strip(), edition)


def _fixed_values(read: GraphRead, field: str, label: str | None) -> tuple[str, ...] | None:
    """Return the closed list that a filter's values come from, None where they are things."""
    if (field == "level" and label == "Standard") or field in {"kind", "status", "edition"}:
        counted = read.count(label or "Scene", (), field)
        return tuple(sorted(str(value) for value, _ in counted))
    return {"grade": GRADED, "basis": BASES, "role": ROLES, "has": HAS}.get(field)


def one_of(field: str, value: str, known: tuple[str, ...]) -> str:
    """Return the value where it is one of those known, or raise UnknownId with the nearest."""
    if value not in known:
        raise UnknownId(field, value, known, field)
    return value


def _named(read: GraphRead, field: str, value: str, edition: str) -> str:
    try:
        return resolve(read, value, _LABELS[field], edition).id
    except UnknownId as error:
        known = (*error.nearest, *_names(read, _LABELS[field]))
        raise UnknownId(field, value, known, field) from None


def _names(read: GraphRead, label: str) -> list[str]:
    return [node.name for node in read.find(label, limit=1000).nodes]


def _industries(field: str, value: str) -> tuple[str, ...]:
    """Take a GB/T 4754 code, an id, an official name or a word of the trade such as 钢铁."""
    if found := industries_of(value):
        return tuple(one.id for one in found)
    known = load_industries()
    raise UnknownId(field, value, [text for one in known for text in (one.code, one.name)], field)


def _place(field: str, value: str) -> tuple[str, ...]:
    """Take a GB/T 2260 code, an id or a name with or without 省, 市 and the like."""
    known = load_places()
    for one in known:
        if value in {one.code, one.id}:
            return (one.id,)
    if found := place_of(value):
        return (found.id,)
    names = [text for one in known for text in (one.code, one.name, one.short_name)]
    raise UnknownId(field, value, names, field)


def technologies(table: CaseTable, given: Sequence[str]) -> tuple[str, ...]:
    """Return the technologies of the cases that are, or else hold, the words given."""
    known = table.facets["technology"]
    found: list[str] = []
    for value in given:
        word = normalise(value)
        near = [word] if word in known else [one for one in known if word and word in one]
        if not near:
            raise UnknownId("technology", value, tuple(known), "technology")
        found += near
    return tuple(dict.fromkeys(found))


def read_bound(read: GraphRead, wanted: str) -> Bound:
    """Return the bound that K07:change>=30% stands for, or raise InvalidValue or UnknownId."""
    found = _BOUND.fullmatch(wanted.strip())
    if found is None:
        raise InvalidValue("effect", wanted, _BOUND_FORM)
    (kpi,) = resolve_values(read, "kpi", (found["kpi"],))
    unit = {"change": "%", "points": POINTS}.get(found["kind"], found["unit"] or None)
    value = float(found["value"])
    low, high = (value, None) if found["side"] in (">=", "≥") else (None, value)
    return Bound(kpi, found["kind"], unit, low, high)
