"""Two editions of the guide side by side: which scene of one is which scene of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ontology.guide import DEFAULT_EDITION, Area, Guide, Mapping, Predicate, Scene, Segment

# Read the other way round, the wider scene becomes the narrower one.
REVERSED: dict[Predicate, Predicate] = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A scene or name of another edition: what it is to the scene that it stands beside.

    broadMatch: it covers only a part of that scene. `id` is "" for the editions of which only
    names are known, `confidence` our judgement, `comment` how the name is known.
    """

    id: str
    name: str
    edition: str
    predicate: Predicate
    confidence: float
    comment: str

    @property
    def recalled(self) -> bool:
        """Whether the name was written down from memory and never checked against a source."""
        return "name recalled" in self.comment


@dataclass(frozen=True, slots=True)
class SceneBeside:
    """A scene with its counterparts in the other edition, and its names in those before.

    () says that we found none, which is no statement of the guide.
    """

    scene: Scene
    beside: tuple[Counterpart, ...]
    earlier: tuple[Counterpart, ...]


@dataclass(frozen=True, slots=True)
class SegmentBeside:
    """A segment with its scenes."""

    segment: Segment
    scenes: tuple[SceneBeside, ...]


@dataclass(frozen=True, slots=True)
class AreaBeside:
    """A construction area with its segments; None for segments that no source puts in one."""

    area: Area | None
    segments: tuple[SegmentBeside, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the scenes from the first edition to the second, counted by scene.

    `kept` have the same name in both, `renamed` an equal or close counterpart of another name,
    `recut` only wider, narrower or related ones, `without` none that we found.
    """

    kept: tuple[str, ...]
    renamed: tuple[str, ...]
    recut: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Editions:
    """An edition area by area, another beside it, and what changed between the two."""

    guide: Guide
    other: Guide
    areas: tuple[AreaBeside, ...]
    changes: Changes


def side_by_side(guide: Guide, other: Guide, crosswalk: Iterable[Mapping]) -> Editions:
    """Return an edition with another beside it; the crosswalk leads to the scenes of 2024."""
    beside: dict[str, list[Counterpart]] = defaultdict(list)
    for one in _as_it_is_now(crosswalk, guide, other):
        _put(beside, one, guide, other)
    scenes = {
        scene.id: SceneBeside(
            scene,
            tuple(one for one in beside[scene.id] if one.edition == other.edition),
            tuple(one for one in beside[scene.id] if one.edition != other.edition),
        )
        for scene in guide.scenes
    }
    areas = [(area, area.id) for area in guide.areas]
    found = tuple(_area(guide, area, of, scenes) for area, of in (*areas, (None, None)))
    return Editions(
        guide, other, tuple(one for one in found if one.segments), _changes(scenes.values())
    )


def _as_it_is_now(crosswalk: Iterable[Mapping], *editions: Guide) -> Iterator[Mapping]:
    """Yield the mappings to the scenes that theirs are now, where an imported text cut otherwise.

    What corresponded to a scene corresponds to a scene that took it in only in part.
    """
    (base,) = (guide for guide in editions if guide.edition == DEFAULT_EDITION)
    mappings = tuple(crosswalk)
    held = {(one.subject, one.object) for one in mappings}
    for one in mappings:
        for scene in base.current(one.object):
            if scene == one.object:
                yield one
            elif (one.subject, scene) not in held:
                held.add((one.subject, scene))
                yield replace(one, object=scene, predicate="relatedMatch")


def _put(beside: dict[str, list[Counterpart]], one: Mapping, guide: Guide, other: Guide) -> None:
    """Add a mapping where it is read from a scene of this edition."""
    known = other.has_scene(one.subject)
    if guide.has_scene(one.object):
        shown = one.subject if known else ""
        beside[one.object].append(
            Counterpart(
                shown, one.subject_name, one.subject_edition, one.predicate, one.confidence,
                one.comment,
            )
        )  # fmt: skip
    elif guide.has_scene(one.subject) and other.has_scene(one.object):
        scene = other.scene(one.object)
        predicate = REVERSED.get(one.predicate, one.predicate)
        beside[one.subject].append(
            Counterpart(scene.id, scene.name, other.edition, predicate, one.confidence, one.comment)
        )


def _area(
    guide: Guide, area: Area | None, of: str | None, scenes: dict[str, SceneBeside]
) -> AreaBeside:
    inside = [segment for segment in guide.segments if segment.area == of]
    return AreaBeside(
        area,
        tuple(
            SegmentBeside(segment, tuple(scenes[scene.id] for scene in guide.scenes_of(segment.id)))
            for segment in inside
        ),
    )


def _changes(scenes: Iterable[SceneBeside]) -> Changes:
    found: dict[str, list[str]] = defaultdict(list)
    for one in scenes:
        found[_change(one.scene.name, one.beside)].append(one.scene.id)
    return Changes(*(tuple(found[kind]) for kind in ("kept", "renamed", "recut", "without")))


def _change(name: str, beside: Sequence[Counterpart]) -> str:
    if not beside:
        return "without"
    firm = [one for one in beside if one.predicate in {"exactMatch", "closeMatch"}]
    if any(one.name == name for one in firm):
        return "kept"
    return "renamed" if firm else "recut"
