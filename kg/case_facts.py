"""What the graph says of a scene instance, put together as a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.effects.effect import Effect
from kg.effects.reading import parse
from kg.entities import Evidence, Ref, by_subject, evidence_of
from kg.records import Edge, Node, Record
from kg.replication import REPLICATED_TO
from kg.store.protocol import GraphRead
from ontology.conditions import load_conditions


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

    `effects` are the enterprise's own figures as the source words them, checked by nobody;
    `figures` are those of them that could be read. `replication` is what a source says of
    replicating it, `replicated_to` where that was. `score` is the weighted sum of `contributions`,
    each in [0, 1]. `also_reported` names other reports of the same story, `others` counts further
    cases of the enterprise among the hits (only where one of each enterprise is shown).
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
    figures: tuple[Effect, ...]
    suppliers: tuple[str, ...]
    replication: tuple[str, ...]
    replicated_to: tuple[Ref, ...]
    notes: tuple[str, ...]
    grade: str
    score: float
    contributions: Mapping[str, float]
    also_reported: tuple[str, ...]
    others: int
    evidence: tuple[Evidence, ...]


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
    levels = levels_of(read, owners)
    found = {}
    for node in nodes:
        own = tuple(edge for edge in edges if edge.start == node.id)
        owner = next((edge.end for edge in own if edge.relation == "OF_ENTERPRISE"), "")
        found[node.id] = CaseFacts(node, own, ends, records.get(node.id, ()), levels.get(owner, ()))
    return found


def levels_of(read: GraphRead, owners: Sequence[str]) -> dict[str, tuple[LevelOfEnterprise, ...]]:
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


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands among the hits: see the fields of the same names of a case."""

    score: float
    contributions: Mapping[str, float]
    also_reported: tuple[str, ...] = ()
    others: int = 0


def case_of(facts: CaseFacts, standing: Standing) -> Case:
    """Return the facts of an instance as an answer."""
    node = facts.node
    conditions = load_conditions()
    enterprises = _ends(facts, "OF_ENTERPRISE")
    places = _ends(facts, "IN_PLACE")
    return Case(
        id=node.id,
        name=node.text("name"),
        enterprise=Ref.of(enterprises[0]) if enterprises else None,
        scenes=tuple(sorted(_scenes(facts), key=lambda scene: (scene.rank != "primary", scene.id))),
        industries=tuple(Ref.of(end) for end in _ends(facts, "IN_INDUSTRY")),
        industry_as_found=node.texts("industry_as_found"),
        place=Ref.of(places[0]) if places else None,
        year=node.year(),
        levels=facts.levels,
        description=node.text("description"),
        technologies=node.texts("technologies"),
        effects=node.texts("effects"),
        figures=tuple(
            effect
            for effect in (parse(statement, conditions) for statement in node.texts("effects"))
            if effect.kind is not None
        ),
        suppliers=node.texts("suppliers_as_found"),
        replication=node.texts("replication"),
        replicated_to=tuple(Ref.of(end) for end in _ends(facts, REPLICATED_TO)),
        notes=node.texts("note"),
        grade=node.text("grade"),
        score=standing.score,
        contributions=standing.contributions,
        also_reported=standing.also_reported,
        others=standing.others,
        evidence=evidence_of(facts.records),
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
