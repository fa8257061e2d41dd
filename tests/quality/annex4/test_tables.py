"""Whole tables: drawn as their notation says, measured by sheet and row."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Finding, Place, Severity
from ontology.sentence import Sentence
from tests.quality.annex4.tables import Entry, case, load_tables, tables_measured


def test_a_table_is_drawn_with_merged_and_hidden_cells() -> None:
    drawn = case(Entry(id="drawn", pattern="94", set="tune", what="", finds=["hidden_row@a"],
                       table="TITLE\nHEADER\n1 | . | . | . | . | .\n"
                             "[a] (hidden) 2 | ^ | . | . | . | .\n3 | | | | | "))  # fmt: skip
    table = drawn.document.tables[0]
    title, enterprise, empty = (table.covering(*at) for at in ((0, 5), (3, 1), (4, 1)))
    assert title is not None
    assert title.column_span == 6
    assert enterprise is not None
    assert (enterprise.row, enterprise.row_span) == (2, 2)
    assert empty is not None
    assert empty.text == ""
    assert drawn.wanted[0].row == ("推荐汇总表", 4)


def test_cells_of_a_line_are_counted_with_the_empty_ones() -> None:
    drawn = case(
        Entry(id="drawn", pattern="92", set="tune", what="", table="HEADER\n1 | | | 略 | | ")
    )
    table = drawn.document.tables[0]
    assert [cell.text for cell in table.cells if cell.row == 1] == ["1", "", "", "略", "", ""]


def test_plain_rows_of_one_document_are_all_different() -> None:
    for one in load_tables():
        for table in one.document.tables:
            lines = [cell.text for cell in table.cells if "—" in cell.text and not cell.struck]
            assert len(lines) == len({*lines}) or "duplicate_in_table" in one.entry.also


def test_a_silent_checker_misses_what_every_table_asks_for() -> None:
    results = tables_measured(load_tables(), lambda document: ())
    assert all(one.missed == one.case.wanted and one.alarms == () for one in results)
    assert sum(bool(one.missed) for one in results) >= 30


def test_tables_are_measured_by_sheet_and_row() -> None:
    faulty = next(one for one in load_tables() if one.entry.id == "fault-on-second-sheet")
    place = Place(faulty.document.name, sheet="海滨市", row=5)

    def said(row: int) -> Sequence[Finding]:
        return [Finding("instance_missing", Severity.ERROR, place.at(row=row), Sentence("", ""))]

    (right,) = tables_measured([faulty], lambda document: said(5))
    (elsewhere,) = tables_measured([faulty], lambda document: said(4))
    assert (right.missed, right.alarms) == ((), ())
    assert (len(elsewhere.missed), len(elsewhere.alarms)) == (1, 1)
