"""Tables as files for spreadsheets."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ingest.write.table import Sheet, to_csv, to_xlsx

SHEET = Sheet(
    "标准群: S17/现行?", ("编号", "名称", "采用企业"),
    (("GB/T 39116-2020", "智能制造能力成熟度模型", 3), ("=1+1", "+86 是文字", None)),
)  # fmt: skip


def test_csv_is_read_by_excel_as_chinese_and_runs_nothing() -> None:
    written = to_csv(SHEET)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert rows == [
        ["编号", "名称", "采用企业"],
        ["GB/T 39116-2020", "智能制造能力成熟度模型", "3"],
        ["'=1+1", "'+86 是文字", ""],
    ]


def test_xlsx_keeps_numbers_as_numbers_and_formulas_as_text() -> None:
    book = load_workbook(io.BytesIO(to_xlsx([SHEET])))
    page = book.worksheets[0]
    assert page.title == "标准群  S17 现行 "
    assert [cell.value for cell in page[2]] == ["GB/T 39116-2020", "智能制造能力成熟度模型", 3]
    assert (page["A3"].value, page["A3"].data_type) == ("=1+1", "s")


@given(st.text(max_size=30))
def test_any_text_can_be_written_and_none_starts_a_formula(text: str) -> None:
    sheet = Sheet("a", ("b",), ((text,),))
    load_workbook(io.BytesIO(to_xlsx([sheet])))
    (cell,) = list(csv.reader(io.StringIO(to_csv(sheet).decode("utf-8-sig"), newline="")))[1] or [
        ""
    ]
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
