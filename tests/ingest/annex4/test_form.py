"""The form written anew: put right where that is sure, the same when it is read back."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from openpyxl import load_workbook

from ingest.annex4.excel_form import HEADER_ROW, LINE_HEIGHT
from ingest.annex4.form import Filing, Form, items_text
from ingest.annex4.reading import read_tables
from ingest.annex4.write import check_read_back, write_forms
from ingest.read.reader import read_document
from ontology.conditions import load_conditions
from ontology.errors import InvalidValue
from tests.ingest.annex4.tables import GOOD, MOBILE, checked, nomenclature, row

CELL = (
    "1. 生产作业（环节名）— 人机协同作业（场景名）— 双臂机器人（实例名）\n"
    "2. 仓储物流—在线智能检测—轮毂判读\n"
    "3. 仓储物流—智能仓诸—5G-A立体库—冷链区\n4. 设备管理—设备运行优华—主轴\n5. 轮毂自动打磨\n6. 无"
)
EXAMPLE = (
    "1. 生产作业（环节名）— 人机协同作业（场景名）— "
    "多机协同的发动机壳体柔性加工与检测（实例名）\n2."
)


def form(*cells: str, provisional: bool = False, contacts: bool = False) -> Form:
    """Return the form of a table with rows of these scene cells."""
    check = checked(*(row(n, cell) for n, cell in enumerate(cells, start=1)))
    filing = Filing(load_conditions().table, nomenclature(), provisional)
    (filled,) = filing.forms(check, contacts)
    return filled


def test_what_is_sure_is_put_right_and_the_rest_stays() -> None:
    assert form(CELL, *GOOD).rows[0].items == (
        "生产作业—人机协同作业—双臂机器人",
        "质量管控—在线智能检测—轮毂判读",
        "仓储物流—智能仓储—5G-A立体库—冷链区",
        "设备管理—设备运行优华—主轴",
        "轮毂自动打磨",
    )


def test_a_provisional_name_is_put_in_only_where_that_is_asked() -> None:
    assert form(CELL, *GOOD, provisional=True).rows[0].items[3] == "设备管理—设备运行优化—主轴"


def test_every_change_is_told() -> None:
    told = [(one.place.item, one.after) for one in form(CELL, *GOOD).corrections]
    assert told == [
        (1, "生产作业—人机协同作业—双臂机器人"),
        (2, "质量管控—在线智能检测—轮毂判读"),
        (3, "仓储物流—智能仓储—5G-A立体库—冷链区"),
        (6, ""),
    ]


def test_the_printed_example_is_not_filed() -> None:
    assert form(EXAMPLE, *GOOD).rows[0].items == ()


def test_title_header_and_notes_are_those_of_the_notice() -> None:
    filled = form(*GOOD)
    assert filled.title == "卓越级智能工厂项目推荐汇总表"
    assert filled.head == "推荐单位（盖章）：江苏省工业和信息化厅"
    assert filled.columns[3] == "涉及典型场景实例（罗列）"
    assert filled.notes[0] == "推荐的卓越级智能工厂项目按优先次序排名；"


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_a_written_form_is_read_back_as_it_was_written(name: str) -> None:
    forms = (form(CELL, *GOOD), form(*GOOD))
    data = write_forms(forms, name)
    again = read_tables(read_document(name, data), nomenclature(), load_conditions())
    check_read_back(forms, again.tables)
    assert [table.raw.title for table in again.tables] == [forms[0].title] * 2
    assert again.contacts == ()


def test_a_form_that_reads_back_otherwise_is_refused() -> None:
    forms = (form(*GOOD),)
    data = write_forms(forms, "表.xlsx")
    again = read_tables(read_document("表.xlsx", data), nomenclature(), load_conditions())
    other = replace(forms[0], rows=(replace(forms[0].rows[0], project="另一工厂"),))
    with pytest.raises(InvalidValue, match="read back"):
        check_read_back((other,), again.tables)


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_contacts_are_written_only_where_they_are_asked_for(name: str) -> None:
    for asked in (False, True):
        data = write_forms((form(*GOOD, contacts=asked),), name)
        again = read_tables(read_document(name, data), nomenclature(), load_conditions())
        kinds = [contact.kind for contact in again.contacts]
        assert kinds == (["person", "mobile"] * 2 if asked else [])


def test_nothing_written_into_a_workbook_is_a_formula_or_a_number() -> None:
    data = write_forms((form("质量管控—在线智能检测—=1+1", GOOD[0], contacts=True),), "表.xlsx")
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    values = [cell for cells in sheet.iter_rows() for cell in cells if cell.value is not None]
    assert {cell.data_type for cell in values} == {"s"}
    assert MOBILE in {cell.value for cell in values}


def test_a_word_table_has_its_header_on_every_page() -> None:
    table = docx.Document(io.BytesIO(write_forms((form(*GOOD),), "表.docx"))).tables[0]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert table.cell(1, 3).text == items_text(form(*GOOD).rows[0].items)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"\.docx or \.xlsx"):
        write_forms((form(*GOOD),), "表.pdf")


def test_a_row_is_as_high_as_its_lines_a_number_being_narrow() -> None:
    book = load_workbook(io.BytesIO(write_forms([form(*GOOD, contacts=True)], "表.xlsx")))
    heights = {
        number: book.worksheets[0].row_dimensions[number].height for number in (HEADER_ROW + 1, 5)
    }
    assert heights == {HEADER_ROW + 1: 2 * LINE_HEIGHT, 5: 2 * LINE_HEIGHT}
