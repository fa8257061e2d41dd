"""Tables as drawn on one page, before those that go on over a page border are joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import fmean

from ingest.document import Cell, Line, Place
from ingest.read.aligned import Aligned, Column
from ingest.read.page import Box, Page, Sign
from ingest.read.printed import Printed, printed_lines, unwrapped
from ingest.read.ruled import Grid, GridCell


@dataclass(frozen=True)
class Drawn:
    """A table of one page; its cells have the page for a place."""

    page: int
    box: Box
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    ruled: bool

    @property
    def height(self) -> int:
        """How many rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)


def from_grid(grid: Grid, page: Page, signs: Sequence[Sign], place: Place) -> Drawn:
    """Return the table that ruled lines make."""
    written = [
        _Written(cell, grid.box_of(cell), printed_lines(found))
        for cell, found in grid.signs_of(signs).items()
    ]
    at = place.at(page=page.number)
    cells = tuple(one.cell(at) for one in _cut(written))
    columns = tuple(pairwise(grid.across))
    return Drawn(page.number, grid.box, columns, cells, ruled=True)


def from_alignment(table: Aligned, page: Page, place: Place) -> Drawn:
    """Return the table that aligned text makes."""
    at = place.at(page=page.number)
    cells = tuple(
        _Written(
            GridCell(row, number, 1, 1),
            Box(column[0], table.box.top, column[1], table.box.bottom),
            list(parts),
        ).cell(at)
        for row, columns in enumerate(table.rows)
        for number, (column, parts) in enumerate(zip(table.columns, columns, strict=True))
    )
    return Drawn(page.number, table.box, table.columns, cells, ruled=False)


@dataclass(frozen=True)
class _Written:
    """A cell on the grid with the lines printed in it."""

    on: GridCell
    box: Box
    lines: list[Printed]

    def cell(self, place: Place) -> Cell:
        """Return it as a cell of a document."""
        lines = tuple(Line(text) for text in unwrapped(self.lines, self.box.left, self.box.right))
        sure = fmean(line.confidence for line in self.lines) if self.lines else 1.0
        on = self.on
        return Cell(
            lines, place, on.row, on.column, on.row_span, on.column_span, confidence=round(sure, 3)
        )


def _cut(cells: list[_Written]) -> Iterator[_Written]:
    """Cut each drawn row whose first cell holds several numbers: it has rows without rules."""
    shift = 0
    for row, group in groupby(sorted(cells, key=lambda one: one.on), key=lambda one: one.on.row):
        written = list(group)
        numbers = _numbers(written[0].lines) if written[0].on.column == 0 else []
        whole = all(one.on.row_span == 1 for one in written)
        if len(numbers) < 2 or not whole:
            for one in written:
                yield replace(one, on=replace(one.on, row=row + shift))
            continue
        for one in written:
            for number, lines in enumerate(_by_height(one.lines, numbers)):
                yield _Written(replace(one.on, row=row + shift + number), one.box, lines)
        shift += len(numbers) - 1


def _numbers(lines: Sequence[Printed]) -> list[float]:
    """Return the heights of the numbers in a cell that has nothing else, each one more."""
    texts = [line.text for line in lines]
    if not all(text.isdecimal() and len(text) < 5 for text in texts):
        return []
    follow = all(int(other) == int(one) + 1 for one, other in pairwise(texts))
    return [line.box.top for line in lines] if follow else []


def _by_height(lines: Sequence[Printed], tops: Sequence[float]) -> list[list[Printed]]:
    """Sort lines to the numbers that they stand beside or below."""
    rows: list[list[Printed]] = [[] for _ in tops]
    for line in lines:
        row = max(bisect_right(tops, line.box.down) - 1, 0)
        rows[row].append(line)
    return rows
