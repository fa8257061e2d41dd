"""The questions that people ask and their answers, the same for the command line, HTTP and page.

Where an answer says `degraded`, the store was away and what was last known of it answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from api.desk import Desk, going_on
from kg.browse import ListFilters, Thing, list_things, show
from kg.filters import resolve_values, scene_id
from kg.match.matcher import Match, ScenePick
from kg.recommend import SceneSolutions, recommend
from kg.records import Node
from kg.standards import SceneStandards, standards_of
from kg.store.protocol import LoadState
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import EDITIONS
from ontology.schema import FORBIDDEN

LONGEST_TEXT = 20_000  # characters; about 30 pages, more than any description of one scene
MOST_TEXTS = 100
LARGEST_PAGE = 200
SCENES_RECOMMENDED = 3  # candidates whose solutions are shown for a text
NOTHING_KNOWN = "来源中没有记载用于该场景的方案；这不代表没有。"


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """The typical scenes of a text: `probability` is the chance that annotators accept the scene.

    `decision` is matched, candidates or no_scene; `reason` says why nothing fits.
    """

    decision: str
    edition: str
    snapshot: str
    index_lag: bool
    degraded: bool
    reason: str
    nearest_segment: str | None
    scenes: tuple[ScenePick, ...]


@dataclass(frozen=True, slots=True)
class RecommendationsAnswer:
    """Solutions per scene; `match` is None where a scene was asked for by id."""

    snapshot: str
    index_lag: bool
    degraded: bool
    match: Match | None
    scenes: tuple[SceneSolutions, ...]
    note: str
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Things in id order; `next_after` is the id to go on from, None at the end."""

    items: tuple[Node, ...]
    total: int
    next_after: str | None
    degraded: bool
    next: str | None = None


def check_text(text: str, field: str = "text") -> str:
    """Return the text without outer blanks; raise InvalidValue where nobody could match it."""
    cleaned = text.replace("\r\n", "\n").strip()
    if not cleaned:
        raise InvalidValue(field, "", "is empty; describe in a sentence what is done or needed")
    if len(cleaned) > LONGEST_TEXT:
        raise InvalidValue(
            field, f"{cleaned[:20]}…", f"is {len(cleaned)} characters long, at most {LONGEST_TEXT}"
        )
    if found := FORBIDDEN.search(cleaned):
        raise InvalidValue(
            field,
            f"U+{ord(found[0]):04X}",
            f"is a control character at position {found.start() + 1}; texts must not hold any",
        )
    return cleaned


def check_edition(edition: str) -> str:
    """Return the edition, or raise UnknownId with the editions there are."""
    if edition not in EDITIONS:
        raise UnknownId("edition", edition, EDITIONS, "edition")
    return edition


def check_window(offset: int, limit: int) -> None:
    """Raise InvalidValue where a page begins or ends where none can."""
    if not 0 <= offset <= 10_000_000:
        raise InvalidValue("offset", offset, "must be 0 or more")
    if not 1 <= limit <= LARGEST_PAGE:
        raise InvalidValue("limit", limit, f"must be between 1 and {LARGEST_PAGE}")


@going_on
def match_texts(desk: Desk, texts: Sequence[str], edition: str) -> list[MatchAnswer]:
    """Return the scenes of each text, in the order of the texts."""
    if not 1 <= len(texts) <= MOST_TEXTS:
        raise InvalidValue("texts", len(texts), f"are too few or many; 1 to {MOST_TEXTS} at a time")
    cleaned = [
        check_text(text, "text" if len(texts) == 1 else f"texts[{index}]")
        for index, text in enumerate(texts)
    ]
    check_edition(edition)
    snapshot = desk.holder.current()
    return [
        MatchAnswer(
            match.decision,
            match.edition,
            snapshot.id,
            desk.holder.lag,
            desk.degraded,
            match.reason,
            match.nearest_segment,
            match.scenes,
        )
        for match in snapshot.matcher.match_many(cleaned, edition)
    ]


def check_years(first: int | None, last: int | None) -> None:
    """Raise InvalidValue where a range of years is none."""
    for field, year in (("year_from", first), ("year_to", last)):
        if year is not None and not 1949 <= year <= 2100:
            raise InvalidValue(field, year, "is no year between 1949 and 2100")
    if first is not None and last is not None and first > last:
        raise InvalidValue("year_from", first, f"is later than year_to {last}")


def resolved(
    desk: Desk, values: Mapping[str, Sequence[str]], label: str | None = None
) -> dict[str, Any]:
    """Return the filters that are set by name, ready to be passed on as keywords."""
    return {
        field: resolve_values(desk.read, field, given, label, desk.edition)
        for field, given in values.items()
        if given
    }


@going_on
def recommend_for_scene(
    desk: Desk, scene: str, limit: int = 10, offset: int = 0
) -> RecommendationsAnswer:
    """Return the solutions known for the scene that an id or name gives."""
    check_window(offset, limit)
    found = recommend(desk.read, scene_id(desk.read, scene, desk.edition), limit, offset)
    note = "" if found.used_total or found.offered_total else NOTHING_KNOWN
    return _recommendations(desk, None, (found,), note)


@going_on
def recommend_for_text(
    desk: Desk, text: str, limit: int = 10, offset: int = 0, field: str = "text"
) -> RecommendationsAnswer:
    """Return the solutions known for the scenes that the text matches; `field` it came in as."""
    cleaned = check_text(text, field)
    check_window(offset, limit)
    snapshot = desk.holder.current()
    (match,) = snapshot.matcher.match_many([cleaned], desk.edition)
    picks = {"matched": 1, "candidates": SCENES_RECOMMENDED}.get(match.decision, 0)
    scenes = tuple(recommend(desk.read, pick.id, limit, offset) for pick in match.scenes[:picks])
    note = "" if scenes else match.reason
    return _recommendations(desk, match, scenes, note)


@going_on
def standards_for_scene(desk: Desk, scene: str, limit: int = 20, offset: int = 0) -> SceneStandards:
    """Return the standards that go with the scene that an id or name gives."""
    check_window(offset, limit)
    found = standards_of(desk.read, scene_id(desk.read, scene, desk.edition), limit, offset)
    return replace(found, degraded=desk.degraded)


@going_on
def thing(desk: Desk, name: str, label: str | None = None) -> Thing:
    """Return everything known of the thing that an id, key, code or name gives."""
    if not name.strip():
        raise InvalidValue("id", name, "is empty; give an id, key, code or name")
    return replace(show(desk.read, name, label, desk.edition), degraded=desk.degraded)


@going_on
def listed(
    desk: Desk,
    label: str,
    values: Mapping[str, Sequence[str]],
    years: tuple[int | None, int | None] = (None, None),
    after: str = "",
    limit: int = 20,
) -> ListPage:
    """Return the things of a label that meet the filters, in id order from beyond `after`."""
    check_window(0, limit)
    check_years(*years)
    filters = ListFilters(year_from=years[0], year_to=years[1], **resolved(desk, values, label))
    page = list_things(desk.read, label, filters, after, limit)
    last = page.nodes[-1].id if len(page.nodes) == limit else None
    if last and not list_things(desk.read, label, filters, last, 1).nodes:
        last = None
    return ListPage(page.nodes, page.total, last, desk.degraded)


def _recommendations(
    desk: Desk, match: Match | None, scenes: tuple[SceneSolutions, ...], note: str
) -> RecommendationsAnswer:
    snapshot = desk.holder.current().id
    return RecommendationsAnswer(snapshot, desk.holder.lag, desk.degraded, match, scenes, note)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The state of the graph: its hash, counts by label and relation, sources, snapshot."""

    graph_hash: str
    records: int
    labels: Mapping[str, int]
    relations: Mapping[str, int]
    sources: tuple[LoadState, ...]
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def statistics(desk: Desk) -> Statistics:
    """Return the state of the graph."""
    state = desk.read.state()
    return Statistics(
        state.graph_hash,
        state.records,
        state.labels,
        state.relations,
        desk.read.sources(),
        state.snapshot,
        desk.holder.lag,
        desk.degraded,
    )
