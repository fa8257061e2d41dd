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
        "XX—XX—XX", "NaN", "undefined", "\\N", "(空白)", "？？？", "↑", "不涉及", "企业未提供",
        "无相关内容", "待企业确认", "（名称待企业提供）", "（另附纸）", "以纸质版为准", "见PDF",
        "内容较多见附件", "与第2家江城机械有限公司相同", "[图片]", "[文件]场景清单.xlsx",
        "已发您微信", "@甲某 请补充", "甲某，请补充", "3个", "共2项", "若干", "多个",
    ],
)  # fmt: skip
def test_what_stands_for_content(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "无人仓", "无损检测", "空压站群控", "略阳工厂排产", "待料预警", "待补货预警", "同轴度检测",
        "同步带张力监测", "与上位机联动的分拣", "与下游排产协同", "见证点管理", "后处理工序联动",
        "X光缺陷判读", "测试台自动化", "在线智能检测", "场景化营销", "以销定产", "无人值守泵站",
        "3个车间联动排产", "多项目并行排产", "一个流装配线", "没有人值守的泵站", "已发电量统计平台",
        "已发货物跟踪", "未提供能源数据的补采", "以产品质量为准的放行", "内容管理见证点",
        "[AGV]智能配送", "与上游供应商计划一致的排产", "NaN3产线",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("name", [
    "XX有限公司", "某某集团", "×××智能工厂", "申报单位名称",
    "江城XX机械有限公司", "某公司", "A企业",
    "（公司全称）", "（填写项目名称）", "项目（智能工厂）名称"])  # fmt: skip
def test_a_name_without_words_of_its_own(name: str) -> None:
    assert is_unnamed(name)


@pytest.mark.parametrize("name", ["智能工厂", "江城机械有限公司", "某山水泥有限公司", "X5工厂"])
def test_a_name_with_words_of_its_own(name: str) -> None:
    assert not is_unnamed(name)


@pytest.mark.parametrize(
    "shown",
    ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "Err:502", '=C5&"智能工厂"',
     "=VLOOKUP(B5,Sheet2!A:D,4,0)", '=DISPIMG("ID_7C6178",1)'],
)  # fmt: skip
def test_a_fault_of_a_formula_is_told_once(shown: str) -> None:
    assert is_fault(shown)
    assert codes(cell_check(shown)) == ["formula_without_value"]


def test_a_number_sign_before_a_word_is_no_fault() -> None:
    assert not is_fault("#1高炉热风炉优化")
    assert not is_fault("=质量管控")
