"""Automatic numbering: the labels Word prints, which stand nowhere in the text."""

from __future__ import annotations

import pytest

from ingest.document import Paragraph
from ingest.read.numerals import chinese, written
from ingest.read.reader import read_document
from tests.ingest.read.office_files import cell, docx, paragraph, row, table


def level(number: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def plan(*levels: str, id: int = 1) -> str:
    return f'<w:abstractNum w:abstractNumId="{id}">{"".join(levels)}</w:abstractNum>'


def listed(id: int, plan_id: int = 1, more: str = "") -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{plan_id}"/>{more}</w:num>'


def item(list_id: int = 1, depth: int = 0, text: str = "项") -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def labels(body: str, numbering: str, styles: str = "") -> list[str | None]:
    document = read_document("a.docx", docx(body, styles, numbering))
    return [block.line.label for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("ideographDigital", "第%1条", ["第一条", "第二条", "第三条"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
        ("ideographEnclosedCircle", "%1", ["㊀", "㊁", "㊂"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵", "⑶"]),
        ("decimalEnclosedFullstop", "%1", ["⒈", "⒉", "⒊"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "３．"]),
        ("upperLetter", "%1)", ["A)", "B)", "C)"]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperRoman", "%1", ["I", "II", "III"]),
        ("lowerRoman", "%1", ["i", "ii", "iii"]),
        ("ideographTraditional", "%1", ["甲", "乙", "丙"]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("bullet", "●", ["●", "●", "●"]),
        ("bullet", "\uf06c", ["•", "•", "•"]),
        ("none", "", [None, None, None]),
        ("novelty", "%1", ["1", "2", "3"]),
    ],
)
def test_each_form_of_numbering_is_printed_as_word_prints_it(
    form: str, text: str, expected: list[str | None]
) -> None:
    assert labels(item() * 3, plan(level(0, form, text)) + listed(1)) == expected


def test_levels_count_within_those_above_and_begin_again_after_them() -> None:
    numbering = plan(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.")) + listed(1)
    body = item() + item(depth=1) * 2 + item() + item(depth=1)
    assert labels(body, numbering) == ["一、", "1.", "2.", "二、", "1."]


def test_a_level_that_begins_without_those_above_counts_them_as_begun() -> None:
    numbering = plan(level(0, "decimal", "%1.", start=4), level(2, "decimal", "%1.%2.%3"))
    assert labels(item(depth=2) + item(), numbering + listed(1)) == ["4.1.1", "5."]
    assert labels(item(depth=1) + item(list_id=9), numbering + listed(1)) == [None, None]


def test_a_level_that_is_told_to_runs_on_across_headings() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    numbering = plan(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "（%2）", never)
    ) + listed(1)
    body = item() + item(depth=1) * 2 + item() + item(depth=1)
    assert labels(body, numbering) == ["一、", "（1）", "（2）", "二、", "（3）"]


def test_a_label_of_several_levels_has_all_their_numbers_decimal_where_told() -> None:
    numbering = plan(
        level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    ) + listed(1)
    assert labels(item() * 2 + item(depth=1), numbering) == ["第一章", "第二章", "2.1"]


def test_lists_of_one_plan_count_on_and_a_start_of_their_own_begins_anew() -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = plan(level(0, "decimal", "%1.")) + listed(1) + listed(2) + listed(3, more=own)
    body = item(1) * 2 + item(2) + item(3) * 2 + item(1)
    assert labels(body, numbering) == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_list_may_change_a_level_of_its_plan() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    numbering = plan(level(0, "decimal", "%1.")) + listed(1) + listed(2, more=own)
    assert labels(item(1) + item(2), numbering) == ["1.", "B)"]


def test_a_list_numbered_by_its_style_has_labels_and_number_nought_takes_them_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    plain = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("甲", '<w:pStyle w:val="n"/>') + paragraph(
        "乙", f'<w:pStyle w:val="n"/>{plain}'
    )
    assert labels(body, plan(level(0, "decimal", "%1.")) + listed(1), styles) == ["1.", None]


def test_a_plan_that_only_names_a_style_is_looked_up() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    real = plan('<w:styleLink w:val="L"/>', level(0, "decimal", "%1)"), id=2)
    assert labels(item(), link + real + listed(1)) == ["1)"]


def test_an_automatic_number_in_a_cell_of_its_own_is_there_without_text() -> None:
    numbering = plan(level(0, "decimal", "%1")) + listed(1)
    body = table(*(row(cell(item(text="")), name) for name in ("甲", "乙")))
    (found,) = read_document("a.docx", docx(body, numbering=numbering)).tables
    assert [one.lines[0].label for one in found.cells if one.column == 0] == ["1", "2"]
    assert [one.text for one in found.cells if one.column == 0] == ["", ""]


def test_the_items_of_a_cell_are_lines_with_labels_and_their_second_lines_have_none() -> None:
    numbering = plan(level(0, "decimal", "%1.")) + listed(1)
    broken = item(text="质量管控</w:t><w:br/><w:t>—在线智能检测")
    body = table(row(cell(broken + item(text="仓储物流"))))
    (found,) = read_document("a.docx", docx(body, numbering=numbering)).tables[0].cells
    assert [(line.label, line.text) for line in found.lines] == [
        ("1.", "质量管控"),
        (None, "—在线智能检测"),
        ("2.", "仓储物流"),
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (10005, "一万零五"),
        (12345, "一万二千三百四十五"),
    ],
)
def test_chinese_numbers_are_written_as_they_are_said(number: int, said: str) -> None:
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (0, "lowerLetter", "0"),
        (21, "decimalEnclosedCircle", "㉑"),
        (36, "decimalEnclosedCircle", "㊱"),
        (51, "decimalEnclosedCircle", "51"),
        (11, "ideographEnclosedCircle", "11"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (1994, "upperRoman", "MCMXCIV"),
        (5000, "upperRoman", "5000"),
        (-3, "chineseCounting", "-3"),
        (99_999_999, "lowerLetter", "99999999"),
    ],
)
def test_numbers_beyond_a_form_are_written_as_well_as_can_be(
    number: int, form: str, expected: str
) -> None:
    assert written(number, form) == expected
