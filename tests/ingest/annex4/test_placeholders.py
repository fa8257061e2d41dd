"""What stands for content, and what only looks so."""

from __future__ import annotations

import pytest

from ingest.annex4.placeholders import is_fault, is_placeholder, is_unnamed
from tests.ingest.annex4.tables import cell_check, codes


@pytest.mark.parametrize(
    "text",
    [
        "无", "暂无", "/", "—", "……", "〃", "XXX", "___", "N/A", "TBD", "待定", "（待补充）",
        "后补", "正在整理", "稍后提供", "同上", "同第1行", "与上一家相同", "同左", "见附件",
        "详见附件2", "见申报系统", "如上", "环节名—场景名—实例名", "所属环节/典型场景/实例名称",
        "XX—XX—XX",
    ],
)  # fmt: skip
def test_what_stands_for_content(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "无人仓", "无损检测", "空压站群控", "略阳工厂排产", "待料预警", "待补货预警", "同轴度检测",
        "同步带张力监测", "与上位机联动的分拣", "与下游排产协同", "见证点管理", "后处理工序联动",
        "X光缺陷判读", "测试台自动化", "在线智能检测", "场景化营销",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("name", ["XX有限公司", "某某集团", "×××智能工厂", "申报单位名称"])
def test_a_name_without_words_of_its_own(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize("name", ["智能工厂", "江城XX机械有限公司", "某山水泥有限公司", "X5工厂"])
def test_a_name_with_words_of_its_own(name: str) -> None:
    assert not is_unnamed(name)


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "Err:502"])
def test_a_fault_of_a_formula_is_told_once(shown: str) -> None:
    assert is_fault(shown)
    assert codes(cell_check(shown)) == ["formula_without_value"]


def test_a_number_sign_before_a_word_is_no_fault() -> None:
    assert not is_fault("#1高炉热风炉优化")
