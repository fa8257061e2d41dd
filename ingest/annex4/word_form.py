"""Forms as a Word document: A4 across, a table with rules, its header on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.annex4.form import Form, notes_text, row_cells

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

CENTIMETRES = (1.4, 4.6, 4.4, 9.0, 2.2, 4.1)  # of the columns; between the margins lie 25.7
CENTRED = (0, 4, 5)
TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋"
TITLE_POINTS, HEAD_POINTS, BODY_POINTS = 18, 12, 10.5
SPACE_POINTS = 1.5  # above and below each line of a cell, to keep letters off the rules


def word_document(forms: Sequence[Form]) -> bytes:
    """Return the forms as the bytes of a document, each on a page of its own."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    for number, form in enumerate(forms):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _add_form(document, form)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_form(document: Document, form: Form) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, form.title, TITLE_FONT, TITLE_POINTS)
    _write(document.add_paragraph(), form.head, BODY_FONT, HEAD_POINTS)
    table = document.add_table(rows=1, cols=len(form.columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, centimetres in zip(table.columns, CENTIMETRES, strict=True):
        column.width = Cm(centimetres)
    rows = [form.columns, *(row_cells(row) for row in form.rows)]
    for number, texts in enumerate(rows):
        cells = (table.rows[0] if number == 0 else table.add_row()).cells
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.width = Cm(CENTIMETRES[column])
            _fill(cell, text, centred=number == 0 or column in CENTRED)
    _repeat_header(table.rows[0])
    _write(document.add_paragraph(), notes_text(form), BODY_FONT, BODY_POINTS)


def _fill(cell: _Cell, text: str, centred: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(SPACE_POINTS)
        paragraph.paragraph_format.space_after = Pt(SPACE_POINTS)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line, BODY_FONT, BODY_POINTS)


def _write(paragraph: Paragraph, text: str, font: str, points: float) -> None:
    """Add a text in a font; Chinese characters take theirs from an attribute of its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(points)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)


def _repeat_header(row: _Row) -> None:
    """Have Word print the header again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
