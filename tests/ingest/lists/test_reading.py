"""Public lists read: rows, numbers, names, and what does not add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Kind, Line
from ingest.lists.reading import is_listing, read_listing
from tests.ingest.lists.pages import (
    HEADER,
    ROWS,
    TITLE,
    found,
    names,
    page,
    paragraphs,
    prose,
    read,
    table,
)

FULL = ["江城示范机械有限公司", "海滨样例电子有限公司", "北原试用纺织有限公司"]
PHONE = "138" + "0" * 8


def test_a_plain_list_is_read_row_by_row_and_nothing_is_odd() -> None:
    listing = read(page())
    assert names(listing) == FULL
    assert listing.entries[0].factory.text == "变速箱智能工厂"
    assert [entry.city for entry in listing.entries] == ["苏州市", "无锡市", "南通市"]
    assert listing.findings == ()


@pytest.mark.parametrize(
    "title",
    ["序 号", "序\u3000号", "\ufeff序号", "序\u200b号", "序\u00a0号", "序號"],
)
def test_titles_are_known_whatever_blanks_stand_in_them(title: str) -> None:
    listing = read(page(header=(title, "企业\n名称", "工厂名称（全称）", "县（市、区）")))
    assert [entry.number for entry in listing.entries] == [1, 2, 3]
    assert names(listing) == FULL


def test_the_longest_title_wins_and_contacts_are_never_read() -> None:
    listing = read(
        page(
            ("1", "甲某", FULL[0], PHONE, "江苏省"),
            header=("序号", "企业联系人", "申报单位名称", "联系人电话", "所属省份"),
        )
    )
    (entry,) = listing.entries
    assert (entry.enterprise.text, entry.province) == (FULL[0], "江苏省")
    assert "甲某" not in repr(listing)
    assert PHONE not in repr(listing)


def test_a_contact_in_another_column_is_taken_out_and_told_without_it() -> None:
    listing = read(page(("1", f"{FULL[0]} {PHONE}", "变速箱智能工厂", "苏州市")))
    assert names(listing) == [FULL[0]]
    assert found(listing, "name_repaired") == [("contact_misplaced", "")]
    assert PHONE not in repr(listing)


@pytest.mark.parametrize("number", ["１", "1.0", "01", "一", "①", "（1）", "1、"])
def test_a_number_is_one_in_every_form(number: str) -> None:
    assert read(page((number, *ROWS[0][1:]))).entries[0].number == 1


def test_a_gap_is_a_warning_with_the_missing_numbers() -> None:
    rows = [(str(number), f"第{number}示范有限公司", "甲厂", "苏州市") for number in (1, 2, 5, 6)]
    assert found(read(page(*rows))) == [("numbering", "3、4")]


def test_an_extract_may_begin_anywhere_and_jump() -> None:
    rows = [
        (str(number), f"第{number}示范有限公司", "甲厂", "苏州市") for number in (638, 825, 880)
    ]
    assert found(read(page(*rows))) == [("extract", "638")]


def test_numbers_that_run_on_over_two_tables_are_one_sequence() -> None:
    document = Document(
        "名单.html",
        Kind.HTML,
        (
            *paragraphs(TITLE),
            table((HEADER, *ROWS[:2])),
            table((HEADER, *ROWS[2:]), number=2),
        ),
    )
    assert found(read(document)) == []


def test_a_number_without_a_name_is_told_between_rows_and_passed_over_at_the_end() -> None:
    rows = (ROWS[0], ("2", "", "", ""), ROWS[2], ("4", "", "", ""), ("5", "", "", ""))
    assert found(read(page(*rows))) == [("number_without_name", "2")]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("江城示范机械有限公 司", "江城示范机械有限公司"),
        ("江 城 示 范 机 械 有 限 公 司", "江城示范机械有限公司"),
        ("江城示范机械（集 团）有限公司", "江城示范机械（集团）有限公司"),
        ("江(jiāng)城示范機(jī)械有限公司", "江城示范机械有限公司"),
        ("江城⽰范机械有限公司", "江城示范机械有限公司"),
        ("江城 ABC 机械有限公司", "江城 ABC 机械有限公司"),
        ("示范机械(ABC)有限公司", "示范机械(ABC)有限公司"),
    ],
)
def test_a_name_is_repaired_and_its_printed_form_kept(printed: str, read_as: str) -> None:
    (entry,) = read(page(("1", printed, "甲厂", "苏州市"))).entries
    assert (entry.enterprise.text, entry.enterprise.printed) == (read_as, printed)
    assert entry.enterprise.repaired == (printed != read_as)


def test_blanks_round_a_single_letter_are_left_to_somebody() -> None:
    listing = read(page(("1", "A B 电子有限公司", "甲厂", "苏州市")))
    assert found(listing) == [("name_to_review", "A B 电子有限公司")]
    assert names(listing) == ["A B 电子有限公司"]


@pytest.mark.parametrize(
    "name", ["江?示范机械有限公司", "？城示范机械有限公司", "江�示范机械有限公司"]
)
def test_damaged_names_are_kept_in_sight_and_out_of_the_graph(name: str) -> None:
    (entry,) = read(page(("1", name, "甲厂", "苏州市"))).entries
    assert entry.doubted == "damaged_text"


@pytest.mark.parametrize(
    "line",
    ["注：1.排名不分先后", "合计 3 家", "……", "2025年3月1日", "（盖章）", "备注：无"],
)
def test_lines_over_all_columns_are_no_enterprises(line: str) -> None:
    listing = read(page(*ROWS, (line,)))
    assert names(listing) == FULL
    assert {one.code for one in listing.findings} <= {"not_data"}


def test_a_header_repeated_on_each_page_is_passed_over() -> None:
    assert names(read(page(*ROWS[:2], HEADER, ROWS[2]))) == FULL


def test_group_rows_are_counted_and_are_no_enterprises() -> None:
    listing = read(page(("一、苏州市（2家）",), *ROWS[:2], ("二、南通市（2家）",), ROWS[2]))
    assert names(listing) == FULL
    assert found(listing) == [("group_count_wrong", "2")]


def test_a_header_of_two_levels_is_read_as_paths() -> None:
    rows = (
        ("序号", "企业名称", "联系方式", "联系方式"),
        ("序号", "企业名称", "姓名", "手机"),
        ("1", FULL[0], "甲某", PHONE),
    )
    listing = read(Document("名单.html", Kind.HTML, (*paragraphs(TITLE), table(rows))))
    assert names(listing) == [FULL[0]]
    assert "甲某" not in repr(listing)


def test_a_title_inside_the_table_is_read_as_the_title() -> None:
    rows = ((TITLE,), ("附件1",), HEADER, *ROWS)
    listing = read(Document("名单.html", Kind.HTML, (table(rows),)))
    assert (listing.title, names(listing)) == (TITLE, FULL)


def test_the_announced_count_is_compared_with_the_rows() -> None:
    listing = read(page(above=("现将2025年先进级智能工厂名单（共42家）予以公布。",)))
    assert listing.announced == 42
    assert found(listing) == [("count_differs", "42")]
    assert found(read(page(above=("经评审，共确定3家企业。",)))) == []


def test_a_notice_without_its_list_is_no_list_of_nobody() -> None:
    listing = read(
        prose(TITLE, "现将共42家企业的名单予以公布，名单见附件。", "江苏省工业和信息化厅")
    )
    assert listing.without_list
    (finding,) = [one for one in listing.findings if one.code == "notice_without_list"]
    assert "of the 42 announced" in finding.message.en


def test_a_page_with_a_paragraph_for_each_cell_is_folded_by_its_numbers() -> None:
    cells = ["序號", "企業名稱", "分數"]
    for number, name in enumerate(FULL, 1):
        cells += [str(number), name, f"9{number}.5"]
    listing = read(prose(TITLE, *cells[:-1], "責任編輯"))
    assert names(listing) == FULL
    assert ("cut_row", "3") not in found(listing)


def test_a_last_row_cut_off_is_told() -> None:
    cells = ["序号", "企业名称", "工厂名称", "1", FULL[0], "甲厂", "2", FULL[1]]
    assert ("cut_row", "2") in found(read(prose(TITLE, *cells)))


def test_folding_stops_where_the_next_number_does_not_follow() -> None:
    cells = ["序号", "企业名称", "1", FULL[0], "2", FULL[1], "上一篇", "下一篇"]
    assert names(read(prose(TITLE, *cells))) == FULL[:2]


def test_numbered_lines_are_rows_and_a_line_that_begins_with_a_year_is_none() -> None:
    listing = read(
        prose(TITLE, "2025 年第二批名单如下", f"1. {FULL[0]}", f"2. {FULL[1]}", "3.5亿元投资")
    )
    assert names(listing) == FULL[:2]


def test_the_same_enterprise_twice_is_told_and_both_rows_kept() -> None:
    rows = (ROWS[0], ("2", *ROWS[0][1:]))
    listing = read(page(*rows))
    assert names(listing) == [FULL[0]] * 2
    assert [code for code, _ in found(listing)] == ["duplicate_in_list"] * 2


def test_hidden_and_struck_rows_are_kept_out_of_the_graph() -> None:
    shown = table((HEADER, *ROWS))
    cells = tuple(
        replace(cell, hidden=True) if cell.row == 1
        else replace(cell, lines=(Line(cell.text, struck=True),)) if cell.row == 2
        else cell
        for cell in shown.cells
    )  # fmt: skip
    listing = read(
        Document("名单.html", Kind.HTML, (*paragraphs(TITLE), replace(shown, cells=cells)))
    )
    assert [entry.doubted for entry in listing.entries] == ["hidden_row", "struck_out", ""]


@pytest.mark.parametrize(
    ("name", "registered", "code", "proposal"),
    [
        ("江丰样例", ("宁波江丰样例材料有限公司",), "short_name", "宁波江丰样例材料有限公司"),
        ("江丰样例", (), "short_name", None),
        ("示范集团江城示范机械有限公司", (FULL[0],), "group_prefix", FULL[0]),
        ("江城示范机械有限公司—变速箱智能工厂", (), "name_and_factory",
         "江城示范机械有限公司｜变速箱智能工厂"),
        ("重庆样例玻璃精准配送", (), "name_and_scene", "重庆样例玻璃｜精准配送"),
        ("江城示范机械有限公司（原江城机械厂）", (), "old_name", "江城机械厂"),
    ],
)  # fmt: skip
def test_what_a_name_may_stand_for_is_proposed_and_not_applied(
    name: str, registered: tuple[str, ...], code: str, proposal: str | None
) -> None:
    listing = read(page(("1", name, "甲厂", "苏州市")), *registered)
    (finding,) = [one for one in listing.findings if one.code == code]
    assert finding.proposal == proposal
    assert listing.entries[0].enterprise.printed == name


def test_a_full_name_is_proposed_nothing() -> None:
    assert found(read(page(), *FULL, "江城示范机械有限公司苏州分公司")) == []


def test_a_factory_without_an_enterprise_is_legal_in_a_list() -> None:
    (entry,) = read(page(("1", "", "江城变速箱智能工厂", "苏州市"))).entries
    assert (entry.enterprise.text, entry.factory.text) == ("", "江城变速箱智能工厂")


def test_a_recommendation_table_is_no_public_list() -> None:
    assert not is_listing(page(title="卓越级智能工厂项目推荐汇总表"))
    assert not is_listing(prose("会议纪要", "今天讨论了食堂。"))
    assert is_listing(page())
    assert is_listing(prose(TITLE, "名单见附件。"))


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=8))
def test_whatever_stands_in_a_table_it_is_read_without_fault(rows: list[list[str]]) -> None:
    listing = read_listing(Document("名单.html", Kind.HTML, (*paragraphs(TITLE), table(rows))))
    assert all(entry.key for entry in listing.entries)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_whatever_lines_stand_on_a_page_they_are_read_without_fault(lines: list[str]) -> None:
    assert read_listing(prose(*lines)) == read_listing(prose(*lines))
