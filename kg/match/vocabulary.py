"""Words that are taught: what they stand for, which scene they speak for, what they leave out.

The rows are data with source and author, so that a user's own words can be added without fitting
anything anew. Each kind has one effect on a text, before it is scored:

- `synonym`, `abbreviation`: the text is read as if it said what they mean as well; nothing is
  expanded that is not in the list.
- `word`: speaks for a scene; `background`: for a matter that no scene fits.
- `stop`: is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ids import content_hash
from kg.text import is_han, squeeze
from ontology.errors import InvalidFile

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

FOLDER = Path(__file__).parent / "words"
KINDS = ("synonym", "abbreviation", "word", "background", "stop")
EXPANDED = ("synonym", "abbreviation")
COLUMNS = ("kind", "term", "means", "source", "author")
SHORTEST, LONGEST = 2, 40  # characters of a term


@dataclass(frozen=True, slots=True)
class Word:
    """A taught word: `means` is the wording it stands for, the id of a scene, or empty.

    Of the kind `name`, which no file can hold, are the names and ids of the scenes themselves.
    """

    kind: str
    term: str
    means: str
    source: str
    author: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A taught word found in a squeezed text."""

    word: Word
    start: int
    end: int


class Vocabulary:
    """Taught words, ready to be found in texts; any number of threads read it."""

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.words = tuple(sorted(set(words), key=astuple))
        self._by_key: dict[str, list[Word]] = {}
        for word in self.words:
            self._by_key.setdefault(squeeze(word.term), []).append(word)
        self._keys = sorted(self._by_key)

    @property
    def id(self) -> str:
        """The hash of all rows."""
        return content_hash([astuple(word) for word in self.words])[:16]

    def spoken(self, squeezed: str) -> list[Spoken]:
        """Return the taught words of a squeezed text: leftmost, the longest first, none within
        another; Latin letters and figures count as whole words only.
        """
        if not self._keys:
            return []
        found: list[Spoken] = []
        for number, start, end in self._machine.find_matches_as_indexes(squeezed):
            if _whole(squeezed, start, end):
                words = self._by_key[self._keys[number]]
                found.extend(Spoken(word, start, end) for word in words)
        return found

    @cached_property
    def _machine(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self._keys, matchkind=MatchKind.LeftmostLongest)

    def to_csv(self) -> str:
        """Return the rows as a file that `read_words` reads."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(astuple(word) for word in self.words)
        return text.getvalue()


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends a word, where it begins or ends in Latin or figures."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_joins(before, text[start]) or _joins(text[end - 1], after))


def _joins(one: str, other: str) -> bool:
    return all(sign.isalnum() and not is_han(sign) for sign in (one, other))


def load_vocabulary(own: Path | None = None) -> Vocabulary:
    """Return the packaged words, with those of a user's own folder where it exists."""
    folders = [FOLDER, *([own] if own is not None and own.is_dir() else [])]
    return Vocabulary(word for folder in folders for word in read_folder(folder))


def read_folder(folder: Path) -> list[Word]:
    """Return the words of all CSV files of a folder, or raise InvalidFile."""
    return [word for path in sorted(folder.glob("*.csv")) for word in read_words(path)]


def read_words(path: Path) -> list[Word]:
    """Return the words of one file, or raise InvalidFile naming the row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidFile(f"{path} is no UTF-8 text") from None
    except OSError as fault:
        raise InvalidFile(f"{path} cannot be read: {fault.strerror}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(_words(path.name, rows))
    except csv.Error as fault:
        raise InvalidFile(f"{path.name}, row {rows.line_num + 1}: {fault}") from None


def _words(name: str, rows: csv.DictReader[str]) -> Iterator[Word]:
    missing = set(COLUMNS) - set(rows.fieldnames or ())
    if missing:
        raise InvalidFile(f"{name}, row 1: the column {min(missing)} is missing")
    for row in rows:
        if None in row or None in row.values():
            raise InvalidFile(f"{name}, row {rows.line_num}: has not {len(COLUMNS)} cells")
        word = Word(*(row[column].strip() for column in COLUMNS))
        if fault := fault_of(word):
            raise InvalidFile(f"{name}, row {rows.line_num}: {fault}")
        yield word


def fault_of(word: Word) -> str:
    """Return what is wrong with a row by itself, empty where nothing is."""
    key = squeeze(word.term)
    if word.kind not in KINDS:
        return f"the kind {word.kind!r} is none of {', '.join(KINDS)}"
    if not SHORTEST <= len(key) <= LONGEST:
        return f"the term {word.term!r} has not {SHORTEST} to {LONGEST} characters"
    if not word.source or not word.author:
        return f"{word.term!r} names no {'author' if word.source else 'source'}"
    if word.kind in (*EXPANDED, "word") and not squeeze(word.means):
        return f"{word.term!r} says not what it means"
    if word.kind == "stop" and word.means:
        return f"{word.term!r} is a stop word and means {word.means!r}: only one of them can be"
    return ""


def conflicts(words: Sequence[Word], scenes: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return what is wrong among words: what they say of one another, of scenes and their names."""
    found: list[str] = []
    known = set(scenes)
    named = {squeeze(name) for name in names}
    by_key: dict[str, list[Word]] = {}
    for word in words:
        by_key.setdefault(squeeze(word.term), []).append(word)
    for key, alike in sorted(by_key.items()):
        found += _against_one_another(alike)
        for word in alike:
            if word.kind == "word" and word.means not in known:
                found.append(f"{word.term!r} speaks for {word.means!r}, which is no scene's id")
            if word.kind in EXPANDED and squeeze(word.means) == key:
                found.append(f"{word.term!r} means itself")
            if word.kind in ("stop", "background") and key in named:
                found.append(f"{word.term!r} is a scene's name and cannot be a {word.kind} word")
    return found


def _against_one_another(alike: Sequence[Word]) -> Iterator[str]:
    """Yield what is wrong with several rows of one term."""
    kinds = {word.kind for word in alike}
    term = alike[0].term
    if "stop" in kinds and len(kinds) > 1:
        yield f"{term!r} is a stop word and something else"
    if {"word", "background"} <= kinds:
        yield f"{term!r} speaks for a scene and for none"
    long_forms = sorted({word.means for word in alike if word.kind == "abbreviation"})
    if len(long_forms) > 1:
        yield f"the abbreviation {term!r} has two long forms: {long_forms[0]}, {long_forms[1]}"
