"""What sentences state: investments, periods, integrators, figures, numbers, levels."""

from __future__ import annotations

import pytest

from ingest.document import Document
from ingest.extract.claim import Claims
from ingest.extract.claims import claims_of
from ingest.outline import outline
from ontology.conditions import load_conditions
from tests.ingest.annex3.documents import document_of


def claims(text: str) -> Claims:
    """Return the claims of a text."""
    document: Document = document_of(text)
    return claims_of(outline(document).fragments, load_conditions())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("项目建成后，公司目前已实现生产效率提升30%。", ("K07", 30, "achieved")),
        ("公司计划到明年把生产效率提升30%。", ("K07", 30, "target")),
        ("通过项目实施，实现生产效率提升30%的目标。", ("K07", 30, "target")),
        ("力争产品不良率下降20%。", ("K09", -20, "target")),
        ("设备综合利用率尚未达到90%。", ("K10", 90, "target")),
        ("生产效率提升30%。", ("K07", 30, "open")),
        ("项目建成达产后，生产效率提升30%。", ("K07", 30, "open")),
        ("生产计划由系统排定，生产效率提高了30%。", ("K07", 30, "achieved")),
        ("与建设前相比，运营成本下降一成。", ("K14", -10, "achieved")),
        ("与建设前相比，运营成本下降三成。", ("K14", -30, "achieved")),
        ("已向产业链复制推广15家企业。", ("K20", 15, "achieved")),
        ("目前智能决策模型由15个增至30个。", ("K04", 30, "achieved")),
    ],
)
def test_a_figure_is_reached_only_where_words_say_so(
    sentence: str, expected: tuple[str, float, str]
) -> None:
    found = [(one.kpi, one.effect.low, one.standing) for one in claims(sentence).kpis]
    assert found == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "行业平均产品不良率为3%。",
        "同类企业运营成本平均下降10%。",
        "建设前产品不良率为3%。",
        "同类工厂中，日韩企业设备综合利用率可达92%。",
        "焊接不良率下降20%。",
    ],
)
def test_figures_of_others_and_of_before_and_of_other_things_are_no_claims(sentence: str) -> None:
    assert claims(sentence).kpis == ()


def test_a_build_period_that_is_over_makes_what_follows_building_so() -> None:
    over = claims(
        "2024年11月\n\n建设起止时间：2021年3月至2023年10月。\n\n建成后，生产效率提升30%。"
    )
    ahead = claims(
        "2024年11月\n\n建设起止时间：2023年3月至2026年10月。\n\n建成后，生产效率提升30%。"
    )
    assert over.kpis[0].standing == "achieved"
    assert over.kpis[0].because == "建设起止时间"
    assert over.kpis[0].confidence < 0.9
    assert ahead.kpis[0].standing == "target"
    assert ahead.kpis[0].because == "建成后"


def test_columns_of_a_table_say_before_now_and_target() -> None:
    found = claims(
        "| 序号 | 指标 | 建设前 | 建设后 | 目标值 |\n| 1 | 产品不良率（%） | 3 | 2 | 1 |"
    ).kpis
    assert [(one.effect.kind, one.effect.low, one.standing) for one in found] == [
        ("points", -1, "achieved"),
        ("level", 1, "target"),
    ]
    assert (found[1].place.table, found[1].place.row, found[1].place.column) == (1, 2, 5)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("已完成总投资3.6亿元。", [("total", 36000, "achieved")]),
        ("计划总投资2,300万元。", [("total", 2300, "planned")]),
        ("总投资（万元）：58,000", [("total", 58000, "open")]),
        (
            "累计完成投资1.25亿元，其中购置设备8600万元、工业软件1900万元。",
            [
                ("total", 12500, "achieved"),
                ("equipment", 8600, "achieved"),
                ("software", 1900, "achieved"),
            ],
        ),
        (
            "概算2.2亿元，决算2.05亿元。",
            [("total", 22000, "planned"), ("total", 20500, "achieved")],
        ),
        ("年节约成本2600万元。", []),
        ("研发投入5000万元，年产1200万只。", []),
        ("注册资本8000万元，投资建设年产1200万只轮毂项目。", []),
    ],
)
def test_investments_are_told_from_other_money(
    sentence: str, expected: list[tuple[str, float, str]]
) -> None:
    found = [(one.part, one.amount, one.standing) for one in claims(sentence).investments]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年11月15日\n\n建设起止时间：2021.03—2023.10", ("2021-03", "2023-10", "achieved")),
        ("2024年11月15日\n\n建设起止时间：2021.03—2025.10", ("2021-03", "2025-10", "planned")),
        ("建设周期：2023年1月-2026年6月（在建）", ("2023-01", "2026-06", "planned")),
        ("二〇二一年七月开工，二〇二四年三月建成投产。", ("2021-07", "2024-03", "achieved")),
        ("建设起止时间：2021年至2023年", ("2021", "2023", "open")),
    ],
)
def test_build_periods(text: str, expected: tuple[str, str, str]) -> None:
    (found,) = claims(text).periods
    assert (found.start, found.end, found.standing) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("由江城智造有限公司作为系统集成商实施。", [("江城智造有限公司", "integrator")]),
        ("装备供应商：甲地视觉有限公司、乙地机器人有限公司。",
         [("甲地视觉有限公司", "supplier"), ("乙地机器人有限公司", "supplier")]),
        ("集成单位：江城数控技术有限公司；示范自动化研究院有限公司",
         [("江城数控技术有限公司", "integrator"), ("示范自动化研究院有限公司", "integrator")]),
        ("集成商：待定", []),
        ("供应商准时交付率提升到97%。", []),
        ("公司与江城智造有限公司开展供应商管理培训。", []),
    ],
)  # fmt: skip
def test_integrators_and_suppliers_are_organisations_beside_a_role(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert [(one.name, one.role) for one in claims(sentence).integrators] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("已部署工业机器人186台（套）、AGV小车64台。", [("robots", 186), ("agvs", 64)]),
        ("已上线MES、WMS等12套信息系统。", [("systems", 12)]),
        ("目前三套系统已经互通。", [("systems", 3)]),
        ("现有传感器1.2万个。", [("sensors", 12000)]),
        ("已投用涂布机12台。", [("equipment", 12)]),
        ("年产洗衣机120万台。", []),
    ],
)
def test_things_are_counted(sentence: str, expected: list[tuple[str, float]]) -> None:
    assert [(one.thing, one.number) for one in claims(sentence).counts] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年通过智能制造能力成熟度三级评估。", [(3, "achieved")]),
        ("争取通过成熟度四级评估（目前为三级）。", [(4, "target"), (3, "achieved")]),
        ("智能制造能力成熟度自评估为二级。", [(2, "open")]),
        ("已启动智能制造能力成熟度四级申报。", [(4, "target")]),
        ("数据管理能力成熟度（DCMM）达到三级。", []),
        ("应达到成熟度二级及以上。", []),
    ],
)
def test_levels_of_maturity(sentence: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.level, one.standing) for one in claims(sentence).maturity] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年获评省级先进级智能工厂。", [("L2", "achieved")]),
        ("2022年入选省级智能工厂（先进级）。", [("L2", "achieved")]),
        ("计划申报先进级智能工厂。", [("L2", "planned")]),
        ("卓越级智能工厂项目申报书", []),
        ("2023年获评国家级绿色工厂和省级数字化车间。", []),
    ],
)
def test_levels_of_this_programme_and_of_no_other(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert [(one.level, one.standing) for one in claims(sentence).awards] == expected


def test_words_are_exactly_those_of_the_document() -> None:
    text = "设备综合利用率（ＯＥＥ）由７１％提高到86％。"
    (found,) = claims(text).kpis
    assert found.words == "设备综合利用率（ＯＥＥ）由７１％提高到86％"
    assert (found.effect.start, found.effect.end) == (71, 86)
