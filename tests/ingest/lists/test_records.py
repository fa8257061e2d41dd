"""A public list in the graph: what its rows say, and what they never say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.document import Document
from ingest.lists.records import map_listing
from kg.records import Link, Record, check_record
from ontology.guide import Guide
from ontology.schema import schema
from tests.ingest.lists.pages import ROWS, page, read
from tests.world import factory, instance, organisation

SOURCE = "list-of-a-test"
NOTICE = "江苏省工业和信息化厅关于2025年先进级智能工厂名单的公示"
SCENES = "2025年智能制造优秀场景名单公布"


def records(document: Document, guide: Guide) -> tuple[Record, ...]:
    found = tuple(replace(one, source=SOURCE) for one in map_listing(read(document), guide))
    for record in found:
        check_record(record, schema())
    return found


def one(found: tuple[Record, ...], label: str, method: str = "official") -> Record:
    (record,) = [record for record in found if (record.label, record.method) == (label, method)]
    return record


def links(record: Record, relation: str) -> list[Link]:
    return [link for link in record.links if link.relation == relation]


def test_a_row_says_enterprise_factory_level_and_place(guide: Guide) -> None:
    found = records(page(ROWS[0]), guide)
    enterprise, listed = one(found, "Organisation"), one(found, "Factory")
    assert enterprise.subject == organisation("江城示范机械有限公司")
    assert listed.subject == factory("江城示范机械有限公司", "变速箱智能工厂")
    assert links(listed, "AT_LEVEL") == [
        Link("AT_LEVEL", "L2",
             {"as_found": "先进级智能工厂（2025）", "status": "awarded", "year": 2025})
    ]  # fmt: skip
    assert listed.properties["programme"] == ("gradient_2024",)
    assigned = one(found, "Factory", "assigned")
    assert [link.end for link in assigned.links] == ["gbt2260-320500"]


def test_a_list_under_notice_awards_nothing(guide: Guide) -> None:
    listed = one(records(page(ROWS[0], title=NOTICE), guide), "Factory")
    (level,) = links(listed, "AT_LEVEL")
    assert level.properties["status"] == "publicised"
    assert level.properties["as_found"] == "先进级智能工厂（2025，公示）"


@pytest.mark.parametrize(
    "title",
    [
        "2017年省级智能工厂名单公布",
        "2023年度智能制造示范工厂名单公布",
        "2024年5G工厂名录公布",
        "2023年先进级智能工厂名单公布",
        "2025年智能工厂名单公布",
        "2025年进步级智能工厂名单公布",
    ],
)
def test_titles_of_other_programmes_are_no_levels_of_this_one(title: str, guide: Guide) -> None:
    listed = one_of_any(records(page(ROWS[0], title=title), guide))
    assert links(listed, "AT_LEVEL") == []
    assert "gradient_2024" not in listed.properties.get("programme", ())  # type: ignore[operator]


def one_of_any(found: tuple[Record, ...]) -> Record:
    return next(one for one in found if one.label == "Factory" and one.method != "assigned")


def test_each_row_has_its_own_level_where_the_list_has_a_column_of_them(guide: Guide) -> None:
    rows = (("1", "甲示范有限公司", "卓越级"), ("2", "乙示范有限公司", "进步级"))
    document = page(*rows, title="2025年智能工厂名单公布", header=("序号", "企业名称", "级别"))
    listed = [record for record in records(document, guide) if record.label == "Factory"]
    assert [[link.end for link in links(one, "AT_LEVEL")] for one in listed] in (
        [["L3"], []],
        [[], ["L3"]],
    )


def test_a_rewritten_copy_only_reports_and_is_graded_as_a_repost(guide: Guide) -> None:
    found = records(page(title="2025年出色级智能工厂名单公布"), guide)
    assert {record.grade for record in found} == {"C"}
    assert "official" not in {record.method for record in found}


def test_a_scene_is_awarded_where_its_name_is_this_editions_and_the_list_final(
    guide: Guide,
) -> None:
    rows = (("1", "甲示范有限公司", "在线智能检测", "轮毂判读"),)
    header = ("序号", "企业名称", "典型场景", "实例名称")
    listed = one(records(page(*rows, title=SCENES, header=header), guide), "Instance")
    assert listed.subject == instance("甲示范有限公司", "轮毂判读")
    (scene,) = links(listed, "IN_SCENE")
    assert (scene.end, scene.properties["basis"]) == ("S17", "awarded")


@pytest.mark.parametrize(
    ("title", "scene"),
    [(SCENES.replace("公布", "公示"), "在线智能检测"), (SCENES, "智能在线检测")],
)
def test_a_scene_under_notice_or_of_another_edition_is_not_awarded(
    title: str, scene: str, guide: Guide
) -> None:
    header = ("序号", "企业名称", "典型场景")
    found = records(page(("1", "甲示范有限公司", scene), title=title, header=header), guide)
    (link,) = links(one(found, "Instance", "assigned"), "IN_SCENE")
    assert (link.end, link.properties["basis"]) == ("S17", "assigned")


def test_a_scene_name_of_no_edition_is_kept_as_a_name_and_filed_nowhere(guide: Guide) -> None:
    header = ("序号", "企业名称", "典型场景")
    found = records(page(("1", "甲示范有限公司", "财务管理"), title=SCENES, header=header), guide)
    listed = one(found, "Instance")
    assert listed.properties["name"] == "财务管理"
    assert not [link for record in found for link in links(record, "IN_SCENE")]


def test_a_short_name_is_an_enterprise_of_its_own(guide: Guide) -> None:
    found = records(page(("1", "江城示范", "甲厂", "苏州市")), guide)
    assert one(found, "Organisation").subject == organisation("江城示范")
    assert organisation("江城示范") != organisation("江城示范机械有限公司")


def test_a_traditional_name_is_the_same_enterprise_and_its_printed_form_is_kept(
    guide: Guide,
) -> None:
    enterprise = one(records(page(("1", "江城示範機械有限公司", "", "")), guide), "Organisation")
    assert enterprise.subject == organisation("江城示范机械有限公司")
    assert enterprise.properties["other_names"] == ("江城示範機械有限公司",)


def test_damaged_rows_say_nothing(guide: Guide) -> None:
    assert records(page(("1", "江?示范机械有限公司", "甲厂", "苏州市")), guide) == ()


def test_a_row_more_changes_no_record_of_the_others(guide: Guide) -> None:
    before = {record.id for record in records(page(*ROWS), guide)}
    more = ("1", "新增样例有限公司", "乙厂", "苏州市")
    renumbered = [(str(int(row[0]) + 1), *row[1:]) for row in ROWS]
    after = {record.id for record in records(page(more, *renumbered), guide)}
    assert before < after
