"""The names of segments and scenes in all editions, and what a written name means in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.annex4.spelling import is_slip, repaired, without_role_words
from ingest.annex4.words import load_words
from kg.match.names import name_key
from kg.text import squeeze
from ontology.guide import Guide, NameStatus, load_crosswalk, load_guide, load_unmapped
from ontology.guide import Mapping as Correspondence

How = Literal["id", "name", "candidate", "slip", "none"]
SHORTEST_SLIP = 4  # characters; of a shorter name one wrong character leaves too little
LONGEST_TERM = 40  # characters; the longest name has 14, longer texts are sentences
LEAST_LIKENESS = 0.5  # share of characters in common from which a name is called near
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name is in one edition; `id` is that of a held edition, else of its 2024 counterpart.

    `segment` is the id of the segment that holds the scene, its own id for a segment.
    """

    edition: str
    id: str
    name: str
    status: NameStatus
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A name as written and what it means; of a slip or a candidate, the senses are proposals."""

    written: str
    senses: tuple[Sense, ...] = ()
    how: How = "none"
    repairs: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is a name or id as it stands, repairs of spelling aside."""
        return self.how in ("id", "name")

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that call something so."""
        return tuple(dict.fromkeys(sense.edition for sense in self.senses))

    def of(self, edition: str) -> Sense | None:
        """Return what it means in an edition."""
        return next((sense for sense in self.senses if sense.edition == edition), None)


NOTHING = Term("")


@dataclass(frozen=True)
class Nomenclature:
    """Everything that is called something in the guide, in editions that are held and older ones.

    `base` is the edition that the crosswalk maps to; `guides` are the held ones, it among them.
    """

    base: Guide
    guides: tuple[Guide, ...]
    crosswalk: tuple[Correspondence, ...]
    unmapped: tuple[str, ...] = ()

    @classmethod
    def load(cls, base: Guide | None = None) -> Nomenclature:
        """Return the names of all editions; `base` is that of 2024 where its text was imported."""
        base = base or load_guide("2024")
        return cls(base, (base, load_guide("2025")), load_crosswalk(), load_unmapped())

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of which segments and scenes are held."""
        return tuple(guide.edition for guide in self.guides)

    def guide(self, edition: str) -> Guide:
        """Return the guide of a held edition."""
        return next(guide for guide in self.guides if guide.edition == edition)

    def segment(self, written: str) -> Term:
        """Return what a segment's name means, repaired and with one slip at most."""
        return _resolved(written, self._segments, self._segment_ids)

    def scene(self, written: str) -> Term:
        """Return what a scene's name means, repaired, as a candidate or with one slip at most."""
        term = _resolved(written, self._scenes, self._scene_ids)
        if term.known:
            return term
        for text, repairs in repaired(written):
            if garbled := self._garbled.get(name_key(text)):
                return Term(written, garbled, "slip", repairs)
            if found := self._candidates.get(name_key(text)):
                return Term(written, found, "candidate", repairs)
        return term

    def is_segment(self, written: str) -> bool:
        """Tell whether a text is a segment's name as it stands."""
        return self._is_known(written, self._segments)

    def is_scene(self, written: str) -> bool:
        """Tell whether a text is a scene's name or id as it stands."""
        return self._is_known(written, self._scenes) or name_key(written) in self._scene_ids

    def begins_known(self, text: str) -> bool:
        """Tell whether a text begins with the name of a segment or scene."""
        key = name_key(text[: 2 * LONGEST_TERM])
        return any(key[:length] in self._beginnings for length in self._lengths)

    def area_of(self, written: str, edition: str) -> str | None:
        """Return the id of the construction area of that name, where the edition has one."""
        key = name_key(without_role_words(written))
        areas = {name_key(area.name): area.id for area in self.guide(edition).areas}
        return areas.get(key) or areas.get(key.removesuffix("环节"))

    def several(self, written: str) -> tuple[Term, ...]:
        """Return the scenes where a text is names of several joined by marks or 与, else ()."""
        text = squeeze(written).strip("()[]（）【】")
        if not (found := self._joined.fullmatch(text)) or name_key(text) in self._scenes:
            return ()
        names = self._one_name.findall(found.group())
        return tuple(self.scene(name) for name in names) if len(names) > 1 else ()

    def nearest(self, written: str, edition: str) -> tuple[Sense, ...]:
        """Return the scenes of an edition whose names are most like a text, the most like first."""
        key = set(name_key(written))
        rated = [
            (2 * len(key & signs) / (len(key) + len(signs)), sense)
            for signs, sense in self._signs[edition]
            if key
        ]
        close = sorted(
            (pair for pair in rated if pair[0] >= LEAST_LIKENESS), key=lambda p: (-p[0], p[1].id)
        )
        return tuple(sense for _, sense in close[:MOST_NEAREST])

    def counterpart(self, sense: Sense, edition: str) -> tuple[Sense, ...]:
        """Return the scenes of a held edition that a sense of another one maps to."""
        base = self.base.edition
        over = [m.object for m in self.crosswalk if m.subject == sense.id] or [sense.id]
        if edition == base:
            return tuple(
                self._own(self.base, scene) for scene in over if self.base.has_scene(scene)
            )
        guide = self.guide(edition)
        back = [
            m.subject for m in self.crosswalk if m.object in over and guide.has_scene(m.subject)
        ]
        return tuple(self._own(guide, scene) for scene in dict.fromkeys(back))

    def _own(self, guide: Guide, scene_id: str) -> Sense:
        scene = guide.scene(scene_id)
        return Sense(guide.edition, scene.id, scene.name, scene.name_status, scene.segment)

    def _is_known(self, written: str, names: Mapping[str, tuple[Sense, ...]]) -> bool:
        if len(written) > LONGEST_TERM:
            return False
        return any(name_key(text) in names for text, _ in repaired(written))

    @cached_property
    def _segments(self) -> Mapping[str, tuple[Sense, ...]]:
        return _gathered(
            Sense(guide.edition, segment.id, segment.name, segment.name_status, segment.id)
            for guide in self.guides
            for segment in guide.segments
        )

    @cached_property
    def _segment_ids(self) -> Mapping[str, tuple[Sense, ...]]:
        return {name_key(s.id): (s,) for senses in self._segments.values() for s in senses}

    @cached_property
    def _scenes(self) -> Mapping[str, tuple[Sense, ...]]:
        return _gathered([*self._held(), *self._older()])

    @cached_property
    def _scene_ids(self) -> Mapping[str, tuple[Sense, ...]]:
        return {name_key(sense.id): (sense,) for sense in self._held()}

    @cached_property
    def _candidates(self) -> Mapping[str, tuple[Sense, ...]]:
        """What may be a name of the base edition, each with the scene it may name."""
        pairs = [
            (text, self._own(self.base, scene.id))
            for scene in self.base.scenes
            for text in scene.candidates
        ]
        return _by_key(pairs)

    @cached_property
    def _garbled(self) -> Mapping[str, tuple[Sense, ...]]:
        pairs = [
            (text, self._own(guide, scene.id))
            for guide in self.guides
            if guide is not self.base
            for scene in guide.scenes
            for text in scene.candidates
        ]
        return _by_key(pairs)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset([*self._segments, *self._scenes])

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(key) for key in self._beginnings}))

    @cached_property
    def _one_name(self) -> re.Pattern[str]:
        names = sorted((squeeze(s.name) for s in (*self._held(), *self._older())), key=len)
        return re.compile("|".join(map(re.escape, reversed(names))))

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        name = f"(?:{self._one_name.pattern})(?:场景)?"
        mark = r"\s*(?:[、,，;；/+&和及与兼(（]|以及|\s)?\s*"
        return re.compile(f"{name}(?:{mark}{name})+[)）]?")

    @cached_property
    def _signs(self) -> Mapping[str, Sequence[tuple[frozenset[str], Sense]]]:
        return {
            edition: [
                (frozenset(name_key(sense.name)), sense)
                for sense in self._held()
                if sense.edition == edition
            ]
            for edition in self.editions
        }

    def _held(self) -> Iterator[Sense]:
        for guide in self.guides:
            yield from (self._own(guide, scene.id) for scene in guide.scenes)

    def _older(self) -> Iterator[Sense]:
        """Yield names of editions that are not held, as aliases of 2024 and crosswalk know them."""
        for scene in self.base.scenes:
            for alias in scene.aliases:
                if alias.edition not in self.editions:
                    yield Sense(alias.edition, scene.id, alias.text, alias.status, scene.segment)
        for subject in self.unmapped:
            edition, _, name = subject.partition(":")
            if name:
                yield Sense(edition, "", name, "provisional")


def is_of_no_scene(written: str) -> bool:
    """Tell whether a text names office work that no edition has a scene for."""
    return any(name_key(text) in load_words().office_work for text, _ in repaired(written))


def _resolved(
    written: str, names: Mapping[str, tuple[Sense, ...]], ids: Mapping[str, tuple[Sense, ...]]
) -> Term:
    if not written or len(written) > LONGEST_TERM:
        return Term(written)
    for text, repairs in repaired(written):
        key = name_key(text)
        if found := names.get(key):
            spelt = any(squeeze(sense.name) == text.strip() for sense in found)
            return Term(written, found, "name", repairs if spelt else (*repairs, "spelling"))
        if found := ids.get(key):
            return Term(written, found, "id", repairs)
    for text, repairs in repaired(written):
        if found := tuple(_slips(name_key(text), names)):
            return Term(written, found, "slip", repairs)
    return Term(written)


def _slips(key: str, names: Mapping[str, tuple[Sense, ...]]) -> Iterator[Sense]:
    if len(key) < SHORTEST_SLIP:
        return
    for known, senses in names.items():
        if len(known) >= SHORTEST_SLIP and is_slip(key, known):
            yield from senses


def _gathered(senses: Iterable[Sense]) -> dict[str, tuple[Sense, ...]]:
    return _by_key((sense.name, sense) for sense in senses)


def _by_key(pairs: Iterable[tuple[str, Sense]]) -> dict[str, tuple[Sense, ...]]:
    found: dict[str, dict[Sense, None]] = {}
    for name, sense in pairs:
        found.setdefault(name_key(name), {})[sense] = None
    found.pop("", None)
    return {key: tuple(senses) for key, senses in found.items()}
