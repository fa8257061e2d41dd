"""The questions for standard clusters (标准群), as they come in, and their answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.answers import check_text, check_window, scenes_to_answer_for
from api.base_scene import BASE_EDITION
from api.desk import Desk, going_on
from api.standard_answers import day_of
from kg.entities import Ref
from kg.filters import resolve_values, scene_id
from kg.match.matcher import Match
from kg.scenes import scenes_of_cases
from kg.standards.cluster import Cell, Cluster, OwnCluster, cluster_of, own_cluster
from kg.standards.communities import Change, Community, changes
from kg.standards.members import (
    Scope,
    members_of,
    scope_of_industry,
    scope_of_scene,
    scope_of_scenes,
    scope_of_segments,
    still_valid,
)
from kg.standards.table import StandardTable
from ontology.errors import InvalidValue
from ontology.sentence import Sentence

SCOPES = ("scene", "segment", "area", "industry", "enterprise")
NO_CASES = Sentence(
    "来源中没有该企业的案例，无从得知其场景。",
    "No source tells a case of this enterprise, so its scenes are not known.",
)


@dataclass(frozen=True, slots=True)
class ClusterQuestion:
    """A question for a cluster: exactly one of SCOPES (id or name) or a text."""

    of: Mapping[str, str]
    text: str = ""
    as_of: str = ""
    offset: int = 0
    limit: int = 30


@dataclass(frozen=True, slots=True)
class ClusterAnswer:
    """A standard cluster on the day `as_of`; None where nothing leads to one, `reason` says why.

    `of` are the things it is the cluster of, `provisional` those whose name is. `own` is what an
    enterprise itself applies, where one was asked for. `match` is the match of a text.
    """

    of: tuple[Ref, ...]
    provisional: tuple[str, ...]
    as_of: str
    cluster: Cluster | None
    own: OwnCluster | None
    match: Match | None
    reason: str
    offset: int
    snapshot: str
    index_lag: bool
    degraded: bool
    next: str | None = None


@dataclass(frozen=True, slots=True)
class CommunitiesAnswer:
    """The clusters of the whole graph (see Communities), or why there are none."""

    state: str
    reason: str
    ties: int
    modularity: float | None
    by_chance: float | None
    items: tuple[Community, ...]
    shape: tuple[Cell, ...]
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def whole_graph(desk: Desk) -> CommunitiesAnswer:
    """Return the clusters of the whole graph, worked out once for each state of it."""
    found = desk.whole.communities
    return CommunitiesAnswer(
        found.state,
        found.reason,
        found.ties,
        found.modularity,
        found.by_chance,
        found.items,
        found.shape,
        desk.holder.current().id,
        desk.holder.lag,
        desk.degraded,
    )


@dataclass(frozen=True, slots=True)
class ChangedClusters:
    """What became of the clusters of an earlier answer; `gone` are ids that nothing goes on."""

    changes: tuple[Change, ...]
    gone: tuple[str, ...]


def changed_since(now: CommunitiesAnswer, earlier: object) -> ChangedClusters:
    """Compare with an earlier answer as JSON; raise InvalidValue where it is none."""
    try:
        before = {
            str(item["id"]): frozenset(str(member["id"]) for member in item["members"])
            for item in earlier["items"]  # type: ignore[index]
        }
    except (KeyError, TypeError):
        told = "is no earlier answer; make one with `sfkg cluster --whole --json`"
        raise InvalidValue("against", type(earlier).__name__, told) from None
    held = {item.id: frozenset(member.id for member in item.members) for item in now.items}
    return ChangedClusters(*changes(held, before))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question leads to; no scope where it leads to none."""

    of: tuple[Ref, ...]
    scope: Scope | None
    reason: str = ""
    enterprise: str = ""
    match: Match | None = None


@going_on
def cluster(desk: Desk, question: ClusterQuestion) -> ClusterAnswer:
    """Return the standard cluster of a scene, segment, area, industry, enterprise or text."""
    check_window(question.offset, question.limit)
    day = day_of(desk, question.as_of)
    found = _found(desk, question)
    table = desk.whole.standards
    answer, own = None, None
    if found.scope:
        window = slice(question.offset, question.offset + question.limit)
        answer = cluster_of(desk.read, table, found.scope, day, window)
    if found.enterprise:
        own = own_cluster(table, found.enterprise, _current(table, found.scope, day))
    return ClusterAnswer(
        found.of,
        tuple(
            node.id
            for node in desk.read.get([one.id for one in found.of])
            if node.text("name_status") == "provisional"
        ),
        day.isoformat(),
        answer,
        own,
        found.match,
        found.reason,
        question.offset,
        desk.holder.current().id,
        desk.holder.lag,
        desk.degraded,
    )


def _current(table: StandardTable, scope: Scope | None, day: datetime.date) -> list[str]:
    """Return the members of a scope that are shown: replaced and withdrawn ones left out."""
    every = members_of(table, scope, day) if scope else []
    return [one.id for one in still_valid(table, every, day)]


def _found(desk: Desk, question: ClusterQuestion) -> _Found:
    given = {name: value for name, value in question.of.items() if value.strip()}
    if len(given) + bool(question.text.strip()) != 1:
        told = f"give exactly one of {', '.join(SCOPES)} or a text"
        raise InvalidValue("scene", ", ".join(given) or question.text[:20], told)
    if not given:
        return _of_text(desk, check_text(question.text))
    ((name, value),) = given.items()
    ways = {
        "scene": _of_scene,
        "segment": _of_segment,
        "area": _of_area,
        "industry": _of_industry,
        "enterprise": _of_enterprise,
    }
    return ways[name](desk, value)


def _of_text(desk: Desk, text: str) -> _Found:
    (match,) = desk.holder.current().matcher.match_many([text], BASE_EDITION)
    scenes = scenes_to_answer_for(match)
    if not scenes:
        return _Found((), None, match.reason, match=match)
    scope = scope_of_scenes(desk.read, desk.whole.standards, scenes)
    return _Found(_refs(desk, scenes), scope, match.reason, match=match)


def _of_scene(desk: Desk, value: str) -> _Found:
    scene = scene_id(desk.read, value, desk.edition)
    return _Found(_refs(desk, [scene]), scope_of_scene(desk.read, desk.whole.standards, scene))


def _of_segment(desk: Desk, value: str) -> _Found:
    (segment,) = resolve_values(desk.read, "segment", [value], None, desk.edition)
    return _Found(
        _refs(desk, [segment]), scope_of_segments(desk.read, desk.whole.standards, [segment])
    )


def _of_area(desk: Desk, value: str) -> _Found:
    (area,) = resolve_values(desk.read, "area", [value], None, desk.edition)
    segments = [edge.start for edge in desk.read.edges([area], ("IN_AREA",), "in")]
    return _Found(_refs(desk, [area]), scope_of_segments(desk.read, desk.whole.standards, segments))


def _of_industry(desk: Desk, value: str) -> _Found:
    found = resolve_values(desk.read, "industry", [value], None, desk.edition)
    if len(found) > 1:
        told = f"names several industries: {', '.join(found)}; give one of them"
        raise InvalidValue("industry", value, told)
    scope = scope_of_industry(desk.whole.standards, found[0])
    return _Found((scope.names[found[0]],), scope)


def _of_enterprise(desk: Desk, value: str) -> _Found:
    (owner,) = resolve_values(desk.read, "enterprise", [value], None, desk.edition)
    owned = [edge.start for edge in desk.read.edges([owner], ("OF_ENTERPRISE",), "in")]
    scenes = sorted({edge.end for edge in scenes_of_cases(desk.read, owned)})
    of = _refs(desk, [owner])
    if not scenes:
        return _Found(of, None, NO_CASES, owner)
    scope = scope_of_scenes(desk.read, desk.whole.standards, scenes).without(owner)
    return _Found(of, scope, "", owner)


def _refs(desk: Desk, ids: Sequence[str]) -> tuple[Ref, ...]:
    return tuple(Ref.of(node) for node in desk.read.get(ids))
