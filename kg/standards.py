"""The standards that go with a scene: level, status and on what basis each is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.entities import Evidence, Ref, by_subject, evidence_for_link, evidence_of
from kg.records import Edge, Node, Record
from kg.scenes import SceneFamily, family
from kg.store.protocol import GraphRead
from ontology.schema import NO_MORE

LEVEL_ORDER = ("national", "industry", "group", "local", "enterprise", "international")
# Published links before those this project assigned.
BASIS_ORDER = ("published", "adopted", "assigned", "text", "")

# Nobody can adopt a draft yet, nobody should adopt what was replaced: they come after the others.
NOT_YET = ("drafting", "consultation", "under review", "final draft")


@dataclass(frozen=True, slots=True)
class StandardLink:
    """Why a standard goes with the scene.

    `via` is `scene` or `segment`: a standard linked to the scene's whole segment says less.
    """

    via: str
    end: Ref
    basis: str
    correspondence: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SceneStandard:
    """A standard of a scene; `status` is `unknown` where no source says it."""

    id: str
    code: str
    name: str
    name_en: str
    level: str
    status: str
    branch: str
    body: str
    year: int | None
    notes: tuple[str, ...]
    links: tuple[StandardLink, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SceneStandards:
    """Standards of a scene in order, how many there are in all, the address of the next page.

    `degraded` says that the store was away and its local copy answered.
    """

    scene: Ref
    name_status: str
    total: int
    offset: int
    items: tuple[SceneStandard, ...]
    degraded: bool = False
    next: str | None = None


def standards_of(
    read: GraphRead, scene_id: str, limit: int = 20, offset: int = 0
) -> SceneStandards:
    """Return the standards of the scene or its segment: current, closest link, level, code."""
    found = family(read, scene_id)
    segments = [edge.end for edge in read.edges([scene_id], ("IN_SEGMENT",), "out")]
    ends = [*found.members, *segments]
    covers = read.edges(sorted(ends), ("COVERS",), "in")
    ids = sorted({edge.start for edge in covers})
    nodes = {node.id: node for node in read.get(sorted({*ids, *ends}))}
    ranked = sorted(ids, key=lambda one: _order(nodes[one], covers, found))
    picked = ranked[offset : offset + limit]
    records = by_subject(read.records(picked))
    items = tuple(
        _item(nodes[one], [edge for edge in covers if edge.start == one], found, nodes, records)
        for one in picked
    )
    return SceneStandards(
        Ref.of(found.scene), found.scene.text("name_status"), len(ids), offset, items
    )


def _closeness(edge: Edge, scene: SceneFamily) -> tuple[int, int]:
    basis = str(edge.properties.get("basis", ""))
    rank = BASIS_ORDER.index(basis) if basis in BASIS_ORDER else len(BASIS_ORDER)
    return (scene.nearness(edge.end) if edge.end in scene.members else 99), rank


def _currency(status: str) -> int:
    return 2 if status in NO_MORE else int(status in NOT_YET)


def _order(
    node: Node, covers: tuple[Edge, ...], scene: SceneFamily
) -> tuple[int, tuple[int, int], int, str]:
    closest = min(_closeness(edge, scene) for edge in covers if edge.start == node.id)
    level = node.text("level")
    rank = LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER)
    return _currency(node.text("status")), closest, rank, node.id


def _item(
    node: Node,
    edges: list[Edge],
    scene: SceneFamily,
    nodes: Mapping[str, Node],
    records: Mapping[str, tuple[Record, ...]],
) -> SceneStandard:
    links = tuple(
        StandardLink(
            "scene" if edge.end in scene.members else "segment",
            Ref.of(nodes[edge.end]),
            str(edge.properties.get("basis", "")),
            scene.members.get(edge.end, ""),
            evidence_for_link(records.get(node.id, ()), "COVERS", edge.end),
        )
        for edge in sorted(edges, key=lambda edge: (_closeness(edge, scene), edge.end))
    )
    return SceneStandard(
        node.id,
        node.text("code"),
        node.text("name") or node.text("name_en"),
        node.text("name_en"),
        node.text("level"),
        node.text("status") or "unknown",
        node.text("branch"),
        node.text("body"),
        node.year(),
        node.texts("note"),
        links,
        evidence_of(records.get(node.id, ())),
    )
