"""A matrix of counts, darker where there are more: coverage of the guide, shape of a cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import (
    SMALL,
    Caption,
    fitted,
    frame,
    label,
    linked,
    rectangle,
    shade,
    width_of,
)

CELL, ROW, GAP = 44, 30, 2
WIDEST_NAME = 190
ROOM = 700  # for all columns: as few as fit it with their names written level need no slant
SLANT = -50  # degrees, of names of columns that are wider than a column


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column: its id, its name and where it leads."""

    id: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What a cell holds, and that in words."""

    count: int
    words: str
    address: str = ""


def matrix(
    caption: Caption,
    rows: Sequence[Line],
    columns: Sequence[Line],
    cells: Mapping[tuple[str, str], Count],
) -> Markup:
    """Draw a cell for each row and column that are known together; others stay empty."""
    left = 18 + max((min(width_of(row.name, SMALL), WIDEST_NAME) for row in rows), default=0.0)
    widest = max((width_of(column.name, SMALL) for column in columns), default=0.0)
    upright = widest <= 2 * CELL or (widest + 10) * len(columns) <= ROOM
    column = max(float(CELL), widest + 10) if upright else float(CELL)
    top = 26.0 if upright else 20 + 0.8 * min(widest, WIDEST_NAME)
    most = max((cell.count for cell in cells.values()), default=0)
    right = 0.7 * min(widest, WIDEST_NAME) if not upright else 0.0
    parts = [_row_name(row, left, top + place * ROW) for place, row in enumerate(rows)]
    parts += [
        _column_name(one, left + (place + 0.5) * column, top - 8, column, upright)
        for place, one in enumerate(columns)
    ]
    for down, row in enumerate(rows):
        y, across_all = top + down * ROW, len(columns) * column - GAP
        parts.append(rectangle(left, y, max(across_all, 0.0), ROW - GAP, kind="heat-0"))
        for across, one in enumerate(columns):
            if cell := cells.get((row.id, one.id)):
                parts.append(_cell(cell, (left + across * column, y), column, most))
    links = any([one.address for one in (*rows, *columns)] + [c.address for c in cells.values()])
    width = left + len(columns) * column + right
    return frame(caption, width, top + len(rows) * ROW, *parts, links=links)


def _row_name(row: Line, left: float, y: float) -> str:
    words = fitted(row.name, WIDEST_NAME, SMALL)
    told = label(left - 8, y + ROW / 2 + 4, words, anchor="end")
    return linked(row.address, row.name, told)


def _column_name(column: Line, x: float, y: float, width: float, upright: bool) -> str:
    if upright:
        told = label(x, y, column.name, anchor="middle")
    else:
        words = fitted(column.name, WIDEST_NAME, SMALL)
        turned = {"transform": f"rotate({SLANT} {x:.1f} {y:.1f})"}
        told = label(x, y, words, **turned)
    return linked(column.address, column.name, told)


def _cell(cell: Count, at: tuple[float, float], width: float, most: int) -> str:
    x, y = at
    step = shade(cell.count, most)
    number = label(x + (width - GAP) / 2, y + ROW / 2 + 4, str(cell.count), kind=f"on-{step} cell")
    box = rectangle(x, y, width - GAP, ROW - GAP, kind=f"heat-{step}")
    return linked(cell.address, cell.words, box, number)
