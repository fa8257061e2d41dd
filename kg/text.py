"""Text in the one form that index and query share: width, traditional characters, dashes, blanks.

`normalise` works piece by piece (a character with its combining marks), so that `align` can say of
every character of the result where it stood in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

SHINGLE = 3
NEAR_DUPLICATE = 0.5  # Jaccard from which two texts count as the same text
LETTERS_PER_HAN = 2  # letters that say about as much as one Chinese character

# Marks that may join the character before them, the half-width voiced marks of katakana included.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\uff9e\uff9f"
_PIECE = re.compile(f".[{_MARKS}]*", re.DOTALL)
_LONGEST_PIECE = 9  # of more marks on one character the rest is dropped: sorting them is quadratic
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_BLANK_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Dashes that Unicode does not file under dashes: minus signs, hyphen bullet, box-drawing lines.
_DASHES = frozenset("\u2212\u2043\u2500\u2501\u02d7")
# Radicals that PDF extractors write for characters and that NFKC leaves as they are.
_RADICALS = str.maketrans("⻋⻓⻛⻩⻢⻔⻅⻚", "车长风黄马门见页")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A squeezed text whose character `place` came from `original[starts[place]:ends[place]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normalise(text: str) -> str:
    """Return the text in the form shared by index and query; doing it twice changes nothing."""
    return " ".join("".join(map(_fold, _PIECE.findall(text))).split())


def squeeze(text: str) -> str:
    """Return the normalised text without blanks between Han characters, which carry no meaning."""
    return _BLANK_BETWEEN_HAN.sub("", normalise(text))


def bare_name(text: str) -> str:
    """Return what spellings of a name share: folded, without blanks, marks and punctuation."""
    return "".join(sign for sign in squeeze(text) if sign.isalnum())


def align(text: str) -> Aligned:
    """Return `squeeze(text)` with the place of each of its characters in the original."""
    folded = [
        (character, piece.start(), piece.end())
        for piece in _PIECE.finditer(text)
        for character in _fold(piece.group())
    ]
    kept: list[tuple[str, int, int]] = []
    blank: tuple[str, int, int] | None = None
    for entry in folded:
        if entry[0] == " ":
            blank = blank or entry
            continue
        if blank and kept and not (is_han(kept[-1][0]) and is_han(entry[0])):
            kept.append(blank)
        blank = None
        kept.append(entry)
    return Aligned(
        "".join(character for character, _, _ in kept),
        tuple(start for _, start, _ in kept),
        tuple(end for _, _, end in kept),
    )


def is_han(character: str) -> bool:
    """Tell whether the character is a Chinese one."""
    return _HAN_CHARACTER.match(character) is not None


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(_HAN_CHARACTER.findall(text))


def mostly_latin(text: str) -> bool:
    """Tell whether a text is rather English than Chinese with some Latin words in it."""
    letters = sum(character.isascii() and character.isalpha() for character in text)
    return letters > LETTERS_PER_HAN * count_han(text)


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters of a normalised text, in their order."""
    return _LATIN_WORD.findall(text)


def shingles(text: str) -> frozenset[str]:
    """Return the runs of three characters of the squeezed text; a shorter text is its own run."""
    squeezed = squeeze(text)
    runs = {squeezed[start : start + SHINGLE] for start in range(len(squeezed) - SHINGLE + 1)}
    return frozenset(runs or ({squeezed} if squeezed else ()))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common shingles; an empty set resembles nothing, not even itself."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


class NearDuplicates:
    """Texts by their shingles, to find those that say nearly the same as another one."""

    def __init__(self, texts: Iterable[str], threshold: float = NEAR_DUPLICATE) -> None:
        self._threshold = threshold
        self._sets = [shingles(text) for text in texts]
        self._places: Mapping[str, list[int]] = _places(self._sets)

    def of(self, text: str) -> list[int]:
        """Return the positions of all texts whose similarity reaches the threshold, ascending."""
        return self._of_set(shingles(text))

    def within(self) -> list[list[int]]:
        """Return for every text the positions of the others that nearly equal it."""
        return [
            [other for other in self._of_set(own) if other != place]
            for place, own in enumerate(self._sets)
        ]

    def _of_set(self, wanted: frozenset[str]) -> list[int]:
        # Texts that reach the threshold share one of the rarest shingles (prefix filtering).
        by_rarity = sorted(wanted, key=lambda run: (len(self._places.get(run, ())), run))
        needed = len(wanted) - int(self._threshold * len(wanted)) + 1
        seen = {place for run in by_rarity[:needed] for place in self._places.get(run, ())}
        return sorted(p for p in seen if jaccard(wanted, self._sets[p]) >= self._threshold)


def _places(sets: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, runs in enumerate(sets):
        for run in runs:
            places[run].append(place)
    return dict(places)


@lru_cache(maxsize=65_536)
def _fold(piece: str) -> str:
    """Fold one character with its marks; the result folds to itself."""
    piece = piece[:_LONGEST_PIECE]
    simple = simplified_characters()
    for _ in range(3):  # compatibility forms, case and table reach their fixed point in two rounds
        composed = unicodedata.normalize("NFKC", piece).translate(_RADICALS)
        folded = "".join(map(_fold_character, composed.translate(simple).lower()))
        if folded == piece:
            break
        piece = folded
    return piece


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):  # invisible marks; half of a surrogate pair cannot be written
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "-" if category == "Pd" or character in _DASHES else character


@cache
def simplified_characters() -> dict[int, str]:
    """Return the table from traditional to simplified characters, one character at a time."""
    from opencc import OpenCC

    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
    characters = [chr(code) for first, end in blocks for code in range(first, end)]
    # A line each, so that no phrase rule of OpenCC sees two characters together.
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {one: other for one, other in zip(characters, simple, strict=True) if one != other}
    return {ord(one): table.get(other, other) for one, other in table.items()}
