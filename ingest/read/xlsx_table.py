"""Tables of an xlsx file: what is written on a sheet as cells on a grid, what is odd noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Cell, Place, Severity, Table
from ingest.read.limits import Meter
from ingest.read.notes import STRUCK, Notes
from ingest.read.xlsx_grid import Grid, Square, grid_of
from ingest.read.xlsx_sheet import Entry, Sheet
from ingest.read.xlsx_text import lines
from ontology.sentence import Sentence

_HIDDEN = Sentence("此行被隐藏，仍已读取", "the row is hidden; it was read all the same")
_FILTERED = Sentence(
    "此行被筛选隐藏，仍已读取", "the row is hidden by a filter; it was read all the same"
)


def table_of(sheet: Sheet, place: Place, hidden: bool, notes: Notes, meter: Meter) -> Table:
    """Return the table of a sheet something is written on."""
    entries = {(entry.row, entry.column): entry for entry in sheet.entries}
    grid = grid_of(entries, sheet.areas, meter.limits.cells)
    height, width = max(grid.rows.values()) + 1, max(grid.columns.values()) + 1
    meter.use("rows", len(grid.rows), str(place))
    meter.use("squares", height * width, str(place))
    making = _Making(sheet, entries, grid, place, hidden, notes)
    making.note_hidden()
    return Table(tuple(making.cells()), place, hidden)


@dataclass(frozen=True)
class _Making:
    """A table in the making."""

    sheet: Sheet
    entries: dict[Square, Entry]
    grid: Grid
    place: Place
    hidden: bool
    notes: Notes

    def cells(self) -> Iterator[Cell]:
        """Yield the cells row by row; merged ones are there even where they are empty."""
        for square in sorted(self.entries.keys() | self.grid.areas.keys()):
            place = self.place.at(row=square[0], column=square[1])
            if square not in self.grid.covered:
                yield self._cell(square, place)
            else:
                message = Sentence(
                    "合并单元格下面还有一个不显示的值，未读取",
                    "a value under merged cells is not shown and was left out",
                )
                self.notes.add("covered_value", Severity.NOTICE, place, message)

    def _cell(self, square: Square, place: Place) -> Cell:
        row, column = square
        row_span, column_span = self.grid.span(square)
        entry = self.entries.get(square)
        if entry is not None:
            self._note(entry, place)
        return Cell(
            () if entry is None else lines(entry.value.runs),
            place,
            self.grid.rows[row],
            self.grid.columns[column],
            row_span,
            column_span,
            hidden=self.hidden or self._is_hidden(square),
            formula=None if entry is None else entry.formula,
            typed="text" if entry is None else entry.value.typed,
        )

    def _is_hidden(self, square: Square) -> bool:
        """Whether nothing of a cell is shown: all its rows are hidden, or all its columns."""
        area = self.grid.areas.get(square)
        if area is None:
            return self.sheet.is_hidden(*square)
        rows = range(area.top, area.bottom + 1)
        return all(row in self.sheet.hidden_rows for row in rows) or all(
            self.sheet.hidden_columns[area.left : area.right + 1]
        )

    def note_hidden(self) -> None:
        """Note the hidden rows and columns something is written in."""
        for row in sorted(self.sheet.hidden_rows & self.grid.rows.keys()):
            message = _FILTERED if self.sheet.filtered else _HIDDEN
            self.notes.add("hidden_row", Severity.WARNING, self.place.at(row=row), message)
        for column in self.grid.columns:
            if self.sheet.hidden_columns[column]:
                message = Sentence(
                    "此列被隐藏，仍已读取", "the column is hidden; it was read all the same"
                )
                place = self.place.at(column=column)
                self.notes.add("hidden_column", Severity.WARNING, place, message)

    def _note(self, entry: Entry, place: Place) -> None:
        """Note what is odd about an entry."""
        text = "".join(run.text for run in entry.value.runs)
        if entry.value.lost:
            message = Sentence(
                "号码丢失了位数，请以文本格式重新输入",
                "figures of the number are lost; type it in as text",
            )
            self.notes.add("number_lost", Severity.WARNING, place, message, text)
        if entry.unknown:
            message = Sentence(
                "公式没有保存计算结果，请打开文件重新保存",
                "no value is kept of the formula; open the file, save it again",
            )
            self.notes.add(
                "formula_without_value", Severity.WARNING, place, message, entry.formula or ""
            )
        if entry.fault:
            message = Sentence("公式出错", "the formula has gone wrong")
            self.notes.add("formula_error", Severity.WARNING, place, message, text)
        if entry.picture:
            self.notes.add(
                "drawing_ignored",
                Severity.NOTICE,
                place,
                Sentence("图片未读取", "a picture is not read"),
            )
        if any(run.struck and run.text.strip() for run in entry.value.runs):
            self.notes.add("struck_out", Severity.WARNING, place, STRUCK)
