"""The outline of a document: its headings, and every paragraph and cell under the ones it has.

Headings are those that the file marks as such, numbered ones of every kind, short lines alone, and
the words before a colon. A table of contents is left out: it heads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Cell, Document, Line, Paragraph, Place, Table
from kg.text import bare_name, is_han

LONGEST_TITLE = 40  # characters
LONGEST_LABEL = 20
LONGEST_ENTRY = 200  # of a table of contents, with its dots
_HAN_NUMBER, _DIGITS = "[一二三四五六七八九十百]+", "[0-9０-９]"
# What numbers a heading, by kind; kinds nest in the order in which they first occur.
_NUMBERS = (
    ("part", rf"第\s*(?:{_HAN_NUMBER}|{_DIGITS}+)\s*(?:部分|章|节|篇)\s*[、.．:：]?"),
    ("han", rf"{_HAN_NUMBER}\s*[、.．]"),
    ("han bracket", rf"[（(]\s*{_HAN_NUMBER}\s*[)）][、.．]?"),
    ("dotted", rf"{_DIGITS}{{1,2}}(?:[.．\-－]{_DIGITS}{{1,2}}){{1,4}}"
               r"(?![0-9０-９%％亿万元吨年月])[、.．]?\s*"),
    ("point", rf"{_DIGITS}{{1,2}}\s*[、.．](?!{_DIGITS})"),
    ("plain", rf"{_DIGITS}{{1,2}}[ \u3000]+"),
    ("bracket", rf"[（(]\s*{_DIGITS}{{1,2}}\s*[)）][、.．]?|{_DIGITS}{{1,2}}[)）]"),
    ("circled", r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]"),
    ("named", rf"场景\s*(?:{_HAN_NUMBER}|{_DIGITS}{{1,2}})(?:[（(][^()（）]{{1,8}}[)）])?"
              r"\s*[、.．:：]?\s*"),
)  # fmt: skip
_NUMBER = re.compile("|".join(f"(?P<n{n}>{rule})" for n, (_, rule) in enumerate(_NUMBERS)))
_TITLE_END = re.compile(r"[:：。\t]")
ASIDE = re.compile(r"[（(][^()（）]{9,}[)）]\s*$")  # what a form says of how to fill it in
_LABEL = re.compile(r"[^:：。，；、\t]+[:：\t]")
_NO_TITLE = re.compile(r"[，；;！!？?]")
_CONTENTS = re.compile(r"目\s*录|目\s*次|(?i:contents)")
# Dots, a tab or blanks, then a page number: a line of a table of contents.
_LEADER = re.compile(r"(?:[.．·…]{3,}\s*|\t\s*|\s{3,})[-—]?\s*[0-9０-９ivxIVX]{1,4}\s*[-—]?\s*$")
_HEADER_WORD = re.compile(
    r"序号|指标|指标名称|名称|单位|数值|(?:建设|改造|实施)[前后]|目前|现状|当前|基[期线准]值?|"
    r"目标|目标值|计划值?|预期值?|实际值?|完成值|现值|(?:提升|变化|改善|下降)(?:幅度|率|情况|比例|值)?|备注"
)  # fmt: skip
_SERIAL = frozenset(("序号", "编号", "no", ""))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words without number, the number as printed, where it stands, how deep."""

    title: str
    number: str
    place: Place
    depth: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """A paragraph, a cell, or a label with its value, under the headings from the outermost in.

    Of a cell under a head row, `column` is its head and `row` what stands beside it, by head.
    """

    text: str
    place: Place
    path: tuple[Heading, ...] = ()
    column: str = ""
    row: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings and fragments in order; the line of a heading is a fragment under itself."""

    headings: tuple[Heading, ...]
    fragments: tuple[Fragment, ...]


def outline(document: Document) -> Outline:
    """Return headings and fragments of a document, the table of contents left out."""
    blocks = _without_contents(document.blocks)
    depths = _Depths()
    fragments: list[Fragment] = []
    for block, behind in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Table):
            fragments.extend(_of_table(block, depths))
        elif block.line.text.strip():
            fragments.append(_of_paragraph(block, depths, _is_longer(behind, block)))
    return Outline(tuple(depths.all), tuple(fragments))


def _is_longer(behind: Paragraph | Table | None, block: Paragraph) -> bool:
    """Whether what follows is text or a table that a short line may head."""
    if isinstance(behind, Table):
        return True
    return behind is not None and len(behind.line.text) > max(LONGEST_LABEL, len(block.line.text))


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading not yet ended: headings of its family end it where they stand as high."""

    family: str
    level: int
    heading: Heading


class _Depths:
    """The headings that are open, from the outermost in, and all that there were."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self.all: list[Heading] = []

    @property
    def path(self) -> tuple[Heading, ...]:
        """The open headings, from the outermost in."""
        return tuple(one.heading for one in self._open)

    def add(self, title: _Title, place: Place) -> Heading:
        """Open a heading within those that it does not end; one marked by the file ends others."""
        kept: list[_Open] = []
        for one in self._open:
            same = one.family == title.family
            if (same and one.level >= title.level) or (title.family == "marked" and not same):
                break
            kept.append(one)
        heading = Heading(title.text, title.number, place, len(kept) + 1)
        self._open = [*kept, _Open(title.family, title.level, heading)]
        self.all.append(heading)
        return heading

    def end(self, family: str) -> None:
        """End the headings of a family and all within them."""
        families = [one.family for one in self._open]
        if family in families:
            del self._open[families.index(family) :]


@dataclass(frozen=True, slots=True)
class _Title:
    """What a line says as a heading; `goes_on` where text follows on the same line."""

    family: str
    level: int
    number: str
    text: str
    goes_on: bool = False


def _of_paragraph(block: Paragraph, depths: _Depths, heads: bool) -> Fragment:
    return _of_line(block.line, block.place, depths, block.heading, heads)


def _of_line(
    line: Line, place: Place, depths: _Depths, marked: int | None = None, heads: bool = False
) -> Fragment:
    """Return a line under its headings; the words before a colon head nothing but their line."""
    text = line.text.strip()
    title = _title(f"{line.label or ''}{text}", marked, heads)
    path = depths.path
    if title and title.family == "label" and title.goes_on:
        path = (*path, Heading(title.text, "", place, len(path) + 1))
        depths.all.append(path[-1])
    elif title:
        depths.add(title, place)
        path = depths.path
    return Fragment(text, place, path)


def _title(text: str, marked: int | None, heads: bool) -> _Title | None:
    """Return the line as a heading, None where it is running text."""
    found = _NUMBER.match(text)
    number = found[0] if found else ""
    own = ASIDE.sub("", text[len(number) :]).strip()
    if marked is not None:
        return _Title("marked", marked, number.strip(), own)
    words, rest = _cut(own)
    if not words or _NO_TITLE.search(words) or not any(map(is_han, words)):
        return None
    if len(words) > (LONGEST_LABEL if rest else LONGEST_TITLE):
        return None
    if found:
        kind = _NUMBERS[int((found.lastgroup or "n0")[1:])][0]
        level = len(re.findall(f"{_DIGITS}+", number)) if kind == "dotted" else 0
        return _Title(kind, level, number.strip(), words, bool(rest))
    if _LABEL.match(text) and len(words) <= LONGEST_LABEL:
        return _Title("label" if rest else "short", 0, "", words, bool(rest))
    if heads and len(text) <= LONGEST_LABEL and not _TITLE_END.search(text):
        return _Title("short", 0, "", text)
    return None


def _cut(text: str) -> tuple[str, str]:
    """Return the words before the first colon or full stop, and what is behind it."""
    found = _TITLE_END.search(text)
    if found is None:
        return text, ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def _of_table(table: Table, depths: _Depths) -> Iterator[Fragment]:
    """Yield a table's text row by row: under its head row, or as labels and their values."""
    head = _head(table)
    for number, row in enumerate(table.rows()):
        cells = list(dict.fromkeys(cell for cell in row if cell and cell.text.strip()))
        if len(cells) == 1:
            yield from _of_cell(cells[0], depths)
        elif head and number:
            yield from _under_head(head, row, number, depths)
        elif not head:
            yield from _pairs(cells, number, depths)
    depths.end("cell")


def _head(table: Table) -> list[str]:
    """Return the first row where it heads columns, else nothing."""
    first = [cell.text.strip() if cell else "" for cell in next(table.rows(), [])]
    known = sum(_HEADER_WORD.fullmatch(_plain(text)) is not None for text in set(first))
    return first if table.width > 2 and known > 1 else []


def _plain(text: str) -> str:
    """Return a label without blanks and without the unit in its brackets."""
    return re.sub(r"\s+|[（(][^()（）]*[)）]", "", text)


def _of_cell(cell: Cell, depths: _Depths) -> Iterator[Fragment]:
    lines = [line for line in cell.lines if line.text.strip()]
    for number, line in enumerate(lines):
        yield _of_line(line, cell.place, depths, None, number + 1 < len(lines) or len(lines) == 1)


def _under_head(
    head: Sequence[str], row: Sequence[Cell | None], number: int, depths: _Depths
) -> Iterator[Fragment]:
    """Yield each cell of a row with the row's first words before it."""
    texts = [cell.text.strip() if cell else "" for cell in row]
    names = [n for n, one in enumerate(head) if bare_name(one) not in _SERIAL and texts[n]]
    if not names:
        return
    beside = tuple((head[n], texts[n]) for n in names)
    for n in names[1:]:
        cell = row[n]
        if cell and cell.row == number:
            text = f"{texts[names[0]]}：{texts[n]}"
            yield Fragment(text, cell.place, depths.path, head[n], beside)


def _pairs(cells: Sequence[Cell], number: int, depths: _Depths) -> Iterator[Fragment]:
    """Yield labels with their values; a value of several lines stands under its label."""
    for label, value in zip(cells[::2], cells[1::2], strict=False):
        if value.row != number:
            continue
        words = label.text.strip()
        if len(value.lines) > 1 and len(words) <= LONGEST_LABEL:
            depths.add(_Title("cell", 0, "", words), label.place)
            yield from _of_cell(value, depths)
            continue
        depths.end("cell")
        heading = Heading(words, "", label.place, len(depths.path) + 1)
        depths.all.append(heading)
        yield Fragment(f"{words}：{value.text.strip()}", value.place, (*depths.path, heading))


def _without_contents(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks without tables of contents: lines that end in a page number behind dots,
    and the lines behind 目录 that stand in the document again.
    """
    texts = [bare_name(one.line.text) if isinstance(one, Paragraph) else "" for one in blocks]
    kept: list[Paragraph | Table] = []
    listing = False
    for number, block in enumerate(blocks):
        written = block.line.text if isinstance(block, Paragraph) else ""
        if _CONTENTS.fullmatch(written.strip()):
            listing = True
        elif isinstance(block, Table) or not (
            (len(written) <= LONGEST_ENTRY and _LEADER.search(written))
            or (listing and _again(texts, number))
        ):
            listing = False
            kept.append(block)
    return kept


def _again(texts: Sequence[str], number: int) -> bool:
    """Whether a line, without a page number, begins a later line too, or is empty."""
    text = texts[number].rstrip("0123456789")
    return any(one.startswith(text) for one in texts[number + 1 :])
