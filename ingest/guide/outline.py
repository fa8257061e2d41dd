"""The outline of a guide: its segments, and under each the scenes with what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from ingest.contacts import without_contacts
from ingest.document import Document, Line, Paragraph, Place, Table
from kg.text import bare_name, squeeze
from ontology.errors import UnreadableFile

LONGEST_NAME = 24  # characters; the longest name of any edition has 14
_CONTENTS = re.compile(r"[.．…·⋯\s]{2,}\d{1,3}$")  # a line of the table of contents
_UNITS = "吨米万亿千克级年毫厘寸度倍%"  # what a decimal stands before
_HAN = "一二三四五六七八九十"
# The kinds of numbering by the shape of the label, the longest shape first.
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"^第[0-9一二三四五六七八九十百]+[章节部分篇]+\s*[、.．:：]?\s*")),
    ("word", re.compile(rf"^(?:环节|领域|方向|典型场景|场景)\s*[\d{_HAN}]+\s*[、.．:：]?\s*")),
    ("three", re.compile(r"^\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.．]?\s*")),
    (
        "two",
        re.compile(rf"^\d{{1,2}}[.．]\d{{1,2}}(?![.．]?\d)(?:[.．、]\s*|\s+|(?=[^{_UNITS}\d]))"),
    ),
    ("han", re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*")),
    ("han brackets", re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]\s*")),
    ("digit brackets", re.compile(r"^[（(]\d{1,2}[）)]\s*|^[⑴-⒇]\s*")),
    ("circle", re.compile(r"^[①-⑳]\s*")),
    ("half bracket", re.compile(r"^\d{1,2}[）)]\s*")),
    ("digit", re.compile(r"^\d{1,2}[.．、](?!\d)\s*")),
)
_SENTENCE = re.compile(r"[。；;！？]|，.*，")
_BEHIND = re.compile(r"^([^。：:；，,]{2,24})[。：:]\s*(\S.*)$")
_SUFFIX = re.compile(r"(?<=[\u3400-\u9fff]{4})(?:典型场景|场景|环节)$")
_DESCRIBES = ("描述", "说明", "内容", "概述", "简介", "释义", "要点", "定义", "概要")


@dataclass(frozen=True, slots=True)
class OutlineScene:
    """A scene as the text words it; `text` is all that stands under its name."""

    name: str
    text: str
    segment: str
    place: Place


@dataclass(frozen=True, slots=True)
class Outline:
    """Segments and scenes in the order of the text."""

    title: str
    segments: tuple[str, ...]
    scenes: tuple[OutlineScene, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """A paragraph that may name something: its kind of numbering, the name, what follows it."""

    kind: str
    name: str
    rest: str
    at: int  # among the paragraphs
    place: Place


def read_outline(document: Document, known: Callable[[str], bool] = lambda _: False) -> Outline:
    """Return the outline of a guide, or raise UnreadableFile where none is recognised.

    `known` tells names of segments and scenes of the guide it is read for; they only help to see
    which kind of numbering names what.
    """
    tabled = max((_of_table(table) for table in document.tables), key=len, default=())
    listed = _of_paragraphs(_paragraphs(document), known)
    scenes = tabled if len(tabled) > len(listed) else listed
    if not scenes:
        raise UnreadableFile(
            document.name,
            "no segments with scenes are recognised; headings, numbered lines of two kinds or a"
            " table with the columns 环节, 场景 and a description are",
        )
    segments = tuple(dict.fromkeys(scene.segment for scene in scenes))
    return Outline(_title(document), segments, scenes)


def _title(document: Document) -> str:
    lines = (block.line.text.strip() for block in document.blocks if isinstance(block, Paragraph))
    return next((line for line in lines if "指引" in line or "场景" in line), document.name)[:80]


def _paragraphs(document: Document) -> list[Paragraph]:
    return [
        block
        for block in document.blocks
        if isinstance(block, Paragraph)
        and block.line.text.strip()
        and not _CONTENTS.search(block.line.text.strip())
    ]


def _of_paragraphs(
    paragraphs: Sequence[Paragraph], known: Callable[[str], bool]
) -> tuple[OutlineScene, ...]:
    """Return the scenes by the two kinds of numbering that make the best outline."""
    heads = [head for at, paragraph in enumerate(paragraphs) for head in _head(at, paragraph)]
    kinds = list(dict.fromkeys(head.kind for head in heads))
    worth = {pair: _worth(heads, pair, known) for pair in permutations(kinds, 2)}
    best = max(worth, key=lambda pair: worth[pair], default=None)
    if best is None or worth[best] <= (0, 0):
        return ()
    return tuple(_scenes(paragraphs, heads, *best))


def _worth(
    heads: Sequence[_Head], kinds: tuple[str, str], known: Callable[[str], bool]
) -> tuple[int, int]:
    """Return how good an outline two kinds make: names that are known, then names in their place.

    Each outer one needs inner ones below it, and there are at least as many of these.
    """
    outer, inner = kinds
    filled, inside, names = 0, 0, 0
    current: int | None = None  # how many inner ones the present outer one has
    for head in heads:
        if head.kind == outer:
            current = 0
            names += known(head.name)
        elif head.kind == inner and current is not None:
            filled += current == 0
            current += 1
            inside += 1
            names += known(head.name)
    if filled == 0 or inside < filled:
        return 0, 0
    empty = sum(head.kind == outer for head in heads) - filled
    return 10 * names + inside + filled - 3 * empty, inside


def _head(at: int, paragraph: Paragraph) -> Iterator[_Head]:
    """Yield a paragraph as the name of something where it may be one."""
    kind, text = _labelled(paragraph.line)
    if paragraph.heading is not None:
        kind = f"heading {paragraph.heading}"
    if not kind:
        return
    name, rest = text, ""
    if found := _BEHIND.match(text):
        name, rest = found[1], found[2]
    if (named := clean_name(name)) and len(named) <= LONGEST_NAME and not _SENTENCE.search(named):
        yield _Head(kind, named, rest, at, paragraph.place)


def _labelled(line: Line) -> tuple[str, str]:
    """Return the kind of a line's numbering and the text behind it, "" for a line without."""
    text = line.text.strip()
    if line.label:
        return _kind(line.label.strip()) or "automatic", text
    for kind, pattern in _LABELS:
        if found := pattern.match(text):
            return kind, text[found.end() :].strip()
    return "", text


def _kind(label: str) -> str:
    return next((kind for kind, pattern in _LABELS if pattern.match(label)), "")


def clean_name(text: str) -> str:
    """Return a name without label, blanks between its characters and the word for what it is."""
    for _, pattern in _LABELS:
        text = pattern.sub("", text.strip())
    spaced = "".join(text.split()) if bare_name(text) else ""
    return _SUFFIX.sub("", spaced.strip("：:。.、"))


def _scenes(
    paragraphs: Sequence[Paragraph], heads: Sequence[_Head], outer: str, inner: str
) -> Iterator[OutlineScene]:
    """Yield the scenes with all paragraphs below them; what comes twice counts where it says more.

    A table of contents names everything once before.
    """
    marks = [head for head in heads if head.kind in (outer, inner)]
    found: dict[tuple[str, str], OutlineScene] = {}
    segment = ""
    for head, following in zip(marks, [*marks[1:], None], strict=True):
        if head.kind == outer:
            segment = head.name
            continue
        if not segment:
            continue
        end = following.at if following else len(paragraphs)
        below = (paragraphs[at].line.text.strip() for at in range(head.at + 1, end))
        text = without_contacts("\n".join(part for part in (head.rest, *below) if part))
        scene = OutlineScene(head.name, text, segment, head.place)
        held = found.pop((segment, head.name), scene)
        found[segment, head.name] = scene if scene.text or not held.text else held
    yield from found.values()


def _of_table(table: Table) -> tuple[OutlineScene, ...]:
    """Return the scenes of a table with a column for segments, one for scenes, one for the text."""
    titles = [squeeze(cell.text) if cell else "" for cell in next(table.rows(), [])]
    text = _column(titles, _DESCRIBES)
    scene = _column(titles, ("场景",), text)
    segment = _column(titles, ("环节", "领域", "方向"), text, scene)
    if scene is None or segment is None:
        return ()
    found = []
    for row in range(1, table.height):
        inside, named = table.covering(row, segment), table.covering(row, scene)
        if inside and named and (name := clean_name(named.text)):
            said = table.covering(row, text) if text is not None else None
            words = without_contacts(said.text.strip()) if said else ""
            found.append(OutlineScene(name, words, clean_name(inside.text), named.place))
    return tuple(found)


def _column(titles: Sequence[str], words: Sequence[str], *taken: int | None) -> int | None:
    """Return the first column whose title holds one of the words and that is not taken yet."""
    return next(
        (
            at
            for at, title in enumerate(titles)
            if at not in taken and any(word in title for word in words)
        ),
        None,
    )
