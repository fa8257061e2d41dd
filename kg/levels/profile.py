"""What is known of a factory when its level is checked; what is absent is unknown, never a lack."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ontology.conditions import Condition, Conditions, Kpi, Scope
from ontology.errors import InvalidValue, UnknownId

# How a scene is known to be covered: the factory says so, in this edition or by another's name, a
# text of it was matched, or a source tells a case of its enterprise.
Basis = Literal["stated", "mapped", "matched", "attested"]
LOWEST_MATURITY, HIGHEST_MATURITY = 1, 5  # GB/T 39116-2020
STATED = ("statement", "assessment")  # checks that only what the enterprise states can settle
SETTLED_BY: Mapping[str, str] = {
    "coverage": "goes by the covered scenes; give them as scenes or texts",
    "maturity": "goes by the maturity level; give it as maturity",
    "comparison": "goes by figures beside those of peers; give them as kpis or maturity",
    "other_conditions": "follows from other conditions",
}


@dataclass(frozen=True, slots=True)
class CoveredScene:
    """A scene (2024) that the factory covers; `origin` is the name, text or case that shows it.

    `probability` is the chance of a matched text, None where nothing was matched.
    """

    scene: str
    basis: Basis
    origin: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Peers:
    """What peers of one scope reach: their average, their leaders, and who says so."""

    average: float | None = None
    leading: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the factory, larger is better, and those of its peers by scope."""

    value: float | None = None
    source: str = ""
    peers: Mapping[Scope, Peers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the enterprise states of one condition, and what shows it.

    `listed` says that the enterprise did not state it: it follows from an official list.
    """

    holds: bool
    source: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A factory as its level is checked.

    `complete` says that `covered` names every covered scene, so that others are not covered.
    `possible` are scenes that a text leaves open. `kpis` are by indicator, `statements` by
    condition. Raise UnknownId or InvalidValue from `check`, naming the field.
    """

    covered: tuple[CoveredScene, ...] = ()
    possible: tuple[CoveredScene, ...] = ()
    complete: bool = False
    maturity: Figure | None = None
    kpis: Mapping[str, Figure] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def check(self, conditions: Conditions) -> None:
        """Raise UnknownId or InvalidValue where the profile holds what the notice does not know."""
        for condition in self.statements:
            _check_statement(condition, conditions)
        known = {one.id: one for one in conditions.kpis}
        for kpi, figure in self.kpis.items():
            field_name = f"kpis.{kpi}"
            if kpi not in known:
                raise UnknownId("indicator", kpi, known, field_name)
            _check_figure(figure, field_name)
            _check_share(figure, known[kpi], field_name)
        if self.maturity:
            _check_figure(self.maturity, "maturity")
            _check_maturity(self.maturity.value)


def stated_conditions(conditions: Conditions) -> tuple[Condition, ...]:
    """Return the conditions that a profile can make statements of, in the notice's order."""
    clauses = (
        *conditions.base,
        *(one for level in conditions.levels for one in (*level.content, *level.results)),
        *conditions.application,
    )
    every = (condition for clause in clauses for condition in clause.conditions)
    return tuple(condition for condition in every if condition.check in STATED)


def _check_statement(condition_id: str, conditions: Conditions) -> None:
    field_name = f"statements.{condition_id}"
    try:
        condition = conditions.condition(condition_id)
    except UnknownId:
        known = [one.id for one in stated_conditions(conditions)]
        raise UnknownId("condition", condition_id, known, field_name) from None
    if condition.kind == "duty":
        raise InvalidValue(field_name, condition_id, "is a duty of applicants and no condition")
    if condition.check not in STATED:
        raise InvalidValue(field_name, condition_id, SETTLED_BY[condition.check])


def _check_figure(figure: Figure, field_name: str) -> None:
    if figure.value is not None:
        _check_finite([figure.value], f"{field_name}.value")
    for scope, peers in figure.peers.items():
        given = [one for one in (peers.average, peers.leading) if one is not None]
        _check_finite(given, f"{field_name}.peers.{scope}")
        if len(given) > 1 and given[0] > given[1]:
            told = f"is better than the leading figure {given[1]:g}"
            raise InvalidValue(f"{field_name}.peers.{scope}.average", f"{given[0]:g}", told)


def _check_share(figure: Figure, kpi: Kpi, field_name: str) -> None:
    """Refuse a share that is none: an indicator that is a level in percent lies in 0 to 100."""
    if kpi.unit != "%" or kpi.form != "level":
        return
    told = f"is no share; {kpi.name} is in percent, 0 to 100"
    peers = [one for own in figure.peers.values() for one in (own.average, own.leading)]
    for value in (figure.value, *peers):
        if value is not None and not 0 <= value <= 100:
            raise InvalidValue(f"{field_name}.value", f"{value:g}", told)


def _check_finite(values: Iterable[float], field_name: str) -> None:
    for value in values:
        if not math.isfinite(value):
            raise InvalidValue(field_name, value, "is no finite number")


def _check_maturity(level: float | None) -> None:
    if level is not None and level not in range(LOWEST_MATURITY, HIGHEST_MATURITY + 1):
        raise InvalidValue(
            "maturity.level", level, f"is no level of GB/T 39116, {LOWEST_MATURITY} to"
            f" {HIGHEST_MATURITY}",
        )  # fmt: skip
