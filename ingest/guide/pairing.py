"""Which scene of the reconstruction each scene of a text is, so that ids and labels stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment

from ingest.guide.outline import Outline, OutlineScene
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import Guide, fold

# For each text the chance of every scene, given that one of them it is.
Likeness = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]
CERTAIN = 0.5  # from this chance on a scene is taken for another by what it says
_SMALLEST = 1e-9


class How(StrEnum):
    """How a pair was found; only the last needs somebody to look."""

    NAMED = "named"  # the official name is one we hold for this scene
    GIVEN = "given"  # somebody said so
    ALIKE = "alike"  # what it says is what the scene is about
    LEFT = "left over"  # the best that was left, and not sure


@dataclass(frozen=True, slots=True)
class Pair:
    """A scene of the text and the id it keeps."""

    id: str
    scene: OutlineScene
    how: How
    likeness: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs in the order of the text, and what has no counterpart on either side."""

    pairs: tuple[Pair, ...]
    segments: Mapping[str, str]  # name in the text: id
    unknown: tuple[OutlineScene, ...]
    missing: tuple[str, ...]
    unknown_segments: tuple[str, ...]

    @property
    def doubtful(self) -> tuple[Pair, ...]:
        """The pairs that somebody should look at."""
        return tuple(pair for pair in self.pairs if pair.how is How.LEFT)

    @property
    def complete(self) -> bool:
        """Whether every scene and segment of both sides has its counterpart, surely."""
        return not (self.unknown or self.missing or self.unknown_segments or self.doubtful)


def pair_up(
    outline: Outline, guide: Guide, likeness: Likeness, given: Mapping[str, str]
) -> Pairing:
    """Pair scenes by what somebody says, then by name, then so that all are most alike.

    `given` tells names of the text by our ids; an id or name that is not there raises.
    """
    found = _given(outline, guide, given)
    found |= _named(outline, guide, found)
    found |= _alike(outline, guide, likeness, found)
    pairs = tuple(found[name] for name in (scene.name for scene in outline.scenes) if name in found)
    paired = {pair.id for pair in pairs}
    segments = _segments(outline, guide)
    return Pairing(
        pairs,
        segments,
        tuple(scene for scene in outline.scenes if scene.name not in found),
        tuple(scene.id for scene in guide.scenes if scene.id not in paired),
        tuple(name for name in outline.segments if name not in segments),
    )


def _given(outline: Outline, guide: Guide, given: Mapping[str, str]) -> dict[str, Pair]:
    by_name = {fold(scene.name): scene for scene in outline.scenes}
    found: dict[str, Pair] = {}
    for scene_id, name in given.items():
        guide.scene(scene_id)
        scene = by_name.get(fold(name))
        if scene is None:
            known = [one.name for one in outline.scenes]
            raise UnknownId("scene in this text", name, known, field="pair")
        if scene.name in found:
            raise InvalidValue("pair", name, f"is given to {found[scene.name].id} already")
        found[scene.name] = Pair(scene_id, scene, How.GIVEN, 1.0)
    return found


def _named(outline: Outline, guide: Guide, before: Mapping[str, Pair]) -> dict[str, Pair]:
    """Return the pairs whose name is held for one scene: as its name, a candidate, or elsewhere."""
    found: dict[str, Pair] = {}
    taken = {pair.id for pair in before.values()}
    for use in ("name", "candidate", "other_edition"):
        for scene in outline.scenes:
            if scene.name in found or scene.name in before:
                continue
            ids = {hit.id for hit in guide.find(scene.name)
                   if hit.kind == "scene" and hit.use == use}  # fmt: skip
            if len(ids) == 1 and not ids & taken:
                found[scene.name] = Pair(min(ids), scene, How.NAMED, 1.0)
                taken |= ids
    return found


def _alike(
    outline: Outline, guide: Guide, likeness: Likeness, before: Mapping[str, Pair]
) -> dict[str, Pair]:
    """Return pairs of what is left: the assignment under which all together are most alike."""
    taken = {pair.id for pair in before.values()}
    left = [scene for scene in outline.scenes if scene.name not in before]
    ids = [scene.id for scene in guide.scenes if scene.id not in taken]
    if not left or not ids:
        return {}
    chances = likeness([f"{scene.name}。{scene.text}" for scene in left])
    table = np.array([[one.get(scene_id, 0.0) for scene_id in ids] for one in chances])
    rows, columns = linear_sum_assignment(-np.log(table + _SMALLEST))
    found: dict[str, Pair] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        chance = float(table[row, column])
        how = How.ALIKE if chance >= CERTAIN else How.LEFT
        found[left[row].name] = Pair(ids[column], left[row], how, round(chance, 3))
    return found


def _segments(outline: Outline, guide: Guide) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in outline.segments:
        ids = {hit.id for hit in guide.find(name) if hit.kind == "segment"}
        if len(ids) == 1:
            found[name] = ids.pop()
    return found
