"""What a scene counts for on the way from level to level, as the notice words it."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.conditions import Condition, Conditions, Level
from ontology.guide import Guide


@dataclass(frozen=True, slots=True)
class Served:
    """A level and its conditions that a scene serves; `floor` is the one on areas."""

    level: Level
    floor: Condition | None
    conditions: tuple[Condition, ...]


def served_by(scene: str, guide: Guide, conditions: Conditions) -> tuple[Served, ...]:
    """Return for each level, the lowest first, which of its conditions a 2024 scene serves."""
    area = guide.area_of(scene)
    found = []
    for level in conditions.levels:
        floors = [one for one in level.floor.conditions if area in one.areas]
        served = tuple(
            one for clause in level.content for one in clause.conditions if scene in one.scenes
        )
        if floors or served:
            found.append(Served(level, floors[0] if floors else None, served))
    return tuple(found)
