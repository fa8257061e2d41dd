"""The question where a described solution fits next, and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.answers import check_text, scenes_to_answer_for
from api.desk import Desk, going_on
from kg.filters import resolve_values
from kg.fits import Fit, FitPlace, fits_of_described
from kg.match.matcher import Match


@dataclass(frozen=True, slots=True)
class DescribedFits:
    """Where a solution fits of which only a text is known; none where no scene fits the text."""

    match: Match
    items: tuple[Fit, ...]
    places: tuple[FitPlace, ...]
    total: int
    note: str
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def described_fits(
    desk: Desk, text: str, industry: Sequence[str] = (), limit: int = 30
) -> DescribedFits:
    """Return in which scenes and industries a solution fits that a text describes."""
    snapshot = desk.holder.current()
    (match,) = snapshot.matcher.match_many([check_text(text)], desk.edition)
    within = resolve_values(desk.read, "industry", industry, None, desk.edition)
    scenes = scenes_to_answer_for(match)
    found = fits_of_described(desk.read, snapshot.table, scenes, within, limit)
    return DescribedFits(
        match,
        found.items,
        found.places,
        found.total,
        found.note,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )
