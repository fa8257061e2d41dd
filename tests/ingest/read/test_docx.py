"""Word documents: what real ones do, each made by hand so that the test says what is in it."""

from __future__ import annotations

import pytest

from ingest.document import Cell, Document, Kind, Line, Paragraph, Severity, Table
from ingest.read.limits import LIMITS, Limits
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile
from tests.ingest.read.office_files import (
    cell,
    content_types,
    docx,
    paragraph,
    relations,
    row,
    run,
    table,
    word,
    zipped,
)

MARK = '<w:ins w:id="1" w:author="x">{}</w:ins>'
PICTURE = '<w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
TEXT_BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>盖章</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def read(body: str, styles: str = "", limits: Limits = LIMITS) -> Document:
    return read_document("表.docx", docx(body, styles), limits)


def only_table(body: str) -> Table:
    (found,) = read(body).tables
    return found


def shape(found: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in found.cells]


def texts(found: Table) -> list[list[str | None]]:
    return [[None if one is None else one.text for one in line] for line in found.rows()]


def only_cell(content: str) -> Cell:
    (found,) = only_table(table(row(cell(content)))).cells
    return found


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


def test_paragraphs_and_tables_come_in_order_with_their_places() -> None:
    document = read(paragraph("附件4") + table(row("序号", "申报单位")) + paragraph("注"))
    first, second, third = document.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Table)
    assert isinstance(third, Paragraph)
    assert document.kind is Kind.DOCX
    assert (first.line.text, str(first.place)) == ("附件4", "表.docx, line 1")
    assert str(second.cells[1].place) == "表.docx, table 1, row 1, column 2"
    assert (third.line.text, third.place.line) == ("注", 2)


def test_a_cell_merged_downwards_is_there_once_with_all_its_rows() -> None:
    body = table(
        row(cell("江城示范机械", '<w:vMerge w:val="restart"/>'), "一"),
        row(cell("", "<w:vMerge/>"), "二"),
        row(cell("", "<w:vMerge/>"), "三"),
        row("另一家", "四"),
    )
    assert shape(only_table(body)) == [
        ("江城示范机械", 0, 0, 3, 1),
        ("一", 0, 1, 1, 1),
        ("二", 1, 1, 1, 1),
        ("三", 2, 1, 1, 1),
        ("另一家", 3, 0, 1, 1),
        ("四", 3, 1, 1, 1),
    ]


def test_two_merges_below_each_other_stay_two() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>'
    body = table(
        *(row(cell(text, properties)) for text, properties in (("甲", begin), ("", go_on))),
        *(row(cell(text, properties)) for text, properties in (("乙", begin), ("", go_on))),
    )
    assert shape(only_table(body)) == [("甲", 0, 0, 2, 1), ("乙", 2, 0, 2, 1)]


def test_a_cell_merged_sideways_covers_its_columns_in_both_ways_of_writing_it() -> None:
    new = table(row(cell("标题", '<w:gridSpan w:val="3"/>')), row("a", "b", "c"))
    old = table(
        row(
            cell("标题", '<w:hMerge w:val="restart"/>'),
            *[cell("", '<w:hMerge w:val="continue"/>')] * 2,
        ),
        row("a", "b", "c"),
    )
    assert shape(only_table(new))[0] == ("标题", 0, 0, 1, 3)
    assert shape(only_table(old)) == shape(only_table(new))


def test_a_row_that_begins_later_does_not_slide_left() -> None:
    body = table(row("1", "甲", "乙"), row("丙", "丁", properties='<w:gridBefore w:val="1"/>'))
    assert texts(only_table(body))[1] == [None, "丙", "丁"]


def test_a_row_with_too_few_cells_is_placed_by_their_widths() -> None:
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    indent = '<w:wBefore w:w="1000" w:type="dxa"/>'
    body = table(
        row("1", "2", "3"),
        row(wide("乙丙", 5005)),
        row(wide("乙", 2000), wide("丙", 3000), properties=indent),
        row(wide("甲乙", 3010), wide("丙", 3000)),
        widths=(1000, 2000, 3000),
    )
    assert texts(only_table(body))[2:] == [[None, "乙", "丙"], ["甲乙", "甲乙", "丙"]]
    # Widths that fit no column of the grid say nothing; the cell stays where it is.
    assert shape(only_table(body))[3] == ("乙丙", 1, 0, 1, 1)


def test_content_controls_round_text_cells_and_rows_are_looked_into() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(
        row("1", control.format(cell("质量管控—在线智能检测—轮毂判读")), "甲某"),
        control.format(row("2", control.format(cell(control.format(paragraph("内")))), "乙某")),
    )
    assert texts(only_table(body)) == [
        ["1", "质量管控—在线智能检测—轮毂判读", "甲某"],
        ["2", "内", "乙某"],
    ]


def test_the_prompt_of_a_content_control_nobody_filled_in_is_no_text() -> None:
    prompt = (
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt></w:p>"
    )
    assert only_cell(prompt).text == ""


def test_insertions_are_accepted_deletions_dropped_and_both_noted() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
    moved = f"<w:moveFrom>{run('从')}</w:moveFrom><w:moveTo>{run('到')}</w:moveTo>"
    document = read(f"<w:p>{run('智能')}{deleted}{MARK.format(run('仓储'))}{moved}</w:p>")
    (finding,) = document.findings
    assert document.text == "智能仓储到"
    assert (finding.code, finding.severity) == ("unaccepted_changes", Severity.WARNING)


def test_a_row_inserted_is_there_and_a_row_deleted_is_not() -> None:
    body = table(
        row("1", properties='<w:ins w:id="1"/>'), row("2", properties='<w:del w:id="2"/>'), row("3")
    )
    assert texts(only_table(body)) == [["1"], ["3"]]
    assert codes(read(body)) == ["unaccepted_changes"]


def test_a_cell_deleted_is_not_there_and_a_cell_inserted_is() -> None:
    body = table(row(cell("旧", '<w:cellDel w:id="1"/>'), cell("新", '<w:cellIns w:id="2"/>')))
    assert texts(only_table(body)) == [["新"]]
    assert codes(read(body)) == ["unaccepted_changes"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = paragraph("在线智", "<w:rPr><w:del/></w:rPr>") + paragraph("能检测")
    assert read(body).text == "在线智能检测"
    assert only_cell(body).text == "在线智能检测"


def test_what_is_left_of_such_a_paragraph_stays_where_it_is() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("前", deleted) + table(row("表")) + paragraph("后", deleted)
    document = read(body)
    assert document.text == "前\n后"
    assert document.tables[0].cells[0].text == "表"


def test_a_table_in_a_cell_is_its_lines_and_there_as_a_table() -> None:
    inner = table(row("1.", "质量管控—在线智能检测—轮毂判读"), row("2.", ""))
    found = only_cell(paragraph("实例：") + inner + "<w:p/>")
    assert found.text == "实例：\n1.\t质量管控—在线智能检测—轮毂判读\n2."
    assert [one.text for one in found.nested[0].cells][1] == "质量管控—在线智能检测—轮毂判读"
    assert found.nested[0].cells[0].place == found.place


def test_hyphens_tabs_breaks_and_symbols_read_as_they_are_printed() -> None:
    inside = (
        "<w:p><w:r><w:t>5G</w:t><w:noBreakHyphen/><w:t>A</w:t><w:softHyphen/><w:t>立体库</w:t>"
        "<w:tab/><w:t>x</w:t><w:br/><w:t>次行</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0FE"/>'
        "<w:t>\uf0a8</w:t></w:r></w:p>"
    )
    assert only_cell(inside).text == "5G-A立体库\tx\n次行☑□"


def test_blanks_at_the_ends_count_only_where_the_file_says_so() -> None:
    body = '<w:p><w:r><w:t>\n  甲 </w:t><w:t xml:space="preserve"> 乙</w:t></w:r></w:p>'
    assert read(body).text == "甲 乙"


def test_of_a_field_the_result_is_read_and_not_the_code() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>HYPERLINK</w:instrText><w:t>代码</w:t></w:r>"
    nested = mark("begin") + code + mark("separate") + run("内") + mark("end")
    field = mark("begin") + code + nested + mark("separate") + run("结果") + mark("end")
    simple = f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="x">{run("网址")}</w:hyperlink>'
    assert read(f"<w:p>{run('前')}{field}{simple}{link}</w:p>").text == "前结果3网址"


def test_a_field_that_never_ends_hides_nothing() -> None:
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("实例")}</w:p>' + paragraph(
        "后"
    )
    assert read(body).text == "实例\n后"


@pytest.mark.parametrize(("drawing", "what"), [(PICTURE, "picture"), (TEXT_BOX, "text box")])
def test_text_boxes_and_pictures_are_noted_and_their_text_is_not_that_of_the_cell(
    drawing: str, what: str
) -> None:
    document = read(table(row(cell(f"<w:p>{run('甲')}{drawing}</w:p>"))))
    (finding,) = document.findings
    assert document.tables[0].cells[0].text == "甲"
    assert (finding.code, str(finding.place)) == (
        "drawing_ignored",
        "表.docx, table 1, row 1, column 1",
    )
    assert what in finding.message.en


def test_of_alternatives_only_one_is_taken() -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{run("甲")}</mc:Choice>'
        f"<mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(f"<w:p>{both}</w:p>").text == "甲"


def test_a_file_embedded_as_text_is_noted() -> None:
    chunk = '<w:altChunk r:id="x"/>'
    assert codes(read(chunk + paragraph("甲"))) == ["embedded_ignored"]
    (finding,) = read(table(row("甲", cell(chunk + paragraph("乙"))))).findings
    assert (finding.code, finding.place.column) == ("embedded_ignored", 2)


def test_struck_out_text_is_read_and_marked_line_by_line() -> None:
    struck = run("旧项目", "<w:strike/>")
    kept = run("新项目", '<w:strike w:val="0"/>')
    body = f"<w:p>{struck}<w:r><w:br/></w:r>{kept}</w:p>"
    found = only_cell(body)
    assert found.lines == (Line("旧项目", struck=True), Line("新项目"))
    assert not found.struck
    assert only_cell(f"<w:p>{struck}</w:p>").struck
    assert codes(read(body)) == ["struck_out"]


def test_a_style_that_strikes_or_hides_counts_and_the_run_has_the_last_word() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="character" w:styleId="gone"><w:rPr><w:dstrike/></w:rPr></w:style>'
    )
    shown = run("显", '<w:vanish w:val="false"/><w:rStyle w:val="gone"/>')
    document = read(
        f'<w:p><w:pPr><w:pStyle w:val="own"/></w:pPr>{run("隐")}<w:r><w:br/></w:r>{shown}</w:p>',
        styles,
    )
    lines = [block.line for block in document.blocks if isinstance(block, Paragraph)]
    assert lines == [Line("隐", hidden=True), Line("显", struck=True)]
    assert codes(document) == ["struck_out", "hidden_text"]


def test_hidden_rows_and_cells_with_nothing_but_hidden_text_are_marked() -> None:
    secret = f"<w:p>{run('甲某', '<w:vanish/>')}</w:p>"
    body = table(row(cell(secret), "乙"), row("丙", "丁", properties="<w:hidden/>"))
    assert [one.hidden for one in only_table(body).cells] == [True, False, True, True]


def test_headings_are_told_by_style_by_outline_and_not_by_their_looks() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    document = read(
        paragraph("二级", '<w:pStyle w:val="b"/>')
        + paragraph("一级", '<w:outlineLvl w:val="0"/>')
        + paragraph("正文", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')
        + paragraph("正文", '<w:pStyle w:val="missing"/>'),
        styles,
    )
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [
        2,
        1,
        None,
        None,
    ]


def test_styles_based_on_each_other_in_a_circle_do_not_hang() -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba")
    )
    assert read(paragraph("甲", '<w:pStyle w:val="a"/>'), styles).text == "甲"


def test_headers_footers_and_comments_are_no_part_of_the_text() -> None:
    more = {
        "word/header1.xml": word(paragraph("页眉"), "hdr"),
        "word/comments.xml": word("批注", "comments"),
    }
    reference = '<w:r><w:commentReference w:id="0"/></w:r>'
    body = f'<w:p><w:commentRangeStart w:id="0"/>{run("甲")}{reference}</w:p>'
    assert read_document("a.docx", docx(body, more=more)).text == "甲"


def test_unknown_elements_never_drop_what_is_in_them() -> None:
    novelty = f"<w:novelty>{run('甲')}</w:novelty>"
    formula = "<m:oMath><m:r><m:t>n²</m:t></m:r></m:oMath>"
    gloss = f"<w:ruby><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('乙')}</w:rubyBase></w:ruby>"
    assert read(f"<w:p>{novelty}{formula}{gloss}</w:p>").text == "甲n²乙"


def test_a_document_saved_as_strict_reads_the_same() -> None:
    body = table(row(cell("甲", '<w:gridSpan w:val="2"/>')))
    strict = word(f"<w:body>{body}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    found = read_document("a.docx", docx("", more={"word/document.xml": strict})).tables[0]
    assert shape(found) == [("甲", 0, 0, 1, 2)]


def test_the_main_part_is_found_whatever_its_name() -> None:
    parts = {
        "[Content_Types].xml": content_types("wordprocessingml.document"),
        "_rels/.rels": relations(("a", "officeDocument", "/word/document2.xml")),
        "word/document2.xml": word(f"<w:body>{paragraph('甲')}</w:body>"),
    }
    assert read_document("a", zipped(parts)).text == "甲"


@pytest.mark.parametrize(
    ("body", "limits", "sentence"),
    [
        (table(row("1"), row("2")), Limits(rows=1), "table 1: more than the limit of 1 rows"),
        (table(row("1", "2")), Limits(cells=1), "table 1: more than the limit of 1 cells"),
        (
            table(row(cell("1", '<w:gridSpan w:val="30"/>'))),
            Limits(squares=20),
            "table 1: more than the limit of 20 squares",
        ),
        (paragraph("甲") * 3, Limits(paragraphs=2), "more than the limit of 2 paragraphs"),
        (paragraph("甲"), Limits(elements=5), "more than the limit of 5 elements"),
        (table(row(cell(table(row(cell(table(row("x")))))))), Limits(nesting=2), "of 2 nesting"),
        ("<w:p>" + "<w:ins>" * 60 + "</w:ins>" * 60 + "</w:p>", Limits(depth=50), "of 50 depth"),
    ],
)
def test_too_much_of_anything_is_refused_by_limit_and_place(
    body: str, limits: Limits, sentence: str
) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(body, limits=limits)


def test_a_document_without_a_body_is_told_as_such() -> None:
    with pytest.raises(UnreadableFile, match="is no Word document"):
        read_document("a.docx", docx("", more={"word/document.xml": word("")}))
