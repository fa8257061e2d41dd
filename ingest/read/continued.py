"""Tables that go on over a page border, made one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Cell, Line, Place, Severity, Table
from ingest.read.drawn import Drawn
from ingest.read.notes import Notes
from ingest.read.printed import LABEL, joined
from ontology.sentence import Sentence

SAME_EDGE = 0.05  # of a table's width, by which pages of a scan are shifted


def continues(one: Drawn, other: Drawn) -> bool:
    """Tell whether a table that comes right after another goes on with it."""
    return other.page == one.page + 1 and len(one.columns) == len(other.columns)


def note_changed_columns(one: Drawn, other: Drawn, place: Place, notes: Notes) -> None:
    """Note tables as wide as each other on both sides of a page border, cut otherwise."""
    width = one.box.right - one.box.left
    same_edges = (
        abs(one.box.left - other.box.left) <= SAME_EDGE * width
        and abs(one.box.right - other.box.right) <= SAME_EDGE * width
    )
    if other.page == one.page + 1 and same_edges:
        message = Sentence(
            f"上一页末尾的表格有{len(one.columns)}列，这一页的有{len(other.columns)}列：是同一个表格吗？",
            f"a table of {len(one.columns)} columns ends on the page before, "
            f"this one has {len(other.columns)}: is it the same table?",
        )
        notes.add("columns_changed", Severity.WARNING, place, message)


def continued(parts: Sequence[Drawn], place: Place, notes: Notes) -> Table:
    """Return one table of the parts of several pages, each cell with the page it begins on."""
    rows: list[list[Cell]] = _rows(parts[0])
    for part in parts[1:]:
        more = _rows(part)
        again = bool(more) and _texts(more[0]) == _texts(rows[0])
        first = int(again)  # a repeated header stays a row
        if len(more) > first:
            _mend(rows, more, first, place, notes)
        rows += more
    return _table(rows, place)


def _rows(part: Drawn) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(part.height)]
    for cell in part.cells:
        rows[cell.row].append(cell)
    return rows


def _texts(row: Sequence[Cell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _mend(
    rows: list[list[Cell]], more: list[list[Cell]], first: int, place: Place, notes: Notes
) -> None:
    """Put what is left of a row that the page border cut back into it, where that is clear.

    A row without a number goes on with the row above. It is the rest of that row where at most
    half of its cells hold anything; else it may be a row of its own beside a merged cell.
    """
    rest = more[first]
    written = [cell for cell in rest if cell.text.strip()]
    if not written or written[0] is rest[0] or len(rest) < 2:
        return
    at = place.at(page=rest[0].place.page, row=len(rows) + first + 1)
    above = {cell.column: cell for cell in rows[-1]}
    fits = all(cell.column in above and cell.row_span == 1 for cell in rest)
    if not fits or 2 * len(written) > len(rest):
        message = Sentence(
            "这一行没有序号，又紧接换页处：是否属于上一行？",
            "this row has no number and follows a page border: is it part of the row above?",
        )
        notes.add("row_may_continue", Severity.NOTICE, at, message)
        return
    for cell in written:
        one = above[cell.column]
        above[cell.column] = replace(one, lines=_together(one.lines, cell.lines))
    rows[-1] = [above[cell.column] for cell in rows[-1]]
    del more[first]
    message = Sentence(
        "这一行的其余部分在下一页，已接回",
        "the rest of this row stands on the next page; it was put back",
    )
    notes.add("row_over_pages", Severity.NOTICE, at.at(row=len(rows)), message)


def _together(above: tuple[Line, ...], below: tuple[Line, ...]) -> tuple[Line, ...]:
    """Put the lines of two parts of a cell together; what begins no item ends the line above."""
    if not above or not below or LABEL.match(below[0].text):
        return above + below
    text = joined(above[-1].text, below[0].text)
    return (*above[:-1], replace(above[-1], text=text), *below[1:])


def _table(rows: Sequence[Sequence[Cell]], place: Place) -> Table:
    cells = tuple(
        replace(
            cell,
            row=number,
            place=place.at(page=cell.place.page, row=number + 1, column=cell.column + 1),
        )
        for number, row in enumerate(rows)
        for cell in row
    )
    return Table(cells, place)
