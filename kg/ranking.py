"""What makes a case comparable: contributions in [0, 1], weighted by one table that can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.index.snapshot import Snapshot
from kg.index.table import UNKNOWN_YEAR, CaseTable, Rows
from ontology.classification import ancestors, industry_line, place
from ontology.errors import InvalidValue, UnknownId

Doubles = NDArray[np.float64]

# What each contribution counts. Tuned on the 30 tuning queries of tests/quality/relevance;
# benchmarks/answers/relevance.md has the figures of the others.
WEIGHTS: Mapping[str, float] = {
    "scene": 0.4, "text": 0.31, "dense": 0.2, "industry": 0.06, "level": 0.01, "place": 0.01,
    "recency": 0.004, "grade": 0.003, "effects": 0.003,
}  # fmt: skip
# Without a scene only likeness of the texts is left to begin with.
TEXT_WEIGHTS: Mapping[str, float] = {**WEIGHTS, "scene": 0.0, "text": 0.61, "dense": 0.3}
# An enterprise's own figures are its own: they may decide between equals, not lead.
MOST_OF_EFFECTS = 0.1
DIGITS = 6  # scores are rounded before they are compared, so that no platform breaks a tie

# How near an industry is by what it shares with the asker's: class, group, division of GB/T 4754.
# Nearly every case is of section C, so a shared section says nothing.
SHARED_DEPTH = (1.0, 0.8, 0.6)
SHARED_PROVINCE = 0.6  # where the asker's city is known and the case is elsewhere in its province
LEVEL_STEPS = 3  # from the lowest level to the highest
YEARS_UNTIL_OLD = 10
GRADES: Mapping[str, float] = {"A": 1.0, "B": 0.6, "C": 0.2}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it is known: ids of industries, places and levels; () is unknown.

    `scenes` are the scenes of the asker's own case where a source or an annotator named them: they
    take the place of what the matcher makes of the text.
    """

    industry: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()


NOBODY = Asker()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Row numbers of a table in order with their scores and contributions, all of equal length."""

    rows: Rows
    scores: Doubles
    contributions: Mapping[str, Doubles]


def rank(
    snapshot: Snapshot, text: str, rows: Rows, asker: Asker, weights: Mapping[str, float]
) -> Ranking:
    """Score every one of the rows exactly and order them; ties go by id."""
    parts = contributions(snapshot, text, rows, asker)
    scores = np.round(sum(weights[name] * values for name, values in parts.items()), DIGITS)
    order = np.lexsort((rows, -scores))
    return Ranking(
        rows[order],
        scores[order],
        {name: np.round(values, DIGITS)[order] for name, values in parts.items()},
    )


def contributions(
    snapshot: Snapshot, text: str, rows: Rows, asker: Asker = NOBODY
) -> dict[str, Doubles]:
    """Return what each reason says of the rows of the table, each of shape (rows,)."""
    table = snapshot.table
    vector = snapshot.encoder.encode([text], asked=True)[0]
    return {
        "scene": np.clip(table.membership[rows] @ _scene_profile(snapshot, text, asker), 0, 1),
        "text": snapshot.lexical.similarity(text)[rows].astype(np.float64),
        "dense": np.clip(np.asarray(snapshot.vectors)[rows] @ vector, 0, 1).astype(np.float64),
        "industry": nearness(table, "industry", industry_steps(asker.industry))[rows],
        "level": nearness(table, "level", _level_steps(table, asker.level))[rows],
        "place": nearness(table, "province", _place_steps(asker.place))[rows],
        "recency": _recency(table)[rows],
        "grade": nearness(table, "grade", GRADES)[rows],
        "effects": _stated(table, "kpi")[rows],
    }


def weights_with(base: Mapping[str, float], given: Mapping[str, float]) -> dict[str, float]:
    """Return the weights with those given in their place; raise UnknownId or InvalidValue."""
    for name, weight in given.items():
        if name not in base:
            raise UnknownId("contribution", name, tuple(base), "weights")
        if not 0 <= weight <= 1:
            raise InvalidValue("weights", f"{name}={weight:g}", "must be between 0 and 1")
    found = {**base, **given}
    total = sum(found.values())
    if not total:
        raise InvalidValue("weights", "0", "leave nothing to rank by; at least one must be above 0")
    if found["effects"] > MOST_OF_EFFECTS * total:
        raise InvalidValue(
            "weights", f"effects={found['effects']:g}",
            "is more than a tenth of all weights; awardees report these figures of themselves",
        )  # fmt: skip
    return found


def _scene_profile(snapshot: Snapshot, text: str, asker: Asker) -> Doubles:
    """Return how much each scene is asked for: what the asker's case is filed under, or shares."""
    order = snapshot.matcher.model.scenes
    if known := [order.index(scene) for scene in asker.scenes if scene in order]:
        profile = np.zeros(len(order))
        profile[known] = 1 / np.arange(1, len(known) + 1)
        return np.asarray(profile / profile.sum(), dtype=np.float64)
    return np.asarray(snapshot.matcher.posteriors([text])[0], dtype=np.float64)


def nearness(table: CaseTable, facet: str, steps: Mapping[str, float]) -> Doubles:
    """Return for each row the highest of the steps whose value it has."""
    found = np.zeros(len(table.ids))
    for value, near in sorted(steps.items(), key=lambda step: step[1]):
        found[table.rows(facet, value)] = near
    return found


def industry_steps(industries: Sequence[str]) -> dict[str, float]:
    """Return how near to these industries each division of the classification is that is near."""
    steps: dict[str, float] = {}
    for own in industries:
        for value, near in zip(industry_line(own), SHARED_DEPTH, strict=False):
            steps[value] = max(near, steps.get(value, 0.0))
    return steps


def _place_steps(places: Sequence[str]) -> dict[str, float]:
    steps: dict[str, float] = {}
    for own in places:
        for wider in ancestors(place(own)):
            steps[wider.id] = SHARED_PROVINCE
        steps[own] = 1.0
    return steps


def _level_steps(table: CaseTable, levels: Sequence[str]) -> dict[str, float]:
    """Return how near each level of the table is to the asker's; ids end with their number."""
    known = table.facets["level"]
    return {value: max(level_nearness(value, own) for own in levels) for value in known if levels}


def level_nearness(level: str, own: str) -> float:
    """Return how near a level is to one's own, 1 for the same."""
    return 1 - abs(level_number(level) - level_number(own)) / LEVEL_STEPS


def level_number(level: str) -> int:
    """Return the place of a level in the ladder; its id ends with it."""
    return int(level[-1])


def _recency(table: CaseTable) -> Doubles:
    """Return 1 for the newest year of the table, 0 from ten years before it, 0 for unknown."""
    years = table.years.astype(np.float64)
    newest = years.max(initial=UNKNOWN_YEAR)
    fresh = np.clip(1 - (newest - years) / YEARS_UNTIL_OLD, 0, 1)
    return np.asarray(np.where(years == UNKNOWN_YEAR, 0.0, fresh), dtype=np.float64)


def _stated(table: CaseTable, facet: str) -> Doubles:
    """Return 1 for the rows that have any value of a facet."""
    found = np.zeros(len(table.ids))
    for value in table.facets[facet]:
        found[table.rows(facet, value)] = 1.0
    return found
