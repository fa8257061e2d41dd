"""The page of the recommendation table: findings beside what they are about, no contact shown."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook

from api.ui.annex4_view import beside
from ingest.annex4.check import CheckedEntry, CheckedItem, CheckedTable
from ingest.document import Finding, Place, Severity

INVENTED = "138" + "0" * 8  # a number of nobody
ITEMS = "1. 仓储物流—在线智能检测—轮毂X光缺陷判读\n2. 智能仓诸"
TITLES = (
    "序号", "申报单位", "项目（智能工厂）名称", "涉及典型场景实例（罗列）",
    "联系人", "联系方式（手机号）",
)  # fmt: skip


def table(*rows: tuple[str | int, ...], title: str = "卓越级智能工厂项目推荐汇总表") -> bytes:
    """Return a recommendation table as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in ((title,), ("推荐单位（盖章）：江苏省工业和信息化厅",), TITLES, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILED = table((1, "江城示范机械有限公司", "变速箱智能工厂", ITEMS, "甲某", INVENTED))


def hand_in(client: TestClient, content: bytes, name: str = "推荐表.xlsx", **form: str) -> str:
    """Return the page that a file is answered with."""
    return client.post("/annex4", files={"file": (name, content)}, data=form).text


def taken(page: str, form: str) -> bytes:
    """Return the corrected file that a page holds."""
    (found,) = re.findall(rf'download="[^"]+\.{form}" href="data:[^;]+;base64,([^"]+)"', page)
    return base64.b64decode(found)


def test_findings_stand_in_the_row_of_their_item(client: TestClient) -> None:
    page = hand_in(client, FILED)
    first, second = re.findall(r"<td>(?:(?!<td>).)*?<li class=\"finding.*?</tr>", page, re.S)
    assert "场景不属于所填环节" in first
    assert '建议：<span lang="zh-CN">质量管控—在线智能检测' in first
    assert "名称疑有一字之误" in second


def test_no_contact_is_on_the_page_or_in_the_files(client: TestClient) -> None:
    page = hand_in(client, FILED)
    assert "联系方式 2 处，均不显示" in page
    assert INVENTED not in page
    assert "甲某" not in page
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(taken(page, "xlsx"))).worksheets[0]
             .iter_rows() for cell in row]  # fmt: skip
    assert not {INVENTED, "甲某"} & set(cells)


def test_the_corrected_file_has_what_is_sure_and_provisional_names_only_on_demand(
    client: TestClient,
) -> None:
    filed = table((1, "江城示范机械有限公司", "变速箱智能工厂",
                   "1. 仓储物流—在线智能检测—轮毂X光缺陷判读", "", ""))  # fmt: skip
    page = hand_in(client, filed)
    book = load_workbook(io.BytesIO(taken(page, "xlsx")))
    assert "1. 质量管控—在线智能检测—轮毂X光缺陷判读" in [c.value for c in book.worksheets[0]["D"]]
    assert taken(page, "docx") == taken(hand_in(client, filed), "docx")  # the same bytes again


def test_what_is_no_table_or_no_file_is_told_on_the_page(client: TestClient) -> None:
    page = hand_in(client, b"\x00\x01\x02", "推荐表.xlsx")
    assert 'role="alert"' in page
    assert "download=" not in page
    assert client.post("/annex4", data={"edition": "2024"}).status_code == 422
    answer = client.post("/annex4", files={"file": ("a.xlsx", FILED)}, data={"edition": "1999"})
    assert answer.status_code == 422
    assert "没有找到指引版本“1999”" in answer.text


def test_a_workbook_without_the_table_says_so(client: TestClient) -> None:
    book = Workbook()
    book.worksheets[0].append(("一", "二"))
    stream = io.BytesIO()
    book.save(stream)
    page = hand_in(client, stream.getvalue())
    assert "未找到推荐汇总表" in page
    assert "download=" not in page


def test_names_of_a_hostile_table_are_text(client: TestClient) -> None:
    page = hand_in(client, table((1, "<script>alert(1)</script>", "=1+1", ITEMS, "", "")))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ({"sheet": "A", "row": 4, "column": 4, "item": 1}, "item"),
        ({"sheet": "A", "row": 4, "column": 4}, "row"),
        ({"sheet": "A", "row": 4}, "row"),
        ({"sheet": "A", "row": 9}, "file"),
        ({"sheet": "B", "row": 4, "column": 4, "item": 1}, "file"),
        ({}, "file"),
    ],
)
def test_no_finding_is_lost_and_none_stands_twice(at: dict[str, object], where: str) -> None:
    row = Place("a.xlsx", sheet="A", row=4)
    item = CheckedItem(
        row.at(column=4, item=1), "", "", None, "", None, (), "", at_home=True, taken=True
    )
    entry = CheckedEntry(row, 1, "甲厂", "甲厂", "", "", False, False, (item,))
    checked = CheckedTable(row, "", None, None, None, "2024", "", {}, (entry,))
    finding = Finding("numbering", Severity.WARNING, Place("a.xlsx").at(**at), "said")  # type: ignore[arg-type]
    shown = beside([checked], [finding])
    (told,) = shown.tables[0].entries
    found = {"item": told.items[0].findings, "row": told.findings, "file": shown.findings}
    assert {name for name, some in found.items() if some} == {where}
    assert found[where] == (finding,)
