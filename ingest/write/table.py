"""A table as a file for a spreadsheet: CSV or xlsx, no cell of which ever runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ingest.write.reproducible import reproducible

Cell = str | int | float | None
# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
RUNS = re.compile(r"^\s*[=+\-@\t\r]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
LONGEST_TITLE = 31  # of a sheet
NO_TITLE = re.compile(r"[\[\]:*?/\\]")
WIDEST, NARROWEST = 60, 8  # of a column, in characters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading and rows of it, each as long as the heading."""

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def to_csv(sheet: Sheet) -> bytes:
    """Return the sheet as CSV in UTF-8 with a mark, which Excel needs to read Chinese."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(sheet.heading)
    writer.writerows([_quiet(cell) for cell in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as one workbook, headings fixed and bold."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return reproducible(stream.getvalue())


def _quiet(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: a mark before it makes it text."""
    if not isinstance(cell, str):
        return cell
    text = UNPRINTABLE.sub("", cell)
    return f"'{text}" if RUNS.match(text) else text


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(NO_TITLE.sub(" ", sheet.title)[:LONGEST_TITLE])
    for down, row in enumerate((sheet.heading, *sheet.rows), start=1):
        for across, value in enumerate(row, start=1):
            cell = page.cell(down, across)
            cell.value = UNPRINTABLE.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = stays a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=down == 1)
    page.freeze_panes = "A2"
    for across, name in enumerate(sheet.heading, start=1):
        longest = max((len(str(row[across - 1] or "")) for row in sheet.rows), default=0)
        width = max(NARROWEST, min(WIDEST, 2 * max(longest, len(name))))
        page.column_dimensions[get_column_letter(across)].width = width
