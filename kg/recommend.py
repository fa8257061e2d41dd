"""Solutions for a scene in two groups that are never mixed: used in a case, or only offered."""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities import Ref
from kg.offered import OfferedSolution, offered_for
from kg.ranking import NOBODY, Asker
from kg.scenes import family, scenes_of_segments
from kg.store.protocol import GraphRead
from kg.used import UsedSolution, used_in


@dataclass(frozen=True, slots=True)
class SceneSolutions:
    """The solutions known for one scene."""

    scene: Ref
    name_status: str
    used: tuple[UsedSolution, ...]
    used_total: int
    offered: tuple[OfferedSolution, ...]
    offered_total: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks, in which words if any, and which part of each group is wanted."""

    asker: Asker = NOBODY
    text: str = ""
    limit: int = 10
    offset: int = 0


def recommend(read: GraphRead, scene_id: str, wish: Wish | None = None) -> SceneSolutions:
    """Return the solutions of a scene in two groups, the most replicable and fitting first."""
    wanted = wish or Wish()
    found = family(read, scene_id)
    window = slice(wanted.offset, wanted.offset + wanted.limit)
    used, used_total = used_in(read, found, wanted.asker, window)
    offered, offered_total = offered_for(read, found, wanted.asker, wanted.text, window)
    return SceneSolutions(
        Ref.of(found.scene),
        found.scene.text("name_status"),
        used,
        used_total,
        offered,
        offered_total,
    )


def nearest_with_solutions(
    read: GraphRead, scene_id: str, wish: Wish | None = None
) -> SceneSolutions | None:
    """Return the solutions of the scene of the same segment that most is known for, if any."""
    segments = [edge.end for edge in read.edges([scene_id], ("IN_SEGMENT",), "out")]
    beside = sorted(set(scenes_of_segments(read, segments)) - {scene_id})
    found = [recommend(read, scene, wish) for scene in beside]
    known = [one for one in found if one.used_total or one.offered_total]
    return max(known, key=lambda one: (one.used_total, one.offered_total), default=None)
