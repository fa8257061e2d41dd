"""A scene named in any edition as a scene of 2024, which notice and matcher speak of."""

from __future__ import annotations

from api.desk import Desk
from kg.filters import scene_id
from kg.scenes import NEARNESS, family
from ontology.errors import InvalidValue, UnknownId

LOOSEST = "closeMatch"  # how a scene of another edition may correspond


def base_scene(desk: Desk, name: str, field: str) -> str:
    """Return the 2024 scene that an id or name gives; raise UnknownId or InvalidValue else."""
    try:
        found = scene_id(desk.read, name, desk.edition)
    except UnknownId as fault:
        raise UnknownId("scene", name, fault.nearest, field) from None
    guide = desk.holder.current().matcher.guide
    if guide.has_scene(found):
        return found
    members = family(desk.read, found)
    near = sorted((members.nearness(one), one) for one in members.members if guide.has_scene(one))
    if not near or near[0][0] > NEARNESS.index(LOOSEST):
        raise InvalidValue(field, name, "corresponds to no scene of the 2024 edition")
    return near[0][1]
