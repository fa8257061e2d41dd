"""Web pages, and what claims to be a spreadsheet and is one: paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.document import Cell, Document, Kind, Paragraph, Place, Severity, Table
from ingest.read.decode import Decoded, decode, note_implausible, note_lost
from ingest.read.flow import Flow, Grid, Text, is_hidden
from ingest.read.grid import Slot, Spans, place_cells
from ingest.read.limits import Limits, Meter
from ingest.read.notes import HIDDEN, Notes
from ontology.errors import UnreadableFile

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I)
_TO_DECLARATION = 4096  # bytes in which a page has to say its encoding
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}  # in the order shown, whatever the source's is
_SPAN = re.compile(r"\s*(\d{1,5})")
_LARGEST_SPAN = 1000  # of columns, as in browsers
_EXPONENT = re.compile(r"[-+]?\d(?:\.\d+)?[eE][-+]?\d+")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a page; scripts and styles are left out, what is not shown is marked as hidden."""
    declared = _CHARSET.search(data[:_TO_DECLARATION])
    decoded = decode(data, declared[1].decode() if declared else None)
    return read_page(name, decoded.text, Kind.HTML, limits, decoded)


def read_page(name: str, source: str, kind: Kind, limits: Limits, decoded: Decoded) -> Document:
    """Read the source of a page, made from what was decoded where the file is of another kind."""
    page = _Page(Place(name), limits)
    root = _parsed(source, name)
    blocks = tuple(page.blocks(root)) if root is not None else ()
    return Document(name, kind, blocks, _notes(name, decoded, blocks).findings)


def _parsed(text: str, name: str) -> HtmlElement | None:
    # A parser of its own for each page: its log is read, and it fetches nothing.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: HtmlElement = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None
    except etree.LxmlError as error:
        raise UnreadableFile(name, f"this page cannot be read: {error}") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile(name, "its elements are nested deeper than any page's")
    return root


@dataclass(frozen=True)
class _Written:
    """A cell of the source with what its row says."""

    element: HtmlElement
    hidden: bool


class _Page:
    """Turns elements into blocks, numbering paragraphs and tables as they come."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.place = place
        self.used = Meter(place.file, limits)
        self._lines = 0
        self._tables = 0

    def blocks(self, element: HtmlElement) -> Iterator[Paragraph | Table]:
        """Yield the paragraphs and tables within an element; a table for layout is no table."""
        for item in self._flow(element):
            if isinstance(item, Text):
                self._lines += 1
                self.used.use("paragraphs", 1)
                yield Paragraph(item.line, self.place.at(line=self._lines), item.heading)
            elif _is_layout(item.element):
                for cell in _cells_within(item.element):
                    yield from self.blocks(cell)
            else:
                yield from self._captions(item.element)
                yield self._table(item, 1)

    def _captions(self, table: HtmlElement) -> Iterator[Paragraph | Table]:
        for caption in table.iterchildren("caption"):
            yield from self.blocks(caption)

    def _flow(self, element: HtmlElement) -> list[Text | Grid]:
        flow = Flow()
        flow.inside(element)
        return flow.close()

    def _table(self, grid: Grid, depth: int) -> Table:
        self.used.limits.check("nesting", depth, self.place.file)
        self._tables += 1
        place = self.place.at(table=self._tables)
        groups = _groups(grid.element)
        written = [cell for rows in groups for row in rows for cell in row]
        slots = place_cells([[[_spans(c.element) for c in row] for row in g] for g in groups])
        squares = sum(slot.row_span * slot.column_span for slot in slots)
        self.used.use("cells", len(slots), f"table {self._tables}")
        self.used.use("squares", squares, f"table {self._tables}")
        hidden_columns = _hidden_columns(grid.element)
        cells = tuple(
            self._cell(written[slot.order], slot, place, hidden_columns, depth) for slot in slots
        )
        return Table(cells, place, hidden=grid.hidden)

    def _cell(
        self, written: _Written, slot: Slot, place: Place, hidden_columns: set[int], depth: int
    ) -> Cell:
        items = self._flow(written.element)
        nested = tuple(self._table(one, depth + 1) for one in items if isinstance(one, Grid))
        tables = iter(nested)
        lines = [
            line
            for one in items
            for line in ([one.line] if isinstance(one, Text) else next(tables).flattened())
        ]
        number = written.element.get("x:num")
        if number and len(lines) == 1 and _EXPONENT.fullmatch(lines[0].text):
            lines = [replace(lines[0], text=number)]  # Excel keeps all digits beside
        return Cell(
            tuple(lines), place.at(row=slot.row + 1, column=slot.column + 1), slot.row, slot.column,
            slot.row_span, slot.column_span,
            hidden=written.hidden or slot.column in hidden_columns,
            formula=written.element.get("x:fmla"),
            typed="text" if number is None else "number",
            nested=nested,
        )  # fmt: skip


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table only arranges a page: one row or one column, with tables in it."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(".//table") is None:
        return False
    rows = [row for group in _groups(table) for row in group if row]
    return len(rows) <= 1 or all(len(row) == 1 for row in rows)


def _cells_within(table: HtmlElement) -> Iterator[HtmlElement]:
    for group in _groups(table):
        for row in group:
            for cell in row:
                yield cell.element


def _groups(table: HtmlElement) -> list[list[list[_Written]]]:
    """Return the rows of a table in groups; rows outside any group make one of their own."""
    groups: list[tuple[int, list[list[_Written]]]] = []
    loose: list[list[_Written]] = []
    for element in _parts(table):
        if element.tag in _GROUPS:
            rows: list[list[_Written]] = []
            for part in _parts(element):
                _add_row(rows, part, is_hidden(element))
            groups.append((_GROUPS[element.tag], rows))
            loose = []
        else:
            if not loose:
                groups.append((_GROUPS["tbody"], loose))
            _add_row(loose, element, False)
    return [rows for _, rows in sorted(groups, key=lambda group: group[0])]


def _parts(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the groups, rows and cells below an element, through forms and the like."""
    for child in element.iterchildren():
        if child.tag in ("tr", "td", "th", *_GROUPS):
            yield child
        elif isinstance(child.tag, str) and child.tag not in ("table", "caption", "colgroup"):
            yield from _parts(child)


def _add_row(rows: list[list[_Written]], element: HtmlElement, hidden: bool) -> None:
    """Add a row, or a cell that stands outside any row to the last one."""
    hidden = hidden or is_hidden(element)
    if element.tag in ("td", "th"):
        if not rows:
            rows.append([])
        rows[-1].append(_Written(element, hidden))
        return
    rows.append(
        [
            _Written(cell, hidden or is_hidden(cell))
            for cell in _parts(element)
            if cell.tag in ("td", "th")
        ]
    )


def _spans(cell: HtmlElement) -> Spans:
    rows, columns = (_SPAN.match(cell.get(span, "")) for span in ("rowspan", "colspan"))
    return Spans(
        int(rows[1]) if rows else 1,
        min(int(columns[1]), _LARGEST_SPAN) if columns else 1,
    )


def _hidden_columns(table: HtmlElement) -> set[int]:
    hidden: set[int] = set()
    column = 0
    for one in table.iterchildren("col", "colgroup"):
        for col in one.iterchildren("col") if len(one) else (one,):
            span = _SPAN.match(col.get("span", ""))
            width = min(int(span[1]), _LARGEST_SPAN) if span else 1
            if is_hidden(col):
                hidden.update(range(column, column + width))
            column += width
    return hidden


def _notes(name: str, decoded: Decoded, blocks: tuple[Paragraph | Table, ...]) -> Notes:
    """Return what is damaged or hidden in paragraphs and cells."""
    notes = Notes(name)
    if not decoded.plausible:
        note_implausible(notes, Place(name), decoded)
    for block in blocks:
        written = (block,) if isinstance(block, Paragraph) else block.cells
        for one in written:
            lines = (one.line,) if isinstance(one, Paragraph) else one.lines
            note_lost(notes, one.place, "\n".join(line.text for line in lines))
            if any(line.hidden for line in lines):
                notes.add("hidden_text", Severity.WARNING, one.place, HIDDEN)
    return notes
