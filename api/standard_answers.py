"""The questions for standards, as they come in by name, and their answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.answers import check_window, check_years
from api.desk import Desk, going_on
from kg.entities import Ref
from kg.filters import one_of, resolve_values, scene_id
from kg.standards.find import StandardQuery, find_standards
from kg.standards.standard import Standard
from kg.standards.status import BRANCHES, CURRENCY_ORDER, KINDS
from ontology.errors import InvalidValue
from ontology.schema import STANDARD_LEVELS, STANDARD_ROLES

CURRENCIES = tuple(one for some in CURRENCY_ORDER for one in some)
# Filters of standards by name; `segment` and `branch` and `status` are looked up in the graph.
VALUE_FIELDS = ("segment", "level", "kind", "branch", "role", "status", "currency")
_CLOSED = {
    "level": STANDARD_LEVELS,
    "kind": KINDS,
    "role": STANDARD_ROLES,
    "currency": CURRENCIES,
}


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """A question for standards as it comes in: values unresolved, by name (VALUE_FIELDS).

    `as_of` is a day (ISO) or "" for today.
    """

    code: str = ""
    scene: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    as_of: str = ""
    year_from: int | None = None
    year_to: int | None = None
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class StandardsPage:
    """Standards in order, how many meet the filters, the address of the next page.

    `currency` of each is told for the day `as_of`. With a scene the closest come first and their
    links are those to it; else they go by code.
    """

    scene: Ref | None
    name_status: str
    as_of: str
    items: tuple[Standard, ...]
    total: int
    offset: int
    snapshot: str
    index_lag: bool
    degraded: bool
    next: str | None = None


@going_on
def standards(desk: Desk, question: StandardQuestion) -> StandardsPage:
    """Return the standards that meet a question."""
    check_window(question.offset, question.limit)
    check_years(question.year_from, question.year_to)
    day = day_of(desk, question.as_of)
    values = {name: _values(desk, name, question.values.get(name, ())) for name in VALUE_FIELDS}
    if question.scene and values["segment"]:
        raise InvalidValue("segment", values["segment"][0], "excludes a scene; give one of them")
    query = StandardQuery(
        day=day,
        code=question.code.strip(),
        scene=scene_id(desk.read, question.scene, desk.edition) if question.scene else "",
        year_from=question.year_from,
        year_to=question.year_to,
        offset=question.offset,
        limit=question.limit,
        **values,
    )
    found = find_standards(desk.read, desk.whole.standards, query)
    return StandardsPage(
        found.scene,
        found.name_status,
        day.isoformat(),
        found.items,
        found.total,
        question.offset,
        desk.holder.current().id,
        desk.holder.lag,
        desk.degraded,
    )


def day_of(desk: Desk, as_of: str) -> datetime.date:
    """Return the day that a text gives, today for ""; raise InvalidValue for what is none."""
    if not as_of.strip():
        return desk.clock()
    try:
        return datetime.date.fromisoformat(as_of.strip())
    except ValueError:
        raise InvalidValue("as_of", as_of, "is no day like 2026-08-25") from None


def _values(desk: Desk, name: str, given: Sequence[str]) -> tuple[str, ...]:
    if not given:
        return ()
    if name in _CLOSED:
        return tuple(one_of(name, value, _CLOSED[name]) for value in given)
    if name == "branch":
        held = {node.text("branch") for node in desk.whole.standards.nodes.values()} - {""}
        known = (*BRANCHES.values(), *sorted(held))
        return tuple(one_of(name, value, known) for value in given)
    return resolve_values(desk.read, name, given, "Standard", desk.edition)
