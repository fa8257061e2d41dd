import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Kind, Paragraph
from ingest.read import markdown, text
from ingest.read.limits import LIMITS, Limits
from ontology.errors import UnreadableFile


def test_each_line_of_a_text_is_a_paragraph_with_its_number() -> None:
    found = text.read("a.txt", "甲\r\n\r\n\u3000\u3000乙 \n".encode("gb18030"), LIMITS)
    assert found.kind == Kind.TEXT
    assert found.text == "甲\n乙"
    assert [block.place.line for block in found.blocks] == [1, 3]


def test_damaged_lines_of_a_text_are_told() -> None:
    found = text.read("a.txt", "好\n智能?厂\n".encode(), LIMITS)
    assert [str(finding.place) for finding in found.findings] == ["a.txt, line 2"]


def test_a_text_in_no_encoding_is_told() -> None:
    nonsense = "卓越级智能工厂项目推荐汇总表".encode().decode("gb18030", "replace").encode()
    assert [f.code for f in text.read("a.txt", nonsense, LIMITS).findings] == ["encoding_unclear"]


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="limit of 2 paragraphs"):
        text.read("a.txt", b"a\n" * 3, Limits(paragraphs=2))


MARKDOWN = """---
title: x
---
# 标题 *一*

段一
段二\\
三 a < b <公司名称>

3. 甲
4. 乙
   - 丙

| 序号 | 场景 |
|---|---|
| 1<br>2 | ~~旧~~ |
| 3 |

<table><tr><td rowspan=2>q<td>r<tr><td>s</table>
"""


def test_markdown_is_read_as_the_page_it_describes() -> None:
    found = markdown.read("a.md", MARKDOWN.encode(), LIMITS)
    paragraphs = [block for block in found.blocks if isinstance(block, Paragraph)]
    assert found.kind == Kind.MARKDOWN
    assert [(one.heading, one.line.label, one.line.text) for one in paragraphs] == [
        (1, None, "标题 一"),
        (None, None, "段一段二"),
        (None, None, "三 a < b <公司名称>"),
        (None, "3.", "甲"),
        (None, "4.", "乙"),
        (None, "•", "丙"),
    ]


def test_tables_of_markdown_and_those_in_html_are_tables() -> None:
    written, embedded = markdown.read("a.md", MARKDOWN.encode(), LIMITS).tables
    assert [[cell.text if cell else "—" for cell in row] for row in written.rows()] == [
        ["序号", "场景"], ["1\n2", "旧"], ["3", ""],
    ]  # fmt: skip
    struck = written.covering(1, 1)
    assert struck is not None
    assert struck.struck
    assert (embedded.height, embedded.width, len(embedded.cells)) == (2, 2, 3)


@given(st.text(alphabet="#|-*`<>[]()\n \\~1.甲a&", max_size=80))
def test_any_markdown_is_read(source: str) -> None:
    assert markdown.read("a.md", source.encode(), LIMITS).kind == Kind.MARKDOWN
