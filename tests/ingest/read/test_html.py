from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Paragraph, Table
from ingest.read.html import read
from ingest.read.limits import LIMITS, Limits
from ontology.errors import UnreadableFile


def read_page(source: str, encoding: str = "utf-8", limits: Limits = LIMITS) -> Document:
    return read("page.html", source.encode(encoding), limits)


def texts(document: Document) -> list[str]:
    return [block.line.text for block in document.blocks if isinstance(block, Paragraph)]


def squares(table: Table) -> list[list[str]]:
    """Return the text of the cell that covers each square."""
    return [[cell.text if cell else "—" for cell in row] for row in table.rows()]


def test_headings_paragraphs_and_line_breaks_come_in_order() -> None:
    found = read_page("<title>x</title><h2>附件4</h2><p>第一<br>第二&nbsp;三</p>尾")
    assert texts(found) == ["附件4", "第一", "第二\xa0三", "尾"]
    assert [b.heading for b in found.blocks if isinstance(b, Paragraph)] == [2, None, None, None]


def test_a_spanning_cell_covers_its_squares_and_is_there_once() -> None:
    (table,) = read_page(
        "<table><tr><th rowspan=2>序号<th colspan=2>联系人<tr><td>姓名<td>手机<tr><td>1<td>甲<td>无"
        "</table>"
    ).tables
    assert squares(table) == [
        ["序号", "联系人", "联系人"],
        ["序号", "姓名", "手机"],
        ["1", "甲", "无"],
    ]
    assert len(table.cells) == 7


def test_a_rowspan_of_zero_goes_to_the_end_of_its_group_of_rows() -> None:
    (table,) = read_page(
        "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3</table>"
    ).tables
    assert squares(table) == [["甲", "1"], ["甲", "2"], ["乙", "3"]]


def test_a_span_beyond_the_table_is_clipped_to_it() -> None:
    (table,) = read_page(
        "<table><tr><td colspan=99>标题<tr><td>1<td rowspan=50>甲<tr><td>2</table>"
    ).tables
    assert (table.height, table.width) == (3, 2)
    assert squares(table) == [["标题", "标题"], ["1", "甲"], ["2", "甲"]]


def test_two_cells_never_cover_the_same_square() -> None:
    (table,) = read_page(
        "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>"
    ).tables
    assert squares(table) == [["a", "b", "c"], ["d", "b", "e"]]


def test_the_foot_of_a_table_stands_last_wherever_it_is_written() -> None:
    (table,) = read_page(
        "<table><thead><tr><td>头<tfoot><tr><td>合计<tbody><tr><td>1</table>"
    ).tables
    assert squares(table) == [["头"], ["1"], ["合计"]]


def test_cells_without_a_row_and_rows_within_a_form_are_read() -> None:
    assert squares(read_page("<table><td>a<td>b</table>").tables[0]) == [["a", "b"]]
    assert squares(read_page("<table><form><tr><td>a</form></table>").tables[0]) == [["a"]]


def test_a_nested_table_is_kept_and_its_text_is_read_as_lines() -> None:
    (table,) = read_page(
        "<table><tr><td>1<td>甲<table><tr><td>x<td>y</table><tr><td>2<td>乙</table>"
    ).tables
    assert squares(table) == [["1", "甲\nx\ty"], ["2", "乙"]]
    cell = table.covering(0, 1)
    assert cell is not None
    assert squares(cell.nested[0]) == [["x", "y"]]


def test_a_table_for_layout_is_no_table() -> None:
    found = read_page(
        "<table><tr><td>菜单<td><p>通知</p><table><tr><td>a<td>b<tr><td>c<td>d</table></table>"
    )
    assert texts(found) == ["菜单", "通知"]
    assert [squares(table) for table in found.tables] == [[["a", "b"], ["c", "d"]]]


def test_one_paragraph_for_each_cell_is_left_as_paragraphs() -> None:
    found = read_page("<p>序号</p><p>企业</p><p>1</p><p>甲</p>")
    assert texts(found) == ["序号", "企业", "1", "甲"]
    assert found.tables == ()


def test_lists_have_the_labels_a_browser_prints() -> None:
    found = read_page(
        "<ol start=3><li>甲<li>乙<ul><li>丙</ul></ol><ol type=A><li value=2>丁<li>戊</ol>"
    )
    lines = [block.line for block in found.blocks if isinstance(block, Paragraph)]
    assert [(line.label, line.text) for line in lines] == [
        ("3.", "甲"), ("4.", "乙"), ("•", "丙"), ("B.", "丁"), ("C.", "戊"),
    ]  # fmt: skip


def test_scripts_styles_and_glosses_are_left_out() -> None:
    found = read_page(
        "<script>a</script><style>b</style><p>項<ruby>目<rp>(</rp><rt>mù</rt><rp>)</rp></ruby>"
        "<!-- c --><select><option>d</select><textarea>e</textarea>"
    )
    assert texts(found) == ["項目"]


def test_hidden_rows_columns_and_text_are_read_and_marked() -> None:
    found = read_page(
        "<p style='display:none'>藏</p><table><col><col style='display: none'>"
        "<tr hidden><td>1<td>2<tr><td>3<td>4</table>"
    )
    assert found.blocks[0].line.hidden  # type: ignore[union-attr]
    assert [cell.text for cell in found.tables[0].cells if cell.hidden] == ["1", "2", "4"]
    assert [finding.code for finding in found.findings] == ["hidden_text"]


def test_struck_text_is_marked() -> None:
    (table,) = read_page(
        "<table><tr><td><s>旧</s><td><span style='text-decoration: line-through'>旧</span>"
        "<td><del>旧</del>新</table>"
    ).tables
    assert [cell.struck for cell in table.cells] == [True, True, False]


def test_what_was_escaped_twice_is_read_once() -> None:
    assert texts(read_page("<p>A&amp;amp;B&amp;nbsp;C")) == ["A&B\xa0C"]


def test_a_line_broken_in_the_source_is_one_line() -> None:
    assert texts(read_page("<p>在线智\n  能检测 by\n camera")) == ["在线智能检测 by camera"]
    assert texts(read_page("<pre>a  b\nc</pre>")) == ["a  b", "c"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "nothing"])
def test_the_bytes_decide_about_the_encoding_and_not_what_is_declared(declared: str) -> None:
    source = f"<meta charset={declared}><p>卓越级智能工厂项目推荐汇总表"
    for encoding in ("gb18030", "utf-8"):
        assert texts(read_page(source, encoding)) == ["卓越级智能工厂项目推荐汇总表"]


def test_a_spreadsheet_saved_as_a_page_keeps_digits_and_formulas() -> None:
    number = "138" + "0" * 8
    (table,) = read_page(
        f'<table><tr><td x:num="{number}">1.38E+10</td>'
        '<td x:num="2" x:fmla="=ROW()-3">2</td></table>'
    ).tables
    assert [cell.text for cell in table.cells] == [number, "2"]
    assert [cell.typed for cell in table.cells] == ["number", "number"]
    assert table.cells[1].formula == "=ROW()-3"


def test_places_name_the_table_row_and_column() -> None:
    found = read_page("<p>x<table><tr><td>a<td>？018年</table>")
    assert str(found.findings[0].place) == "page.html, table 1, row 1, column 2"


@pytest.mark.parametrize("source", ["", "   ", "<!-- -->", "\x00", "<html></html>"])
def test_a_page_with_nothing_in_it_has_no_blocks(source: str) -> None:
    assert read_page(source).blocks == ()


def test_elements_nested_too_deep_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="nested deeper"):
        read_page("<div>" * 5000 + "x")
    with pytest.raises(UnreadableFile, match="limit of 10 nesting"):
        read_page("<table><tr><td>a<td>b<tr><td>c<td>" * 12)


def test_spans_that_claim_millions_of_squares_cost_nothing() -> None:
    (table,) = read_page(
        "<table>" + "<tr><td colspan=1000 rowspan=60000>x" * 300 + "</table>"
    ).tables
    assert table.width <= 2000
    with pytest.raises(UnreadableFile, match="limit of 1000 cells"):
        read_page("<table>" + "<tr><td>x<td>y" * 600 + "</table>", limits=Limits(cells=1000))


def test_nothing_is_fetched_and_no_entity_is_expanded() -> None:
    source = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;x</p><img src="http://127.0.0.1:9/">'
    assert "root:" not in "".join(texts(read_page(source)))


TAGS = ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<td colspan=4>", "<tfoot>",
        "<th rowspan=0>", "<tbody>", "<p>", "</p>", "<li>", "<ol>", "甲", "&nbsp;", "<br>", "<s>",
        "</td>"]  # fmt: skip


@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_no_square_is_covered_twice_whatever_is_written(parts: list[str]) -> None:
    try:
        found = read_page("".join(parts))
    except UnreadableFile:
        return
    for table in found.tables:
        covered = sum(cell.row_span * cell.column_span for cell in table.cells)
        drawn = sum(cell is not None for row in table.rows() for cell in row)
        assert covered == drawn


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_as_unreadable(data: bytes) -> None:
    with suppress(UnreadableFile):
        read("page.html", data, LIMITS)
