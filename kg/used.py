"""What instances of a scene are said to have used, the most replicated first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.case_facts import levels_of
from kg.effects.effect import Summary, summarise
from kg.effects.reading import parse
from kg.entities import Path, Ref, by_start, by_subject, evidence_for_link
from kg.ranking import Asker
from kg.records import Edge, Node, Record
from kg.replication import Replication, replications
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
    enterprise's own, `replications` where sources say that they were replicated. `score` is the sum
    of `contributions` by USED_WEIGHTS.
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
    replications: tuple[Replication, ...]
    paths: tuple[Path, ...]


def used_in(
    read: GraphRead, scene: SceneFamily, asker: Asker, window: slice
) -> tuple[tuple[UsedSolution, ...], int]:
    """Return a part of what instances of the scene used, by score, then by id, and how many in all.

    Everything is ranked; only what is shown is put together with its paths and figures.
    """
    in_scene = read.edges(sorted(scene.members), ("IN_SCENE",), "in")
    taken = read.edges(sorted({edge.start for edge in in_scene}), ("USES", "SUPPLIED_BY"), "out")
    if not taken:
        return (), 0
    solutions = sorted({edge.end for edge in taken if edge.relation == "USES"})
    made_by = by_start(read.edges(solutions, ("PROVIDED_BY",), "out"))
    named = _suppliers_of_named_solutions(taken, made_by)
    groups: dict[str, list[Edge]] = {}
    for edge in taken:
        if edge.relation == "USES" or edge.end not in named.get(edge.start, ()):
            groups.setdefault(edge.end, []).append(edge)
    makers = {edge.end for edges in made_by.values() for edge in edges}
    nodes = {node.id: node for node in read.get(sorted({*groups, *makers, *scene.members}))}
    uses = _uses(read, sorted({edge.start for edge in taken}), asker)
    newest = max((use.instance.year() or 0 for use in uses.values()), default=0)
    ranked = []
    for item, edges in groups.items():
        own = [nodes[edge.end] for edge in made_by.get(item, ())]
        found = _Found(nodes[item], own, edges, [uses[edge.start] for edge in edges])
        parts = used_contributions(found.uses, found.providers, asker, newest)
        ranked.append((-weighed(parts, USED_WEIGHTS), item, found, parts))
    ranked.sort(key=lambda one: one[:2])
    links = {
        edge.start: edge for edge in sorted(in_scene, key=lambda edge: _looseness(edge, scene))
    }
    return _told(read, ranked[window], _Around(scene, nodes, links, groups)), len(ranked)


@dataclass(frozen=True, slots=True)
class _Found:
    """A solution or supplier with its makers, and the edges and instances that used it."""

    item: Node
    makers: Sequence[Node]
    edges: Sequence[Edge]
    uses: Sequence[Use]

    @property
    def is_solution(self) -> bool:
        """Whether a solution is named, else only its supplier is."""
        return self.edges[0].relation == "USES"

    @property
    def providers(self) -> Sequence[Node]:
        """Who provides it: a supplier itself."""
        return self.makers if self.is_solution else [self.item]


@dataclass(frozen=True, slots=True)
class _Around:
    """What lies around: things by id, an instance's closest link to the scene, users by item."""

    scene: SceneFamily
    nodes: Mapping[str, Node]
    links: Mapping[str, Edge]
    groups: Mapping[str, Sequence[Edge]]


Ranked = tuple[float, str, _Found, Mapping[str, float]]


def _told(read: GraphRead, ranked: Sequence[Ranked], around: _Around) -> tuple[UsedSolution, ...]:
    takers = {use.instance.id for _, _, found, _ in ranked for use in found.uses}
    records = by_subject(read.records(sorted(takers)))
    together = _together(around.groups, takers)
    replicated = _replications(read, ranked)
    return tuple(
        UsedSolution(
            "solution" if found.is_solution else "supplier",
            item,
            found.item.name,
            tuple(Ref.of(maker) for maker in found.makers),
            len({use.owner for use in found.uses}),
            outside(found.uses, found.providers),
            len({use.instance.id for use in found.uses}),
            -score,
            parts,
            tuple(
                Ref.of(around.nodes[other])
                for other in sorted(
                    {other for use in found.uses for other in together[use.instance.id]} - {item}
                )
            ),
            _effects(found.uses),
            tuple(one for use in found.uses for one in replicated.get(use.instance.id, ())),
            tuple(
                _used_path(edge, use.instance, around, records)
                for edge, use in zip(found.edges, found.uses, strict=True)
            ),
        )
        for score, item, found, parts in ranked
    )


def _uses(read: GraphRead, instances: Sequence[str], asker: Asker) -> dict[str, Use]:
    """Return each instance with its enterprise, and what who asks is compared by.

    Industries and levels are read where who asks tells its own only: a scene of a large graph has
    thousands of enterprises, each with all its instances to pass over on the way to its factories.
    """
    compared = ("OF_ENTERPRISE", "IN_INDUSTRY") if asker.industry else ("OF_ENTERPRISE",)
    edges = read.edges(instances, compared, "out")
    owner = {edge.start: edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"}
    within = by_start(edge for edge in edges if edge.relation == "IN_INDUSTRY")
    levels = levels_of(read, sorted(set(owner.values()))) if asker.level else {}
    nodes = {node.id: node for node in read.get(sorted({*instances, *owner.values()}))}
    return {
        name: Use(
            nodes[name],
            nodes.get(owner.get(name, "")),
            tuple(edge.end for edge in within.get(name, ())),
            tuple(level.id for level in levels.get(owner.get(name, ""), ())),
        )
        for name in instances
    }


def _together(groups: Mapping[str, Sequence[Edge]], takers: set[str]) -> dict[str, set[str]]:
    """Return what each of the instances used."""
    found: dict[str, set[str]] = {taker: set() for taker in takers}
    for item, edges in groups.items():
        for edge in edges:
            if edge.start in found:
                found[edge.start].add(item)
    return found


def _replications(read: GraphRead, ranked: Sequence[Ranked]) -> dict[str, list[Replication]]:
    """Return by instance where it was replicated."""
    instances = {use.instance.id: use.instance for *_, found, _ in ranked for use in found.uses}
    replicated: dict[str, list[Replication]] = {}
    for one in replications(read, list(instances.values())):
        replicated.setdefault(one.chain[0].id, []).append(one)
    return replicated


def _effects(uses: Sequence[Use]) -> tuple[Summary, ...]:
    conditions = load_conditions()
    return summarise(
        (use.owner, parse(statement, conditions))
        for use in uses
        for statement in use.instance.texts("effects")
    )


def _looseness(edge: Edge, scene: SceneFamily) -> tuple[int, ...]:
    """Sort an instance's closest link to the scene last, so that it is the one kept."""
    return -scene.nearness(edge.end), edge.properties.get("rank") == "primary"


def _suppliers_of_named_solutions(
    taken: Sequence[Edge], made_by: Mapping[str, Sequence[Edge]]
) -> dict[str, set[str]]:
    """Return, by instance, the suppliers that already stand behind a solution it uses."""
    named: dict[str, set[str]] = {}
    for edge in taken:
        if edge.relation == "USES":
            makers = {made.end for made in made_by.get(edge.end, ())}
            named.setdefault(edge.start, set()).update(makers)
    return named


def _used_path(
    edge: Edge, instance: Node, around: _Around, records: Mapping[str, tuple[Record, ...]]
) -> Path:
    link, scene = around.links[edge.start], around.scene
    steps = (around.nodes[edge.end], instance)
    to_scene = (around.nodes[step] for step in scene.path_to_scene(link.end))
    return Path(
        tuple(Ref.of(step) for step in (*steps, *to_scene)),
        str(link.properties.get("basis", "")),
        str(link.properties.get("rank", "")),
        scene.members[link.end],
        evidence_for_link(records.get(edge.start, ()), edge.relation, edge.end),
    )
