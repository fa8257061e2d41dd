"""Pages put together: what runs along their edges left out, paragraphs and tables made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Line, Paragraph, Place, Severity, Table
from ingest.read.aligned import aligned_tables
from ingest.read.continued import continued, continues, note_changed_columns
from ingest.read.drawn import Drawn, from_alignment, from_grid
from ingest.read.limits import Limits, Meter
from ingest.read.notes import Notes
from ingest.read.page import Box, Page, Sign, em_of
from ingest.read.printed import LABEL, Printed, joined, printed_lines
from ingest.read.ruled import grids
from ontology.sentence import Sentence

EDGE = 0.1  # of a page's height, above and below, in which running titles and numbers stand
HEADING = 1.12  # times the size of the text; 三号 over 四号 is 1.14, 小四 over 五号 as well
LONGEST_HEADING = 40  # characters
FULL = 1.5  # characters: a line that ends nearer to the margin was broken by it
LONG = 20  # characters: a line shorter than that was not broken by any margin
_WORD = re.compile(r"[A-Za-z0-9.,%/+\-]+[，。；：、）%]*")
HALF = 0.6  # of a character is as wide as a Latin one
INDENTED = 1.2  # characters from the margin, from which a line begins a paragraph
# Of lines recognised in clean scans 99 in 100 are sure by 0.9 and more, of misread ones a third.
UNSURE = 0.9
_COUNT = r"(?:第 ?)?(?:[0-9]{1,4}|[IVXivx]{1,5})(?: ?页)?"
_PAGE_NUMBER = re.compile(
    rf"[-—–―·. ]*{_COUNT}(?:[ ,，/／]*(?:共|of)? ?[0-9]{{1,4}} ?页?)?[-—–―·. ]*"
)
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Edged:
    """A line outside tables, with where it stands on its page."""

    text: str
    page: int
    box: Box
    size: float
    confidence: float
    running: str | None = None  # its text without digits, at the edge of a page

    @property
    def is_page_number(self) -> bool:
        """Whether it only counts pages."""
        return self.running is not None and _PAGE_NUMBER.fullmatch(self.text) is not None


class Layout:
    """Takes page after page, of which it keeps lines and tables, and makes the blocks of all."""

    def __init__(self, place: Place, limits: Limits, notes: Notes) -> None:
        self.place = place
        self.notes = notes
        self.used = Meter(place.file, limits)
        self._parts: list[Edged | Drawn] = []
        self._sizes: Counter[float] = Counter()
        self._pages = 0

    def add(self, page: Page) -> None:
        """Take a page."""
        self._pages += 1
        em = em_of(page.signs)
        self._sizes.update(_rounded(sign.size) for sign in page.signs)
        free: Sequence[Sign] = page.signs
        parts: list[Edged | Drawn] = []
        for grid in grids(page.rules, free, em):
            parts.append(from_grid(grid, page, free, self.place))
            free = [sign for sign in free if not grid.box.holds(sign.box)]
        lines = printed_lines(free)
        taken: set[int] = set()
        for table in aligned_tables(lines, page.rules, em, self._open_columns()):
            parts.append(from_alignment(table, page, self.place))
            taken.update(map(id, table.lines))
        parts += [_edged(line, page) for line in lines if id(line) not in taken]
        self.used.use("characters", len(page.signs), f"page {page.number}")
        self.used.use("cells", sum(len(one.cells) for one in parts if isinstance(one, Drawn)))
        self.used.use("paragraphs", sum(isinstance(one, Edged) for one in parts))
        self._parts += sorted(parts, key=lambda part: (part.box.top, part.box.left))

    def blocks(self) -> tuple[Paragraph | Table, ...]:
        """Return the paragraphs and tables of all pages taken."""
        parts = list(self._without_running())
        sizes = self._heading_sizes(parts)
        made: list[Paragraph | Table] = []
        lines: list[Edged] = []
        tables: list[Drawn] = []
        for part in parts:
            if isinstance(part, Drawn):
                self._end_paragraphs(made, lines, sizes)
                self._end_table(made, tables, part)
                tables.append(part)
            else:
                self._end_table(made, tables, None)
                lines.append(part)
        self._end_table(made, tables, None)
        self._end_paragraphs(made, lines, sizes)
        return _numbered(made)

    def _open_columns(self) -> Sequence[tuple[float, float]]:
        """Return the columns of the aligned table that the page before ended with."""
        lines = 0
        for part in reversed(self._parts):
            if isinstance(part, Drawn):
                last_page = part.page == self._pages - 1
                return () if part.ruled or not last_page else part.columns
            lines += not part.is_page_number
            if lines > 1:
                break
        return ()

    def _without_running(self) -> Iterator[Edged | Drawn]:
        """Yield all but page numbers and what at least half of the pages repeat at their edges."""
        pages: dict[str, set[int]] = {}
        for part in self._parts:
            if isinstance(part, Edged) and part.running is not None:
                pages.setdefault(part.running, set()).add(part.page)
        often = max(2, self._pages / 2)
        for part in self._parts:
            if isinstance(part, Edged) and part.running is not None:
                repeated = len(pages[part.running]) >= often and part.running
                if part.is_page_number or repeated:
                    continue
            yield part

    def _heading_sizes(self, parts: Sequence[Edged | Drawn]) -> list[float]:
        """Return the sizes of headings, the largest first."""
        usual = max(self._sizes.items(), key=lambda one: (one[1], one[0]), default=(0.0, 0))[0]
        sizes = {_rounded(part.size) for part in parts if isinstance(part, Edged)}
        return sorted((size for size in sizes if size > HEADING * usual), reverse=True)

    def _end_table(
        self, made: list[Paragraph | Table], tables: list[Drawn], following: Drawn | None
    ) -> None:
        if not tables or (following and continues(tables[-1], following)):
            return
        if following:
            at = self.place.at(page=following.page)
            note_changed_columns(tables[-1], following, at, self.notes)
        at = self.place.at(table=1 + sum(isinstance(one, Table) for one in made))
        table = continued(tables, at, self.notes)
        made.append(table)
        for cell in table.cells:
            _note_unsure(self.notes, cell.place, cell.text, cell.confidence)
        tables.clear()

    def _end_paragraphs(
        self, made: list[Paragraph | Table], lines: list[Edged], sizes: Sequence[float]
    ) -> None:
        for group in _paragraphs(lines):
            text = group[0].text
            for line in group[1:]:
                text = joined(text, line.text)
            size = _rounded(group[0].size)
            is_heading = size in sizes and len(text) <= LONGEST_HEADING
            place = self.place.at(page=group[0].page)
            _note_unsure(self.notes, place, text, min(line.confidence for line in group))
            made.append(Paragraph(Line(text), place, sizes.index(size) + 1 if is_heading else None))
        lines.clear()


def note_recognised(notes: Notes, place: Place) -> None:
    """Note that characters were recognised from a picture."""
    message = Sentence(
        "文字由图片识别而来，请与原件核对",
        "the characters were recognised from a picture: check them against the original",
    )
    notes.add("recognised", Severity.NOTICE, place, message)


def note_not_recognised(notes: Notes, place: Place, limits: Limits) -> None:
    """Note a picture beyond the number of those whose characters are recognised."""
    message = Sentence(
        f"一个文件只识别前{limits.recognised_pages}张图片：请把这一页单独成文件，或提供打印前的原文件",
        f"only the first {limits.recognised_pages} pictures of a file have their characters"
        " recognised: give this page as a file of its own, or what it was printed from",
    )
    notes.add("page_not_recognised", Severity.ERROR, place, message)


def _note_unsure(notes: Notes, place: Place, text: str, confidence: float) -> None:
    """Note characters that were recognised and may be others."""
    if text and confidence < UNSURE:
        message = Sentence(
            f"这些文字识别的把握只有{confidence:.2f}，请核对",
            f"these characters are sure by only {confidence:.2f}: check them",
        )
        notes.add("unsure_characters", Severity.WARNING, place, message, text[:80])


def _edged(line: Printed, page: Page) -> Edged:
    at_edge = line.box.down < EDGE * page.height or line.box.down > (1 - EDGE) * page.height
    running = _DIGITS.sub("", line.text) if at_edge else None
    return Edged(line.text, page.number, line.box, line.size, line.confidence, running)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _paragraphs(lines: Sequence[Edged]) -> Iterator[list[Edged]]:
    """Yield the lines of each paragraph: the margin broke the line, and the next goes on."""
    if not lines:
        return
    left = min(line.box.left for line in lines)
    right = max(line.box.right for line in lines)
    group = [lines[0]]
    for line in lines[1:]:
        if _goes_on(group[-1], line, left, right):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _goes_on(one: Edged, other: Edged, left: float, right: float) -> bool:
    size = max(one.size, 0.1)
    near = other.page != one.page or other.box.top - one.box.bottom < 2 * size
    room = max(FULL, _unbroken(other.text)) * size
    full = right - one.box.right < room and one.box.right - one.box.left > LONG * size
    begins = other.box.left - left > INDENTED * size or LABEL.match(other.text)
    return near and full and not begins and _rounded(one.size) == _rounded(other.size)


def _unbroken(text: str) -> float:
    """Return how many characters wide what a line begins with is that no margin breaks: 35%。"""
    found = _WORD.match(text)
    return sum(HALF if sign.isascii() else 1 for sign in found[0]) + 1 if found else 0.0


def _numbered(blocks: Sequence[Paragraph | Table]) -> tuple[Paragraph | Table, ...]:
    """Give each paragraph its number in the document."""
    numbered: list[Paragraph | Table] = []
    lines = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += 1
            block = replace(block, place=block.place.at(line=lines))
        numbered.append(block)
    return tuple(numbered)
