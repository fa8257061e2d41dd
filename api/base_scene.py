"""A scene named in any edition as a scene of 2024, which notice and matcher speak of."""

from __future__ import annotations

from api.desk import Desk
from kg.filters import scene_id
from kg.scenes import NEARNESS, family
from ontology.errors import InvalidValue, UnknownId

BASE_EDITION = "2024"
LOOSEST = "closeMatch"  # how a scene of another edition may correspond
PART_OF = "narrowMatch"  # … where a part of the 2024 scene is enough


def base_scene(desk: Desk, name: str, field: str, part: bool = False) -> str:
    """Return the 2024 scene that an id or name gives; raise UnknownId or InvalidValue else.

    With `part`, a scene of another edition may be a part of it.
    """
    try:
        found = scene_id(desk.read, name, desk.edition)
    except UnknownId as fault:
        raise UnknownId("scene", name, fault.nearest, field) from None
    guide = desk.guide
    if guide.has_scene(found):
        return found
    members = family(desk.read, found)
    allowed = [*NEARNESS[: NEARNESS.index(LOOSEST) + 1], *([PART_OF] if part else [])]
    near = sorted(
        (members.nearness(one), one)
        for one, correspondence in members.members.items()
        if guide.has_scene(one) and correspondence in allowed
    )
    if not near:
        told = "corresponds to no scene of the 2024 edition closely enough; name one of 2024"
        raise InvalidValue(field, name, told)
    return near[0][1]
