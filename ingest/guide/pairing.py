"""Which scene of the reconstruction each scene of a text is, so that ids and labels stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment

from ingest.guide.outline import Outline, OutlineScene
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import Guide, fold

# For each text the chance of every scene, given that one of them it is.
Likeness = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]
CERTAIN = 0.5  # from this chance on a scene is taken for another by what it says
# Below it a scene of the text is rather a new one than the one that is left over, and one of ours
# went into no other. Halves of a scene and a scene that took in another have 0.2 and more.
LIKELY = 0.15
_SMALLEST = 1e-9


class How(StrEnum):
    """How something was found; what is only proposed needs somebody to look."""

    NAMED = "named"  # the official name is one we hold for this scene
    GIVEN = "given"  # somebody said so
    ALIKE = "alike"  # what it says is what the scene is about
    LEFT = "left over"  # the best that was left, and not sure
    PROPOSED = "proposed"  # nothing was left that it may be


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a text: names by our ids (of scenes or segments), names of scenes that
    we lack, and our scenes that the text lacks, with the names or ids of those that took them in.
    """

    pairs: Mapping[str, str] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Pair:
    """A scene of the text and the id it keeps."""

    id: str
    scene: OutlineScene
    how: How
    likeness: float


@dataclass(frozen=True, slots=True)
class Addition:
    """A scene of the text that we lack, its new id, and the scene of ours that it resembles."""

    id: str
    scene: OutlineScene
    how: How
    near: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Retirement:
    """A scene of ours that the text lacks, and the scenes of the text that took it in."""

    id: str
    into: tuple[str, ...]
    how: How
    likeness: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """What became of every scene of either side; pairs and additions in the order of the text."""

    pairs: tuple[Pair, ...]
    additions: tuple[Addition, ...]
    retirements: tuple[Retirement, ...]
    segments: Mapping[str, str]  # name in the text: id
    unknown_segments: tuple[str, ...]
    order: Mapping[str, int]  # of the scenes of the text, by id

    @property
    def doubtful(self) -> tuple[Pair, ...]:
        """The pairs that somebody should look at."""
        return tuple(pair for pair in self.pairs if pair.how is How.LEFT)

    @property
    def proposed(self) -> tuple[Addition | Retirement, ...]:
        """What would be added or retired, and nobody has said so."""
        both: tuple[Addition | Retirement, ...] = (*self.additions, *self.retirements)
        return tuple(one for one in both if one.how is How.PROPOSED)

    @property
    def sure(self) -> bool:
        """Whether every scene has its counterpart surely, and what has none was told so."""
        return not (self.unknown_segments or self.doubtful or self.proposed)


def pair_up(outline: Outline, guide: Guide, likeness: Likeness, told: Told = NOTHING) -> Pairing:
    """Pair scenes by what somebody says, then by name, then so that all are most alike.

    An id or name that is not there raises.
    """
    _check(outline, guide, told)
    chances = _chances(outline, likeness)
    found = _given(outline, guide, told)
    found |= _named(outline, guide, found, told)
    found |= _alike(outline, guide, chances, found, told)
    pairs = tuple(found[scene.name] for scene in outline.scenes if scene.name in found)
    additions = tuple(_additions(outline, guide, chances, found, told))
    named: tuple[Pair | Addition, ...] = (*pairs, *additions)
    ids = {one.scene.name: one.id for one in named}
    segments = _segments(outline, guide, told)
    return Pairing(
        pairs,
        additions,
        tuple(_retirements(guide, chances, ids, told)),
        segments,
        tuple(name for name in outline.segments if name not in segments),
        {ids[scene.name]: at for at, scene in enumerate(outline.scenes, 1)},
    )


def _check(outline: Outline, guide: Guide, told: Told) -> None:
    """Raise where a name is none of the text's scenes or an id is none of ours, or told twice."""
    for scene_id in (*_scene_pairs(told), *told.retired):
        guide.scene(scene_id)
    for scene_id in told.retired:
        if scene_id in told.pairs:
            raise InvalidValue("retire", scene_id, "is paired as well")
    for name in told.new:
        _scene_named(outline, name, "new")


def _scene_pairs(told: Told) -> dict[str, str]:
    return {one: name for one, name in told.pairs.items() if not one.startswith("E")}


def _scene_named(outline: Outline, name: str, field_name: str) -> OutlineScene:
    for scene in outline.scenes:
        if fold(scene.name) == fold(name):
            return scene
    known = [one.name for one in outline.scenes]
    raise UnknownId("scene in this text", name, known, field=field_name)


def _chances(outline: Outline, likeness: Likeness) -> dict[str, Mapping[str, float]]:
    """Return for each scene of the text, by name, how likely it is each of ours."""
    texts = [f"{scene.name}。{scene.text}" for scene in outline.scenes]
    return dict(zip((scene.name for scene in outline.scenes), likeness(texts), strict=True))


def _given(outline: Outline, guide: Guide, told: Told) -> dict[str, Pair]:
    found: dict[str, Pair] = {}
    for scene_id, name in _scene_pairs(told).items():
        guide.scene(scene_id)
        scene = _scene_named(outline, name, "pair")
        if scene.name in found:
            raise InvalidValue("pair", name, f"is given to {found[scene.name].id} already")
        found[scene.name] = Pair(scene_id, scene, How.GIVEN, 1.0)
    return found


def _left(outline: Outline, before: Mapping[str, Pair], told: Told) -> list[OutlineScene]:
    new = set(map(fold, told.new))
    return [one for one in outline.scenes if one.name not in before and fold(one.name) not in new]


def _named(
    outline: Outline, guide: Guide, before: Mapping[str, Pair], told: Told
) -> dict[str, Pair]:
    """Return the pairs whose name is held for one scene: as its name, a candidate, or elsewhere.

    A scene that an earlier text had retired comes back under a name that we held for it.
    """
    found: dict[str, Pair] = {}
    taken = {*(pair.id for pair in before.values()), *told.retired}
    gone = {
        fold(name): scene.id for scene in guide.retired for name in (*scene.candidates, scene.name)
    }
    for use in ("name", "gone", "candidate", "other_edition"):
        for scene in _left(outline, {**before, **found}, told):
            hits = guide.find(scene.name)
            ids = {hit.id for hit in hits if hit.kind == "scene" and hit.use == use}
            if use == "gone" and fold(scene.name) in gone:
                ids = {gone[fold(scene.name)]}
            if len(ids) == 1 and not ids & taken:
                found[scene.name] = Pair(min(ids), scene, How.NAMED, 1.0)
                taken |= ids
    return found


def _alike(
    outline: Outline,
    guide: Guide,
    chances: Mapping[str, Mapping[str, float]],
    before: Mapping[str, Pair],
    told: Told,
) -> dict[str, Pair]:
    """Return pairs of what is left: the assignment under which all together are most alike."""
    taken = {*(pair.id for pair in before.values()), *told.retired}
    left = _left(outline, before, told)
    ids = [scene.id for scene in guide.scenes if scene.id not in taken]
    if not left or not ids:
        return {}
    table = np.array([[chances[one.name].get(scene_id, 0.0) for scene_id in ids] for one in left])
    rows, columns = linear_sum_assignment(-np.log(table + _SMALLEST))
    found: dict[str, Pair] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        chance = float(table[row, column])
        if chance >= LIKELY:
            how = How.ALIKE if chance >= CERTAIN else How.LEFT
            found[left[row].name] = Pair(ids[column], left[row], how, round(chance, 3))
    return found


def _additions(
    outline: Outline,
    guide: Guide,
    chances: Mapping[str, Mapping[str, float]],
    found: Mapping[str, Pair],
    told: Told,
) -> Iterator[Addition]:
    """Yield the scenes of the text that are none of ours, with ids that were never used."""
    new, fresh = set(map(fold, told.new)), _fresh_ids(guide)
    for scene in outline.scenes:
        if scene.name in found:
            continue
        near, chance = _best(chances[scene.name].items())
        how = How.GIVEN if fold(scene.name) in new else How.PROPOSED
        yield Addition(next(fresh), scene, how, near if chance >= LIKELY else "", round(chance, 3))


def _fresh_ids(guide: Guide) -> Iterator[str]:
    highest = max(int(scene.id[1:]) for scene in (*guide.scenes, *guide.retired))
    while True:
        highest += 1
        yield f"S{highest:02}"


def _retirements(
    guide: Guide,
    chances: Mapping[str, Mapping[str, float]],
    ids: Mapping[str, str],
    told: Told,
) -> Iterator[Retirement]:
    """Yield our scenes that the text lacks; the scene most like one may have taken it in."""
    kept = set(ids.values())
    by_name = {fold(name): scene_id for name, scene_id in ids.items()}
    for scene in guide.scenes:
        if scene.id in kept:
            continue
        if scene.id in told.retired:
            into = tuple(by_name.get(fold(one), one) for one in told.retired[scene.id])
            for one in into:
                if one not in kept:
                    raise UnknownId("scene of this text", one, sorted(kept), field="retire")
            yield Retirement(scene.id, into, How.GIVEN, 1.0)
            continue
        likely = ((name, said.get(scene.id, 0.0)) for name, said in chances.items())
        name, chance = _best(likely)
        into = (ids[name],) if chance >= LIKELY else ()
        yield Retirement(scene.id, into, How.PROPOSED, round(chance, 3))


def _best(chances: Iterable[tuple[str, float]]) -> tuple[str, float]:
    return max(chances, key=lambda one: one[1], default=("", 0.0))


def _segments(outline: Outline, guide: Guide, told: Told) -> dict[str, str]:
    given = {fold(name): one for one, name in told.pairs.items() if one.startswith("E")}
    found: dict[str, str] = {}
    for name in outline.segments:
        if fold(name) in given:
            found[name] = guide.segment(given[fold(name)]).id
            continue
        ids = {hit.id for hit in guide.find(name) if hit.kind == "segment"}
        if len(ids) == 1:
            found[name] = ids.pop()
    return found
