"""Grid of a sheet: merged cells as one, and no more empty rows and columns than are of use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.read.xlsx_sheet import Area

# Empty rows, or columns, in a row that are kept. A blank typed into the last row of a sheet would
# otherwise make a table of a million rows.
GAP = 50
# Rows, or columns, that merged cells may reach beyond what is written; titles are merged over all
# 16,384 columns now and then.
BEYOND = 20
Square = tuple[int, int]  # row and column of the sheet, from one


@dataclass(frozen=True)
class Grid:
    """Where each row and column of a sheet stands in its table, and what is merged there."""

    rows: dict[int, int]
    columns: dict[int, int]
    areas: dict[Square, Area]  # by the square they begin at
    covered: frozenset[Square]  # what they cover besides

    def span(self, square: Square) -> tuple[int, int]:
        """Return how many rows and columns of the table the cell at a square takes."""
        area = self.areas.get(square)
        if area is None:
            return 1, 1
        return (
            self.rows[area.bottom] - self.rows[area.top] + 1,
            self.columns[area.right] - self.columns[area.left] + 1,
        )


def grid_of(squares: Iterable[Square], merged: list[Area], most: int) -> Grid:
    """Return the grid of the squares something is written in; merged areas end soon after.

    `most` is how many squares of areas are looked at; areas beyond that are left out.
    """
    rows = {row for row, _ in squares}
    columns = {column for _, column in squares}
    last = (max(rows) + BEYOND, max(columns) + BEYOND)
    areas: dict[Square, Area] = {}
    covered: set[Square] = set()
    for area in (_clipped(one, *last) for one in merged):
        if area is None or area.size > most:
            continue
        most -= area.size
        inside = set(area.squares())
        if inside & (covered | areas.keys()):  # a sound file has none that overlap
            continue
        begin = (area.top, area.left)
        areas[begin] = area
        covered |= inside - {begin}
        rows |= {area.top, area.bottom}
        columns |= {area.left, area.right}
    return Grid(_squeezed(rows), _squeezed(columns), areas, frozenset(covered))


def _clipped(area: Area, last_row: int, last_column: int) -> Area | None:
    """Return an area up to a row and column, nothing where that leaves a square or none."""
    bottom, right = min(area.bottom, last_row), min(area.right, last_column)
    clipped = Area(max(area.top, 1), max(area.left, 1), bottom, right)
    return clipped if clipped.top <= bottom and clipped.left <= right and clipped.size > 1 else None


def _squeezed(used: set[int]) -> dict[int, int]:
    """Return where each row, or column, stands from zero once long gaps are shortened."""
    places: dict[int, int] = {}
    before, place = 0, -1
    for number in sorted(used):
        place += min(number - before, GAP + 1)
        places[number] = place
        before = number
    return places
