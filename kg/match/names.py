"""Texts that are nothing but the name or id of a scene, in whatever edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.match.vocabulary import Word
from kg.text import squeeze
from ontology.guide import Guide, NameStatus
from ontology.guide import Mapping as Correspondence

# Mappings that carry a scene over as it is; along the others it becomes a candidate.
FIRM = ("exactMatch", "closeMatch")
_BACK = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
# Longer texts are no names; the longest name has 14 characters.
LONGEST_NAME = 200
SHORTEST_NAME = 4  # characters of a name that is looked for inside sentences
_IGNORED = str.maketrans("", "", " /-·、,.:;()[]\"'“”‘’《》「」【】。")


@dataclass(frozen=True, slots=True)
class Named:
    """A scene that a name means; `editions` are attested to call it so, `unverified` may do so.

    `mapping` says how the scene corresponds to another edition's scene whose name it is:
    `narrowMatch` if that one is the narrower of the two.
    """

    scene: str
    editions: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    mapping: str | None = None
    is_id: bool = False


class Names:
    """The names and ids by which the scenes of one edition are known."""

    def __init__(self, tiers: Iterable[Iterable[tuple[str, Named]]]) -> None:
        self._named: dict[str, tuple[Named, ...]] = {}
        for tier in tiers:
            found: dict[str, list[Named]] = {}
            for name, named in tier:
                found.setdefault(name_key(name), []).append(named)
            for key, hits in found.items():
                self._add(key, hits)
        self._named.pop("", None)  # an empty key equals nothing

    @classmethod
    def of_edition(cls, guide: Guide, base: Guide, crosswalk: Sequence[Correspondence]) -> Names:
        """Return the names for an edition; `base` is the edition the crosswalk maps to."""
        own = [_own_names(guide), _other_names(guide), _candidates(guide), _gone(guide)]
        if guide.edition == base.edition:
            return cls([*own, _mapped_subjects(crosswalk)])
        return cls([*own, *_names_of_base(guide, base, crosswalk)])

    def _add(self, key: str, hits: list[Named]) -> None:
        """Add a tier's hits: they say more of what earlier tiers found, never something else."""
        earlier = self._named.get(key)
        scenes = {hit.scene for hit in earlier or hits}
        self._named[key] = _merged([*(earlier or ()), *(h for h in hits if h.scene in scenes)])

    def find(self, text: str) -> tuple[Named, ...]:
        """Return the scenes that the whole text names, none if it is no name."""
        return self._named.get(name_key(text), ()) if len(text) <= LONGEST_NAME else ()


def name_key(text: str) -> str:
    """Return the form in which names are compared: squeezed, without blanks and punctuation."""
    return squeeze(text).translate(_IGNORED)


def name_words(guide: Guide, crosswalk: Sequence[Correspondence]) -> Iterator[Word]:
    """Yield the scenes' ids and names, of any edition, that mean one scene inside a sentence too.

    Of the training texts that hold one, 63 of 65 are of that scene. Shorter names are words of
    everybody, and a broader or narrower scene of another edition is not the scene itself.
    """
    meant: dict[str, dict[str, str]] = {}
    for tier in (_own_names(guide), _other_names(guide), _mapped_subjects(crosswalk)):
        for text, named in tier:
            if named.mapping in (None, *FIRM) and _is_telling(text, named):
                meant.setdefault(text, {})[named.scene] = _whose(named)
    for text, scenes in meant.items():
        if len(scenes) == 1:
            ((scene, whose),) = scenes.items()
            yield Word("name", text, scene, whose, "")


def _is_telling(text: str, named: Named) -> bool:
    return named.is_id or len(squeeze(text)) >= SHORTEST_NAME


def _whose(named: Named) -> str:
    """Say which editions use a name, and which may."""
    told = [*named.editions, *(f"{edition} (unverified)" for edition in named.unverified)]
    return f"guide {', '.join(told)}" if told else "id of the guide"


def counterparts(
    guide: Guide, crosswalk: Sequence[Correspondence]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each base scene its counterparts in the guide: firm ones, else all others."""
    found: dict[str, list[tuple[str, str]]] = {}
    for mapping in crosswalk:
        if guide.has_scene(mapping.subject):
            found.setdefault(mapping.object, []).append((mapping.subject, mapping.predicate))
    return {scene: _firm_or_all(pairs) for scene, pairs in found.items()}


def _firm_or_all(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    for wanted in (FIRM[:1], FIRM):
        firm = tuple(sorted(pair for pair in pairs if pair[1] in wanted))
        if firm:
            return firm
    return tuple(sorted(pairs))


def _merged(hits: list[Named]) -> tuple[Named, ...]:
    by_scene: dict[str, list[Named]] = {}
    for hit in hits:
        by_scene.setdefault(hit.scene, []).append(hit)
    return tuple(_union(same) for _, same in sorted(by_scene.items()))


def _union(hits: Sequence[Named]) -> Named:
    """Return hits of one scene as one; mapping and kind are those of the first."""
    editions = {edition for hit in hits for edition in hit.editions}
    unverified = {edition for hit in hits for edition in hit.unverified} - editions
    return replace(hits[0], editions=tuple(sorted(editions)), unverified=tuple(sorted(unverified)))


def _called(scene: str, edition: str, status: NameStatus) -> Named:
    if status == "attested":
        return Named(scene, editions=(edition,))
    return Named(scene, unverified=(edition,))


def _own_names(guide: Guide) -> Iterable[tuple[str, Named]]:
    for scene in guide.scenes:
        yield scene.id, Named(scene.id, is_id=True)
        yield scene.name, _called(scene.id, guide.edition, scene.name_status)


def _other_names(guide: Guide) -> Iterable[tuple[str, Named]]:
    for scene in guide.scenes:
        for alias in scene.aliases:
            yield alias.text, _called(scene.id, alias.edition, alias.status)


def _candidates(guide: Guide) -> Iterable[tuple[str, Named]]:
    """Yield strings that may be a scene's name: no edition is known to use them."""
    for scene in guide.scenes:
        for text in scene.candidates:
            yield text, Named(scene.id)


def _gone(guide: Guide) -> Iterable[tuple[str, Named]]:
    """Yield ids and names of scenes that an official text retired: they mean what took them in."""
    for scene in guide.retired:
        for now in scene.replaced_by:
            yield scene.id, Named(now, is_id=True)
            yield scene.name, Named(now)


def _mapped_subjects(crosswalk: Sequence[Correspondence]) -> Iterable[tuple[str, Named]]:
    """Yield ids and names of other editions' scenes, as the crosswalk spells them."""
    for mapping in crosswalk:
        back = _BACK.get(mapping.predicate, mapping.predicate)
        if ":" in mapping.subject:  # a name of an older edition, recalled and unverified
            named = Named(mapping.object, unverified=(mapping.subject_edition,), mapping=back)
        else:
            yield mapping.subject, Named(mapping.object, mapping=back, is_id=True)
            named = Named(mapping.object, editions=(mapping.subject_edition,), mapping=back)
        yield mapping.subject_name, named


def _names_of_base(
    guide: Guide, base: Guide, crosswalk: Sequence[Correspondence]
) -> Iterable[Iterable[tuple[str, Named]]]:
    """Yield the base edition's names, carried over to the guide."""
    over = counterparts(guide, crosswalk)
    for tier in (_own_names(base), _other_names(base), _candidates(base)):
        yield [
            (name, replace(named, scene=scene, mapping=mapping))
            for name, named in tier
            for scene, mapping in over.get(named.scene, ())
        ]
