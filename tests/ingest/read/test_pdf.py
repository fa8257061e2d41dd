from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document, Paragraph, Table
from ingest.read.limits import LIMITS, Limits
from ingest.read.page import Box, Page, Sign
from ingest.read.pdf import read
from ontology.errors import MissingPart, UnreadableFile
from tests.ingest.read.drawn_pdf import Sheet, pdf

COLUMNS = [60.0, 100.0, 240.0, 380.0, 540.0]
HEAD = ["序号", "申报单位", "项目名称", "涉及场景"]


def read_sheets(*sheets: Sheet) -> Document:
    return read("list.pdf", pdf(*sheets), LIMITS)


def write_row(sheet: Sheet, top: float, texts: list[str], columns: list[float] = COLUMNS) -> None:
    """Print texts into columns; a text of several lines takes 14 points for each."""
    for left, text in zip(columns, texts, strict=False):
        for number, line in enumerate(text.split("\n")):
            sheet.text(left + 5, top + 4 + 14 * number, line)


def ruled(rows: list[list[str]], top: float = 100, height: float = 20) -> Sheet:
    """Return a sheet with a table drawn with all its rules."""
    sheet = Sheet()
    sheet.grid(COLUMNS, [top + height * number for number in range(len(rows) + 1)])
    for number, row in enumerate(rows):
        write_row(sheet, top + height * number, row)
    return sheet


def squares(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "—" for cell in row] for row in table.rows()]


def texts(document: Document) -> list[str]:
    return [block.line.text for block in document.blocks if isinstance(block, Paragraph)]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


ROW = ["1", "江城示范机械", "变速箱智能工厂", "质量管控—在线智能检测"]
OTHER = ["2", "江城电子", "电路板工厂", "仓储物流—智能仓储"]


def test_a_ruled_table_is_read_with_its_title() -> None:
    sheet = ruled([HEAD, ROW, OTHER])
    sheet.text(200, 60, "卓越级智能工厂项目推荐汇总表", size=16)
    found = read_sheets(sheet)
    title, table = found.blocks
    assert isinstance(title, Paragraph)
    assert (title.line.text, title.heading) == ("卓越级智能工厂项目推荐汇总表", 1)
    assert isinstance(table, Table)
    assert squares(table) == [HEAD, ROW, OTHER]
    assert str(table.cells[5].place) == "list.pdf, page 1, table 1, row 2, column 2"


def test_merged_cells_are_one_where_no_line_is_between_them() -> None:
    sheet = Sheet()
    for top, left in ((100, 60), (120, 240), (140, 60), (160, 240), (180, 60)):
        sheet.line(left, top, 540, top)
    for left, top in ((60, 100), (100, 100), (240, 100), (380, 120), (540, 100)):
        sheet.line(left, top, left, 180)
    write_row(sheet, 100, ["序号", "单位", "联系人"])
    write_row(sheet, 120, ["", "", "姓名", "手机"])
    write_row(sheet, 140, ["1", "江城机械", "甲", "无"])
    write_row(sheet, 160, ["", "", "乙", "无"])
    (table,) = read_sheets(sheet).tables
    assert squares(table) == [
        ["序号", "单位", "联系人", "联系人"],
        ["序号", "单位", "姓名", "手机"],
        ["1", "江城机械", "甲", "无"],
        ["1", "江城机械", "乙", "无"],
    ]


def test_a_table_without_its_outer_rules_keeps_first_and_last_column() -> None:
    sheet = Sheet()
    for top in (100, 120, 140, 160):
        sheet.line(60, top, 540, top)
    for left in (100, 240, 380):
        sheet.line(left, 100, left, 160)
    for number, row in enumerate([HEAD, ROW, OTHER]):
        write_row(sheet, 100 + 20 * number, row)
    assert squares(read_sheets(sheet).tables[0]) == [HEAD, ROW, OTHER]


def test_rules_drawn_double_or_in_pieces_are_one() -> None:
    sheet = ruled([HEAD, ROW, OTHER])
    sheet.line(60, 101.5, 540, 101.5)
    for left in range(60, 540, 10):
        sheet.line(left, 140, left + 8, 140)
    assert squares(read_sheets(sheet).tables[0]) == [HEAD, ROW, OTHER]


def test_printed_blanks_are_kept_in_columns_without_rules() -> None:
    sheet = Sheet()
    for number in range(3):
        write_row(sheet, 100 + 20 * number, [str(number), "江城", "1. 质量管控 AGV 12", "甲"])
    assert squares(read_sheets(sheet).tables[0])[0][2] == "1. 质量管控 AGV 12"


@pytest.mark.parametrize("rules", [[], [95, 118, 190], [95, 118, 140, 163, 186]])
def test_columns_without_rules_are_found_by_where_text_stands(rules: list[float]) -> None:
    sheet = Sheet()
    for top in rules:
        sheet.line(60, top, 540, top)
    for number, row in enumerate([HEAD, ROW, OTHER, ["3", *ROW[1:]]]):
        write_row(sheet, 98 + 22.5 * number, row)
    assert squares(read_sheets(sheet).tables[0]) == [HEAD, ROW, OTHER, ["3", *ROW[1:]]]


def test_a_line_without_number_goes_on_with_the_row_above() -> None:
    sheet = Sheet()
    for number, row in enumerate([HEAD, ROW, OTHER, ["3", *ROW[1:]]]):
        write_row(sheet, 100 + 40 * number, row)
        if number:
            write_row(sheet, 114 + 40 * number, ["", "（二厂）"])
    assert squares(read_sheets(sheet).tables[0])[1] == ["1", "江城示范机械（二厂）", *ROW[2:]]


def test_rows_that_only_their_numbers_divide_are_divided() -> None:
    sheet = Sheet()
    sheet.grid(COLUMNS, [100, 120, 200])
    for number, row in enumerate([HEAD, ROW, OTHER, ["3", *ROW[1:]]]):
        write_row(sheet, 100 + 25 * number, row)
    assert squares(read_sheets(sheet).tables[0]) == [HEAD, ROW, OTHER, ["3", *ROW[1:]]]


def test_a_text_broken_by_its_cell_is_one_line_and_an_item_is_none() -> None:
    sheet = ruled([HEAD, ["1", "江城", "工厂", ""]], height=80)
    for number, line in enumerate(
        ["1. 质量管控—在线智能检", "测—轮毂缺陷自动判读与", "分级", "2. 仓储"]
    ):
        sheet.text(385, 184 + 16 * number, line, size=13)
    cell = read_sheets(sheet).tables[0].covering(1, 3)
    assert cell is not None
    assert cell.text == "1. 质量管控—在线智能检测—轮毂缺陷自动判读与分级\n2. 仓储"


def test_a_table_over_pages_is_one_with_the_page_of_each_cell() -> None:
    found = read_sheets(ruled([HEAD, ROW]), ruled([HEAD, OTHER]))
    (table,) = found.tables
    assert squares(table) == [HEAD, ROW, HEAD, OTHER]
    assert str(table.covering(3, 1).place) == "list.pdf, page 2, table 1, row 4, column 2"  # type: ignore[union-attr]
    assert found.findings == ()


def test_an_aligned_table_goes_on_after_running_title_and_page_number() -> None:
    first, second = Sheet(), Sheet()
    for number, row in enumerate([HEAD, ROW, OTHER]):
        write_row(first, 300 + 20 * number, row)
    first.text(290, 810, "- 1 -", size=9)
    write_row(second, 100, ["3", *ROW[1:]])
    second.text(290, 810, "- 2 -", size=9)
    for sheet in (first, second):
        sheet.text(250, 30, "江城市名单", size=9)
    found = read_sheets(first, second)
    assert [squares(table) for table in found.tables] == [[HEAD, ROW, OTHER, ["3", *ROW[1:]]]]
    assert texts(found) == []


def test_a_row_cut_by_the_page_border_is_put_back_and_told() -> None:
    found = read_sheets(ruled([HEAD, ROW]), ruled([["", "", "", "2. 仓储物流"], OTHER]))
    (table,) = found.tables
    assert squares(table)[1] == [
        "1",
        "江城示范机械",
        "变速箱智能工厂",
        "质量管控—在线智能检测\n2. 仓储物流",
    ]
    assert squares(table)[2] == OTHER
    assert codes(found) == ["row_over_pages"]


def test_a_row_that_may_be_cut_is_left_and_told() -> None:
    found = read_sheets(ruled([HEAD, ROW]), ruled([["", *OTHER[1:]]]))
    assert squares(found.tables[0])[2] == ["", *OTHER[1:]]
    assert codes(found) == ["row_may_continue"]
    assert str(found.findings[0].place) == "list.pdf, page 2, table 1, row 3"


def test_other_columns_after_a_page_border_are_told() -> None:
    narrow = Sheet()
    narrow.grid([60, 240, 540], [60, 80, 100])
    write_row(narrow, 60, ["甲", "乙"], [60, 240])
    found = read_sheets(ruled([HEAD, ROW]), narrow)
    assert [table.width for table in found.tables] == [4, 2]
    assert codes(found) == ["columns_changed"]


def test_a_framed_text_a_box_to_tick_and_an_underline_are_no_tables() -> None:
    sheet = Sheet()
    sheet.grid([50, 550], [50, 200])
    sheet.text(60, 60, "说明文字")
    sheet.grid([60, 66, 72], [90, 102])
    sheet.text(80, 90, "同意")
    sheet.line(60, 140, 200, 140)
    found = read_sheets(sheet)
    assert found.tables == ()
    assert texts(found) == ["说明文字", "同意"]


def test_a_numbered_list_with_labels_apart_is_no_table() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.text(60, 100 + 20 * number, f"{number + 1}.")
        sheet.text(100, 100 + 20 * number, "建设内容说明")
    assert read_sheets(sheet).tables == ()


def test_lines_broken_by_the_margin_are_one_paragraph() -> None:
    sheet = Sheet()
    sheet.text(81, 100, "本企业建设智能工厂，" + "应用典型场景多个，" * 4)
    sheet.text(60, 118, "作业环节四个。")
    sheet.text(81, 136, "一、总体情况")
    assert texts(read_sheets(sheet)) == [
        "本企业建设智能工厂，" + "应用典型场景多个，" * 4 + "作业环节四个。",
        "一、总体情况",
    ]


def test_a_line_broken_before_a_figure_that_did_not_fit_goes_on() -> None:
    sheet = Sheet()
    sheet.text(60, 80, "甲" * 34)
    sheet.text(60, 100, "乙" * 31 + "为")
    sheet.text(60, 120, "98.5%。")
    assert texts(read_sheets(sheet))[-1].endswith("乙为98.5%。")


def test_short_lines_one_below_the_other_are_paragraphs_of_their_own() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "推荐单位：江城市工业和信息化局")
    sheet.text(60, 116, "二〇二五年三月一日")
    assert texts(read_sheets(sheet)) == ["推荐单位：江城市工业和信息化局", "二〇二五年三月一日"]


def test_blanks_are_closed_between_chinese_characters_and_kept_between_words() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "江 城 示 范 机 械 有 限 公 司")
    sheet.text(60, 150, "smart factory AGV 12")
    assert texts(read_sheets(sheet)) == ["江城示范机械有限公司", "smart factory AGV 12"]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "质量管控")
    sheet.text(60.3, 100, "质量管控")
    assert texts(read_sheets(sheet)) == ["质量管控"]


def test_radicals_stay_as_printed() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "⽣产⼯⼚", font="F3")
    assert texts(read_sheets(sheet)) == ["⽣产⼯⼚"]


def test_shapes_without_text_are_told_and_make_no_empty_table() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "生产作业", font="F2")
    found = read_sheets(sheet)
    assert codes(found) == ["glyphs_without_text"]
    assert texts(found) == ["\ufffd" * 4]


def one_sign(file: bytes, number: int) -> Page:
    return Page(number, 595, 842, (Sign("甲", Box(60, 100, 70, 110), 10, 0.5),), ())


def test_a_scanned_page_is_recognised_and_told_as_recognised() -> None:
    found = read("scan.pdf", pdf(Sheet(picture=True)), LIMITS, one_sign)
    assert texts(found) == ["甲"]
    assert codes(found) == ["recognised", "unsure_characters"]


def test_a_scan_with_the_mark_of_its_scanner_as_text_is_a_scan() -> None:
    marked = Sheet(picture=True)
    marked.text(500, 820, "扫描软件创建", size=8)
    assert texts(read("scan.pdf", pdf(marked), LIMITS, one_sign)) == ["甲"]


def test_pages_beyond_the_limit_of_recognised_ones_are_told_and_the_others_read() -> None:
    data = pdf(Sheet(picture=True), Sheet(picture=True))
    found = read("scan.pdf", data, Limits(recognised_pages=1), one_sign)
    pages = {one.code: one.place.page for one in found.findings}
    assert (pages["recognised"], pages["page_not_recognised"]) == (1, 2)


def test_a_scan_is_told_with_what_to_install_where_nothing_can_recognise_it() -> None:
    def missing(file: bytes, number: int) -> Page:
        raise MissingPart("recognising characters needs more: pip install 'sfkg[ocr]'")

    (finding,) = read("scan.pdf", pdf(Sheet(picture=True)), LIMITS, missing).findings
    assert finding.code == "no_text_layer"
    assert "pip install 'sfkg[ocr]'" in finding.message


def test_what_is_typed_into_form_fields_is_told_as_not_read() -> None:
    field = b"/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [60 700 200 720] /V (A) >>] "
    data = pdf(Sheet()).replace(b"/Contents", field + b"/Contents")
    assert codes(read("form.pdf", data, LIMITS)) == ["form_fields_ignored"]


def test_a_blank_page_is_no_scan() -> None:
    assert read_sheets(Sheet()).findings == ()


def test_page_numbers_and_running_titles_are_left_out_and_other_edges_kept() -> None:
    sheets = []
    for number in range(1, 4):
        sheet = Sheet()
        sheet.text(60, 30, "江城市工业和信息化局", size=9)
        sheet.text(60, 300, f"正文{'甲乙丙'[number - 1]}")
        sheet.text(290, 815, f"第 {number} 页 共 3 页", size=9)
        sheets.append(sheet)
    sheets[0].text(60, 50, "2024年名单")
    assert texts(read_sheets(*sheets)) == ["2024年名单", "正文甲", "正文乙", "正文丙"]


def test_more_pages_than_the_limit_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="limit of 1 pages"):
        read("list.pdf", pdf(Sheet(), Sheet()), Limits(pages=1))


def test_a_locked_file_is_named() -> None:
    locked = pdf(Sheet()).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    with pytest.raises(UnreadableFile, match=r"^list\.pdf: protected with a password"):
        read("list.pdf", locked, LIMITS)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_damage_anywhere_is_read_or_refused_as_unreadable(data: st.DataObject) -> None:
    whole = bytearray(pdf(ruled([HEAD, ROW]), compressed=False))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    kept = bytes(whole[:end]) if data.draw(st.booleans()) else bytes(whole)
    with suppress(UnreadableFile):
        read("list.pdf", kept, LIMITS)
