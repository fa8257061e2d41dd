"""Exact knowledge: things of the graph by id, code, name and other name, alone or in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.effects.reading import kpi_words
from kg.entities import Ref
from kg.records import Node
from kg.standards.status import without_year
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from kg.text import align, bare_name, is_han
from ontology.classification import industry_id, load_industry_words, load_places
from ontology.guide import load_crosswalk
from ontology.schema import schema

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

PAGE = 1000
# How a text names a thing, the surest first: that is the order of answers.
HOWS = ("id", "code", "name", "alias")
# Where several things bear a name, those come first that say most of a text.
LABEL_ORDER = ("Scene", "Segment", "Area", "Standard", "Level", "Kpi", "Organisation", "Solution",
               "Industry", "Place", "Factory", "Instance")  # fmt: skip
# Looked for in a sentence; instances and factories are named by sentences of their own.
MENTIONED = ("Scene", "Segment", "Area", "Standard", "Level", "Kpi", "Organisation", "Solution",
             "Industry", "Place")  # fmt: skip
SHORTEST_MENTION = 2  # characters; a single one names nothing in a sentence
LONGEST_QUERY = 200
_LATIN = re.compile(r"[a-z0-9]")
_INITIALS = re.compile(r"[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Naming:
    """One way to name a thing: the text, how it names it, and whose word it is.

    `basis` is `source` where a source calls it so and `assigned` where this project does.
    """

    thing: Ref
    text: str
    how: str
    basis: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that names things of the graph: several where they share the name."""

    text: str
    start: int
    end: int
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that a query finds; `match` is exact, prefix, initials (of pinyin) or within."""

    naming: Naming
    match: str


MATCHES = ("exact", "prefix", "initials", "within")


class Lexicon:
    """All names of the graph, worked out once for each state of it; any number of threads read."""

    def __init__(self, namings: Iterable[Naming]) -> None:
        by_key: dict[str, dict[Naming, None]] = defaultdict(dict)
        for naming in namings:
            if key := bare_name(naming.text):
                by_key[key][naming] = None
        self._keys = sorted(by_key)
        self._namings = {key: tuple(sorted(by_key[key], key=_surety)) for key in self._keys}
        self._joined = "\n".join(self._keys)
        self._starts = _starts(self._keys)
        self._spoken = [key for key in self._keys if self._is_spoken(key)]
        self._automaton: AhoCorasick | None = None
        self._initials = _initials(self._namings)
        self._initial_keys = sorted(self._initials)

    @classmethod
    def of_graph(cls, read: GraphRead) -> Lexicon:
        """Return the names of everything in the graph."""
        return cls(_namings(read))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return what a text names, in its order; the longest names first, none within another.

        Width, case, blanks and marks do not matter; Latin letters and figures count as whole words.
        """
        aligned = align(text)
        kept = [place for place, sign in enumerate(aligned.text) if bare_name(sign)]
        bare = "".join(aligned.text[place] for place in kept)
        found = [
            (first, last, key)
            for number, first, last in self._machine().find_matches_as_indexes(bare, True)
            for key in (self._spoken[number],)
            if _whole(aligned.text, kept, first, last)
        ]
        taken = [False] * len(bare)
        mentions = []
        for first, last, key in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
            if any(taken[first:last]):
                continue
            taken[first:last] = [True] * (last - first)
            start, end = aligned.starts[kept[first]], aligned.ends[kept[last - 1]]
            mentions.append(Mention(text[start:end], start, end, self._of(key, MENTIONED)))
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def lookup(self, query: str, labels: Sequence[str] = ()) -> Iterator[Hit]:
        """Yield what a query finds, each thing once: exact id, code, name, other name, then what
        begins with it, whose pinyin initials it begins, what holds it.
        """
        seen: set[str] = set()
        wanted = tuple(labels) or LABEL_ORDER
        for match, keys in self._found(bare_name(query)):
            hits = [naming for key in keys for naming in self._of(key, wanted)]
            if match != "exact":  # nobody remembers a part of an id that was made by a machine
                hits = sorted((hit for hit in hits if hit.how != "id"), key=_nearness)
            for naming in hits:
                if naming.thing.id not in seen:
                    seen.add(naming.thing.id)
                    yield Hit(naming, match)

    def _found(self, key: str) -> Iterator[tuple[str, Sequence[str]]]:
        if not key:
            return
        if key in self._namings:
            yield "exact", [key]
        yield "prefix", _beginning(self._keys, key)
        if _INITIALS.fullmatch(key):
            begun = _beginning(self._initial_keys, key)
            yield "initials", [one for initials in begun for one in self._initials[initials]]
        yield "within", list(self._holding(key))

    def _holding(self, key: str) -> Iterator[str]:
        place = self._joined.find(key)
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            yield self._keys[number]
            place = self._joined.find(key, self._starts[number] + len(self._keys[number]))

    def _of(self, key: str, labels: Sequence[str]) -> tuple[Naming, ...]:
        return tuple(one for one in self._namings[key] if one.thing.label in labels)

    def _is_spoken(self, key: str) -> bool:
        """Whether a key is looked for in sentences: not a lone character, not a lone figure."""
        if len(key) < SHORTEST_MENTION or key.isdigit():
            return False
        return bool(self._of(key, MENTIONED))

    def _machine(self) -> AhoCorasick:
        """Return the automaton of all spoken keys, made at the first question."""
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._spoken)
        return self._automaton


def _surety(naming: Naming) -> tuple[int, int, str]:
    return HOWS.index(naming.how), LABEL_ORDER.index(naming.thing.label), naming.thing.id


def _nearness(naming: Naming) -> tuple[int, int, int, str]:
    """Order what a query only begins or lies in: names before codes, the shortest first."""
    return (
        naming.how == "code",
        len(naming.text),
        LABEL_ORDER.index(naming.thing.label),
        naming.thing.id,
    )


def _whole(text: str, kept: Sequence[int], first: int, last: int) -> bool:
    """Whether a span begins and ends a word, where it begins or ends in Latin or figures."""
    begin, end = kept[first], kept[last - 1]
    before = text[begin - 1] if begin else " "
    after = text[end + 1] if end + 1 < len(text) else " "
    starts = not (_LATIN.match(text[begin]) and _LATIN.match(before))
    stops = not (_LATIN.match(text[end]) and (_LATIN.match(after) or _goes_on(text, end)))
    return starts and stops


def _goes_on(text: str, end: int) -> bool:
    """Whether a figure goes on behind a mark, as the part of a standard does (20720.1, 39116-2020).

    A year of its own is no part: `GB/T 39116-2020` is found longer anyway where it exists.
    """
    rest = text[end + 1 : end + 3]
    return text[end].isdigit() and len(rest) == 2 and rest[0] in ".:-" and rest[1].isdigit()


def _beginning(keys: Sequence[str], start: str) -> Sequence[str]:
    first = bisect_left(keys, start)
    return keys[first : bisect_left(keys, start + "\U0010ffff")]


def _starts(keys: Sequence[str]) -> list[int]:
    starts, place = [], 0
    for key in keys:
        starts.append(place)
        place += len(key) + 1
    return starts


def _initials(namings: Mapping[str, Sequence[Naming]]) -> dict[str, list[str]]:
    """Return the keys by their pinyin initials, for names in Chinese characters."""
    from pypinyin import Style, lazy_pinyin

    found: dict[str, list[str]] = defaultdict(list)
    for key in namings:
        if any(map(is_han, key)):
            letters = lazy_pinyin(key, style=Style.FIRST_LETTER)
            found["".join(letters)].append(key)
    return found


def _namings(read: GraphRead) -> Iterator[Naming]:
    assigned: dict[str, list[str]] = defaultdict(list)
    for thing, text in _assigned():
        assigned[thing].append(text)
    for label in schema().labels:
        for page in pages_of(read, label.name, PAGE):
            for node in page:
                yield from _of_node(node)
                for text in assigned.get(node.id, ()):
                    yield Naming(Ref.of(node), text, "alias", "assigned")


def _of_node(node: Node) -> Iterator[Naming]:
    ref = Ref.of(node)
    yield Naming(ref, node.id, "id", "source")
    for key in node.texts("keys"):
        yield Naming(ref, key, "id", "source")
    if code := node.text("code"):
        yield Naming(ref, code, "code", "source")
        if node.label == "Standard" and (undated := without_year(code)) != code:
            yield Naming(ref, undated, "code", "source")
    for name in (node.text("name"), node.text("name_en")):
        if name:
            yield Naming(ref, name, "name", "source")
    for name in node.texts("other_names"):
        yield Naming(ref, name, "alias", "source")


def _assigned() -> Iterator[tuple[str, str]]:
    """Yield names that this project knows things by: words of the trade, short names of places."""
    for word, kpi in kpi_words().items():
        yield kpi, word
    for trade in load_industry_words():
        for code in trade.codes:
            yield industry_id(code), trade.word
    for place in load_places():
        yield place.id, place.short_name
    for mapping in load_crosswalk():
        if ":" in mapping.subject:  # a name of an edition of which the graph holds no scenes
            yield mapping.object, mapping.subject_name
