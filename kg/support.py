"""What is known for each scene, whoever asks: solutions and standards to go on from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from kg.entities import Ref
from kg.offered import offered_for
from kg.ranking import NOBODY
from kg.scenes import SceneFamily, family
from kg.standards.members import members_of, scope_of_scene, still_valid
from kg.standards.table import StandardTable
from kg.store.protocol import GraphRead
from kg.used import used_in
from ontology.guide import Guide

SHOWN = 2  # of each: enough to go on from, each has its own question for the rest


@dataclass(frozen=True, slots=True)
class SceneSupport:
    """The first of what is known for a scene; the totals count all, 0 says none known to us.

    `used` was used in a case of the scene, `offered` is published or claimed for it.
    """

    scene: SceneFamily
    used: tuple[Ref, ...]
    used_total: int
    offered: tuple[Ref, ...]
    offered_total: int
    standards: tuple[Ref, ...]
    standards_total: int


def supports(
    read: GraphRead, guide: Guide, table: StandardTable, day: datetime.date
) -> Mapping[str, SceneSupport]:
    """Return what is known for each scene of the guide that the graph holds."""
    held = {node.id for node in read.get([scene.id for scene in guide.scenes])}
    wanted = [scene.id for scene in guide.scenes if scene.id in held]
    return {scene: _support(read, scene, table, day) for scene in wanted}


def _support(
    read: GraphRead, scene_id: str, table: StandardTable, day: datetime.date
) -> SceneSupport:
    scene = family(read, scene_id)
    used, used_total = used_in(read, scene, NOBODY, slice(0, SHOWN))
    offered, offered_total = offered_for(read, scene, NOBODY, "", slice(0, SHOWN))
    members = members_of(table, scope_of_scene(read, table, scene_id), day)
    standards = still_valid(table, members, day)
    return SceneSupport(
        scene,
        tuple(
            Ref(one.id, "Solution" if one.kind == "solution" else "Organisation", one.name)
            for one in used
        ),
        used_total,
        tuple(Ref(one.id, "Solution", one.name) for one in offered),
        offered_total,
        tuple(
            Ref(one.id, "Standard", table.nodes[one.id].text("code")) for one in standards[:SHOWN]
        ),
        len(standards),
    )
