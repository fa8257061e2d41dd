"""What a statement of an effect says, and what several say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

POINTS = "percentage points"
ENOUGH_ENTERPRISES = 3  # below it a median would tell what single enterprises reached

Kind = Literal["change", "points", "difference", "level", "count"]
Way = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A statement and what it says.

    `kind` tells what the figure is: `change` in percent of what there was before; `points`,
    a change in percentage points; `difference`, a change in the unit; `level`, a value reached
    or had; `count`, a number of things and no effect; None where the text leaves it open (能耗=15%,
    提高3倍) or has no readable figure, in which case `name` is None too.
    `low` and `high` are in `unit`, None where open; falls are negative, so 不良率=-15%以上 has only
    `high`, -15. A tolerance ±0.3mm is its size, 0.3.
    `start` and `end` (from→to) are in `unit`, of `points` in percent; a range stands there with
    its middle, an open bound is None. `change` is the relative change in percent that follows from
    them or from N倍 of a rate. `approximate` is set by words (约, 余), by such a middle and by
    months or years turned into a shorter unit. `direction` is that of the figure, `better` judges
    it by the indicator and is None without one.
    """

    statement: str
    name: str | None = None
    kpi: str | None = None
    kind: Kind | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    unit: str | None = None
    start: float | None = None
    end: float | None = None
    change: float | None = None
    direction: Way | None = None
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What is stated of one indicator in one kind and unit.

    `lowest` is the least lower bound and `highest` the greatest upper bound: >90% says nothing of
    how much was reached at most, so it counts in `lowest` only. `median` is over one value per
    enterprise, the median of its closed figures (a range by its middle), and None unless
    at least three enterprises have one.
    """

    kpi: str
    kind: Kind
    unit: str | None
    statements: int
    enterprises: int
    lowest: float | None
    highest: float | None
    median: float | None


def readings(effect: Effect) -> tuple[Effect, ...]:
    """Return what an effect tells: itself, and where it gives from→to of a measure, its change.

    Not so percentages: their change in points is what was stated, the relative one nobody did.
    """
    if effect.kind != "level" or effect.change is None:
        return (effect,)
    return effect, replace(effect, kind="change", low=effect.change, high=effect.change, unit="%")


def summarise(effects: Iterable[tuple[str, Effect]]) -> tuple[Summary, ...]:
    """Return a summary per indicator, kind and unit of (enterprise, effect) pairs.

    Statements without an indicator or a kind are left out; each of the `readings` counts.
    """
    groups: dict[tuple[str, Kind, str | None], list[tuple[str, Effect]]] = defaultdict(list)
    for enterprise, effect in effects:
        for one in readings(effect):
            if one.kpi and one.kind:
                groups[one.kpi, one.kind, one.unit].append((enterprise, one))
    ordered = sorted(groups, key=lambda key: (key[0], key[1], key[2] or ""))
    return tuple(_summary(*key, groups[key]) for key in ordered)


def _summary(kpi: str, kind: Kind, unit: str | None, stated: list[tuple[str, Effect]]) -> Summary:
    values: dict[str, list[float]] = defaultdict(list)
    for enterprise, effect in stated:
        if effect.low is not None and effect.high is not None:
            values[enterprise].append((effect.low + effect.high) / 2)
    own = [median(found) for found in values.values()]
    return Summary(
        kpi,
        kind,
        unit,
        len(stated),
        len({enterprise for enterprise, _ in stated}),
        min((effect.low for _, effect in stated if effect.low is not None), default=None),
        max((effect.high for _, effect in stated if effect.high is not None), default=None),
        median(own) if len(own) >= ENOUGH_ENTERPRISES else None,
    )
