"""Headings of every numbering kind, tables as labels and columns, contents left out."""

from __future__ import annotations

import pytest

from ingest.outline import Outline, outline
from tests.ingest.annex3.documents import document_of


def read(text: str) -> Outline:
    """Return the outline of a text."""
    return outline(document_of(text))


def paths(text: str) -> list[tuple[str, ...]]:
    """Return the titles above each fragment."""
    return [tuple(heading.title for heading in one.path) for one in read(text).fragments]


@pytest.mark.parametrize(
    ("first", "second", "inner"),
    [
        ("一、总则", "二、细则", "（一）对象"),
        ("第一章 总则", "第二章 细则", "一、对象"),
        ("第一部分　总则", "第二部分　细则", "1.1 对象"),
        ("1. 总则", "2. 细则", "1.1 对象"),
        ("1 总则", "2 细则", "1.1 对象"),
        ("（一）总则", "（二）细则", "1、对象"),
        ("①总则", "②细则", "（1）对象"),
        ("1）总则", "2）细则", "① 对象"),
        ("# 总则", "# 细则", "## 对象"),
    ],
)
def test_headings_of_every_kind_nest_in_the_order_they_come(
    first: str, second: str, inner: str
) -> None:
    text = (
        f"{first}\n{inner}\n这里写的是对象的正文，写得长。\n{second}\n这里写的是细则的正文，也长。"
    )
    assert paths(text) == [
        ("总则",), ("总则", "对象"), ("总则", "对象"), ("细则",), ("细则",)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "2.5吨压机",
        "98.5%的产品合格",
        "1.公司建设了产线，实现了自动化，提高了质量。",
        "2023.10—2024.05",
        "3.6亿元投资",
    ],
)
def test_numbers_and_sentences_are_no_headings(line: str) -> None:
    assert read(line).headings == ()


def test_a_table_of_contents_heads_nothing() -> None:
    text = (
        "目  录\n一、总则………………1\n二、细则\t12\n三、附则 .......... 30\n\n"
        "一、总则\n总则的正文在这里写得长一些。\n二、细则\n细则的正文在这里写得长一些。"
    )
    assert [heading.title for heading in read(text).headings] == ["总则", "细则"]


def test_a_table_of_contents_without_page_numbers_is_known_by_its_repetition() -> None:
    text = "目录\n一、总则\n二、细则\n一、总则\n总则的正文。\n二、细则\n细则的正文。"
    assert [heading.place.line for heading in read(text).headings] == [4, 6]


def test_a_form_is_read_as_labels_with_values() -> None:
    found = read("| 企业名称 | 江城示范有限公司 | 性质 | 民营 |")
    assert [one.text for one in found.fragments] == ["企业名称：江城示范有限公司", "性质：民营"]
    assert [one.place.column for one in found.fragments] == [2, 4]


def test_under_a_head_row_each_cell_knows_its_column_and_row() -> None:
    found = read("| 序号 | 指标 | 建设前 | 建设后 |\n| 1 | 产品不良率 | 3% | 2% |").fragments
    assert [(one.text, one.column) for one in found] == [
        ("产品不良率：3%", "建设前"), ("产品不良率：2%", "建设后")
    ]  # fmt: skip
    assert found[1].row == (("指标", "产品不良率"), ("建设前", "3%"), ("建设后", "2%"))


def test_words_before_a_colon_head_their_line_alone() -> None:
    assert paths("总投资：三亿元\n另一段没有标题的文字写在这里。") == [("总投资",), ()]


def test_what_a_form_says_in_brackets_is_no_part_of_the_title() -> None:
    (heading,) = read("三、场景建设（简述目标、内容和技术路线，不超过3000字）").headings
    assert (heading.number, heading.title) == ("三、", "场景建设")
