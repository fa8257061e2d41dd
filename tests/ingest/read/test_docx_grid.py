"""Merged cells whose parts disagree about how wide they are; found by the fuzzer."""

from ingest.read.docx import read
from ingest.read.limits import LIMITS
from tests.ingest.read.office_files import cell, docx, row, table

BEGINS = '<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>'
GOES_ON = "<w:vMerge/>"


def squares(*rows: str) -> list[list[str]]:
    (found,) = read("list.docx", docx(table(*rows, widths=(1000, 1000, 1000))), LIMITS).tables
    covered = sum(one.row_span * one.column_span for one in found.cells)
    assert covered == sum(square is not None for line in found.rows() for square in line)
    return [[square.text if square else "—" for square in line] for line in found.rows()]


def test_a_merged_cell_keeps_its_width_where_the_row_below_leaves_it_out() -> None:
    assert squares(row(cell("甲", BEGINS), "乙"), row(cell("", GOES_ON), "丙")) == [
        ["甲", "甲", "乙"], ["甲", "甲", "丙"],
    ]  # fmt: skip


def test_a_full_row_below_a_wider_merged_cell_ends_the_merge() -> None:
    assert squares(row(cell("甲", BEGINS), "乙"), row(cell("", GOES_ON), "丙", "丁")) == [
        ["甲", "甲", "乙"], ["", "丙", "丁"],
    ]  # fmt: skip
