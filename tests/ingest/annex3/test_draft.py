"""Scenes of an application, and the level profile drafted from it."""

from __future__ import annotations

import pytest

from ingest.annex3.application import read_application
from ingest.annex3.draft import Draft, draft_profile
from ingest.annex3.scenes import ApplicationScenes, scenes_of
from ingest.document import Document
from kg.levels.verdict import check_levels
from kg.match.matcher import Matcher
from ontology.conditions import load_conditions
from tests.ingest.annex3.documents import application, document_of
from tests.ingest.annex3.gold import scenes as wanted_scenes
from tests.ingest.annex3.test_quality import NAMES

WHEELS = "每条线上装了视觉相机，用深度学习模型在线判读轮毂气孔和夹杂，不合格品自动剔除。"


def draft(document: Document, matcher: Matcher) -> tuple[ApplicationScenes, Draft]:
    """Return the scenes and the drafted profile of a document."""
    conditions = load_conditions()
    found = read_application(document, conditions)
    scenes = scenes_of(found, matcher)
    return scenes, draft_profile(found, scenes, conditions)


def of_text(text: str, matcher: Matcher) -> tuple[ApplicationScenes, Draft]:
    """Return the same of a text."""
    return draft(document_of(text), matcher)


@pytest.mark.parametrize("name", NAMES)
def test_the_scenes_that_a_person_reads_are_found(name: str, matcher: Matcher) -> None:
    scenes, _ = draft(application(name), matcher)
    found = {one.scene for one in scenes.named}
    found |= {pick.id for passage in scenes.passages for pick in passage.scenes[:3]}
    assert len(wanted_scenes(name) & found) >= len(wanted_scenes(name)) - 1


@pytest.mark.parametrize("name", NAMES)
def test_every_field_cites_words_that_stand_in_the_application(name: str, matcher: Matcher) -> None:
    document = application(name)
    cells = "".join(cell.text for table in document.tables for cell in table.cells)
    whole = document.text + cells
    _, drafted = draft(document, matcher)
    assert drafted.fields
    for one in (*drafted.fields, *drafted.left_out):
        for words in one.words.split("\n"):
            pieces = [word for part in words.split("；") for word in part.split("：")]
            assert any(piece.strip() in whole for piece in pieces), one
        assert one.place.file == f"{name}.md"


def test_a_scene_named_and_described_counts_with_both_passages(matcher: Matcher) -> None:
    _, drafted = of_text(f"三、场景建设\n1. 质量管控—在线智能检测—轮毂判读\n{WHEELS}", matcher)
    assert [(one.scene, one.basis) for one in drafted.profile.covered] == [
        ("S17", "stated"), ("S17", "matched")
    ]  # fmt: skip
    assert "申报书.md, line 3" in drafted.profile.covered[1].origin


@pytest.mark.parametrize(
    "text",
    [
        "1. 质量检测（规划中）\n" + WHEELS,
        "1. 质量检测\n计划在每条线上装视觉相机，用深度学习模型在线判读轮毂缺陷。",
        "1. 质量检测\n尚未在线上装视觉相机，不能在线判读轮毂气孔和夹杂等缺陷，靠人工目检。",
    ],
)
def test_planned_and_denied_scenes_are_left_out_with_the_reason(
    text: str, matcher: Matcher
) -> None:
    _, drafted = of_text(f"三、场景建设\n{text}", matcher)
    assert drafted.profile.covered == ()
    assert all(one.why for one in drafted.left_out)


def test_a_heading_of_one_scene_over_the_text_of_another_is_told(matcher: Matcher) -> None:
    text = f"三、场景建设\n1. 仓储物流—智能仓储—成品库\n{WHEELS}"
    scenes, drafted = of_text(text, matcher)
    (found,) = scenes.findings
    assert (found.code, found.proposal) == ("scene_differs", "S17")
    assert [one.scene for one in drafted.profile.covered] == ["S22"]


def test_the_overview_and_the_connection_of_systems_are_no_scene(matcher: Matcher) -> None:
    titles = ("三、场景建设\n（一）总体情况", "（二）具体场景", "（三）系统集成")
    text = "\n".join(f"{title}\n{WHEELS}" for title in titles)
    scenes, _ = of_text(text, matcher)
    assert [one.begins.line for one in scenes.passages] == [5]


def test_targets_and_other_measures_do_not_fill_in_an_indicator(matcher: Matcher) -> None:
    text = (
        "目前生产效率提升了30%，产品不良率由3%降至2%。\n"
        "计划设备综合利用率提升5%。\n目前关键设备数控化率达到95%。"
    )
    _, drafted = of_text(text, matcher)
    assert {kpi: one.value for kpi, one in drafted.profile.kpis.items()} == {"K07": 30, "K01": 95}
    assert {one.field for one in drafted.left_out} == {"kpis.K09", "kpis.K10"}


def test_nothing_stated_leaves_everything_unknown(matcher: Matcher) -> None:
    _, drafted = of_text("一、企业概况\n公司历史悠久。", matcher)
    conditions = load_conditions()
    check = check_levels(drafted.profile, conditions, matcher.guide)
    assert drafted.profile.complete is False
    for level in check.levels:
        assert level.counts["not_met"] == level.counts["met"] == 0


def test_an_unfinished_factory_is_no_completed_one(matcher: Matcher) -> None:
    _, drafted = of_text("2024年11月\n建设起止时间：2023年1月至2026年6月。", matcher)
    assert drafted.profile.statements["P2-1"].holds is False
    _, phased = of_text(
        "2024年11月\n一期建设起止时间：2021年1月至2022年6月。\n"
        "二期建设起止时间：2023年1月至2026年6月。",
        matcher,
    )
    assert "P2-1" not in phased.profile.statements


@pytest.mark.parametrize("name", ["turbine", "wheels"])
def test_a_level_awarded_before_is_stated_and_one_sought_is_not(
    name: str, matcher: Matcher
) -> None:
    _, drafted = draft(application(name), matcher)
    assert drafted.profile.statements["P2-3"].holds
    _, sought = draft(application("tablets"), matcher)
    assert "P2-3" not in sought.profile.statements
