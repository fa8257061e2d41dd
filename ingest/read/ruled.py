"""Ruled tables: the grid that drawn lines make, cells merged where no line is between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TypeVar

from ingest.read.page import Box, Rule, Sign

_Thing = TypeVar("_Thing")

NEAR = 0.3  # of a character: two rules closer than that are one, drawn double or in pieces
COVERED = 0.6  # of the side of a square must be drawn for the side to count
MOST_RULES = 2_000  # of a page; more make a drawing
MOST_SQUARES = 50_000
SMALLEST = 1.5  # characters: below, it is a box to tick


@dataclass(frozen=True, order=True)
class GridCell:
    """A cell with the lines of the grid it begins at and how many it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True)
class Grid:
    """Where the rows and columns are cut, and the cells on them."""

    across: tuple[float, ...]  # where columns begin and, last, end
    down: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(self.across[0], self.down[0], self.across[-1], self.down[-1])

    def box_of(self, cell: GridCell) -> Box:
        """Return the box of a cell."""
        return Box(
            self.across[cell.column],
            self.down[cell.row],
            self.across[cell.column + cell.column_span],
            self.down[cell.row + cell.row_span],
        )

    def signs_of(self, signs: Sequence[Sign]) -> dict[GridCell, list[Sign]]:
        """Return the characters of each cell; those outside the grid are in none."""
        at = {
            square: cell
            for cell in self.cells
            for square in product(
                range(cell.row, cell.row + cell.row_span),
                range(cell.column, cell.column + cell.column_span),
            )
        }
        found: dict[GridCell, list[Sign]] = {cell: [] for cell in self.cells}
        for sign in signs:
            if self.box.holds(sign.box):
                row = min(bisect_right(self.down, sign.box.down), len(self.down) - 1) - 1
                column = min(bisect_right(self.across, sign.box.across), len(self.across) - 1) - 1
                found[at[row, column]].append(sign)
        return found


def grids(rules: Sequence[Rule], signs: Sequence[Sign], em: float) -> list[Grid]:
    """Return the grids that rules make, the smallest first; a box round one text is none."""
    near = NEAR * em
    merged = merge(rules, near)
    if len(merged) > MOST_RULES:
        return []
    found = (_grid(part, signs, near) for part in _connected(merged, near))
    kept = [grid for grid in found if grid and len(grid.cells) > 1 and not _is_tiny(grid, em)]
    return sorted(kept, key=lambda grid: _area(grid.box))


def merge(rules: Sequence[Rule], near: float) -> list[Rule]:
    """Make one of the rules that lie in one line and touch, as broken and double lines do."""
    merged: list[Rule] = []
    for direction in (True, False):
        ordered = sorted((r for r in rules if r.across == direction), key=lambda rule: rule.at)
        for level in _close(ordered, [rule.at for rule in ordered], near):
            merged += _touching(level, near)
    return [rule for rule in merged if rule.end - rule.start > 2 * near]


def _touching(level: Sequence[Rule], near: float) -> list[Rule]:
    pieces: list[Rule] = []
    for rule in sorted(level, key=lambda rule: rule.start):
        if pieces and rule.start <= pieces[-1].end + near:
            pieces[-1] = replace(pieces[-1], end=max(pieces[-1].end, rule.end))
        else:
            pieces.append(rule)
    return pieces


def _close(
    things: Sequence[_Thing], places: Sequence[float], near: float
) -> Iterator[list[_Thing]]:
    """Yield runs of things whose ascending places are near the first of the run."""
    run: list[_Thing] = []
    first = 0.0
    for thing, place in zip(things, places, strict=True):
        if run and place - first > near:
            yield run
            run = []
        if not run:
            first = place
        run.append(thing)
    if run:
        yield run


def _connected(rules: Sequence[Rule], near: float) -> Iterator[list[Rule]]:
    """Yield the sets of rules that cross each other."""
    parents = list(range(len(rules)))

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    down = [place for place, rule in enumerate(rules) if not rule.across]
    across = [place for place, rule in enumerate(rules) if rule.across]
    for one in across:
        for other in down:
            if _cross(rules[one], rules[other], near):
                parents[root(one)] = root(other)
    sets: dict[int, list[Rule]] = {}
    for place, rule in enumerate(rules):
        sets.setdefault(root(place), []).append(rule)
    yield from sets.values()


def _cross(across: Rule, down: Rule, near: float) -> bool:
    return (
        across.start - near <= down.at <= across.end + near
        and down.start - near <= across.at <= down.end + near
    )


def _grid(rules: Sequence[Rule], signs: Sequence[Sign], near: float) -> Grid | None:
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    if not across or not down:
        return None
    ends = Box(
        min(rule.start for rule in across),
        min(rule.start for rule in down),
        max(rule.end for rule in across),
        max(rule.end for rule in down),
    )
    inside = [sign.box for sign in signs if ends.holds(sign.box)]
    columns = _cuts(
        [rule.at for rule in down], ends.left, ends.right, [box.across for box in inside], near
    )
    rows = _cuts(
        [rule.at for rule in across], ends.top, ends.bottom, [box.down for box in inside], near
    )
    if len(columns) < 2 or len(rows) < 2 or len(columns) * len(rows) > MOST_SQUARES:
        return None
    return Grid(columns, rows, tuple(_cells(columns, rows, across, down, near)))


def _cuts(
    drawn: list[float], first: float, last: float, written: list[float], near: float
) -> tuple[float, ...]:
    """Return where rows or columns are cut, the outer rules added that the table goes without."""
    drawn = sorted(drawn)
    cuts = [run[0] for run in _close(drawn, drawn, near)]
    if first < cuts[0] - 3 * near and any(first <= place < cuts[0] for place in written):
        cuts.insert(0, first)
    if last > cuts[-1] + 3 * near and any(cuts[-1] < place <= last for place in written):
        cuts.append(last)
    return tuple(cuts)


def _cells(
    columns: Sequence[float],
    rows: Sequence[float],
    across: Sequence[Rule],
    down: Sequence[Rule],
    near: float,
) -> list[GridCell]:
    """Return the cells: squares without a rule between them are one, if they make a rectangle."""
    groups = _Groups(len(rows) - 1, len(columns) - 1)
    for column in range(1, len(columns) - 1):
        sides = [rule for rule in down if abs(rule.at - columns[column]) <= near]
        for row, (top, bottom) in enumerate(pairwise(rows)):
            if not _is_drawn(sides, top, bottom):
                groups.join((row, column - 1), (row, column))
    for row in range(1, len(rows) - 1):
        sides = [rule for rule in across if abs(rule.at - rows[row]) <= near]
        for column, (left, right) in enumerate(pairwise(columns)):
            if not _is_drawn(sides, left, right):
                groups.join((row - 1, column), (row, column))
    return groups.cells()


def _is_drawn(rules: Sequence[Rule], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return drawn >= COVERED * (end - start)


class _Groups:
    """Squares of a grid, joined step by step."""

    def __init__(self, rows: int, columns: int) -> None:
        self._of = {square: [square] for square in product(range(rows), range(columns))}

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """Put two squares into one group."""
        larger, smaller = sorted((self._of[one], self._of[other]), key=len, reverse=True)
        if larger is not smaller:
            larger.extend(smaller)
            for square in smaller:
                self._of[square] = larger

    def cells(self) -> list[GridCell]:
        """Return each group as a cell; one that is no rectangle as its squares."""
        found: list[GridCell] = []
        for group in {id(group): group for group in self._of.values()}.values():
            top, left = min(row for row, _ in group), min(column for _, column in group)
            bottom, right = max(row for row, _ in group), max(column for _, column in group)
            height, width = bottom - top + 1, right - left + 1
            if height * width == len(group):
                found.append(GridCell(top, left, height, width))
            else:
                found += [GridCell(row, column, 1, 1) for row, column in group]
        return sorted(found)


def _is_tiny(grid: Grid, em: float) -> bool:
    box = grid.box
    return box.right - box.left < SMALLEST * em or box.bottom - box.top < SMALLEST * em


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
