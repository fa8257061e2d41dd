"""What is published or claimed for a scene; nothing here says that it was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.entities import Evidence, Path, Ref, by_subject, evidence_for_link, evidence_of
from kg.ranking import Asker
from kg.records import Edge, Node, Record
from kg.scenes import SceneFamily
from kg.solution_ranking import OFFERED_WEIGHTS, likeness, offered_contributions, weighed
from kg.store.protocol import GraphRead

# Official lists before catalogues before what a vendor says of itself.
PUBLICATION_ORDER = ("official", "published", "reported", "claimed", "")


@dataclass(frozen=True, slots=True)
class OfferedSolution:
    """A published task or a vendor's claim for the scene; nothing here says that it was used.

    `targets` are figures to be reached, `claims` and `replication_claim` are the vendor's own
    words about itself; none of them is a result. `score` tells how it fits, by OFFERED_WEIGHTS.
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
    score: float
    contributions: Mapping[str, float]
    paths: tuple[Path, ...]
    evidence: tuple[Evidence, ...]


def offered_for(
    read: GraphRead, scene: SceneFamily, asker: Asker, text: str
) -> list[OfferedSolution]:
    """Return what is offered for the scene: official before claimed, then by fit, then id."""
    links = read.edges(sorted(scene.members), ("FOR_SCENE",), "in")
    ids = sorted({edge.start for edge in links})
    provided = read.edges(ids, ("PROVIDED_BY",), "out")
    mentioned = {*ids, *scene.members, *(edge.end for edge in provided)}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    records = by_subject(read.records(ids))
    within = read.edges(ids, ("IN_INDUSTRY",), "out")
    alike = likeness(text, [_words(nodes[solution]) for solution in ids])
    ranked = []
    for solution, words in zip(ids, alike, strict=True):
        own = sorted(
            (edge for edge in links if edge.start == solution),
            key=lambda edge: (scene.nearness(edge.end), edge.end),
        )
        industries = [edge.end for edge in within if edge.start == solution]
        closest = scene.members[own[0].end]
        parts = offered_contributions(closest, industries, words, asker)
        providers = tuple(Ref.of(nodes[edge.end]) for edge in provided if edge.start == solution)
        item = _offer(nodes, own, providers, scene, (records.get(solution, ()), parts))
        ranked.append(((_publication_rank(item.publication), -item.score, item.id), item))
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _words(solution: Node) -> str:
    """Return the text of a solution that a wish is held against."""
    told = (solution.name, solution.text("kind"), *solution.texts("targets"))
    return "。".join(filter(None, (*told, *solution.texts("claims"), *solution.texts("note"))))


def _publication_rank(publication: str) -> int:
    known = publication in PUBLICATION_ORDER
    return PUBLICATION_ORDER.index(publication) if known else len(PUBLICATION_ORDER)


def _offer(
    nodes: Mapping[str, Node],
    links: Sequence[Edge],
    providers: tuple[Ref, ...],
    scene: SceneFamily,
    known: tuple[tuple[Record, ...], Mapping[str, float]],
) -> OfferedSolution:
    node = nodes[links[0].start]
    records, parts = known
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
        weighed(parts, OFFERED_WEIGHTS),
        parts,
        paths,
        evidence_of(records),
    )
