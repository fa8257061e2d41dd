"""The columns beside the scenes: enterprises, projects, levels, numbers and contacts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.annex4.check import Check
from ingest.document import Document, Finding, Kind, Place, Severity, Table
from ontology.sentence import Sentence
from tests.ingest.annex4.tables import (
    FILE,
    GOOD,
    MOBILE,
    OFFICE,
    SHEET,
    UNIT,
    checked,
    checker,
    codes,
    document,
    found,
    row,
    rows_with,
)


def test_a_table_without_fault_has_no_finding() -> None:
    assert codes(checked(row(1, GOOD[0]), row(2, GOOD[1]))) == []


@pytest.mark.parametrize(
    ("applicant", "expected"),
    [
        ("江城示范机械(江城)有限公司", []),
        ("江城示范机械有限公 司", []),
        ("江城示范机械有限公司（原江城农机有限公司）", ["old_name"]),
        ("江城示范机械有限公司（曾用名：江城农机有限公司）", ["old_name"]),
        ("江城示范机械有限公司—变速箱智能工厂", ["name_and_factory"]),
        ("江城示范机械有限公司（变速箱工厂）", ["name_and_factory"]),
        ("江城示范机械有限公司变速箱智能工厂", ["name_and_factory"]),
        ("江城示范机械有限公司江城分公司", []),
        ("江城制药有限公司（原料药基地）", ["name_and_factory"]),
        ("江城示范机械（集团）有限公司", []),
        ("江城示范集团", ["short_name"]),
        ("江城示范", ["short_name"]),
        ("示范集团江城示范机械有限公司", ["short_name"]),
        ("江城\ufffd范机械有限公司", ["damaged_text"]),
        ("江城示范机械有限公司（由江城农机有限公司更名而来）", ["old_name"]),
        ("江城示范机械有限公司（旧称江城农机厂）", ["old_name"]),
        ("江城示范机械有限公司，曾用名：江城农机厂", ["old_name"]),
        ("江城农机有限公司（现更名为江城示范机械有限公司）", ["old_name"]),
        ("江城示范机械有限公司（由省国资委控股）", []),
        ("同上", ["placeholder"]),
        ("〃", ["placeholder"]),
        ("XX有限公司", ["placeholder"]),
        ("某某集团有限公司", ["placeholder"]),
        ("XX5示范机械有限公司", []),
        ("#REF!", ["formula_without_value"]),
        ("", ["enterprise_missing"]),
    ],
)
def test_the_enterprise_is_a_full_registered_name(applicant: str, expected: list[str]) -> None:
    assert codes(checked(row(1), row(2, GOOD[1], applicant=applicant))) == expected


def test_the_present_name_is_proposed_and_the_old_one_kept() -> None:
    check = checked(row(1, applicant="江城示范机械有限公司（原江城农机有限公司）"))
    (entry,) = check.tables[0].entries
    assert (entry.applicant, entry.old_name) == ("江城示范机械有限公司", "江城农机有限公司")


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ("变速箱卓越级智能工厂", []),
        ("轮毂数字化车间智能工厂", []),
        ("轮毂先进级智能工厂", ["level_conflict"]),
        ("轮毂出色级智能工厂", ["level_conflict"]),
        ("轮毂未来工厂", ["other_programme"]),
        ("2017年省级智能工厂", ["other_programme"]),
        ("", ["project_missing"]),
        ("无", ["placeholder"]),
        ("XXX智能工厂", ["placeholder"]),
        ("智能工厂", []),
        ("#N/A", ["formula_without_value"]),
    ],
)
def test_the_project_and_its_level(project: str, expected: list[str]) -> None:
    assert codes(checked(row(1, project=project))) == expected


@pytest.mark.parametrize("order", ["１", "1.0", "01", "一", "①", "1.", "（1）", "=ROW()-3"])
def test_forms_of_the_number_one(order: str) -> None:
    check = checked(row(1, order=order), row(2, GOOD[1]))
    assert codes(check) == []
    assert check.tables[0].entries[0].order == 1


@pytest.mark.parametrize(
    ("orders", "rows_said"),
    [
        (["1", "2", "2", "5"], [6, 7]),
        (["1", "", "3", "4"], [5]),
        (["638", "639", "640", "641"], []),
        (["2", "1", "3", "4"], [5, 6]),
        (["", "", "", ""], [4]),
    ],
)
def test_numbers_go_on_by_one_from_wherever_they_begin(
    orders: list[str], rows_said: list[int]
) -> None:
    scenes = [f"质量管控—在线智能检测—第{n}类零件检测" for n in range(4)]
    rows = [row(n, scenes[n], order=order) for n, order in enumerate(orders)]
    check = checked(*rows)
    assert [finding.place.row for finding in found(check, "numbering")] == rows_said
    assert {*codes(check)} <= {"numbering"}


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        (MOBILE, []),
        (f"{MOBILE}.0", []),
        (f"{MOBILE[:8]} {MOBILE[8:]}.0", []),
        (f"'{MOBILE}", []),
        (f"{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}", []),
        (f"+86 {MOBILE}", []),
        (f"{MOBILE}\n{MOBILE}", []),
        ("1.38E+10", ["number_lost"]),
        ("########", ["number_lost"]),
        ("", ["contact_shape"]),
        ("/", ["placeholder"]),
        ("见申报书", ["placeholder"]),
        (f"{MOBILE}\n{OFFICE}", ["contact_shape"]),
        (OFFICE, ["contact_shape"]),
        (MOBILE[:-1], ["contact_shape"]),
        (f"{MOBILE}1", ["contact_shape"]),
        ("a@example.com", ["contact_shape"]),
    ],
)
def test_a_mobile_number_is_asked(phone: str, expected: list[str]) -> None:
    assert codes(checked(row(1, phone=phone))) == expected


def test_a_number_that_stands_in_no_row_is_missed_once() -> None:
    check = checked(row(1, phone=""), row(2, GOOD[1], phone=""))
    assert [(f.code, f.place.row) for f in check.findings] == [("contact_shape", 4)]


def test_a_cell_that_the_file_does_not_hold_has_a_place_all_the_same() -> None:
    check = checker().check(document(rows_with(row(1), row(2, GOOD[1])[:-1])))
    assert [(f.place.row, f.place.column) for f in found(check, "contact_shape")] == [(5, 6)]


def test_the_number_of_a_second_project_stands_with_the_first() -> None:
    rows = rows_with(row(1), row(2, GOOD[1], applicant="", project="轮毂智能工厂", phone=""))
    assert codes(checker().check(document(rows, spans={(3, 1): (2, 1)}))) == []


@pytest.mark.parametrize("scenes", ["", "  ", "1.\n2.\n3.", "（1）\n（2）", "1、 \n2、 "])
def test_a_project_lists_a_scene_instance(scenes: str) -> None:
    (finding,) = checked(row(1), row(2, scenes)).findings
    assert (finding.code, finding.place.row, finding.place.column) == ("instance_missing", 5, 4)


def test_the_scenes_of_a_project_may_stand_in_the_row_below_or_be_merged() -> None:
    below = ["", "", "", GOOD[1], "", ""]
    assert codes(checker().check(document(rows_with(row(1, ""), below)))) == ["taken_from_above"]
    merged = document(rows_with(row(1), row(2, "")), spans={(3, 3): (2, 1)})
    assert codes(checker().check(merged)) == []


def test_person_and_number_in_one_cell_are_two_contacts() -> None:
    check = checked(row(1, contact=f"甲某{MOBILE}", phone=""))
    assert codes(check) == []
    assert [(one.kind, one.text.reveal()) for one in check.contacts] == [
        ("person", "甲某"),
        ("mobile", MOBILE),
    ]


def test_several_persons_and_numbers_are_a_contact_each() -> None:
    check = checked(row(1, contact="甲某/乙某", phone=f"{MOBILE}\n{OFFICE}"))
    assert [one.kind for one in check.contacts] == ["person", "person", "mobile", "phone"]


def test_a_contact_among_the_scenes_is_an_error_and_taken_out() -> None:
    cell = f"质量管控—在线智能检测—轮毂判读（联系人：甲某，{MOBILE}）"
    check = checked(row(1), row(2, cell))
    (finding,) = check.findings
    assert finding.code == "contact_misplaced"
    assert "〔手机号〕" in finding.found
    assert [item.instance for item in check.tables[0].entries[1].items] == ["轮毂判读"]
    assert MOBILE not in repr(check)
    assert "甲某" not in repr(check)


def test_an_enterprise_left_out_below_another_is_taken_from_above() -> None:
    rows = rows_with(row(1), row(2, GOOD[1], order="", applicant=""))
    check = checker().check(document(rows))
    assert codes(check) == ["taken_from_above"]
    assert check.tables[0].entries[1].applicant == "江城第1示范机械有限公司"


def test_a_file_without_merges_may_leave_the_enterprise_to_the_row_above() -> None:
    rows = rows_with(row(1), row(2, GOOD[1], applicant=""))
    assert codes(checker().check(document(rows, kind=Kind.CSV))) == ["taken_from_above"]


def test_what_is_merged_is_filled_within_the_merge_only() -> None:
    rows = rows_with(row(1), row(2, GOOD[1]), row(3, "生产作业—工艺动态优化—焊接", applicant=""))
    check = checker().check(document(rows, spans={(3, 1): (2, 1)}))
    applicants = [entry.applicant for entry in check.tables[0].entries]
    assert applicants == ["江城第1示范机械有限公司", "江城第1示范机械有限公司", ""]
    assert codes(check) == ["enterprise_missing"]


def test_the_same_project_twice_and_the_same_instance_twice() -> None:
    twice = row(3, GOOD[1], applicant="江城第1示范机械有限公司", project="变速箱智能工厂1")
    check = checked(row(1), row(2, "质量管控—在线智能检测—轮毂\n质量管控—在线智能检测—轮毂"), twice)
    assert [(f.code, f.place.row, f.place.item) for f in check.findings] == [
        ("duplicate_in_table", 5, 2),
        ("duplicate_in_table", 6, None),
    ]


def test_brackets_of_any_width_are_one_enterprise() -> None:
    names = "江城示范(江城)有限公司", "江城示范（江城）有限公司"
    check = checked(
        *(row(n, GOOD[n], applicant=name, project="工厂") for n, name in enumerate(names))
    )
    assert "duplicate_in_table" in codes(check)


def many(count: int, unit: str) -> Check:
    """Return the check of a table with so many enterprises."""
    scenes = "质量管控—在线智能检测—第{}种零件检测"
    return checked(*(row(n, scenes.format(n)) for n in range(1, count + 1)), unit=unit)


@pytest.mark.parametrize(
    ("unit", "limit"),
    [
        ("江苏省工业和信息化厅", 20),
        ("浙江省宁波市经济和信息化局", 5),
        ("新疆生产建设兵团工业和信息化局", 5),
        ("中国示范集团有限公司", 5),
    ],
)
def test_a_unit_recommends_no_more_than_its_quota(unit: str, limit: int) -> None:
    label = f"推荐单位（盖章）：{unit}"
    assert codes(many(limit, label)) == []
    (finding,) = many(limit + 1, label).findings
    assert finding.code == "quota_exceeded"
    assert str(limit) in finding.message


@pytest.mark.parametrize("unit", ["江城市工业和信息化局", "江苏省江城市工业和信息化局", ""])
def test_a_unit_that_is_none_of_the_notice_is_said_to_be_unknown(unit: str) -> None:
    check = checked(row(1), unit=f"推荐单位（盖章）：{unit}")
    assert codes(check) == ["recommending_unit_unknown"]


def test_a_group_announces_how_many_follow() -> None:
    rows = rows_with(["一、江城市（3家）", *[""] * 5], row(1), row(2, GOOD[1]))
    check = checker().check(document(rows, spans={(3, 0): (1, 6)}))
    assert [(f.code, f.place.row) for f in check.findings] == [("group_count_wrong", 4)]
    rows[3][0] = "一、江城市（2家）"
    assert codes(checker().check(document(rows, spans={(3, 0): (1, 6)}))) == []


def changed(check_document: Document, number: int, column: int, **how: object) -> Document:
    """Return a document in which a cell is otherwise."""
    (table,) = check_document.tables
    cells = tuple(
        replace(cell, **how) if (cell.row, cell.column) == (number, column) else cell  # type: ignore[arg-type]
        for cell in table.cells
    )
    return replace(check_document, blocks=(Table(cells, table.place),))


def test_a_date_where_text_is_asked_is_a_finding() -> None:
    dated = changed(document(rows_with(row(1), row(2, GOOD[1]))), 4, 2, typed="date")
    assert codes(checker().check(dated)) == ["date_instead_of_text"]


def test_a_formula_without_a_value_is_a_finding() -> None:
    plain = document(rows_with(row(1), row(2, GOOD[1], order="")))
    assert codes(checker().check(changed(plain, 4, 0, formula="=ROW()-3"))) == [
        "formula_without_value"
    ]


def test_what_reader_and_check_both_see_of_a_formula_is_said_once() -> None:
    plain = document(rows_with(row(1, project="#REF!")))
    place = Place(FILE, sheet=SHEET, row=4, column=3)
    said = Sentence("公式出错", "the formula has gone wrong")
    seen = Finding("formula_error", Severity.WARNING, place, said, "#REF!")
    check = checker().check(replace(plain, findings=(seen,)))
    assert codes(check) == ["formula_without_value"]


def test_hidden_and_struck_rows_are_said_and_not_counted() -> None:
    plain = document(rows_with(row(1), row(2, GOOD[1])))
    (table,) = plain.tables
    hidden = Table(tuple(replace(cell, hidden=cell.row == 4) for cell in table.cells), table.place)
    check = checker().check(replace(plain, blocks=(hidden,)))
    assert [(f.code, f.place.row) for f in check.findings] == [("hidden_row", 5)]
    assert [entry.hidden for entry in check.tables[0].entries] == [False, True]
    struck = Table(
        tuple(
            replace(c, lines=tuple(replace(line, struck=c.row == 4) for line in c.lines))
            for c in table.cells
        ),
        table.place,
    )
    check = checker().check(replace(plain, blocks=(struck,)))
    assert {f.code for f in check.findings} == {"struck_out"}
    assert check.tables[0].entries[1].hidden


@pytest.mark.parametrize(("after", "expected"), [("2", []), ("3", []), ("4", ["numbering"])])
def test_a_row_struck_out_keeps_its_number_or_gives_it_up(after: str, expected: list[str]) -> None:
    struck_order = 5
    plain = document(rows_with(row(1), row(2, GOOD[1]), row(3, "生产作业—工艺动态优化—焊接",
                                                            order=after)))  # fmt: skip
    (table,) = plain.tables
    cells = tuple(
        replace(c, lines=tuple(replace(li, struck=c.row + 1 == struck_order) for li in c.lines))
        for c in table.cells
    )
    check = checker().check(replace(plain, blocks=(Table(cells, table.place),)))
    assert [code for code in codes(check) if code != "struck_out"] == expected


def on_sheets(*tables: list[list[str]]) -> Document:
    """Return a workbook with a sheet for each table."""
    blocks = []
    for number, rows in enumerate(tables, start=1):
        (table,) = document(rows).tables
        place = replace(table.place, sheet=f"表{number}")
        cells = tuple(replace(c, place=replace(c.place, sheet=place.sheet)) for c in table.cells)
        blocks.append(Table(cells, place))
    return Document("汇总表.xlsx", Kind.XLSX, tuple(blocks))


def test_a_project_on_two_sheets_of_one_level_is_told() -> None:
    check = checker().check(on_sheets(rows_with(row(1)), rows_with(row(1, GOOD[1]))))
    (finding,) = check.findings
    assert (finding.code, finding.place.sheet) == ("duplicate_in_table", "表2")
    assert finding.message == "同一企业的同一项目已写在工作表“表1”第4行"
    assert finding.message.en.endswith("sheet 表1, row 4")
    other_level = rows_with(row(1, GOOD[1]), title="先进级智能工厂项目推荐汇总表")
    other_level[2][2] = "先进级智能工厂项目名称"
    assert codes(checker().check(on_sheets(rows_with(row(1)), other_level))) == []


def test_a_sheet_that_lists_what_may_be_chosen_is_no_table() -> None:
    options = [["环节", "场景"], ["质量管控", "在线智能检测"], ["仓储物流", "智能仓储"]]
    check = checker().check(on_sheets(options, rows_with(row(1))))
    assert len(check.tables) == 1
    assert codes(check) == []


def test_the_quota_counts_projects() -> None:
    rows = [row(n, f"质量管控—在线智能检测—第{n}种零件", applicant="江城示范机械有限公司")
            for n in range(1, 7)]  # fmt: skip
    check = checked(*rows, unit="推荐单位（盖章）：宁波市经济和信息化局")
    assert codes(check) == ["quota_exceeded"]


def test_what_the_graph_holds_already_is_said() -> None:
    known = replace(checker(), known=lambda ids: list(ids)[:1])
    check = known.check(document(rows_with(row(1))))
    assert codes(check) == ["duplicate_in_graph"]
    assert UNIT.endswith(check.tables[0].unit or "?")


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("order", "1#", []),
        ("order", "No.1", []),
        ("order", "1号", []),
        ("applicant", "轴承卓越级智能工厂", ["short_name"]),
        ("applicant", "江城轴承厂", []),
        ("applicant", "“江城示范轴承有限公司”", []),
        ("applicant", "原江城农机有限公司，现江城示范轴承有限公司", ["old_name"]),
        ("project", "2024年11月22日", ["date_instead_of_text"]),
        ("project", "11月22日", ["date_instead_of_text"]),
        ("project", "5-12 轴承智能工厂", []),
        ("project", "轴承先 进 级智能工厂", ["level_conflict"]),
        ("project", "轴承5G全连接工厂", ["other_programme"]),
        ("contact", "联系人", ["placeholder"]),
        ("contact", "待定", ["placeholder"]),
    ],
)
def test_a_column_that_holds_something_else(column: str, text: str, expected: list[str]) -> None:
    check = checked(row(1, **{column: text}), row(2, GOOD[1]))
    assert codes(check) == expected


def test_a_line_for_signatures_and_one_for_the_end_are_no_projects() -> None:
    check = checked(
        row(1),
        row(2, GOOD[1]),
        ["", "", "", "以下空白", "", ""],
        ["主管领导（签字）：", "", "经办人：甲某", "", "日期：2024年11月27日", ""],
    )
    assert codes(check) == ["not_data", "not_data"]
    assert len(check.tables[0].entries) == 2
