"""A scene seen through all editions of the guide: its counterparts and how they correspond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.records import Edge, Node
from kg.store.protocol import GraphRead
from ontology.errors import UnknownId

# From the closest to the loosest; `sameScene` is the scene itself.
NEARNESS = ("sameScene", "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
PROPOSED = "proposed"  # the basis of a mapping that nobody has looked at
_REVERSED = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


@dataclass(frozen=True, slots=True)
class SceneFamily:
    """The scene asked for and, by id, how each counterpart of another edition corresponds to it.

    The predicate is read from the counterpart to the scene: `broadMatch` says that the scene is
    the broader of the two.
    """

    scene: Node
    members: Mapping[str, str]

    def nearness(self, scene_id: str) -> int:
        """Return 0 for the scene itself and more for looser counterparts."""
        return NEARNESS.index(self.members[scene_id])

    def path_to_scene(self, scene_id: str) -> tuple[str, ...]:
        """Return the steps from a member to the scene, both included."""
        return (scene_id,) if scene_id == self.scene.id else (scene_id, self.scene.id)


def scene_node(read: GraphRead, scene_id: str) -> Node:
    """Return the scene, or raise UnknownId naming the nearest ids."""
    found = read.get([scene_id])
    if found and found[0].label == "Scene":
        return found[0]
    raise UnknownId("scene", scene_id, [node.id for node in read.find("Scene", limit=1000).nodes])


def family(read: GraphRead, scene_id: str) -> SceneFamily:
    """Return the scene with its counterparts in other editions; what is only proposed is none."""
    scene = scene_node(read, scene_id)
    members = {scene.id: "sameScene"}
    for edge in read.edges([scene.id], ("MAPS_TO",)):
        if edge.properties.get("basis") == PROPOSED:
            continue
        predicate = str(edge.properties.get("predicate", "relatedMatch"))
        if edge.end == scene.id:
            members[edge.start] = predicate
        else:
            members[edge.end] = _REVERSED.get(predicate, predicate)
    return SceneFamily(scene, dict(sorted(members.items())))


def scenes_of_cases(read: GraphRead, cases: Sequence[str]) -> tuple[Edge, ...]:
    """Return the edge from each of the cases to its primary scene."""
    filed = read.edges(cases, ("IN_SCENE",), "out")
    return tuple(edge for edge in filed if edge.properties.get("rank") == "primary")


def scenes_of_segments(read: GraphRead, segments: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the scenes in these segments."""
    return tuple(edge.start for edge in read.edges(segments, ("IN_SEGMENT",), "in"))
