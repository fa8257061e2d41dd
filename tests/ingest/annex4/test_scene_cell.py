"""The scene cell: cut into items and parts as people write them, and what is said of each."""

from __future__ import annotations

import pytest

from ingest.document import Severity
from tests.ingest.annex4.tables import cell_check, codes, found, items

Q, D, R = "质量管控", "在线智能检测", "轮毂判读"
ONE = [(Q, D, R)]
STORE = ("仓储物流", "智能仓储", "立体库")
TWO = [(Q, D, R), STORE]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1. 生产作业—人机协同作业—双臂机器人与装配工同台拧紧变速箱",
         [("生产作业", "人机协同作业", "双臂机器人与装配工同台拧紧变速箱")]),
        ("1. 质量管控—在线智能检测—轮毂判读\n2.", ONE),
        ("质量管控--在线智能检测——轮毂判读", ONE),
        ("质量管控 – 在线智能检测 – 轮毂判读", ONE),
        ("质量管控-在线智能检测-轮毂判读", ONE),
        ("质量管控－在线智能检测－轮毂判读", ONE),
        ("质量管控−在线智能检测−轮毂判读", ONE),
        ("质量管控~在线智能检测～轮毂判读", ONE),
        ("质量管控/在线智能检测／轮毂判读", ONE),
        ("质量管控\\在线智能检测\\轮毂判读", ONE),
        ("质量管控：在线智能检测：轮毂判读", ONE),
        ("质量管控→在线智能检测→轮毂判读", ONE),
        ("质量管控->在线智能检测->轮毂判读", ONE),
        ("质量管控>在线智能检测＞轮毂判读", ONE),
        ("质量管控·在线智能检测•轮毂判读", ONE),
        ("质量管控_在线智能检测_轮毂判读", ONE),
        ("质量管控|在线智能检测｜轮毂判读", ONE),
        ("质量管控，在线智能检测，轮毂判读", ONE),
        ("质量管控\u3000在线智能检测\u3000轮毂判读", ONE),
        ("质量管控\t在线智能检测\t轮毂判读", ONE),
        ("【质量管控】在线智能检测：轮毂判读", ONE),
        ("质量管控（在线智能检测）轮毂判读", ONE),
        ("环节名：质量管控；场景名：在线智能检测；实例名：轮毂判读", ONE),
        ("环节名：质量管控\n场景名：在线智能检测\n实例名：轮毂判读", ONE),
        ("质量管控(环节)—在线智能检测(场景)—轮毂判读(实例)", ONE),
        ("质量管控（在线智能检测：轮毂判读）", ONE),
        ("E07-S17-轮毂判读", [("E07", "S17", R)]),
        ("在线智能检测—轮毂判读—质量管控", ONE),
        ("质量检验-在线智能检测-轮毂判读", [("质量检验", D, R)]),
        ("质量检验/在线智能捡测/轮毂判读", [("质量检验", "在线智能捡测", R)]),
        ("质量管控-在线智能检测-轮毂判读\n物流与仓储-智能仓储-立体库",
         [ONE[0], ("物流与仓储", "智能仓储", "立体库")]),
        ("运营管理—营销与售后—产品精准营销—门店铺货",
         [("营销与售后", "产品精准营销", "门店铺货")]),
        ("质量管控—“在线智能检测”—“轮毂判读”", ONE),
        ("质量管控—在线智能检测（轮毂判读）", ONE),
        ("质量管控—在线智能检测—轮胎“关灯”产线", [(Q, D, "轮胎“关灯”产线")]),
        ("质量管控\n在线智能检测\n轮毂判读", ONE),
        ("仓储物流—智能仓储—5G-A立体库—冷链区", [("仓储物流", "智能仓储", "5G-A立体库—冷链区")]),
        ("质量管控-在线智能检测-X光-CT判读", [(Q, D, "X光-CT判读")]),
        ("质量管控/在线智能检测/按GB/T 39116-2020判读", [(Q, D, "按GB/T 39116-2020判读")]),
        ("工厂建设—车间/工厂数字化设计—总装", [("工厂建设", "车间/工厂数字化设计", "总装")]),
        ("质量管控-智慧视觉检验-AGV-12号车", [(Q, "智慧视觉检验", "AGV-12号车")]),
    ],
)  # fmt: skip
def test_an_item_is_cut_at_most_twice_where_names_are_known(
    cell: str, expected: list[tuple[str, str, str]]
) -> None:
    assert items(cell_check(cell)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "1、{0}\n2、{1}",
        "１．{0}\n２．{1}",
        "①{0}\n②{1}",
        "①{0}②{1}",
        "⑴{0}⑵{1}",
        "⒈{0}\n⒉{1}",
        "㈠{0}\n㈡{1}",
        "一、{0}\n二、{1}",
        "（一）{0}\n（二）{1}",
        "(1) {0} (2) {1}",
        "1) {0}\n2) {1}",
        "1. {0} 2. {1}",
        "1.{0}2.{1}",
        "A. {0}\nB. {1}",
        "1{0}\n2{1}",
        "场景一：{0}\n场景二：{1}",
        "●{0}\n●{1}",
        "- {0}\n- {1}",
        "-{0}\n-{1}",
        "◆{0}\n√{1}",
        "{0}；{1}；",
        "{0};{1}",
        "{0}\n{1}",
        "{0}\r\n{1}",
        "{0}_x000D_\n{1}",
        "{0}\u2028{1}",
        "1. 质量管控—在线智\n能检测—轮毂判读\n2. {1}",
        "1. 质量管控—\n在线智能检测—轮毂判读\n2. 仓储物流—智能仓储—立\n体库",
        "质量管控环节：\n（1）在线智能检测—轮毂判读\n仓储物流环节：\n（2）智能仓储—立体库",
        "一、质量管控环节\n1.在线智能检测—轮毂判读\n二、仓储物流环节\n1.智能仓储—立体库",
    ],
)
def test_numbering_of_every_kind_divides_a_cell(cell: str) -> None:
    written = cell.format("—".join(TWO[0]), "—".join(TWO[1]))
    found = [
        (segment.removesuffix("环节"), scene, instance)
        for segment, scene, instance in items(cell_check(written))
    ]
    assert found == TWO


@pytest.mark.parametrize(
    "instance",
    ["2.5吨压机", "1.2米辊", "2024年投产产线", "3C产品外观", "0.3毫米缺陷", "①号线", "第1、2号线",
     "5G-A基站", "28.4%降幅", "1:1样机", "A.B双班", "(含返修)工位"],
)  # fmt: skip
def test_decimals_years_and_codes_are_no_labels(instance: str) -> None:
    assert items(cell_check(f"质量管控—在线智能检测—{instance}")) == [(Q, D, instance)]


@pytest.mark.parametrize(
    "cell",
    ["质量管控—在线智能检测—①轮毂判读②轮辋测径", "质量管控—在线智能检测—（1）轮毂判读（2）轮辋测径",
     "质量管控—在线智能检测：1）轮毂判读；2）轮辋测径",
     "质量管控—在线智能检测：\n①轮毂判读\n②轮辋测径",
     "质量管控—在线智能检测（①轮毂判读②轮辋测径）"],
)  # fmt: skip
def test_a_shared_head_gives_its_names_to_every_instance(cell: str) -> None:
    assert items(cell_check(cell)) == [(Q, D, R), (Q, D, "轮辋测径")]


def test_scenes_alone_are_an_item_each() -> None:
    check = cell_check("在线智能检测、智能仓储、精准作业派工")
    assert [scene for _, scene, _ in items(check)] == ["在线智能检测", "智能仓储", "精准作业派工"]
    assert codes(check).count("instance_missing") == 3


# The cell, the codes said of it and of nothing more, and the proposal of the first.
CASES = [
    ("质量管控—在线智能检测—轮毂判读", [], None),
    ("质量管控环节—在线智能检测场景—轮毂判读", [], None),
    ("质量管控—在线智能检测（AOI）—轮毂判读", [], None),
    ("⽣产作业—人机协同作业—拧紧", [], None),
    ("质量管控—在线\u200b智能检测—轮毂判读", [], None),
    ("質量管控—線上", ["bare_instance"], None),
    ("質量管控—在線智能檢測—輪轂判讀", [], None),
    ("质量管控—S17—轮毂判读", [], None),
    ("质量管控—6.1—轮毂判读", ["name_not_attested"], None),
    ("生产作业（环节名）— 人机协同作业（场景名）— 双臂机器人同台拧紧（实例名）",
     ["role_words_left_in"], "生产作业—人机协同作业—双臂机器人同台拧紧"),
    ("示例：\n1. 生产作业（环节名）— 人机协同作业（场景名）— "
     "多机协同的发动机壳体柔性加工与检测（实例名）\n2.",
     ["example_left_in"], None),
    ("1. 质量管控—在线智能检测", ["instance_missing"], None),
    ("仓储物流—在线智能检测—轮毂判读", ["wrong_segment"], "质量管控—在线智能检测"),
    ("生产作业—在线智能检测—轮毂判读", ["other_edition"], "质量管控—在线智能检测"),
    ("质量管控—质量精准追溯—轮毂线追溯", ["mixed_editions", "other_edition"],
     "质量管控—质量追溯与分析改进"),
    ("生产作业—柔性产线快速换产—换模", ["other_edition"], "生产作业—产线柔性配置"),
    ("质量管控—智能在线检测—轮毂判读", ["other_edition"], "质量管控—在线智能检测"),
    ("仓储物流—智能在线检测—轮毂判读", ["other_edition", "wrong_segment"], "质量管控—在线智能检测"),
    ("轮毂判读—在线智能检测—质量管控", ["order_reversed"], "质量管控—在线智能检测—轮毂判读"),
    ("在线智能检测—质量管控—轮毂判读", ["order_reversed"], "质量管控—在线智能检测—轮毂判读"),
    ("江城工厂—质量管控—在线智能检测—轮毂判读", ["unknown_leading_part"],
     "质量管控—在线智能检测—轮毂判读"),
    ("质量管控—在线智能检测、质量追溯与分析改进—轮毂线", ["several_scenes"],
     "质量管控—在线智能检测—轮毂线；质量管控—质量追溯与分析改进—轮毂线"),
    ("仓储物流—智能仓诸—立体库", ["misspelt_name"], "智能仓储"),
    ("生产作业—先迸过程控制—加热炉", ["misspelt_name"], "先进过程控制"),
    ("质量管控—在线 智能检测—轮毂判读", ["misspelt_name"], "在线智能检测"),
    ("质量管孔—在线智能检测—轮毂判读", ["misspelt_name"], "质量管控"),
    ("质量管控—质量在线检测—轮毂判读", ["name_not_attested"], "在线智能检测"),
    ("设备管理—设备智能运维—主轴", ["name_not_attested"], None),
    ("能碳管理—能源动态管控—空压站", ["name_not_attested"], "能源智能管控"),
    ("质量管控—正在线智能检测—轮毂判读", ["name_not_attested"], "在线智能检测"),
    ("质量管控—品质追溯与剖析改良—轮毂线", ["name_not_attested"], "质量追溯与分析改进"),
    ("信息基础设施—数据治理—主数据", ["name_not_attested"], "数据治理与流通"),
    ("智慧品控—在线智能检测—轮毂判读", ["segment_not_known"], "质量管控"),
    ("研发设计—产品数字化研发设计—车身", ["segment_not_known"], "产品设计"),
    ("财务管理", ["no_scene"], None),
    ("运营管理—财务管理—费用报销", ["no_scene"], None),
    ("轮毂X光缺陷自动判读", ["bare_instance"], None),
    ("无", ["placeholder"], None),
    ("/", ["placeholder"], None),
    ("—", ["placeholder"], None),
    ("同上", ["placeholder"], None),
    ("见附件", ["placeholder"], None),
    ("略", ["placeholder"], None),
    ("详见申报书", ["placeholder"], None),
    ("质量管控—在线智能检测—见附件", ["placeholder"], None),
    ("质量管控—在线智能检测—检出率提升28。4%", ["damaged_text"], None),
    ("质量管控—在线智能检测—？018年建成产线", ["damaged_text"], None),
    ("质量管控—在线智能检测—轮\ufffd判读", ["damaged_text"], None),
    ("1. 质量管控—在线智能检测—甲\n1. 仓储物流—智能仓储—乙\n3. 仓储物流—智能仓储—丙",
     ["numbering", "numbering"], "2"),
    ("生产作业环节：\n（1）人机协同作业—拧紧\n质量管控环节：\n（2）在线智能检测—判读",
     ["heading_used", "heading_used"], "生产作业—人机协同作业—拧紧"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected", "proposal"), CASES)
def test_every_pattern_is_said_by_its_code(
    cell: str, expected: list[str], proposal: str | None
) -> None:
    check = cell_check(cell)
    assert codes(check) == expected
    assert proposal is None or check.findings[0].proposal == proposal


def test_a_sentence_is_too_long_for_a_name_and_not_divided() -> None:
    sentence = "公司建设了覆盖全部工序的质量检测系统，实现了缺陷自动识别；" * 4
    check = cell_check(sentence)
    assert codes(check) == ["over_long"]
    assert len(items(check)) == 1


def test_a_wrong_segment_is_an_error_only_where_both_names_are_attested() -> None:
    attested = found(cell_check("仓储物流—在线智能检测—判读"), "wrong_segment")
    provisional = found(cell_check("仓储物流—设备运行优化—主轴"), "wrong_segment")
    assert attested[0].severity is Severity.ERROR
    assert provisional[0].severity is Severity.NOTICE


def test_both_editions_are_named_where_a_pair_is_right_in_another() -> None:
    (finding,) = found(cell_check("生产作业—在线智能检测—判读"), "other_edition")
    assert "2025" in finding.message
    assert "2024" in finding.message


def test_place_goes_down_to_the_item() -> None:
    (finding,) = found(cell_check("1. 质量管控—在线智能检测—甲\n2. 无"), "placeholder")
    assert (finding.place.sheet, finding.place.row, finding.place.column, finding.place.item) == (
        "汇总", 6, 4, 2,
    )  # fmt: skip


def test_reworded_names_throughout_are_no_error() -> None:
    check = cell_check(
        "1. 智慧生产—柔性协同装配—双臂机器人\n"
        "2. 智慧品控—视觉在线判定—轮毂\n"
        "3. 数字物流—黑灯仓库—毛坯"
    )
    assert all(finding.severity is Severity.NOTICE for finding in check.findings)


@pytest.mark.parametrize(
    ("head", "instance"),
    [
        ("能碳管理—能源智能管控", "1.2万kW余热"),
        ("工厂建设—数字孪生工厂构建", "A/B线孪生"),
        ("供应链管理—供应链计划协同优化", "采购、生产、销售一体化"),
        ("安全管控—危险作业自动化", "炉前1#、2#机器人"),
        ("设备管理—设备故障诊断与预测", "（主轴）预测性维护"),
        ("生产作业—人机协同作业", "“人-机-料”协同"),
        ("信息基础设施—数字基础设施集成", "5G+TSN"),
        ("计划调度—智能排产调度", "APS 高级排程"),
        ("生产作业—工艺动态优化", "焊接：电流、电压"),
        ("质量管控—在线智能检测", "1:1比例样机"),
        ("产品设计—虚拟验证与中试", "CAE-Moldflow联合仿真"),
    ],
)
def test_odd_names_that_are_right_give_no_finding(head: str, instance: str) -> None:
    check = cell_check(f"{head}—{instance}")
    assert codes(check) == []
    assert items(check)[0][2] == instance


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[质量管控]-[在线智能检测]-[轮毂判读]", ONE),
        ("《质量管控》《在线智能检测》《轮毂判读》", ONE),
        ("质量管控___—在线智能检测___—轮毂判读___", ONE),
        ("<质量管控>-<在线智能检测>-<轮毂判读>", ONE),
        ("质量管控一在线智能检测一轮毂判读", ONE),
        ("质量管控ー在线智能检测ー轮毂判读", ONE),
        ("质量管控—在线智能检测—轮毂一体判读", [(Q, D, "轮毂一体判读")]),
        ("典型场景实例如下：\n1. 质量管控—在线智能检测—轮毂判读", ONE),
        ("典型场景：\n1. 质量管控—在线智能检测—轮毂判读", ONE),
        ("（罗列）\n1. 质量管控—在线智能检测—轮毂判读", ONE),
        ("__质量管控__—__在线智能检测__—__轮毂判读__", ONE),
        ("质量管控__在线智能检测__轮毂判读", ONE),
    ],
)
def test_marks_around_a_part_are_no_part_of_it(
    cell: str, expected: list[tuple[str, str, str]]
) -> None:
    check = cell_check(cell)
    assert items(check) == expected
    assert codes(check) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("质量管控—在线智能检测—在线智能检测", "instance_missing"),
        ("质量管控—在线智能检测—在线智能检测场景", "instance_missing"),
        ("质量管控—轮毂判读—在线智能检测", "order_reversed"),
        ("质量管控、环保管理—在线智能检测—轮毂判读", "segment_not_known"),
        ("在线智能检测、智能仓储—轮毂判读、立体库", "several_scenes"),
        ("典型场景：在线智能检测、智能仓储\n实例：轮毂判读、立体库", "several_scenes"),
        ("质量管控—在线智能检测—轮毂判读（环节名—场景名—实例名）", "role_words_left_in"),
        ("生产作业—人机协同作业—多机协同的发动机壳体柔性加工和检测", "example_left_in"),
        ("1. 质量管控—在线智能检测—轮毂判读\n2. 仓储物流—智能仓储—轮毂判读", "duplicate_in_table"),
        ("1. 质量管控—在线智能检测—轮毂判读\n仓储物流—智能仓储—立体库\n"
         "3. 工艺设计—工艺数字化设计—卡片", "numbering"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_item_is_said(cell: str, code: str) -> None:
    assert code in codes(cell_check(cell))


@pytest.mark.parametrize(
    "cell",
    [
        "质量管控—在线智能检测—轮毂在线智能检测",
        "质量管控—在线智能检测—AI视觉—智能仓储",
        "1. 质量管控—在线智能检测—轮毂\n质量管控—在线智能检测—毛坯\n2. 仓储物流—智能仓储—货架",
        "1. 质量管控—在线智能检测—轮毂判读，场景：机加线",
        "1. 质量管控—在线智能检测—轮毂判读\n例：三坐标",
        "生产作业—人机协同作业—多机协同的壳体柔性加工",
    ],
)
def test_what_only_looks_so_is_no_finding(cell: str) -> None:
    assert codes(cell_check(cell)) == []


def test_an_example_led_by_its_word_is_an_item_of_its_own() -> None:
    printed = (
        "生产作业（环节名）— 人机协同作业（场景名）— 多机协同的发动机壳体柔性加工与检测（实例名）"
    )
    cell = f"1. 质量管控—在线智能检测—轮毂判读\n（示例：1. {printed}）"
    (finding,) = found(cell_check(cell), "example_left_in")
    assert finding.place.item == 2


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("质量管控—在线智能检测—轮毂判读、仓储物流—智能仓储—立体库", TWO),
        ("质量管控—在线智能检测—轮毂判读，仓储物流—智能仓储—立体库", TWO),
        ("质量管控—在线智能检测—轮毂、轮辋判读", [(Q, D, "轮毂、轮辋判读")]),
        ("典型场景：质量管控—在线智能检测—轮毂判读；仓储物流—智能仓储—立体库", TWO),
        ("环节：质量管控；场景：在线智能检测；实例：轮毂判读", ONE),
        ("1. 场景：在线智能检测；实例：轮毂判读", [("", D, R)]),
    ],
)
def test_words_of_the_form_before_a_list_and_before_the_parts(
    cell: str, expected: list[tuple[str, str, str]]
) -> None:
    assert items(cell_check(cell)) == expected
