"""Forms as an Excel workbook: a sheet each, every cell a text, the header on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.annex4.form import Form, notes_text, row_cells

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

CHARACTERS = (7, 26, 26, 62, 12, 18)  # widths of the columns
CENTRED = (1, 5, 6)
TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋"
TITLE_POINTS, BODY_POINTS = 18, 11
SHEET = "推荐汇总表"
HEADER_ROW = 3
TITLE_HEIGHT, LINE_HEIGHT = 32.0, 17.0  # points


def workbook(forms: Sequence[Form]) -> bytes:
    """Return the forms as the bytes of a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=False)
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for number, form in enumerate(forms, start=1):
        _fill(book.create_sheet(SHEET if len(forms) == 1 else f"{SHEET}{number}"), form)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: Worksheet, form: Form) -> None:
    width = len(form.columns)
    _whole_row(sheet, 1, form.title, width)
    _whole_row(sheet, 2, form.head, width)
    rows = [form.columns, *(row_cells(row) for row in form.rows)]
    for number, texts in enumerate(rows, start=HEADER_ROW):
        for column, text in enumerate(texts, start=1):
            centred = number == HEADER_ROW or column in CENTRED
            _write(sheet.cell(number, column), text, centred, ruled=True)
        sheet.row_dimensions[number].height = LINE_HEIGHT * _lines(texts)
    _whole_row(sheet, HEADER_ROW + len(rows), notes_text(form), width)
    _lay_out(sheet)


def _whole_row(sheet: Worksheet, number: int, text: str, width: int) -> None:
    _write(sheet.cell(number, 1), text, centred=number == 1, ruled=False)
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)


def _write(cell: Cell | MergedCell, text: str, centred: bool, ruled: bool) -> None:
    """Write a text as a text: nothing that begins like a formula or a number becomes one."""
    from openpyxl.styles import Alignment, Border, Font, Side

    cell.value, cell.data_type, cell.number_format = text, "s", "@"
    cell.font = Font(name=BODY_FONT, size=BODY_POINTS)
    cell.alignment = Alignment(
        horizontal="center" if centred else "left", vertical="center", wrap_text=True
    )
    if ruled:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _lay_out(sheet: Worksheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet["A1"].font = Font(name=TITLE_FONT, size=TITLE_POINTS)
    sheet.row_dimensions[1].height = TITLE_HEIGHT
    for column, characters in enumerate(CHARACTERS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = characters
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(texts: Sequence[str]) -> int:
    """Return how many lines the tallest cell of a row takes; a Chinese character is two wide."""
    return max(
        sum(max(1, -(-_width(line) // CHARACTERS[column])) for line in text.split("\n"))
        for column, text in enumerate(texts)
    )


def _width(line: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in line)
