"""The question what the graph is made of and how good it is, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.answers import Statistics, statistics
from api.desk import Desk, going_on
from kg.contradictions import Contradiction
from kg.coverage import SceneCoverage
from kg.match.artifact import load_manifest


@dataclass(frozen=True, slots=True)
class KindFigures:
    """How well texts of a kind are matched: right first, accepted first, right among three."""

    kind: str
    n: int
    top1: float
    lenient: float
    top3: float


@dataclass(frozen=True, slots=True)
class MatcherFigures:
    """The figures of the model in use, out of fold: each text judged by a model without it.

    `rejected` is the share of texts that no scene fits which are told so, `in_scope_rejected` that
    of the others; `matched_precision` is how often a text said to match does.
    """

    model: str
    kinds: tuple[KindFigures, ...]
    rejected: float | None
    in_scope_rejected: float | None
    matched_precision: float | None
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class DataAnswer:
    """The state of the graph, cases by grade and basis, contradictions, figures of the matcher."""

    statistics: Statistics
    grades: Mapping[str, int]
    bases: Mapping[str, int]
    scenes: tuple[SceneCoverage, ...]
    contradictions: tuple[Contradiction, ...]
    matcher: MatcherFigures


@going_on
def data(desk: Desk) -> DataAnswer:
    """Return what the graph is made of and how good it is."""
    table = desk.holder.current().table
    return DataAnswer(
        statistics(desk),
        {grade: len(rows) for grade, rows in sorted(table.facets["grade"].items())},
        {basis: len(rows) for basis, rows in sorted(table.facets["basis"].items())},
        desk.whole.coverage.scenes,
        desk.whole.contradictions,
        matcher_figures(desk),
    )


def matcher_figures(desk: Desk) -> MatcherFigures:
    """Return the figures that the model in use was saved with; an older one may lack some."""
    manifest = load_manifest(desk.holder.model_folder)
    found = manifest.figures.get("out_of_fold", {})
    kinds = tuple(
        KindFigures(kind, row["n"], row["top1"], row["lenient"], row["top3"])
        for kind, row in found.get("by_kind", {}).items()
        if row.get("top1") is not None
    )
    return MatcherFigures(
        manifest.id,
        kinds,
        found.get("off_topic", {}).get("rejected"),
        found.get("in_scope_rejected"),
        found.get("matched", {}).get("precision_lenient"),
        found.get("ece"),
    )
