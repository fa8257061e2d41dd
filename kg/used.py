"""What instances of a scene are said to have used, the most replicated first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.case_facts import levels_of
from kg.effects.effect import Summary, summarise
from kg.effects.reading import parse
from kg.entities import Path, Ref, by_subject, evidence_for_link
from kg.ranking import Asker
from kg.records import Edge, Node, Record
from kg.scenes import SceneFamily
from kg.solution_ranking import USED_WEIGHTS, Use, outside, used_contributions, weighed
from kg.store.protocol import GraphRead
from ontology.conditions import load_conditions


@dataclass(frozen=True, slots=True)
class UsedSolution:
    """A solution or, where the source names none, a supplier that instances of the scene used.

    `kind` is `solution` or `supplier`; `enterprises` counts distinct enterprises behind the paths,
    `outside` those that are not of the provider's own group as far as names tell. `used_with` are
    what the same instances used beside it, `effects` the figures of these instances, each the
    enterprise's own. `score` is the sum of `contributions` by USED_WEIGHTS.
    """

    kind: str
    id: str
    name: str
    providers: tuple[Ref, ...]
    enterprises: int
    outside: int
    instances: int
    score: float
    contributions: Mapping[str, float]
    used_with: tuple[Ref, ...]
    effects: tuple[Summary, ...]
    paths: tuple[Path, ...]


def used_in(read: GraphRead, scene: SceneFamily, asker: Asker) -> list[UsedSolution]:
    """Return what instances of the scene used, by score, then by id."""
    in_scene = read.edges(sorted(scene.members), ("IN_SCENE",), "in")
    instances = sorted({edge.start for edge in in_scene})
    taken = read.edges(instances, ("USES", "SUPPLIED_BY"), "out")
    if not taken:
        return []
    solutions = sorted({edge.end for edge in taken if edge.relation == "USES"})
    provided = read.edges(solutions, ("PROVIDED_BY",), "out")
    uses = _uses(read, sorted({edge.start for edge in taken}))
    mentioned = {*(edge.end for edge in (*taken, *provided)), *scene.members}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    nodes |= {name: use.instance for name, use in uses.items()}
    known = _Known(scene, nodes, by_subject(read.records(sorted(uses))), uses, provided)
    links = {
        edge.start: edge for edge in sorted(in_scene, key=lambda edge: _looseness(edge, scene))
    }
    named = _suppliers_of_named_solutions(taken, provided)
    groups: dict[str, list[Edge]] = {}
    for edge in taken:
        if edge.relation == "USES" or edge.end not in named.get(edge.start, ()):
            groups.setdefault(edge.end, []).append(edge)
    newest = max((use.instance.year() or 0 for use in uses.values()), default=0)
    items = [
        _used_item(item, edges, known, links, _Asked(asker, newest, _beside(item, groups)))
        for item, edges in groups.items()
    ]
    return sorted(items, key=lambda item: (-item.score, item.id))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the graph says around the instances that used something."""

    scene: SceneFamily
    nodes: Mapping[str, Node]
    records: Mapping[str, tuple[Record, ...]]
    uses: Mapping[str, Use]
    provided: Sequence[Edge]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks, the newest year of any use, and what was used beside."""

    asker: Asker
    newest: int
    beside: tuple[str, ...]


def _uses(read: GraphRead, instances: Sequence[str]) -> dict[str, Use]:
    """Return each instance with its enterprise, industries and levels."""
    edges = read.edges(instances, ("OF_ENTERPRISE", "IN_INDUSTRY"), "out")
    owner = {edge.start: edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"}
    levels = levels_of(read, sorted(set(owner.values())))
    nodes = {node.id: node for node in read.get(sorted({*instances, *owner.values()}))}
    return {
        name: Use(
            nodes[name],
            nodes.get(owner.get(name, "")),
            tuple(
                edge.end for edge in edges if edge.relation == "IN_INDUSTRY" and edge.start == name
            ),
            tuple(level.id for level in levels.get(owner.get(name, ""), ())),
        )
        for name in instances
    }


def _beside(item: str, groups: Mapping[str, Sequence[Edge]]) -> tuple[str, ...]:
    """Return what the instances that used an item used beside it."""
    takers = {edge.start for edge in groups[item]}
    return tuple(
        sorted(
            other
            for other, edges in groups.items()
            if other != item and any(edge.start in takers for edge in edges)
        )
    )


def _used_item(
    item: str, edges: Sequence[Edge], known: _Known, links: Mapping[str, Edge], asked: _Asked
) -> UsedSolution:
    is_solution = edges[0].relation == "USES"
    makers = [known.nodes[edge.end] for edge in known.provided if edge.start == item]
    providers = makers if is_solution else [known.nodes[item]]
    uses = [known.uses[edge.start] for edge in edges]
    parts = used_contributions(uses, providers, asked.asker, asked.newest)
    return UsedSolution(
        "solution" if is_solution else "supplier",
        item,
        known.nodes[item].name,
        tuple(Ref.of(maker) for maker in makers),
        len({_owner(use) for use in uses}),
        outside(uses, providers),
        len({use.instance.id for use in uses}),
        weighed(parts, USED_WEIGHTS),
        parts,
        tuple(Ref.of(known.nodes[other]) for other in asked.beside),
        _effects(uses),
        tuple(
            _used_path(edge, links[edge.start], known.scene, known.nodes, known.records)
            for edge in edges
        ),
    )


def _owner(use: Use) -> str:
    return use.enterprise.id if use.enterprise else use.instance.id


def _effects(uses: Sequence[Use]) -> tuple[Summary, ...]:
    conditions = load_conditions()
    return summarise(
        (_owner(use), parse(statement, conditions))
        for use in uses
        for statement in use.instance.texts("effects")
    )


def _looseness(edge: Edge, scene: SceneFamily) -> tuple[int, ...]:
    """Sort an instance's closest link to the scene last, so that it is the one kept."""
    return -scene.nearness(edge.end), edge.properties.get("rank") == "primary"


def _suppliers_of_named_solutions(
    taken: Sequence[Edge], provided: Sequence[Edge]
) -> dict[str, set[str]]:
    """Return, by instance, the suppliers that already stand behind a solution it uses."""
    providers: dict[str, set[str]] = {}
    for edge in provided:
        providers.setdefault(edge.start, set()).add(edge.end)
    named: dict[str, set[str]] = {}
    for edge in taken:
        if edge.relation == "USES":
            named.setdefault(edge.start, set()).update(providers.get(edge.end, ()))
    return named


def _used_path(
    edge: Edge,
    link: Edge,
    scene: SceneFamily,
    nodes: Mapping[str, Node],
    records: Mapping[str, tuple[Record, ...]],
) -> Path:
    steps = (edge.end, edge.start, *scene.path_to_scene(link.end))
    return Path(
        tuple(Ref.of(nodes[step]) for step in steps),
        str(link.properties.get("basis", "")),
        str(link.properties.get("rank", "")),
        scene.members[link.end],
        evidence_for_link(records.get(edge.start, ()), edge.relation, edge.end),
    )
