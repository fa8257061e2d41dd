"""Collections of cases as documents: everything stands in each form, and nothing runs."""

from __future__ import annotations

import io
import re

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from ingest.write.collection import (
    FORMATS,
    Collection,
    Entry,
    Source,
    to_docx,
    to_markdown,
    to_spreadsheet,
)

ENTRY = Entry(
    "某轴承厂 — 磨削尺寸在线检测",
    (("企业", "某轴承厂"), ("年份", ""), ("成效", "=漏检率-30%\n效率+5%")),
    (Source("news.example (报道，2024年)", "https://news.example/a b"), Source("来稿第 3 行")),
)
COLLECTION = Collection("案例集", ("标签由标注人员判断。",), "出处", (ENTRY,))


def test_markdown_holds_facts_and_sources_and_leaves_out_what_is_not_known() -> None:
    assert to_markdown(COLLECTION).decode() == (
        "# 案例集\n\n> 标签由标注人员判断。\n\n"
        "## 1. 某轴承厂 — 磨削尺寸在线检测\n\n"
        "- **企业**: 某轴承厂\n- **成效**: =漏检率-30%; 效率+5%\n\n"
        "**出处**\n\n"
        "- [news.example (报道，2024年)](<https://news.example/a%20b>)\n- 来稿第 3 行\n"
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    entry = Entry(text, (("事实", text),), (Source(text),))
    written = to_markdown(Collection("题", (), "出处", (entry,))).decode()
    tokens = MarkdownIt().parse(written)
    kinds = {inner.type for token in tokens for inner in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "text_special"}
    shown = [
        "".join(inner.content for inner in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    single = " ".join(text.split())
    assert f"1. {single}".strip() in {one.strip() for one in shown}


def test_word_holds_a_table_for_each_case() -> None:
    document = docx.Document(io.BytesIO(to_docx(COLLECTION)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["案例集", "标签由标注人员判断。", "1. 某轴承厂 — 磨削尺寸在线检测"]
    assert "news.example (报道，2024年) https://news.example/a b" in texts
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["企业", "某轴承厂"], ["成效", "=漏检率-30%\n效率+5%"]]


def test_a_spreadsheet_holds_a_row_for_each_case_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(to_spreadsheet(COLLECTION)))
    cases, sources, notes = book.worksheets
    assert [cell.value for cell in cases[1]] == ["案例集", "企业", "年份", "成效", "出处"]
    assert cases["D2"].value == "=漏检率-30%\n效率+5%"
    assert cases["D2"].data_type == "s"
    assert [cell.value for cell in sources[2]][1:] == [
        "news.example (报道，2024年)", "https://news.example/a b"
    ]  # fmt: skip
    assert notes["A2"].value == "标签由标注人员判断。"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_collection_gives_the_same_bytes(form: str) -> None:
    first = FORMATS[form](COLLECTION)
    assert FORMATS[form](COLLECTION) == first
    assert not re.search(rb"20[2-9]\d-\d\d-\d\dT", first)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_collected_is_still_a_document(form: str) -> None:
    assert FORMATS[form](Collection("案例集", (), "出处", ()))


def test_what_xml_cannot_hold_is_left_out() -> None:
    entry = Entry("a\x00b", (("事实", "c\x07d"),), ())
    document = docx.Document(io.BytesIO(to_docx(Collection("题", (), "出处", (entry,)))))
    assert document.paragraphs[1].text == "1. ab"
