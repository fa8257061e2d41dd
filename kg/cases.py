"""Comparable cases: real scene instances ranked by scene first, then by text, filtered exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from kg.entities import Evidence, Ref, by_subject, evidence_of
from kg.index.snapshot import Snapshot
from kg.match.matcher import Match
from kg.records import Edge, Node, Record
from kg.store.protocol import GraphRead

# What each contribution counts. The scene leads: on real cases it finds a case of the same scene
# at rank one in 0.68 of queries, words in 0.50. Adding them up separates cases of one scene.
WEIGHTS: Mapping[str, float] = {"scene": 0.6, "text": 0.25, "dense": 0.15}
# Without a scene only likeness of the texts is left.
TEXT_WEIGHTS: Mapping[str, float] = {"scene": 0.0, "text": 0.7, "dense": 0.3}
DIGITS = 6  # scores are rounded before they are compared, so that no platform breaks a tie


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a case must meet: one of the values of each field that is not empty.

    `level` is a level that a factory of the case's enterprise is listed at. `exclude_enterprise`
    leaves out the cases of one organisation (its id).
    """

    scene: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    exclude_enterprise: str = ""

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the value filters that are set."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: found for name, found in values.items() if isinstance(found, tuple) and found}


@dataclass(frozen=True, slots=True)
class SceneOfCase:
    """A scene of a case: `basis` is awarded or assigned, `rank` primary or alternative."""

    id: str
    name: str
    name_status: str
    basis: str
    rank: str


@dataclass(frozen=True, slots=True)
class LevelOfEnterprise:
    """A level that a factory of the case's enterprise is listed at.

    `status` is awarded (the list is final) or publicised (公示: not yet decided); `as_found` is the
    title as the source words it. It says nothing about the factory of this case.
    """

    id: str
    name: str
    status: str
    year: int | None
    as_found: str
    factory: Ref


@dataclass(frozen=True, slots=True)
class Case:
    """A scene instance as an answer, with what makes it comparable and where it is known from.

    `effects` are figures as the source words them, not checked by anyone. `score` is the weighted
    sum of `contributions`, each in [0, 1].
    """

    id: str
    name: str
    enterprise: Ref | None
    scenes: tuple[SceneOfCase, ...]
    industries: tuple[Ref, ...]
    industry_as_found: tuple[str, ...]
    place: Ref | None
    year: int | None
    levels: tuple[LevelOfEnterprise, ...]
    description: str
    technologies: tuple[str, ...]
    effects: tuple[str, ...]
    suppliers: tuple[str, ...]
    notes: tuple[str, ...]
    grade: str
    score: float
    contributions: Mapping[str, float]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RankedCases:
    """Cases in order, how many meet the filters in all, and what ranked them: scene or text."""

    items: tuple[Case, ...]
    total: int
    ranked_by: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Row numbers of a table in order with their scores and contributions, all of equal length."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    contributions: Mapping[str, NDArray[np.float64]]


def find_cases(
    read: GraphRead,
    snapshot: Snapshot,
    text: str,
    match: Match,
    filters: CaseFilters,
    window: tuple[int, int],
) -> RankedCases:
    """Return the cases comparable to `text`; `window` is (offset, limit)."""
    offset, limit = window
    ranked_by = "text" if match.decision == "no_scene" else "scene"
    ranking = rank(snapshot, text, filters, WEIGHTS if ranked_by == "scene" else TEXT_WEIGHTS)
    picked = ranking.rows[offset : offset + limit]
    found = describe(read, [snapshot.table.ids[row] for row in picked])
    items = []
    for position, row in enumerate(picked, start=offset):
        facts = found.get(snapshot.table.ids[row])
        if facts is not None:  # the graph may be ahead of the snapshot: the case was deleted
            parts = {
                name: float(values[position]) for name, values in ranking.contributions.items()
            }
            items.append(_case(facts, float(ranking.scores[position]), parts))
    return RankedCases(tuple(items), len(ranking.rows), ranked_by)


def rank(
    snapshot: Snapshot, text: str, filters: CaseFilters, weights: Mapping[str, float]
) -> Ranking:
    """Score every row that meets the filters: filter first, then score exactly, ties by id."""
    table = snapshot.table
    wanted = np.flatnonzero(selected(snapshot, filters))
    posterior = np.asarray(snapshot.matcher.posteriors([text])[0], dtype=np.float64)
    vector = snapshot.encoder.encode([text])[0]
    parts = {
        "scene": np.clip(table.membership[wanted] @ posterior, 0, 1),
        "text": snapshot.lexical.similarity(text)[wanted].astype(np.float64),
        "dense": np.clip(np.asarray(snapshot.vectors)[wanted] @ vector, 0, 1).astype(np.float64),
    }
    scores = np.round(sum(weights[name] * values for name, values in parts.items()), DIGITS)
    order = np.lexsort((wanted, -scores))
    return Ranking(
        wanted[order],
        scores[order],
        {name: np.round(values, DIGITS)[order] for name, values in parts.items()},
    )


def selected(snapshot: Snapshot, filters: CaseFilters) -> NDArray[np.bool_]:
    """Return which rows of the table meet all filters."""
    table = snapshot.table
    mask = table.between(filters.year_from, filters.year_to)
    for facet, values in filters.facets().items():
        mask &= table.mask(facet, values)
    if filters.exclude_enterprise:
        mask &= np.asarray(
            [owner != filters.exclude_enterprise for owner in table.enterprises], dtype=bool
        )
    return mask


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the graph says about an instance: its node, outgoing edges, their ends, records."""

    node: Node
    edges: tuple[Edge, ...]
    ends: Mapping[str, Node]
    records: tuple[Record, ...]
    levels: tuple[LevelOfEnterprise, ...]


def describe(read: GraphRead, ids: Sequence[str]) -> dict[str, CaseFacts]:
    """Return the facts of the instances of these ids that exist, in five questions to the graph."""
    nodes = [node for node in read.get(ids) if node.label == "Instance"]
    edges = read.edges([node.id for node in nodes], direction="out")
    ends = {node.id: node for node in read.get(sorted({edge.end for edge in edges}))}
    records = by_subject(read.records([node.id for node in nodes]))
    owners = sorted({edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"})
    levels = _levels(read, owners)
    found = {}
    for node in nodes:
        own = tuple(edge for edge in edges if edge.start == node.id)
        owner = next((edge.end for edge in own if edge.relation == "OF_ENTERPRISE"), "")
        found[node.id] = CaseFacts(node, own, ends, records.get(node.id, ()), levels.get(owner, ()))
    return found


def _levels(read: GraphRead, owners: Sequence[str]) -> dict[str, tuple[LevelOfEnterprise, ...]]:
    """Return the levels that factories of each enterprise are listed at."""
    owned = read.edges(owners, ("OF_ENTERPRISE",), "in")
    reached = read.edges([edge.start for edge in owned], ("AT_LEVEL",), "out")
    mentioned = {end for edge in reached for end in (edge.start, edge.end)}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    owner_of = {edge.start: edge.end for edge in owned}
    found: dict[str, list[LevelOfEnterprise]] = {}
    for edge in reached:
        found.setdefault(owner_of[edge.start], []).append(_level(edge, nodes))
    return {
        owner: tuple(sorted(levels, key=lambda level: (level.id, level.factory.id)))
        for owner, levels in found.items()
    }


def _level(edge: Edge, nodes: Mapping[str, Node]) -> LevelOfEnterprise:
    year = edge.properties.get("year")
    return LevelOfEnterprise(
        edge.end,
        nodes[edge.end].name,
        str(edge.properties.get("status", "")),
        year if isinstance(year, int) else None,
        str(edge.properties.get("as_found", "")),
        Ref.of(nodes[edge.start]),
    )


def _case(facts: CaseFacts, score: float, contributions: Mapping[str, float]) -> Case:
    node = facts.node
    enterprises = _ends(facts, "OF_ENTERPRISE")
    places = _ends(facts, "IN_PLACE")
    return Case(
        node.id,
        node.text("name"),
        Ref.of(enterprises[0]) if enterprises else None,
        tuple(sorted(_scenes(facts), key=lambda scene: (scene.rank != "primary", scene.id))),
        tuple(Ref.of(end) for end in _ends(facts, "IN_INDUSTRY")),
        node.texts("industry_as_found"),
        Ref.of(places[0]) if places else None,
        node.year(),
        facts.levels,
        node.text("description"),
        node.texts("technologies"),
        node.texts("effects"),
        node.texts("suppliers_as_found"),
        node.texts("note"),
        node.text("grade"),
        score,
        contributions,
        evidence_of(facts.records),
    )


def _ends(facts: CaseFacts, relation: str) -> list[Node]:
    return [facts.ends[edge.end] for edge in facts.edges if edge.relation == relation]


def _scenes(facts: CaseFacts) -> list[SceneOfCase]:
    return [
        SceneOfCase(
            edge.end,
            facts.ends[edge.end].name,
            facts.ends[edge.end].text("name_status"),
            str(edge.properties.get("basis", "")),
            str(edge.properties.get("rank", "")),
        )
        for edge in facts.edges
        if edge.relation == "IN_SCENE"
    ]
