"""Spans on a grid: where the cells of a web table stand once each span is expanded and clipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

COLUMNS = 2_000  # more are no table; a span of HTML is at most 1,000


@dataclass(frozen=True)
class Spans:
    """A cell as it is written: `rows` 0 means to the end of its group."""

    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Slot:
    """Where a cell begins and how much it covers; `order` is its place among all cells."""

    order: int  # from zero
    row: int
    column: int
    row_span: int
    column_span: int


def place_cells(groups: Iterable[Sequence[Sequence[Spans]]]) -> list[Slot]:
    """Return the slots of cells given as groups of rows, none covering a square of another.

    A span ends with its group of rows and with the last column in which any cell begins: what it
    claims beyond that is no column of the table.
    """
    slots: list[Slot] = []
    first_row = order = 0
    for rows in groups:
        slots += _in_group(rows, first_row, order)
        first_row += len(rows)
        order += sum(map(len, rows))
    last = max((slot.column for slot in slots), default=0)
    return [
        replace(slot, column_span=min(slot.column_span, last + 1 - slot.column)) for slot in slots
    ]


def _in_group(rows: Sequence[Sequence[Spans]], first_row: int, first_order: int) -> list[Slot]:
    slots: list[Slot] = []
    taken_until: dict[int, int] = {}  # column → the row in which it is free again
    orders = count(first_order)
    for row, cells in enumerate(rows):
        column = 0
        for order, spans in [(next(orders), spans) for spans in cells]:
            while taken_until.get(column, 0) > row:
                column += 1
            height = min(spans.rows or len(rows), len(rows) - row)
            width = _free(taken_until, row, column, max(1, spans.columns))
            if width == 0:
                continue  # beyond the last column that a table can have
            for covered in range(column, column + width):
                taken_until[covered] = row + height
            slots.append(Slot(order, first_row + row, column, height, width))
            column += width
    return slots


def _free(taken_until: dict[int, int], row: int, column: int, wished: int) -> int:
    """Return how many of the wished columns are free before the next cell from above."""
    for covered in range(column, min(column + wished, COLUMNS)):
        if taken_until.get(covered, 0) > row:
            return covered - column
    return max(0, min(wished, COLUMNS - column))
