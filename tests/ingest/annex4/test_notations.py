"""One fault in every notation: no number, mark, bracket or width of signs hides it."""

from __future__ import annotations

from itertools import product

import pytest
from opencc import OpenCC

from ingest.annex4.check import Check
from ingest.document import Severity
from tests.ingest.annex4.tables import GOOD, MOBILE, cell_check, checked, codes, found, items, row

A, B, C = ("质量管控", "在线智能检测", "轮毂判读"), ("仓储物流", "智能仓储", "立体库"), (
    "计划调度", "智能排产调度", "阀杆排产")  # fmt: skip
WRONG = ("仓储物流", "在线智能检测", "轮毂判读")
MARKS = ("—", "-", "——", "--", " - ", "–", "：", "→", "/", "|", "·", ">", ">>", "~", "_", "\t", "*",
         "…", "。", "&")  # fmt: skip
NUMBERS = ("{}. ", "{}、", "（{}）", "{}）", "[{}]", "{}。", "{} ", "场景{}：", "No.{} ", "第{}，")
HAN = str.maketrans("123", "一二三")


def told(check: Check) -> list[str]:
    """Return the codes of what is more than a notice."""
    return [one.code for one in check.findings if one.severity is not Severity.NOTICE]


@pytest.mark.parametrize(("mark", "number"), list(product(MARKS, NUMBERS)))
def test_items_are_read_whatever_parts_and_numbers_them(mark: str, number: str) -> None:
    for own in (number, number.translate(HAN)):
        cell = "\n".join(own.format(n) + mark.join(parts) for n, parts in enumerate((A, B, C), 1))
        check = cell_check(cell)
        assert items(check) == [A, B, C]
        assert told(check) == []


@pytest.mark.parametrize(("mark", "number"), list(product(MARKS, NUMBERS)))
def test_a_wrong_segment_is_found_in_every_notation(mark: str, number: str) -> None:
    cell = "\n".join(number.format(n) + mark.join(parts) for n, parts in enumerate((B, WRONG), 1))
    assert told(cell_check(cell)) == ["wrong_segment"]


@pytest.mark.parametrize(
    "cell",
    [
        "【质量管控】→在线智能检测→轮毂判读",
        "【质量管控-在线智能检测】轮毂判读",
        "质量管控【在线智能检测】轮毂判读",
        "（质量管控—在线智能检测—轮毂判读）",
        "质量管控在线智能检测轮毂判读",
        "质量管控；在线智能检测；轮毂判读",
        "涉及1个典型场景：\n质量管控—在线智能检测—轮毂判读",
        "典型场景实例：1.质量管控—在线智能检测—轮毂判读",
        "示例：1. 质量管控—在线智能检测—轮毂判读",
        "+质量管控—在线智能检测—轮毂判读",
        "\ufffd 质量管控—在线智能检测—轮毂判读",
        "Ⅰ、质量管控—在线智能检测—轮毂判读",
        "质量管控——在线智能检测——轮毂判读，",
    ],
)
def test_what_is_right_raises_no_alarm(cell: str) -> None:
    check = cell_check(cell)
    assert items(check) == [A]
    assert told(check) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.质量管控—在线智能检测—甲3.仓储物流—智能仓储—乙", "numbering"),
        ("1）质量管控—在线智能检测—甲3）仓储物流—智能仓储—乙", "numbering"),
        ("3.质量管控—在线智能检测—甲2.仓储物流—智能仓储—乙1.计划调度—智能排产调度—丙", "numbering"),
        ("1、质量管控—在线智能检测—甲\n（3）仓储物流—智能仓储—乙", "numbering"),
        ("2、质量管控—在线智能检测—甲\n3、仓储物流—智能仓储—乙", "numbering"),
        ("1、质量管控—在线智能检测—甲\n2、仓储物流—智能仓储—乙\n"
         "质量管控—在线智能检测—丙", "numbering"),
        ("Ⅰ、质量管控—在线智能检测—甲\nⅢ、仓储物流—智能仓储—乙", "numbering"),
        ("质量管控—在线智能检测—\n仓储物流—智能仓储—立体库", "instance_missing"),
        ("1）质量管控——在线智能检测—— 2）仓储物流——智能仓储——立体库", "instance_missing"),
        ("1 质量管控：在线智能检测：\n2 仓储物流：智能仓储：立体库", "instance_missing"),
        ("质量管控—在线智能检测—质量管控", "instance_missing"),
        ("质量管控—在线智能检测—智能仓储", "instance_missing"),
        ("甲某", "instance_missing"),
        ("1.质量管控—在线智能检测—甲2. 待补充", "placeholder"),
        ("质量管控—在线智能检测—甲\n其余见附件", "placeholder"),
        ("质量管控—在线智能检测—XX检测", "placeholder"),
        ("质量管控—在线智能检测—（实例名称待定）", "placeholder"),
        ("质量管控—在线智能检测—123", "placeholder"),
        ("质量管控—在线智能检测场景、质量追溯与分析改进场景—甲", "several_scenes"),
        ("质量管控—（在线智能检测、质量追溯与分析改进）—甲", "several_scenes"),
        ("质量管控—在线智能检测—质量追溯与分析改进—甲", "several_scenes"),
        ("质量管控—在线智能检测（质量追溯与分析改进）—甲", "several_scenes"),
        ("质量管控与仓储物流-在线智能检测与智能仓储-甲乙", "several_scenes"),
        ("质量管控*在线智能检测、质量追溯与分析改进*甲乙", "several_scenes"),
        ("轮毂判读（质量管控—在线智能检测）", "order_reversed"),
        ("在线智能检测（质量管控）—轮毂判读", "order_reversed"),
        ("1）质量管控—在线智能检测—甲2）立体库—智能仓储—仓储物流", "order_reversed"),
        ("（二期）质量管控—在线智能检测—轮毂判读", "unknown_leading_part"),
        ("质量管控环节名—在线智能检测场景名—轮毂判读实例名", "role_words_left_in"),
        ("质量管控（環節名）—在线智能检测（場景名）—轮毂判读", "role_words_left_in"),
        ("环节名-质量管控—场景名-在线智能检测—实例名-轮毂判读", "role_words_left_in"),
        ("生产作业—人机协同作业—发动机壳体柔性加工与检测", "example_left_in"),
        ("经营管理—在线智能检测—轮毂判读", "segment_not_known"),
        ("计划调度—智能排产、调度—甲线", "misspelt_name"),
        ("1. 【设备管理】-全流程追溯-主轴预警", "name_not_attested"),
        ("设备管理-AI质检-5G主轴", "name_not_attested"),
        ("质量管控—在线智能检测—é˜€ä½“æ£€æµ‹", "damaged_text"),
        ("质量管控—在线智能检测—轮毂\\u68c0测", "damaged_text"),
        ("质量管控—在线智能检测—轮毂判读\n质量管控—在线智能检测—轮毂判读（重复）",
         "duplicate_in_table"),
        (f"质量管控—在线智能检测—轮毂判读甲某{MOBILE}2. 仓储物流—智能仓储—立体库",
         "contact_misplaced"),
    ],
)  # fmt: skip
def test_a_fault_is_found(cell: str, code: str) -> None:
    assert code in codes(cell_check(cell))


@pytest.mark.parametrize("text", [
    "待企业确认", "回头再补", "内容同上一家", "企业还没定",
    "周五前补", "详情咨询企业", "材料另附", "暂未梳理", "见邮件"])  # fmt: skip
def test_a_note_of_whatever_words_is_a_placeholder(text: str) -> None:
    for cell in (text, OpenCC("s2t").convert(text), f"质量管控—在线智能检测—{text}"):
        assert "placeholder" in codes(cell_check(cell))


@pytest.mark.parametrize("text", [
    "数据上报", "材料确认", "缺料补料", "系统自动上传",
    "空位检测", "同轴度检测", "上下工序联动", "二〇〇八线检测", "5××型检测"])  # fmt: skip
def test_a_name_of_similar_words_is_none(text: str) -> None:
    assert told(cell_check(f"质量管控—在线智能检测—{text}")) == []


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("applicant", "江城机械有限公司【原江城机械厂】", "old_name"),
        ("applicant", "江城机械厂更名为江城机械有限公司", "old_name"),
        ("applicant", "江城机械有限公司（以前叫江城机械厂）", "old_name"),
        ("applicant", "江城機械有限公司（舊名：江城機械廠）", "old_name"),
        ("applicant", "江城机械有限公司二车间", "name_and_factory"),
        ("applicant", "江城机械有限公司铸造事业部", "name_and_factory"),
        ("applicant", "甲公司", "placeholder"),
        ("applicant", "江城机械公司（简称）", "short_name"),
        ("project", "XX变速箱智能工厂", "placeholder"),
        ("project", "变速箱智能工厂（先进）", "level_conflict"),
        ("project", "变速箱卓悦级智能工厂", "level_conflict"),
        ("project", "变速箱L2级智能工厂", "level_conflict"),
        ("project", "变速箱初级智能工厂", "level_conflict"),
        ("project", "变速箱零碳工厂", "other_programme"),
        ("project", "变速箱数字化车间", "other_programme"),
        ("project", "变速箱５Ｇ全连接工厂", "other_programme"),
        ("project", "24-Nov", "date_instead_of_text"),
        ("project", "45620", "date_instead_of_text"),
        ("project", "２０２４年１１月２２日", "date_instead_of_text"),
        ("project", "＃ＮＵＭ！", "formula_without_value"),
        ("contact", "", "contact_shape"),
    ],
)
def test_a_fault_of_a_column_is_found(column: str, text: str, code: str) -> None:
    assert code in codes(checked(row(1, GOOD[0]), row(2, GOOD[1], **{column: text})))


@pytest.mark.parametrize("project", [
    "特级面粉智能工厂", "三级泵智能工厂", "卓越智能工厂", "先进陶瓷智能工厂",
    "L2+驾驶控制器智能工厂", "航级铝材智能工厂"])  # fmt: skip
def test_a_product_of_a_grade_is_no_level(project: str) -> None:
    assert told(checked(row(1, GOOD[0], project=project), row(2, GOOD[1]))) == []


def test_a_project_under_other_words_for_the_same_is_a_duplicate() -> None:
    first = row(1, GOOD[0], applicant="江城机械有限公司", project="变速箱智能工厂")
    second = row(2, GOOD[1], applicant="江城機械有限公司", project="变速箱卓越级智能工厂建设项目")
    assert found(checked(first, second), "duplicate_in_table")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("合计：二家", 0),
        ("合计：五家", 1),
        ("总数5家", 1),
        ("小计：2家", 0),
        ("小计：5家", 1),
        ("第1页 共1页", 0),
    ],
)
def test_a_total_is_held_against_the_rows(line: str, wrong: int) -> None:
    check = checked(row(1, GOOD[0]), row(2, GOOD[1]), [line, *[""] * 5])
    assert len(found(check, "group_count_wrong")) == wrong
    assert "enterprise_missing" not in codes(check)
