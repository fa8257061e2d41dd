"""Grid of a docx table: which squares each cell covers, whatever is merged, left out or shifted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf

from lxml import etree

from ingest.read.docx_styles import VAL, W, value
from ingest.read.docx_text import unwrapped
from ingest.read.office_xml import is_on, whole

NEAR = 120  # twentieths of a point: edges nearer to each other than two millimetres are one
WIDEST = 1000  # columns; Word itself allows 63


@dataclass
class Square:
    """A cell of the file with the squares it covers."""

    element: etree._Element
    row: int
    column: int
    column_span: int
    row_span: int = 1
    hidden: bool = False


def squares(table: etree._Element) -> list[Square]:
    """Return the cells of a table; the merged ones once, with all they cover."""
    edges = _edges(table)
    above: dict[int, Square] = {}  # what may go on downwards, by its first column
    made: list[Square] = []
    for number, row in enumerate(_rows(table)):
        beside: dict[int, Square] = {}
        cells = _of_row(row, number, edges)
        room = len(edges) - 1 - (cells[-1].column + cells[-1].column_span if cells else 0)
        shift = 0  # to the right, because a merged cell above is wider than its part here says
        for square in cells:
            square.column += shift
            properties = square.element.find(f"{W}tcPr")
            merge = None if properties is None else properties.find(f"{W}vMerge")
            begun = above.get(square.column)
            goes_on = merge is not None and merge.get(VAL, "continue") == "continue"
            wider = begun.column_span - square.column_span if begun is not None else 0
            if goes_on and begun is not None and shift + wider <= max(room, 0):
                shift += max(wider, 0)
                begun.row_span += 1
                beside[square.column] = begun
                continue
            made.append(square)
            if merge is not None:
                beside[square.column] = square
        above = beside
    return made


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows that are left once all changes are accepted."""
    for row in unwrapped(table):
        if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _of_row(row: etree._Element, number: int, edges: list[int]) -> list[Square]:
    properties = row.find(f"{W}trPr")
    hidden = properties is not None and is_on(properties.find(f"{W}hidden"), VAL)
    before = _columns(value(properties, "gridBefore"))
    after = _columns(value(properties, "gridAfter"))
    cells = [cell for cell in unwrapped(row) if cell.tag == f"{W}tc" and not _is_deleted(cell)]
    spans = [max(1, _columns(_of_cell(cell, "gridSpan"))) for cell in cells]
    if before + sum(spans) + after < len(edges) - 1:
        before, spans = _by_width(properties, cells, edges) or (before, spans)
    made: list[Square] = []
    column = before
    for cell, span in zip(cells, spans, strict=True):
        if _of_cell(cell, "hMerge") == "continue" and made:
            made[-1].column_span += span
        else:
            made.append(Square(cell, number, column, span, hidden=hidden))
        column += span
    return made


def _edges(table: etree._Element) -> list[int]:
    """Return where the columns of the grid begin and the last one ends."""
    edges = [0]
    for column in islice(table.iterfind(f"{W}tblGrid/{W}gridCol"), WIDEST):
        edges.append(edges[-1] + whole(column.get(f"{W}w")))
    return edges


def _by_width(
    properties: etree._Element | None, cells: list[etree._Element], edges: list[int]
) -> tuple[int, list[int]] | None:
    """Return the columns of a row that has too few cells by how wide those are.

    Some programs leave out a cell and leave only its width blank, others merge without saying
    how many columns. Nothing is returned where the widths do not fit the grid.
    """
    widths = [_width(cell.find(f"{W}tcPr/{W}tcW")) for cell in cells]
    indent = _width(None if properties is None else properties.find(f"{W}wBefore"))
    column = first = _at(edges, indent)
    position = edges[column] if column is not None else 0
    spans: list[int] = []
    for width in widths:
        position += width
        end = _at(edges, position)
        if column is None or end is None or not width or end <= column:
            return None
        spans.append(end - column)
        column = end
    return None if first is None else (first, spans)


def _at(edges: list[int], position: int) -> int | None:
    """Return which edge is at a position, or near it."""
    after = bisect_left(edges, position)
    near = min((after - 1, after), key=lambda place: _distance(edges, place, position))
    return near if _distance(edges, near, position) <= NEAR else None


def _distance(edges: list[int], place: int, position: int) -> float:
    return abs(edges[place] - position) if 0 <= place < len(edges) else inf


def _width(element: etree._Element | None) -> int:
    if element is None or element.get(f"{W}type", "dxa") != "dxa":
        return 0
    return whole(element.get(f"{W}w"))


def _of_cell(cell: etree._Element, name: str) -> str | None:
    return value(cell.find(f"{W}tcPr"), name)


def _is_deleted(cell: etree._Element) -> bool:
    return cell.find(f"{W}tcPr/{W}cellDel") is not None


def _columns(written: str | None) -> int:
    return min(whole(written), WIDEST)
