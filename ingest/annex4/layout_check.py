"""What is to be said of how a table is laid out: rows and columns hidden, texts struck out."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.annex4.header import cell_text
from ingest.annex4.reading import ReadTable
from ingest.annex4.remarks import remark
from ingest.annex4.titles import PERSONAL
from ingest.document import Cell, Finding
from ontology.sentence import Sentence


def check_rows(table: ReadTable) -> Iterator[Finding]:
    """Yield the hidden rows and columns of a table, and what is struck out in it."""
    for entry in table.entries:
        row = entry.row
        if row.hidden:
            yield remark(
                "hidden_row",
                row.place,
                Sentence(
                    "此行被隐藏，是否要申报？", "this row is hidden; is it meant to be filed?"
                ),
            )
        for role, cells in row.cells.items():
            for cell in cells:
                if cell.row == row.number and _is_struck(cell):
                    found = "" if role in PERSONAL else cell_text(cell)
                    yield remark(
                        "struck_out",
                        cell.place,
                        Sentence("此处内容划有删除线", "this is struck out"),
                        found,
                    )
    yield from _hidden_columns(table)


def _hidden_columns(table: ReadTable) -> Iterator[Finding]:
    shown = [entry.row for entry in table.entries if not entry.row.hidden]
    for role in shown[0].cells if shown else ():
        cells = [row.cells[role][0] for row in shown if row.cells[role]]
        if cells and all(cell.hidden for cell in cells):
            place = cells[0].place.at(row=None)
            yield remark(
                "hidden_row",
                place,
                Sentence(
                    "此列被隐藏，是否要申报？", "this column is hidden; is it meant to be filed?"
                ),
            )


def _is_struck(cell: Cell) -> bool:
    return any(line.struck and line.text.strip() for line in cell.lines)
