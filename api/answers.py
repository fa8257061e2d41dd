"""The questions that people ask and their answers, the same for the command line, HTTP and page.

Where an answer says `degraded`, the store was away and what was last known of it answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from api.desk import Desk, going_on
from api.slots import go_on
from kg.browse import ListFilters, Thing, list_things, resolve, show
from kg.entities import Ref
from kg.filters import resolve_values, scene_id
from kg.fits import Fit, FitPlace, fits_of
from kg.index.snapshot import Snapshot
from kg.match.explain import ReadAs
from kg.match.matcher import Match, ScenePick
from kg.ranking import Asker
from kg.recommend import SceneSolutions, Wish, nearest_with_solutions, recommend
from kg.records import Node
from kg.store.protocol import LoadState
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import EDITIONS
from ontology.schema import FORBIDDEN
from ontology.sentence import Sentence, joined

LONGEST_TEXT = 20_000  # characters; about 30 pages, more than any description of one scene
MOST_TEXTS = 100
MOST_CHARACTERS = 60_000  # of all texts together: about three seconds of a core
LARGEST_PAGE = 200
MOST_CANDIDATES = 3  # scenes that are answered for where a text leaves several open
ASKER_FIELDS = ("for_industry", "for_province", "for_level")
ONLY_NEAR = Sentence(
    "以下为同一环节中相近场景的方案，仅供参考。",
    "What follows are solutions of a near scene of the same segment, for reference only.",
)
NOTHING_KNOWN = Sentence(
    "来源中没有记载用于该场景的方案；这不代表没有。",
    "No source tells of a solution used in this scene; that does not mean that there is none.",
)


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """The typical scenes of a text: `probability` is the chance that annotators accept the scene.

    `decision` is matched, candidates or no_scene; `reason` says why nothing fits; `read_as` are the
    taught words of the text with what they stand for.
    """

    decision: str
    edition: str
    snapshot: str
    index_lag: bool
    degraded: bool
    reason: str
    nearest_segment: str | None
    scenes: tuple[ScenePick, ...]
    read_as: tuple[ReadAs, ...]


@dataclass(frozen=True, slots=True)
class RecommendationsAnswer:
    """Solutions per scene; `match` is None where a scene was asked for by id.

    `near` are those of another scene of the segment, where nothing is known of the one asked for.
    """

    snapshot: str
    index_lag: bool
    degraded: bool
    match: Match | None
    asker: Asker
    scenes: tuple[SceneSolutions, ...]
    near: SceneSolutions | None
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


def check_text(text: str, field: str = "text", longest: int = LONGEST_TEXT) -> str:
    """Return the text without outer blanks; raise InvalidValue where nobody could match it."""
    cleaned = text.replace("\r\n", "\n").strip()
    if not cleaned:
        raise InvalidValue(field, "", "is empty; describe in a sentence what is done or needed")
    if len(cleaned) > longest:
        raise InvalidValue(
            field, f"{cleaned[:20]}…", f"is {len(cleaned)} characters long, at most {longest}"
        )
    if found := FORBIDDEN.search(cleaned):
        raise InvalidValue(
            field,
            f"U+{ord(found[0]):04X}",
            f"is a control character at position {found.start() + 1}; texts must not hold any",
        )
    return cleaned


def check_whole(texts: Sequence[str]) -> None:
    """Raise InvalidValue where texts are too long together for one request."""
    length = sum(map(len, texts))
    if length > MOST_CHARACTERS:
        told = f"are longer than {MOST_CHARACTERS} characters together; ask in several requests"
        raise InvalidValue("texts", f"{length} characters", told)


def scenes_to_answer_for(match: Match) -> tuple[str, ...]:
    """Return the scene of a text, the first candidates where it leaves several open, or none."""
    picks = {"matched": 1, "candidates": MOST_CANDIDATES}.get(match.decision, 0)
    return tuple(pick.id for pick in match.scenes[:picks])


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
    check_whole(texts)
    cleaned = [
        check_text(text, "text" if len(texts) == 1 else f"texts[{index}]")
        for index, text in enumerate(texts)
    ]
    check_edition(edition)
    snapshot = desk.holder.current()
    return [_matched(desk, snapshot, text, edition) for text in cleaned]


def _matched(desk: Desk, snapshot: Snapshot, text: str, edition: str) -> MatchAnswer:
    go_on()
    match = snapshot.matcher.match(text, edition)
    return MatchAnswer(
        match.decision,
        match.edition,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
        match.reason,
        match.nearest_segment,
        match.scenes,
        match.read_as,
    )


def check_years(first: int | None, last: int | None) -> None:
    """Raise InvalidValue where a range of years is none."""
    for name, year in (("year_from", first), ("year_to", last)):
        if year is not None and not 1949 <= year <= 2100:
            raise InvalidValue(name, year, "is no year between 1949 and 2100")
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


@dataclass(frozen=True, slots=True)
class RecommendationQuestion:
    """A question for solutions: a scene or a text, and who asks (ASKER_FIELDS), all by name."""

    scene: str = ""
    text: str = ""
    asker: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = 10
    offset: int = 0
    text_field: str = "text"  # what the text came in as


@going_on
def recommendations(desk: Desk, question: RecommendationQuestion) -> RecommendationsAnswer:
    """Return the solutions known for a scene, or for the scenes that a text matches.

    Where nothing is known of a scene, those of the nearest one stand apart, in `near`.
    """
    if question.scene and question.text.strip():
        raise InvalidValue("scene", question.scene, "give either a scene or a text")
    text = "" if question.scene else check_text(question.text, question.text_field)
    check_window(question.offset, question.limit)
    wish = Wish(asker_of(desk, question.asker), text, question.limit, question.offset)
    match, note = None, ""
    if question.scene:
        wanted: tuple[str, ...] = (scene_id(desk.read, question.scene, desk.edition),)
    else:
        (match,) = desk.holder.current().matcher.match_many([text], desk.edition)
        wanted = scenes_to_answer_for(match)
        note = "" if wanted else match.reason
    scenes = tuple(recommend(desk.read, one, wish) for one in wanted)
    near = None
    if scenes and not any(one.used_total or one.offered_total for one in scenes):
        near = nearest_with_solutions(desk.read, wanted[0], wish)
        note = NOTHING_KNOWN if near is None else joined([NOTHING_KNOWN, ONLY_NEAR])
    snapshot = desk.holder.current().id
    return RecommendationsAnswer(
        snapshot, desk.holder.lag, desk.degraded, match, wish.asker, scenes, near, note
    )


def asker_of(desk: Desk, given: Mapping[str, Sequence[str]]) -> Asker:
    """Return who asks, every name resolved."""
    found = {
        name: resolve_values(desk.read, name.removeprefix("for_"), values, None, desk.edition)
        for name, values in given.items()
        if values
    }
    return Asker(*(found.get(name, ()) for name in ASKER_FIELDS))


@dataclass(frozen=True, slots=True)
class FitsAnswer:
    """Where a solution, or what a provider offers, fits next; `note` says what it does not say."""

    of: Ref
    items: tuple[Fit, ...]
    total: int
    offset: int
    note: str
    snapshot: str
    index_lag: bool
    degraded: bool
    next: str | None = None


def fits(desk: Desk, of: str, limit: int = 10, offset: int = 0) -> FitsAnswer:
    """Return where the solution or provider that a name gives fits next, with the evidence."""
    return fits_and_places(desk, of, limit, offset)[0]


@going_on
def fits_and_places(
    desk: Desk, of: str, limit: int = 10, offset: int = 0
) -> tuple[FitsAnswer, tuple[FitPlace, ...]]:
    """Return the same with all places, of which only scene, industry and counts are known."""
    if not of.strip():
        raise InvalidValue("of", of, "is empty; name a solution or provider")
    check_window(offset, limit)
    node = resolve(desk.read, of, None, desk.edition)
    snapshot = desk.holder.current()
    found = fits_of(desk.read, snapshot.table, node, limit, offset)
    return FitsAnswer(
        Ref.of(node), found.items, found.total, offset, found.note, snapshot.id, desk.holder.lag,
        desk.degraded,
    ), found.places  # fmt: skip


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
