"""The question how far the guide is covered by what is known, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.desk import Desk, going_on
from kg.coverage import (
    CoverageCell,
    OfferedIn,
    SceneCoverage,
    cases_by_segment,
    coverage,
)
from kg.entities import Ref
from kg.filters import resolve_values


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """What is known of each scene of the 2024 guide (see Coverage); `note` says what is not told.

    `industry` are the ids that were asked for, () for all.
    """

    industry: tuple[str, ...]
    scenes: tuple[SceneCoverage, ...]
    cells: tuple[CoverageCell, ...]
    offered: tuple[OfferedIn, ...]
    industries: tuple[Ref, ...]
    white_spots: tuple[str, ...]
    note: str
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def guide_coverage(desk: Desk, industry: Sequence[str] = ()) -> CoverageAnswer:
    """Return what is known of the guide's scenes in some industries or in all."""
    snapshot = desk.holder.current()
    wanted = resolve_values(desk.read, "industry", industry, None, desk.edition)
    found = (
        coverage(desk.read, snapshot, desk.whole.supports, wanted)
        if wanted
        else desk.whole.coverage
    )
    return CoverageAnswer(
        wanted,
        found.scenes,
        found.cells,
        found.offered,
        found.industries,
        found.white_spots,
        found.note,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )


@going_on
def segment_cases(desk: Desk, industry: Sequence[str] = ()) -> Mapping[tuple[str, str], int]:
    """Return how many cases each industry (division, "" where unknown) has in each segment."""
    wanted = resolve_values(desk.read, "industry", industry, None, desk.edition)
    return cases_by_segment(desk.holder.current().table, wanted)
