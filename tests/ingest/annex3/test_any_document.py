"""Whatever stands in a document, it is read without a fault, in its time, and nothing leaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.annex3.application import read_application
from ontology.conditions import load_conditions
from tests.ingest.annex3.documents import CONTACTS, document_of

PIECES = st.sampled_from(
    [
        "一、", "第二部分", "1.1 ", "（3）", "①", "场景4（规划中）：", "# ", "目录", "……12",
        "\t3", "| ", " | ", "企业名称", "总投资", "（万元）", "：", "，", "。", "；", "\n",
        "\n| ", "—", "（", "）", "🙂", "3.6亿元", "58,000", "2022.06—2025.12", "2023年1月",
        "二〇二一年七月", "生产效率", "提升30%", "建设前", "目标值", "计划", "已", "将提升",
        "建成后", "机器人12台", "三套系统", "成熟度", "三级", "先进级智能工厂", "联系人",
        "甲某某", "有限公司", "集成商", "由", "在线智能检测", "。{mobile}。", "。{mail}。",
    ]
)  # fmt: skip
ENDLESS = ("已实现生产效率提升30%，", "已完成投资3亿元，", "（", "由甲公司供货")
SECONDS = 15  # of a core; one or two here, hours where it grows with the square


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_document_is_read_and_no_contact_is_left(text: str) -> None:
    found = read_application(document_of(text), load_conditions())
    assert len(found.parts) == 4
    assert [one for one in CONTACTS.values() if one in repr(found)] == []


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_paragraph_without_an_end_takes_time_by_its_length(piece: str) -> None:
    document = document_of(f"一、企业概况\n{piece * (20_000 // len(piece))}")
    started = time.process_time()
    read_application(document, load_conditions())
    assert time.process_time() - started < SECONDS
