"""Lists that lost their table: one paragraph for each cell, or one numbered line for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Cell, Document, Finding, Line, Paragraph, Severity, Table
from ingest.lists.columns import Column, column_of
from ingest.lists.sequence import read_number
from ingest.refold import groups_of, table_of
from ontology.sentence import Sentence

# A number is one only with a mark or blank behind it that no decimal or year has.
_NUMBERED = re.compile(r"^\s*[（(]?(\d{1,5})(?:[)）、．]|\.(?!\d)|\s)\s*(\S.*)$")
_LEAST_ROWS = 2


def refolded(document: Document) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """Return the tables that a document without tables was, with what was cut off."""
    paragraphs = [
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.line.text.strip()
    ]
    for start, paragraph in enumerate(paragraphs):
        if _is_number_title(paragraph):
            return _folded(paragraphs, start)
    return _numbered(paragraphs), ()


def _is_number_title(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but the title of the first column of a list."""
    found = column_of(paragraph.line.text)
    return found is not None and found[0] is Column.NUMBER


def _folded(
    paragraphs: Sequence[Paragraph], start: int
) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """Fold paragraphs by the number of titles, as long as each group begins with the next number.

    The titles end where the first number begins.
    """
    numbers = range(start + 1, len(paragraphs))
    begin = next((at for at in numbers if _number_of(paragraphs[at]) is not None), len(paragraphs))
    width = begin - start
    if width < 2 or any(column_of(one.line.text) is None for one in paragraphs[start:begin]):
        return (), ()
    rows = groups_of(paragraphs[begin:], width, read_number)
    cut = [row for row in rows if len(row) < width]
    findings = tuple(_cut_row(row[0], width, len(row)) for row in cut)
    return (table_of([paragraphs[start:begin], *rows]),), findings


def _cut_row(paragraph: Paragraph, width: int, left: int) -> Finding:
    """Return the finding that the last row of a list was cut off."""
    return Finding(
        "cut_row",
        Severity.WARNING,
        paragraph.place,
        Sentence(
            f"最后一行只有{width}格中的{left}格，页面在此处被截断",
            f"the last row has {left} of {width} cells; the page was cut off here",
        ),
        paragraph.line.text.strip(),
    )


def _numbered(paragraphs: Sequence[Paragraph]) -> tuple[Table, ...]:
    """Return numbered lines as a table of number and enterprise.

    A line counts where its number goes on with the sequence: a year at the start of a sentence
    does not.
    """
    rows: list[tuple[Paragraph, tuple[str, str]]] = []
    expected: int | None = None
    for paragraph in paragraphs:
        split = _split(paragraph)
        number = read_number(split[0]) if split else None
        if split is None or number is None or (expected is None and number != 1):
            continue
        if expected is not None and number != expected:
            continue
        rows.append((paragraph, split))
        expected = number + 1
    if len(rows) < _LEAST_ROWS:
        return ()
    place = rows[0][0].place
    titles = tuple(
        Cell((Line(title),), place, 0, at) for at, title in enumerate(("序号", "企业名称"))
    )
    cells = tuple(
        Cell((Line(text),), paragraph.place, row, at)
        for row, (paragraph, split) in enumerate(rows, 1)
        for at, text in enumerate(split)
    )
    return (Table((*titles, *cells), place),)


def _split(paragraph: Paragraph) -> tuple[str, str] | None:
    if paragraph.line.label and read_number(paragraph.line.label) is not None:
        return paragraph.line.label, paragraph.line.text
    found = _NUMBERED.match(paragraph.line.text)
    return (found[1], found[2]) if found else None


def _number_of(paragraph: Paragraph) -> int | None:
    return read_number(paragraph.line.text)
