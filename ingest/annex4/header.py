"""The header of a recommendation table: which of the first rows it is and what its columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.annex4.titles import (
    APPLICANT,
    DECISIVE,
    EXTRA,
    ORDER,
    PROJECT,
    SCENE,
    SEGMENT,
    UNIT,
    title_role,
)
from ingest.annex4.wording import lines_of
from ingest.document import Cell, Table

ROWS_SEARCHED = 15
LEAST_TITLES = 2
# Columns of a list that only says what may be chosen: 环节, 场景. It is no table of projects.
OPTIONS = frozenset({ORDER, SEGMENT, SCENE})
SINGLE = (ORDER, APPLICANT, PROJECT, UNIT)  # held by one column; a second one of the kind is extra


@dataclass(frozen=True, slots=True)
class Header:
    """A header from row `first` to row `last`; `columns` are those of each role, by position.

    `titles` are the words above every column, of both levels where there are two.
    """

    first: int
    last: int
    columns: Mapping[str, tuple[int, ...]]
    titles: Mapping[int, str]

    def same_as(self, other: Header) -> bool:
        """Tell whether another header puts the same columns in the same places."""
        return self.columns == other.columns


def cell_text(cell: Cell | None) -> str:
    """Return the text of a cell as it was meant, its lines joined."""
    return "\n".join(lines_of(cell.text)).strip() if cell else ""


def find_header(table: Table, start: int = 0) -> Header | None:
    """Return the header among the next rows: the row with most titles, the first of equals."""
    found = [
        header
        for row in range(start, min(start + ROWS_SEARCHED, table.height))
        if (header := header_at(table, row))
    ]
    return max(found, key=lambda header: (_titled(header), -header.first), default=None)


def header_at(table: Table, row: int) -> Header | None:
    """Return the header that begins at a row, None where there is none."""
    if not _is_header_row(table, row):
        return None
    upper = {column: cell_text(cell) for column, cell in _row(table, row)}
    last = row
    roles = {column: title_role(text) for column, text in upper.items()}
    titles = dict(upper)
    if _is_lower_level(table, row):
        last = row + 1
        for column, cell in _row(table, last):
            text = cell_text(cell)
            if text and cell is not table.covering(row, column):
                titles[column] = f"{upper.get(column, '')}/{text}".strip("/")
                roles[column] = title_role(text) or title_role(titles[column])
    known = {column: role for column, role in roles.items() if role}
    return Header(row, last, _columns(known), {c: t for c, t in titles.items() if t})


def _row(table: Table, row: int) -> Iterator[tuple[int, Cell]]:
    for column in range(table.width):
        if cell := table.covering(row, column):
            yield column, cell


def _is_header_row(table: Table, row: int) -> bool:
    cells = {id(cell): cell for _, cell in _row(table, row) if cell.row == row}
    roles = [found[0] for cell in cells.values() if (found := title_role(cell_text(cell)))]
    form = {role for role in roles if role != EXTRA}
    written = sum(bool(cell_text(cell)) for cell in cells.values())
    decided = bool(form & DECISIVE) and not form <= OPTIONS
    return len(form) >= LEAST_TITLES and decided and 2 * len(roles) >= written


def _is_lower_level(table: Table, row: int) -> bool:
    """Tell whether the next row holds nothing but titles: the second level of the header."""
    if row + 1 >= table.height:
        return False
    below = [cell for _, cell in _row(table, row + 1) if cell.row == row + 1]
    written = [cell_text(cell) for cell in below if cell_text(cell)]
    if not written or any(title_role(text) is None for text in written):
        return False
    # A header that is merely repeated is no second level.
    above = {cell_text(cell) for _, cell in _row(table, row)}
    return not set(written) <= above


def _columns(known: Mapping[int, tuple[str, str]]) -> dict[str, tuple[int, ...]]:
    """Return the columns by role; of two that may be the one, that of the longest title is."""
    by_role: dict[str, list[int]] = {}
    for column in sorted(known):
        by_role.setdefault(known[column][0], []).append(column)
    for role in SINGLE:
        columns = by_role.get(role, [])
        if len(columns) > 1:
            best = max(columns, key=lambda column: (len(known[column][1]), -column))
            by_role[role] = [best]
            by_role.setdefault(EXTRA, []).extend(c for c in columns if c != best)
    return {role: tuple(sorted(columns)) for role, columns in by_role.items()}


def _titled(header: Header) -> int:
    return sum(role != EXTRA for role in header.columns)
