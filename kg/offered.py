"""What is published or claimed for a scene; nothing here says that it was used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.entities import (
    Evidence,
    Path,
    Ref,
    by_start,
    by_subject,
    evidence_for_link,
    evidence_of,
)
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
    read: GraphRead, scene: SceneFamily, asker: Asker, text: str, window: slice
) -> tuple[tuple[OfferedSolution, ...], int]:
    """Return a part of what is offered for the scene, and how much there is in all.

    Official before claimed, then by fit, then by id; only what is shown is put together.
    """
    links = by_start(read.edges(sorted(scene.members), ("FOR_SCENE",), "in"))
    within = by_start(read.edges(sorted(links), ("IN_INDUSTRY",), "out"))
    solutions = read.get(sorted(links))
    alike = likeness(text, [_words(solution) for solution in solutions])
    ranked = []
    for solution, words in zip(solutions, alike, strict=True):
        own = sorted(links[solution.id], key=lambda edge: (scene.nearness(edge.end), edge.end))
        industries = [edge.end for edge in within.get(solution.id, ())]
        parts = offered_contributions(scene.members[own[0].end], industries, words, asker)
        score = weighed(parts, OFFERED_WEIGHTS)
        order = (_publication_rank(solution.text("publication")), -score, solution.id)
        ranked.append((order, _Found(solution, own, score, parts)))
    ranked.sort(key=lambda one: one[0])
    return _told(read, scene, [found for _, found in ranked[window]]), len(ranked)


@dataclass(frozen=True, slots=True)
class _Found:
    """A solution with its links to the scene, the closest first, and how it fits."""

    solution: Node
    links: Sequence[Edge]
    score: float
    contributions: Mapping[str, float]


def _told(
    read: GraphRead, scene: SceneFamily, found: Sequence[_Found]
) -> tuple[OfferedSolution, ...]:
    ids = [one.solution.id for one in found]
    provided = by_start(read.edges(ids, ("PROVIDED_BY",), "out"))
    makers = {edge.end for edges in provided.values() for edge in edges}
    nodes = {node.id: node for node in read.get(sorted({*makers, *scene.members}))}
    records = by_subject(read.records(ids))
    return tuple(
        _offer(
            one,
            tuple(Ref.of(nodes[edge.end]) for edge in provided.get(one.solution.id, ())),
            _paths(one, scene, nodes, records.get(one.solution.id, ())),
            records.get(one.solution.id, ()),
        )
        for one in found
    )


def _paths(
    found: _Found, scene: SceneFamily, nodes: Mapping[str, Node], records: Sequence[Record]
) -> tuple[Path, ...]:
    return tuple(
        Path(
            (
                Ref.of(found.solution),
                *(Ref.of(nodes[step]) for step in scene.path_to_scene(edge.end)),
            ),
            str(edge.properties.get("basis", "")),
            "",
            scene.members[edge.end],
            evidence_for_link(records, "FOR_SCENE", edge.end),
        )
        for edge in found.links
    )


def _words(solution: Node) -> str:
    """Return the text of a solution that a wish is held against."""
    told = (solution.name, solution.text("kind"), *solution.texts("targets"))
    return "。".join(filter(None, (*told, *solution.texts("claims"), *solution.texts("note"))))


def _publication_rank(publication: str) -> int:
    known = publication in PUBLICATION_ORDER
    return PUBLICATION_ORDER.index(publication) if known else len(PUBLICATION_ORDER)


def _offer(
    found: _Found,
    providers: tuple[Ref, ...],
    paths: tuple[Path, ...],
    records: Sequence[Record],
) -> OfferedSolution:
    node = found.solution
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
        found.score,
        found.contributions,
        paths,
        evidence_of(records),
    )
