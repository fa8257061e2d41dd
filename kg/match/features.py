"""What the classifier sees of a text: runs of characters and Latin words, weighted by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.match.vocabulary import EXPANDED, Spoken, Vocabulary
from kg.text import squeeze

Floats = NDArray[np.float32]
Places = NDArray[np.int32]

# The longest part of a text that is read: 20,000 characters cost 60 ms and hold every document of
# the cases seen; what stands beyond says what the text is about no better.
READ_LIMIT = 20_000
LONGEST_RUN = 3
# A Latin word is one token: as letters, English texts matched by letter pairs (0.41 of held-out
# English texts right; 0.69 with words).
_TOKEN = re.compile(
    r"(?P<kept>[2-6][dg](?![a-z]))"  # 5g, 3d: here the digit is the meaning
    r"|(?P<number>\d+(?:[.,]\d+)*)"  # the size of a figure says nothing of the scene
    r"|(?P<word>[a-z]+(?:'[a-z]+)?)"
    r"|(?P<sign>\S)"
)
NUMBER = "0"
_SENTENCE_END = re.compile(r"[。！？!?；;\n]+|(?<=[a-z])\.\s")
_SHORTEST_SENTENCE = 6
# Tried in this order; the first that leaves a stem is cut.
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ions", "ion", "ings", "ing", "ers", "er", "ed", "es"),
    *("s", "ly", "e"),
)
_SHORTEST_STEM = 3
_LETTERS = 5  # runs inside long Latin words, which catch compounds and spellings
_STOP_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "the a an of to and in on for is are be we our it that with by from at as can could want"
        " need so or this not before i who which into they them their has have was were will would"
        " no all any if but each every how what when us do does did you your my me he she his her"
        " its there here than then too very just only also more most some many much been being had"
        " should may might must about after over under up down out off where why while because one"
        " two get got like am these those such own other both few",
    )
)
# Signs that say nothing of the scene by themselves. Learnt, question words alone made short worries
# (主轴什么时候会坏) look like small talk, whose texts ask as often.
_EMPTY = _STOP_WORDS | frozenset(
    "的了着过是在有没不能可以会要想就都也还又再很太吗呢吧啊呀嘛什么怎哪谁我们你他她它这那个些几和与及或但而把被"
    "给让对为从向由多老先得地所之其该此每请问咋啥儿时候知道说,.!?;:、。\"'()[]<>-~/…"
)


class Gram(NamedTuple):
    """A feature found in a text, and where it stands in the squeezed text."""

    name: str
    start: int
    end: int


class Bag(NamedTuple):
    """The known features of one text, ascending, with weights of length one; its taught words."""

    places: Places
    weights: Floats
    spoken: tuple[Spoken, ...] = ()


def grams(squeezed: str) -> Iterator[Gram]:
    """Yield every feature of a squeezed text, repetitions included."""
    tokens = list(_tokens(squeezed))
    for length in range(1, LONGEST_RUN + 1):
        for first in range(len(tokens) - length + 1):
            run = tokens[first : first + length]
            if all(token.name in _EMPTY for token in run):
                continue  # it tells tone and language, and nothing of the scene
            yield Gram(_join([token.name for token in run]), run[0].start, run[-1].end)
    for token in tokens:
        if token.name[0].isalpha() and token.name.isascii() and token.name not in _STOP_WORDS:
            yield from _word_parts(token)


def taught_grams(squeezed: str, spoken: Sequence[Spoken]) -> Iterator[Gram]:
    """Yield every feature of a squeezed text as it is read with the taught words found in it.

    Stop words are left out; what a word stands for is read at the place of the word.
    """
    read = squeezed
    for one in spoken:
        if one.word.kind == "stop":
            read = read[: one.start] + " " * (one.end - one.start) + read[one.end :]
    yield from grams(read)
    said: set[str] = set()
    for one in spoken:
        if one.word.kind in EXPANDED and one.word.means not in said:
            said.add(one.word.means)
            for gram in grams(squeeze(one.word.means)):
                yield Gram(gram.name, one.start, one.end)


def _tokens(squeezed: str) -> Iterator[Gram]:
    for found in _TOKEN.finditer(squeezed):
        name = NUMBER if found.lastgroup == "number" else found.group()
        yield Gram(name, found.start(), found.end())


def _join(names: Sequence[str]) -> str:
    """Write runs of single signs as they stand, others with blanks, so that all differ."""
    return ("" if all(len(name) == 1 for name in names) else " ").join(names)


def _word_parts(word: Gram) -> Iterator[Gram]:
    yield Gram(f"={stem(word.name)}", word.start, word.end)
    if len(word.name) < _LETTERS:
        return
    framed = f"<{word.name}>"
    for first in range(len(framed) - _LETTERS + 1):
        yield Gram(f"~{framed[first : first + _LETTERS]}", word.start, word.end)


def stem(word: str) -> str:
    """Return an English word without its commonest endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def readable(text: str) -> str:
    """Return the squeezed part of a text that is read."""
    return squeeze(text[:READ_LIMIT])


def sentences(text: str) -> list[str]:
    """Return the sentences of the part of a text that is read, without scraps of a few signs."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of `sentences` begin and end."""
    read = text[:READ_LIMIT]
    ends = [(found.start(), found.end()) for found in _SENTENCE_END.finditer(read)]
    starts = [0, *(end for _, end in ends)]
    parts = zip(starts, [*(start for start, _ in ends), len(read)], strict=True)
    return [part for part in parts if len(squeeze(read[slice(*part)])) >= _SHORTEST_SENTENCE]


def count_grams(text: str) -> Counter[str]:
    """Count the features in the part of a text that is read."""
    return Counter(gram.name for gram in grams(readable(text)))


@dataclass(frozen=True, slots=True)
class Vectoriser:
    """The known features with their rarity; turns a text into a bag of weights.

    `taught` are words that are read as more than they say.
    """

    vocabulary: Mapping[str, int]
    rarity: Floats
    taught: Vocabulary = field(default_factory=Vocabulary)

    @classmethod
    def from_counts(cls, counted: Sequence[Counter[str]], least_texts: int) -> Vectoriser:
        """Learn the features that at least so many of the counted texts hold."""
        in_texts: Counter[str] = Counter()
        for counts in counted:
            in_texts.update(counts.keys())
        names = sorted(name for name, count in in_texts.items() if count >= least_texts)
        rarity = [math.log((1 + len(counted)) / (1 + in_texts[name])) + 1 for name in names]
        vocabulary = {name: place for place, name in enumerate(names)}
        return cls(vocabulary, np.array(rarity, dtype=np.float32))

    def bag(self, text: str) -> Bag:
        """Return the text's known features."""
        squeezed = readable(text)
        spoken = self.taught.spoken(squeezed)
        counts = Counter(gram.name for gram in taught_grams(squeezed, spoken))
        return self.bag_of(counts)._replace(spoken=tuple(spoken))

    def bag_of(self, counts: Counter[str]) -> Bag:
        """Return the known ones of counted features, sublinear in their count."""
        known = sorted(
            (self.vocabulary[name], often)
            for name, often in counts.items()
            if name in self.vocabulary
        )
        places = np.array([place for place, _ in known], dtype=np.int32)
        often = np.array([often for _, often in known], dtype=np.float32)
        weights = (1 + np.log(often)) * self.rarity[places]
        length = float(np.sqrt(np.sum(weights * weights)))
        return Bag(places, weights / np.float32(length or 1.0))
