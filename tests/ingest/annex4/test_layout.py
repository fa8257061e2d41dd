"""Where the table lies: titles, labels, headers of any form, notes, groups, several tables."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from ingest.document import Document, Kind, Line, Paragraph, Place
from ingest.read.reader import read_document
from tests.ingest.annex4.tables import (
    GOOD,
    HEADER,
    MOBILE,
    TITLE,
    UNIT,
    checked,
    checker,
    codes,
    document,
    found,
    items,
    row,
    rows_with,
)


def applicants(of: Document) -> list[str]:
    """Return the enterprises read of a document."""
    return [e.applicant for t in checker().check(of).tables for e in t.entries]


ONE, TWO = "江城第1示范机械有限公司", "江城第2示范机械有限公司"


def test_title_and_label_above_the_header_say_level_and_unit() -> None:
    rows = [["附件4", *[""] * 5], *rows_with(row(1))]
    (table,) = checker().check(document(rows, spans={(1, 0): (1, 6)})).tables
    assert (table.title, table.level, table.unit, table.unit_kind) == (
        TITLE, "卓越级", "江苏省工业和信息化厅", "province",
    )  # fmt: skip


def test_title_and_label_may_stand_in_paragraphs_before_the_table() -> None:
    (table,) = (
        checker().check(document([list(HEADER), row(1)], above=["附件4", TITLE, UNIT])).tables
    )
    assert (table.level, table.unit) == ("卓越级", "江苏省工业和信息化厅")


def test_the_unit_may_stand_in_the_cell_beside_its_label() -> None:
    rows = rows_with(row(1))
    rows[1] = ["推荐单位（盖章）：", "宁波市经济和信息化局", *[""] * 4]
    assert checker().check(document(rows)).tables[0].unit_kind == "planned_city"


@pytest.mark.parametrize(
    "header",
    [
        (
            "序 号",
            "申报单位",
            "项目名称",
            "涉及典型场景实例\n（罗列）",
            "联系人",
            "联系方式\n（手机号）",
        ),
        ("\ufeff序号", "企业名称", "智能工厂名称", "典型场景实例", "联系人姓名", "联系人电话"),
        (
            "序□号",
            "申报单位\u00a0名称 ",
            "项目（智能工厂）名称",
            "涉及典型场景",
            "姓名",
            "手机号码",
        ),
        ("No.", "单位名称", "申报项目名称", "场景实例（罗列）*", "联系人", "手机"),
    ],
)
def test_titles_are_known_whatever_stands_around_them(header: tuple[str, ...]) -> None:
    check = checker().check(document([list(header), row(1)]))
    (entry,) = check.tables[0].entries
    assert (entry.applicant, entry.project, len(entry.items)) == (ONE, "变速箱智能工厂1", 2)
    assert [one.kind for one in check.contacts] == ["person", "mobile"]


def test_columns_may_come_in_another_order_with_others_between() -> None:
    header = [
        "推荐意见",
        "联系方式（手机号）",
        "所属地市",
        "涉及典型场景实例",
        "企业名称",
        "项目名称",
        "备注",
    ]
    rows = [header, ["同意", MOBILE, "江城市", GOOD[0], ONE, "变速箱智能工厂", ""]]
    check = checker().check(document(rows))
    assert [e.applicant for e in check.tables[0].entries] == [ONE]
    assert codes(check) == []


def test_a_header_of_two_levels_is_one_header() -> None:
    upper = ["序号", "申报单位名称", "项目名称", "涉及典型场景实例", "联系人", "联系人"]
    lower = ["", "", "", "", "姓名", "手机号"]
    spans = {(0, n): (2, 1) for n in range(4)} | {(0, 4): (1, 2)}
    check = checker().check(document([upper, lower, row(1)], spans=spans))
    assert [e.applicant for e in check.tables[0].entries] == [ONE]
    assert [one.kind for one in check.contacts] == ["person", "mobile"]


def test_segment_scene_and_instance_may_have_columns_of_their_own() -> None:
    header = ["序号", "申报单位名称", "项目名称", "环节名称", "典型场景", "实例名称"]
    cells = ["1", ONE, "变速箱智能工厂", "质量管控", "在线智能检测", "轮毂判读"]
    check = checker().check(document([header, cells]))
    (item,) = check.tables[0].entries[0].items
    assert (item.segment_written, item.scene_written, item.instance) == (
        "质量管控", "在线智能检测", "轮毂判读",
    )  # fmt: skip


def test_several_rows_of_one_project_are_one_project() -> None:
    rows = rows_with(row(1), ["", "", "", GOOD[1], "", ""])
    spans = {(3, column): (2, 1) for column in (0, 1, 2, 4, 5)}
    check = checker().check(document(rows, spans=spans))
    assert [entry.continues for entry in check.tables[0].entries] == [False, True]
    assert sum(len(entry.items) for entry in check.tables[0].entries) == 4
    assert codes(check) == []


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    rows = rows_with(row(1), HEADER, row(2, GOOD[1]))
    assert applicants(document(rows)) == [ONE, TWO]


def test_a_second_table_below_has_its_own_unit() -> None:
    second = rows_with(row(2, GOOD[1]), unit="推荐单位（盖章）：浙江省经济和信息化厅")
    check = checker().check(document([*rows_with(row(1)), [""] * 6, *second]))
    assert [table.unit for table in check.tables] == [
        "江苏省工业和信息化厅",
        "浙江省经济和信息化厅",
    ]
    assert [len(table.entries) for table in check.tables] == [1, 1]


def test_a_table_may_lie_on_any_sheet() -> None:
    first = document([["说明"], ["本表由各市汇总"]])
    second = document(rows_with(row(1)))
    both = Document("汇总表.xlsx", Kind.XLSX, (*first.blocks, *second.blocks))
    assert applicants(both) == [ONE]


def test_blank_and_numbered_empty_rows_are_nothing() -> None:
    rows = rows_with(row(1), [""] * 6, row(2, GOOD[1]), *(["3", *[""] * 5], ["4", *[""] * 5]))
    check = checker().check(document(rows))
    assert len(check.tables[0].entries) == 2
    assert codes(check) == []


@pytest.mark.parametrize(
    "note",
    [
        "注：1. 推荐的卓越级智能工厂项目按优先次序排名；",
        ".....",
        "……",
        "合计",
        "2024年11月28日",
        "年 月 日",
        "（盖章）",
        "填表人：甲某",
        "备注：无",
    ],
)
def test_notes_totals_dates_and_stamps_are_no_rows(note: str) -> None:
    rows = rows_with(row(1), [note, *[""] * 5])
    for spans in ({}, {(4, 0): (1, 6)}):
        check = checker().check(document(rows, spans=spans))
        assert codes(check) == ["not_data"]
        assert len(check.tables[0].entries) == 1


def test_contacts_in_notes_are_masked() -> None:
    check = checked(row(1), [f"填表人：甲某 电话：{MOBILE}", *[""] * 5])
    (finding,) = found(check, "not_data")
    assert finding.found == "填表人：〔联系人〕 电话：〔手机号〕"


def test_a_table_of_another_edition_is_judged_by_that_one() -> None:
    cells = (
        "1. 生产作业—柔性产线快速换产—换模\n2. 生产作业—在线智能检测—轮毂",
        "1. 生产管理—车间智能排产—总装\n2. 生产管理—仓储智能管理—立体库",
    )
    check = checked(row(1, cells[0]), row(2, cells[1]))
    assert (check.tables[0].edition, check.tables[0].edition_basis) == ("2025", "names")
    assert codes(check) == []


def test_an_edition_that_is_asked_for_overrules_the_names() -> None:
    rows = rows_with(row(1, "生产作业—在线智能检测—轮毂"))
    check = checker().check(document(rows), edition="2024")
    assert codes(check) == ["other_edition"]


def test_a_table_of_a_paragraph_for_each_cell_is_folded_back() -> None:
    cells = [*HEADER, *row(1), *row(2, GOOD[1])]
    paragraphs = [
        Paragraph(Line(text), Place("页.html", line=number))
        for number, text in enumerate([TITLE, UNIT, *cells, "打印本页"], start=1)
    ]
    page = Document("页.html", Kind.HTML, tuple(paragraphs))
    assert applicants(page) == [ONE, TWO]
    (table,) = checker().check(page).tables
    assert (table.level, table.unit) == ("卓越级", "江苏省工业和信息化厅")


def test_paragraphs_whose_numbers_do_not_go_on_are_no_table() -> None:
    cells = [*HEADER, *row(2), *row(3)]
    paragraphs = tuple(Paragraph(Line(text), Place("页.html", line=1)) for text in cells)
    assert codes(checker().check(Document("页.html", Kind.HTML, paragraphs))) == ["no_table"]


def test_a_document_without_such_a_table_says_so() -> None:
    check = checker().check(document([["产品", "价格"], ["轮毂", "100"]]))
    assert codes(check) == ["no_table"]


def test_the_reader_s_own_findings_come_along_without_contacts() -> None:
    plain = document(rows_with(row(1)))
    (finding,) = found(checked(row(1, "质量管控—在线智能检测")), "instance_missing")
    said = replace(
        finding, code="drawing_ignored", found=f"甲某 {MOBILE}", place=Place("汇总表.xlsx")
    )
    check = checker().check(replace(plain, findings=(said,)))
    assert [(one.code, one.found) for one in check.findings] == [
        ("drawing_ignored", "〔联系人〕 〔手机号〕")
    ]


def test_a_table_within_the_scene_cell_is_read_once() -> None:
    word = docx.Document()
    table = word.add_table(rows=2, cols=len(HEADER))
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, row(1, ""), strict=True):
        cell.text = text
    inner = table.rows[1].cells[3].add_table(rows=1, cols=3)
    for cell, text in zip(inner.rows[0].cells, ("质量管控", "在线智能检测", "轮毂"), strict=True):
        cell.text = text
    written = io.BytesIO()
    word.save(written)
    check = checker().check(read_document("表.docx", written.getvalue()))
    assert items(check) == [("质量管控", "在线智能检测", "轮毂")]
    assert "duplicate_in_table" not in codes(check)
