"""A document without contacts: nothing of them is left anywhere in it."""

from __future__ import annotations

import pytest

from ingest.document import Document, Table
from ingest.masked_document import masked_document
from tests.ingest.annex3.documents import CONTACTS, document_of

SECRETS = ("庚某某", *CONTACTS.values())


def words(document: Document) -> str:
    """Return all that a document holds."""
    cells = (cell.text for table in document.tables for cell in table.cells)
    return "\n".join([document.name, document.text, *cells])


@pytest.mark.parametrize(
    "text",
    [
        "联系人：庚某某，电话{mobile}，邮箱{mail}。",
        "法定代表人庚某某，联系电话{phone}。",
        "| 联系人 | 庚某某 | 手机 | {mobile} |",
        "| 联系人及电话 | 庚某某 {phone} |",
        "| 序号 | 姓名 | 手机 |\n| 1 | 甲 | {mobile} |\n| 2 | 乙 | {phone} |",
        "联系方式 {mobile}",
    ],
)
def test_no_contact_is_left(text: str) -> None:
    left = words(masked_document(document_of(text)))
    assert [secret for secret in SECRETS if secret in left] == []


def test_the_name_of_the_file_is_masked_too() -> None:
    found = masked_document(document_of("一段文字", f"申报书{CONTACTS['{mobile}']}.md"))
    assert CONTACTS["{mobile}"] not in found.name


def test_a_form_keeps_what_is_no_contact() -> None:
    text = "| 联系人 | 庚某某 | 手机 | {mobile} |\n| 地址 | 江城市一号 | 行业 | 铸造 |"
    found = words(masked_document(document_of(text)))
    assert "江城市一号" in found
    assert "铸造" in found
    assert "联系人" in found
    (table,) = masked_document(document_of(text)).tables
    assert isinstance(table, Table)
    assert table.height == 2
