"""Solutions for a scene in two groups that are never mixed: used in a case, or only offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.entities import Evidence, Ref, by_subject, evidence_for_link, evidence_of
from kg.records import Edge, Node, Record
from kg.scenes import SceneFamily, family
from kg.store.protocol import GraphRead

# Official lists before catalogues before what a vendor says of itself.
PUBLICATION_ORDER = ("official", "published", "reported", "claimed", "")


@dataclass(frozen=True, slots=True)
class Path:
    """Why an answer is one: the steps from it to the scene, with the evidence of the first step.

    `basis` says who made the link to the scene (awarded, published, assigned) and `rank` whether it
    is an instance's primary or an alternative scene; `correspondence` how the scene of the link
    corresponds to the scene asked for.
    """

    steps: tuple[Ref, ...]
    basis: str
    rank: str
    correspondence: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class UsedSolution:
    """A solution or, where the source names none, a supplier that instances of the scene used.

    `kind` is `solution` or `supplier`; `enterprises` counts distinct enterprises behind the paths.
    """

    kind: str
    id: str
    name: str
    providers: tuple[Ref, ...]
    enterprises: int
    instances: int
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class OfferedSolution:
    """A published task or a vendor's claim for the scene; nothing here says that it was used.

    `targets` are figures to be reached, `claims` and `replication_claim` are the vendor's own
    words about itself; none of them is a result.
    """

    id: str
    name: str
    kind: str
    publication: str
    providers: tuple[Ref, ...]
    industries: tuple[str, ...]
    year: int | None
    targets: tuple[str, ...]
    claims: tuple[str, ...]
    replication_claim: str
    notes: tuple[str, ...]
    paths: tuple[Path, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SceneSolutions:
    """The solutions known for one scene."""

    scene: Ref
    name_status: str
    used: tuple[UsedSolution, ...]
    used_total: int
    offered: tuple[OfferedSolution, ...]
    offered_total: int


def recommend(read: GraphRead, scene_id: str, limit: int = 10, offset: int = 0) -> SceneSolutions:
    """Return the solutions of a scene, `limit` of each group from `offset` on."""
    found = family(read, scene_id)
    used = _used(read, found)
    offered = _offered(read, found)
    window = slice(offset, offset + limit)
    return SceneSolutions(
        Ref.of(found.scene),
        found.scene.text("name_status"),
        tuple(used[window]),
        len(used),
        tuple(offered[window]),
        len(offered),
    )


def _used(read: GraphRead, scene: SceneFamily) -> list[UsedSolution]:
    """Return what instances of the scene used, most enterprises first, then by id."""
    in_scene = read.edges(sorted(scene.members), ("IN_SCENE",), "in")
    instances = sorted({edge.start for edge in in_scene})
    taken = read.edges(instances, ("USES", "SUPPLIED_BY"), "out")
    if not taken:
        return []
    takers = sorted({edge.start for edge in taken})
    solutions = sorted({edge.end for edge in taken if edge.relation == "USES"})
    provided = read.edges(solutions, ("PROVIDED_BY",), "out")
    owned = {edge.start: edge.end for edge in read.edges(takers, ("OF_ENTERPRISE",), "out")}
    mentioned = {*takers, *(edge.end for edge in (*taken, *provided)), *scene.members}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    records = by_subject(read.records(takers))
    links = {
        edge.start: edge for edge in sorted(in_scene, key=lambda edge: _looseness(edge, scene))
    }
    named = _suppliers_of_named_solutions(taken, provided)
    groups: dict[str, list[Edge]] = {}
    for edge in taken:
        if edge.relation == "USES" or edge.end not in named.get(edge.start, ()):
            groups.setdefault(edge.end, []).append(edge)
    items = [
        UsedSolution(
            "solution" if edges[0].relation == "USES" else "supplier",
            item,
            nodes[item].name,
            tuple(Ref.of(nodes[edge.end]) for edge in provided if edge.start == item),
            len({owned.get(edge.start, edge.start) for edge in edges}),
            len({edge.start for edge in edges}),
            tuple(_used_path(edge, links[edge.start], scene, nodes, records) for edge in edges),
        )
        for item, edges in groups.items()
    ]
    return sorted(items, key=lambda item: (-item.enterprises, -item.instances, item.id))


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


def _offered(read: GraphRead, scene: SceneFamily) -> list[OfferedSolution]:
    """Return what is offered for the scene: official before claimed, closest scene, then id."""
    links = read.edges(sorted(scene.members), ("FOR_SCENE",), "in")
    ids = sorted({edge.start for edge in links})
    provided = read.edges(ids, ("PROVIDED_BY",), "out")
    mentioned = {*ids, *scene.members, *(edge.end for edge in provided)}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    records = by_subject(read.records(ids))
    ranked = []
    for solution in ids:
        own = sorted(
            (edge for edge in links if edge.start == solution),
            key=lambda edge: (scene.nearness(edge.end), edge.end),
        )
        providers = tuple(Ref.of(nodes[edge.end]) for edge in provided if edge.start == solution)
        item = _offer(nodes, own, providers, scene, records.get(solution, ()))
        order = _publication_rank(item.publication), scene.nearness(own[0].end), item.id
        ranked.append((order, item))
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _publication_rank(publication: str) -> int:
    known = publication in PUBLICATION_ORDER
    return PUBLICATION_ORDER.index(publication) if known else len(PUBLICATION_ORDER)


def _offer(
    nodes: Mapping[str, Node],
    links: Sequence[Edge],
    providers: tuple[Ref, ...],
    scene: SceneFamily,
    records: tuple[Record, ...],
) -> OfferedSolution:
    node = nodes[links[0].start]
    paths = tuple(
        Path(
            tuple(Ref.of(nodes[step]) for step in (node.id, *scene.path_to_scene(edge.end))),
            str(edge.properties.get("basis", "")),
            "",
            scene.members[edge.end],
            evidence_for_link(records, "FOR_SCENE", edge.end),
        )
        for edge in links
    )
    return OfferedSolution(
        node.id,
        node.name,
        node.text("kind"),
        node.text("publication"),
        providers,
        node.texts("industry_as_found"),
        node.year(),
        node.texts("targets"),
        node.texts("claims"),
        node.text("replication_claim"),
        node.texts("note"),
        paths,
        evidence_of(records),
    )
