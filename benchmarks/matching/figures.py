"""The figures of the comparison, computed from what the systems said; no system runs here."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.results import Result, Verdict
from benchmarks.matching.splits import CASES, QUERIES
from kg.match.bootstrap import Bootstrap, Interval
from kg.match.calibration import RANKS
from kg.match.metrics import Evaluation, Row, evaluate_judgements
from kg.match.model import Judgement, Ranked
from kg.match.paired import FIGURES, groups_of

Doubles = NDArray[np.float64]

DRAWS = 2_000
SEED = 20241028
LOSS = 0.05  # share of the in-scope queries that the threshold of being off topic may cost
NO_SCENE = Ranked("", 0.0)  # stands where a system ranks nothing


@dataclass(frozen=True, slots=True)
class Spent:
    """What a system costs: the median fit, texts a second on all queries, the highest peak."""

    fit_seconds: float
    texts_per_second: float
    peak_megabytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one system.

    `cases` and `gains` (ours less this system's, none for ours) are keyed as `FIGURES` of
    `kg.match.paired`; `queries` are the figures of `sfkg evaluate` at the threshold of this system.
    """

    cases: Mapping[str, Interval]
    gains: Mapping[str, Interval]
    queries: Evaluation
    spent: Spent


def drawn(rows: Sequence[Row]) -> Bootstrap:
    """Return the draws of the enterprises of rows."""
    return Bootstrap(groups_of(rows), DRAWS, SEED)


def figures_of(
    result: Result, ours: Result | None, cases: Sequence[Row], queries: Sequence[Row]
) -> Figures:
    """Return the figures of a system, its gains over it where ours is there too."""
    bootstrap = drawn(cases)
    hits = _hits(cases, result.verdicts[CASES])
    others = _hits(cases, ours.verdicts[CASES]) if ours and ours.system != result.system else {}
    return Figures(
        cases={name: bootstrap.interval(one) for name, one in hits.items()},
        gains={name: bootstrap.interval(one - hits[name]) for name, one in others.items()},
        queries=_on_queries(queries, result.verdicts[QUERIES]),
        spent=_spent(result),
    )


def _hits(rows: Sequence[Row], verdicts: Mapping[str, Verdict]) -> dict[str, Doubles]:
    ranked = [(row, verdicts[row.id].scenes or (NO_SCENE.scene,)) for row in rows]
    return {
        name: np.array([right(row, scenes) for row, scenes in ranked], dtype=np.float64)
        for name, right in FIGURES.items()
    }


def _on_queries(rows: Sequence[Row], verdicts: Mapping[str, Verdict]) -> Evaluation:
    threshold = threshold_at_loss(
        [verdicts[row.id].off_topic for row in rows if row.in_scope], LOSS
    )
    judgements = [_judgement(verdicts[row.id], threshold) for row in rows]
    return evaluate_judgements(rows, judgements)


def threshold_at_loss(in_scope: Sequence[float], loss: float) -> float:
    """Return the least score above which at most this share of the in-scope texts lies."""
    ordered = sorted(in_scope, reverse=True)
    return ordered[int(loss * len(ordered))]


def _judgement(verdict: Verdict, threshold: float) -> Judgement:
    """Return the verdict as a judgement of ours; a peer's scores are no chances."""
    ranking = tuple(Ranked(scene, 0.0) for scene in verdict.scenes[:RANKS]) or (NO_SCENE,)
    rejected = verdict.off_topic > threshold
    return Judgement(
        decision="no_scene" if rejected else "candidates",
        ranking=ranking,
        shown=0 if rejected else len(ranking),
        off_topic=verdict.off_topic,
        known=1,
    )


def _spent(result: Result) -> Spent:
    queries = result.costs[QUERIES]
    return Spent(
        fit_seconds=statistics.median(cost.fit_seconds for cost in result.costs.values()),
        texts_per_second=queries.judged / statistics.median(queries.judge_seconds),
        peak_megabytes=max(cost.peak_megabytes for cost in result.costs.values()),
    )
