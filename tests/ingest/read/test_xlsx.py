"""Excel workbooks: what real ones do, each made by hand so that the test says what is in it."""

from __future__ import annotations

import io
import time
from datetime import date

import openpyxl
import pytest

from ingest.document import Cell, Document, Finding, Kind, Line, Table
from ingest.read.limits import LIMITS, Limits
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile
from tests.ingest.read.office_files import (
    R,
    S,
    number,
    relations,
    said,
    sheet_data,
    xlsx,
)

MOBILE = "138" + "0" * 8
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def read(sheet: str, styles: str = "", strings: str = "", limits: Limits = LIMITS) -> Document:
    return read_document("表.xlsx", xlsx(sheet, styles, strings), limits)


def only_table(sheet: str, styles: str = "", strings: str = "") -> Table:
    (found,) = read(sheet, styles, strings).tables
    return found


def only_cell(written: str, styles: str = "", strings: str = "") -> Cell:
    (found,) = only_table(sheet_data(written), styles, strings).cells
    return found


def only_finding(document: Document) -> Finding:
    (found,) = document.findings
    return found


def shape(found: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in found.cells]


def merged(*areas: str) -> str:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{cells}</mergeCells>"


def formats(*codes: str) -> str:
    """Styles whose looks 1, 2, … have these formats of numbers."""
    forms = "".join(
        f"<numFmt numFmtId='{200 + place}' formatCode='{code}'/>"
        for place, code in enumerate(codes)
    )
    looks = "".join(f'<xf numFmtId="{200 + place}"/>' for place in range(len(codes)))
    return f'<numFmts>{forms}</numFmts><cellXfs><xf numFmtId="0"/>{looks}</cellXfs>'


def test_a_sheet_is_a_table_whose_cells_know_their_row_and_column() -> None:
    document = read(sheet_data(said("A1", "序号") + said("B1", "申报单位"), said("B2", "江城示范")))
    assert document.kind is Kind.XLSX
    assert shape(document.tables[0])[2] == ("江城示范", 1, 1, 1, 1)
    assert str(document.tables[0].cells[2].place) == "表.xlsx, sheet 汇总, row 2, column 2"


def test_merged_cells_are_there_once_with_all_they_cover() -> None:
    rows = sheet_data(
        said("A1", "标题"),
        said("A2", "江城示范") + said("B2", "一"),
        said("B3", "二") + said("A3", "被盖住"),
        said("B4", "三"),
    )
    document = read(rows + merged("A1:F1", "A2:A4"))
    assert shape(document.tables[0])[:2] == [("标题", 0, 0, 1, 6), ("江城示范", 1, 0, 3, 1)]
    # What a merged cell covers is not shown by Excel, and nobody can see it to correct it.
    assert "被盖住" not in [one.text for one in document.tables[0].cells]
    assert (only_finding(document).code, only_finding(document).place.row) == ("covered_value", 3)


def test_an_empty_merged_cell_is_there_too() -> None:
    assert ("", 0, 0, 2, 1) in shape(only_table(sheet_data(said("B1", "x")) + merged("A1:A2")))


def test_merged_areas_out_of_all_proportion_or_over_each_other_do_no_harm() -> None:
    rows = sheet_data(said("A1", "标题"), said("A2", "x"), said("A3", "y"))
    areas = merged("A1:XFD1", "A2:C3", "B2:D2", "A0:B0", "nonsense", "C9:A1")
    document = read(rows + areas)
    assert [one[0] for one in shape(document.tables[0])] == ["标题", "x"]
    assert document.tables[0].width <= 30
    assert (only_finding(document).code, only_finding(document).place.row) == ("covered_value", 3)


def test_hidden_rows_and_columns_are_read_and_marked() -> None:
    rows = sheet_data(
        said("A1", "a") + said("B1", "b"), f'<row r="2" hidden="1">{said("A2", "c")}</row>'
    )
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    document = read(
        columns + rows + '<autoFilter ref="A1:B2"><filterColumn colId="0"/></autoFilter>'
    )
    assert [one.hidden for one in document.tables[0].cells] == [False, True, True]
    row, column = document.findings
    assert (row.code, row.place.row) == ("hidden_row", 2)
    assert "by a filter" in row.message.en
    assert (column.code, column.place.column) == ("hidden_column", 2)


def test_a_merged_cell_is_hidden_only_where_all_of_it_is() -> None:
    rows = sheet_data(f'<row r="1" hidden="1">{said("A1", "a")}</row>', said("B2", "b"))
    assert only_table(rows + merged("A1:A2")).cells[0].hidden is False


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_read_and_marked(state: str) -> None:
    document = read_document("表.xlsx", xlsx(sheet_data(said("A1", "x")), state=state))
    assert document.tables[0].hidden
    assert document.tables[0].cells[0].hidden
    assert only_finding(document).code == "hidden_sheet"


def test_of_a_formula_the_kept_value_is_shown() -> None:
    found = only_cell('<c r="A1"><f>ROW()-3</f><v>1</v></c>')
    assert (found.text, found.formula, found.typed) == ("1", "=ROW()-3", "number")


def test_a_formula_that_comes_to_an_empty_text_has_a_value() -> None:
    document = read(sheet_data('<c r="A1" t="str"><f>B1&amp;""</f><v></v></c>'))
    assert (document.tables[0].cells[0].text, document.findings) == ("", ())


@pytest.mark.parametrize("kept", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_kept_value_is_empty_and_noted(kept: str) -> None:
    document = read(sheet_data(f'<c r="A1"><f>ROW()-3</f>{kept}</c>'))
    assert document.tables[0].cells[0].text == ""
    finding = only_finding(document)
    assert (finding.code, finding.found) == ("formula_without_value", "=ROW()-3")


def test_cells_that_share_a_formula_all_have_it() -> None:
    rows = sheet_data(
        '<c r="A1"><f t="shared" si="0" ref="A1:A2">ROW()</f><v>1</v></c>',
        '<c r="A2"><f t="shared" si="0"/><v>2</v></c>',
    )
    assert [one.formula for one in only_table(rows).cells] == ["=ROW()", "=ROW()"]


def test_a_formula_gone_wrong_is_noted() -> None:
    finding = only_finding(read(sheet_data('<c r="A1" t="e"><f>X</f><v>#REF!</v></c>')))
    assert (finding.code, finding.found) == ("formula_error", "#REF!")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1.0", "1"),
        (f"{MOBILE}.0", MOBILE),
        (MOBILE, MOBILE),
        ("1.3800000000E+10", MOBILE),
        ("0.30000000000000004", "0.3"),
        ("1E-3", "0.001"),
        ("-2.50", "-2.5"),
        ("9" * 18, "9" * 18),
        ("0", "0"),
        ("-0.0", "0"),
    ],
)
def test_a_number_is_written_with_all_its_figures_and_no_more(written: str, text: str) -> None:
    found = only_cell(number("A1", written))
    assert (found.text, found.typed) == (text, "number")


@pytest.mark.parametrize("written", ["1.38E+10", "9.9999999999999E+17", "9" * 15 + "000"])
def test_a_number_whose_figures_are_lost_is_noted(written: str) -> None:
    document = read(sheet_data(number("A1", written)))
    assert document.tables[0].cells[0].text == written
    assert (only_finding(document).code, only_finding(document).found) == ("number_lost", written)


def test_a_number_shortened_before_it_became_text_is_noted() -> None:
    assert only_finding(read(sheet_data(said("A1", "1.38E+10")))).code == "number_lost"


@pytest.mark.parametrize("written", ["1E999999999", "NaN", "-INF", "abc", "1e", "1_0x"])
def test_what_is_no_number_stands_as_it_is_written(written: str) -> None:
    assert only_cell(number("A1", written)).text == written


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("0.985", "0.0%", "98.5%"),
        ("571", "0000", "0571"),
        ("1200", '0"万元"', "1200万元"),
        ("1234.5", "¥#,##0.00", "¥1234.5"),
        ("1234.5", "[$¥-804]#,##0.00_);[Red]\\(#,##0.00\\)", "¥1234.5"),
        ("12", "@", "12"),
        ("1.5", "# ?/?", "1.5"),
        ("1500", "0.00E+00", "1500"),
        ("7", "G/通用格式", "7"),
    ],
)
def test_a_number_has_the_unit_sign_and_zeros_of_its_format(
    value: str, form: str, text: str
) -> None:
    found = only_cell(number("A1", value, style=1), formats(form.replace('"', "&quot;")))
    assert (found.text, found.typed) == (text, "number")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("45624", "yyyy/m/d", "2024/11/28"),
        ("45624", "yyyy\\-mm\\-dd;@", "2024-11-28"),
        ("45293", 'm"月"d"日"', "1月2日"),
        ("45293", "d-mmm", "2-Jan"),
        ("45624.75", "yyyy/m/d h:mm", "2024/11/28 18:00"),
        ("45624.75", "上午/下午h:mm:ss", "下午6:00:00"),
        ("0.5", "h:mm", "12:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("45624", "aaaa", "星期四"),
        (
            "45624",
            '[DBNum1][$-804]yyyy"年"m"月"d"日"',
            "二〇二四年十一月二十八日",
        ),
    ],
)
def test_a_date_is_written_as_its_format_shows_it(value: str, form: str, text: str) -> None:
    found = only_cell(number("A1", value, style=1), formats(form.replace('"', "&quot;")))
    assert (found.text, found.typed) == (text, "date")


@pytest.mark.parametrize(
    ("id", "text"),
    [(14, "2024/11/28"), (31, "2024年11月28日"), (57, "2024年11月"), (58, "11月28日")],
)
def test_formats_that_files_only_number_are_those_of_a_chinese_excel(id: int, text: str) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{id}"/></cellXfs>'
    assert only_cell(number("A1", "45624", style=1), styles).text == text


@pytest.mark.parametrize("value", ["-5", "1E9", "2958466"])
def test_a_number_that_is_no_day_stands_as_a_number(value: str) -> None:
    found = only_cell(number("A1", value, style=1), formats("yyyy"))
    assert found.typed in ("number", "date")
    assert found.text


def test_dates_may_be_counted_from_1904_or_written_out() -> None:
    book = (
        f'<workbook xmlns="{S}" xmlns:r="{R}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="汇总" r:id="s1"/></sheets></workbook>'
    )
    rows = sheet_data(
        number("A1", "44162", style=1) + '<c r="B1" t="d" s="1"><v>2024-11-28T00:00:00</v></c>'
    )
    data = xlsx(rows, formats("yyyy/m/d"), more={"xl/workbook.xml": book})
    cells = read_document("a.xlsx", data).tables[0].cells
    assert [(one.text, one.typed) for one in cells] == [("2024/11/28", "date")] * 2


def test_truth_is_typed() -> None:
    found = only_cell('<c r="A1" t="b"><v>1</v></c>')
    assert (found.text, found.typed) == ("TRUE", "bool")


def test_strings_are_shared_or_in_place_plain_or_in_runs_and_read_without_their_gloss() -> None:
    strings = (
        "<si><t>示范</t></si>"
        "<si><r><t>江城</t></r><r><rPr><strike/></rPr><t>机械</t></r><rPh><t>jicheng</t></rPh></si>"
    )
    rows = sheet_data(
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>7</v></c>'
        '<c r="D1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>'
    )
    document = read(rows, strings=strings)
    assert [one.text for one in document.tables[0].cells] == ["示范", "江城机械", "甲乙"]
    assert only_finding(document).code == "struck_out"


def test_a_struck_run_marks_its_line_and_a_struck_font_the_cell() -> None:
    strings = "<si><r><rPr><strike/></rPr><t>旧&#10;</t></r><r><t>新</t></r></si>"
    found = only_cell('<c r="A1" t="s"><v>0</v></c>', strings=strings)
    assert found.lines == (Line("旧", struck=True), Line("新"))
    fonts = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>'
    assert only_cell('<c r="A1" s="1" t="inlineStr"><is><t>旧</t></is></c>', fonts).struck


@pytest.mark.parametrize(
    "end", ["&#10;", "&#13;&#10;", "_x000D_&#10;", "_x000D_", "\u2028", "_x000a_"]
)
def test_every_end_of_a_line_is_one(end: str) -> None:
    assert only_cell(said("A1", f"甲{end}乙")).text == "甲\n乙"


def test_escapes_are_undone_and_half_a_character_is_none() -> None:
    assert only_cell(said("A1", "_x005F_x000D_ _x4E2D_ _x0007_x")).text == "_x000D_ 中 x"
    assert only_cell(said("A1", "_xD83D__xDE00_")).text == "\U0001f600"
    assert only_cell(said("A1", "a_xD83D_")).text == "a\ufffd"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'＋86", "＋86"),
        ("'-轮毂判读", "-轮毂判读"),
        (f"'{MOBILE}", MOBILE),
        ("'98年", "'98年"),
        ("'甲'", "'甲'"),
        ("'", "'"),
    ],
)
def test_the_apostrophe_that_guards_a_text_is_taken_off_without_a_trace(
    written: str, text: str
) -> None:
    assert only_cell(said("A1", written)).text == text


def test_a_prefix_for_the_namespace_changes_nothing() -> None:
    part = (
        f'<x:worksheet xmlns:x="{S}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        "<x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = xlsx("", more={"xl/worksheets/sheet1.xml": part})
    assert read_document("a.xlsx", data).tables[0].cells[0].text == "甲"


def test_elements_of_extensions_are_not_taken_for_cells() -> None:
    extension = '<extLst><ext xmlns:y="urn:y"><y:c r="Z9"><y:v>1</y:v></y:c></ext></extLst>'
    assert len(only_table(sheet_data(said("A1", "x")) + extension).cells) == 1


def test_a_strict_workbook_reads_the_same() -> None:
    def strict(part: str) -> str:
        return part.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(R, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    sheets = '<sheets><sheet name="甲" r:id="s1"/></sheets>'
    book = f'<workbook xmlns="{S}" xmlns:r="{R}">{sheets}</workbook>'
    sheet = f'<worksheet xmlns="{S}">{sheet_data(said("A1", "x"))}{merged("A1:B1")}</worksheet>'
    more = {"xl/workbook.xml": strict(book), "xl/worksheets/sheet1.xml": strict(sheet)}
    assert shape(read_document("a.xlsx", xlsx("", more=more)).tables[0]) == [("x", 0, 0, 1, 2)]


def test_the_declared_dimension_and_missing_addresses_do_not_matter() -> None:
    rows = "<sheetData><row><c/><c><v>1</v></c></row><row/><row><c><v>2</v></c></row></sheetData>"
    found = only_table('<dimension ref="A1:A1"/>' + rows)
    assert shape(found) == [("1", 0, 1, 1, 1), ("2", 2, 0, 1, 1)]


def test_a_blank_far_away_does_not_make_a_table_of_a_million_rows() -> None:
    found = only_table(sheet_data(said("A1", "x"), said("B2", " "), said("XFD1048576", "y")))
    assert (found.cells[-1].place.row, found.cells[-1].place.column) == (1_048_576, 16_384)
    assert found.height < 100
    assert found.width < 100


def test_two_parts_of_core_properties_and_macros_decide_nothing() -> None:
    data = xlsx(
        sheet_data(said("A1", "x")),
        more={
            "docProps/core.xml": "<broken",
            "docProps/core1.xml": "<broken",
            "xl/vbaProject.bin": b"\x00",
            "_rels/.rels": relations(
                ("a", "metadata/core-properties", "docProps/core.xml"),
                ("b", "metadata/core-properties", "docProps/core1.xml"),
                ("c", "officeDocument", "xl/workbook.xml"),
            ),
        },
    )
    assert read_document("a.xlsm", data).tables[0].cells[0].text == "x"


def test_every_sheet_is_a_table_and_empty_sheets_and_charts_are_none() -> None:
    book = openpyxl.Workbook()
    book.active.title = "甲市"  # type: ignore[union-attr]
    book["甲市"]["A1"] = "一"
    book.create_sheet("Sheet2")
    book.create_sheet("乙市")["B2"] = "二"
    book.create_chartsheet("图")
    made = io.BytesIO()
    book.save(made)
    document = read_document("a.xlsx", made.getvalue())
    assert [(one.place.sheet, one.cells[0].text) for one in document.tables] == [
        ("甲市", "一"),
        ("乙市", "二"),
    ]
    assert (only_finding(document).code, only_finding(document).place.sheet) == (
        "drawing_ignored",
        "图",
    )


def test_comments_text_boxes_and_pictures_are_noted_where_they_are() -> None:
    def anchored(inner: str, row: int) -> str:
        return (
            f"<d:twoCellAnchor><d:from><d:col>1</d:col><d:row>{row}</d:row></d:from>"
            f"<d:to><d:col>5</d:col><d:row>9</d:row></d:to>{inner}</d:twoCellAnchor>"
        )

    box = "<d:sp><d:txBody><a:p><a:r><a:t>江城示范</a:t></a:r></a:p></d:txBody></d:sp>"
    drawn = anchored(box, 2) + anchored("<d:pic/>", 3) + anchored("<d:cxnSp/>", 4)
    document = read_document(
        "a.xlsx",
        xlsx(
            sheet_data(said("A1", "x")),
            more={
                "xl/worksheets/_rels/sheet1.xml.rels": relations(
                    ("a", "drawing", "../drawings/d.xml"), ("b", "comments", "/xl/comments1.xml")
                ),
                "xl/drawings/d.xml": (
                    f'<d:wsDr xmlns:d="{DRAWING}" xmlns:a="{MAIN}">{drawn}</d:wsDr>'
                ),
                "xl/comments1.xml": (
                    f'<comments xmlns="{S}"><commentList><comment ref="B7"><text><t>批</t></text>'
                    "</comment></commentList></comments>"
                ),
            },
        ),
    )
    assert [one.code for one in document.findings] == ["drawing_ignored"] * 3
    assert [(one.message.en, one.place.row, one.place.column) for one in document.findings] == [
        ("a text box is not read", 3, 2),
        ("a picture is not read", 4, 2),
        ("a comment is not read", 7, 2),
    ]


def test_a_picture_in_a_cell_as_wps_keeps_it_is_no_text() -> None:
    written = '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    document = read(sheet_data(written.replace('"ID_1"', "&quot;ID_1&quot;")))
    assert document.tables[0].cells[0].text == ""
    assert only_finding(document).code == "drawing_ignored"


def test_what_a_library_writes_is_read_back() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "江城示范", 1.0, date(2024, 11, 28), True])
    made = io.BytesIO()
    book.save(made)
    cells = read_document("a.xlsx", made.getvalue()).tables[0].cells
    assert [(one.text, one.typed) for one in cells] == [
        ("序号", "text"),
        ("江城示范", "text"),
        ("1", "number"),
        ("2024-11-28", "date"),
        ("TRUE", "bool"),
    ]


def test_of_the_same_finding_only_so_many_are_listed() -> None:
    rows = sheet_data(*(f'<c r="A{row}"><f>ROW()</f></c>' for row in range(1, 101)))
    document = read(rows)
    assert len(document.findings) == 31
    assert document.findings[-1].message.en == "70 more of formula_without_value"


@pytest.mark.parametrize(
    ("sheet", "limits", "sentence"),
    [
        (sheet_data(*[said("A1", "x") + said("B1", "y")] * 3), Limits(cells=4), "of 4 cells"),
        (sheet_data(said("A1", "x"), said("A2", "x")), Limits(rows=1), "汇总: more than.* 1 rows"),
        (
            sheet_data(said("A1", "x"), said("Z26", "x")),
            Limits(squares=600),
            "sheet 汇总: more than the limit of 600 squares",
        ),
        (
            sheet_data(said("A1", "x" * 9000)),
            Limits(expanded_bytes=9000),
            "sheet1.xml: more than the limit of 9000 expanded bytes",
        ),
        (sheet_data("<c/>" * 50), Limits(elements=40), "sheet1.xml: more than the limit of 40"),
    ],
)
def test_too_much_of_anything_is_refused_by_limit_and_place(
    sheet: str, limits: Limits, sentence: str
) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(sheet, limits=limits)


def test_a_long_string_in_every_cell_is_refused_before_it_is_copied() -> None:
    rows = sheet_data(*(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 60)))
    with pytest.raises(UnreadableFile, match="more than the limit of 100000 characters"):
        read(rows, strings=f"<si><t>{'长 ' * 1000}</t></si>", limits=Limits(characters=100_000))


def test_a_long_formula_shared_by_all_cells_is_refused() -> None:
    first = f'<c r="A1"><f t="shared" si="0">{"1+" * 1000}1</f><v>1</v></c>'
    rest = (f'<c r="A{row}"><f t="shared" si="0"/><v>1</v></c>' for row in range(2, 60))
    with pytest.raises(UnreadableFile, match="characters"):
        read(sheet_data(first, *rest), limits=Limits(characters=100_000))


def test_a_format_longer_than_any_real_one_is_not_followed() -> None:
    assert only_cell(number("A1", "7", style=1), formats("0" * 10_000)).text == "7"


def test_merged_areas_over_each_other_take_no_time_to_refuse() -> None:
    rows = sheet_data(said("A1", "x"), said("Z9000", "y"))
    areas = merged(*["A1:Y8000"] * 300)
    began = time.process_time()
    assert only_table(rows + areas).cells[0].row_span > 1
    assert time.process_time() - began < 10


def test_a_cell_beyond_the_last_row_or_column_is_none() -> None:
    rows = sheet_data(said("A1", "x") + said("XFE1", "y") + said("A1048577", "z"))
    assert [one.text for one in only_table(rows).cells] == ["x"]


def test_a_date_written_out_without_a_format_is_written_by_the_calendar() -> None:
    found = only_cell('<c r="A1" t="d"><v>2024-11-28</v></c>')
    assert (found.text, found.typed) == ("2024-11-28", "date")


def test_a_part_of_a_sheet_that_is_missing_is_named() -> None:
    more = {"xl/_rels/workbook.xml.rels": relations(("s1", "worksheet", "gone.xml"))}
    with pytest.raises(UnreadableFile, match=r"the part xl/gone.xml is missing"):
        read_document("a.xlsx", xlsx("", more=more))


def test_a_sheet_that_is_missing_is_named() -> None:
    more = {"xl/_rels/workbook.xml.rels": relations()}
    with pytest.raises(UnreadableFile, match="sheet 汇总 is missing"):
        read_document("a.xlsx", xlsx("", more=more))
