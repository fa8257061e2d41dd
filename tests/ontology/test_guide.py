"""The guide editions: what is in them, what is attested, and how names and ids are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ontology.conditions import notice_text
from ontology.errors import InvalidFile, UnknownId
from ontology.guide import (
    CROSSWALK,
    EDITIONS,
    FOLDER,
    Guide,
    NameHit,
    load_crosswalk,
    load_guide,
    load_unmapped,
)
from ontology.guide_turtle import read_guide

ATTESTED_2024 = {
    "S05": "产品数字化研发设计",
    "S11": "智能排产调度",
    "S16": "人机协同作业",
    "S17": "在线智能检测",
    "S18": "质量追溯与分析改进",
    "S22": "智能仓储",
}
AREAS = {
    "A01": ("工厂建设", ["工厂建设", "信息基础设施"]),
    "A02": ("研发设计", ["产品设计", "工艺设计"]),
    "A03": ("生产作业", ["生产作业", "质量管控", "设备管理"]),
    "A04": ("生产管理", ["计划调度", "仓储物流", "安全管控", "能碳管理", "环保管理"]),
    "A05": ("运营管理", ["营销与售后", "供应链管理"]),
}


@pytest.fixture(scope="module")
def guide_2024() -> Guide:
    return load_guide()


@pytest.fixture(scope="module")
def guide_2025() -> Guide:
    return load_guide("2025")


def test_2024_has_fifteen_segments_and_forty_scenes_in_order(guide_2024: Guide) -> None:
    assert [segment.id for segment in guide_2024.segments] == [f"E{n:02d}" for n in range(1, 16)]
    assert [scene.id for scene in guide_2024.scenes] == [f"S{n:02d}" for n in range(1, 41)]
    assert [scene.order for scene in guide_2024.scenes] == list(range(1, 41))


def test_2025_has_eight_segments_and_forty_attested_scenes(guide_2025: Guide) -> None:
    assert len(guide_2025.segments) == 8
    assert [scene.id for scene in guide_2025.scenes] == [f"2025-S{n:02d}" for n in range(1, 41)]
    assert {scene.name_status for scene in guide_2025.scenes} == {"attested"}


def test_six_scene_names_of_2024_are_attested_and_34_provisional(guide_2024: Guide) -> None:
    attested = {one.id: one.name for one in guide_2024.scenes if one.name_status == "attested"}
    assert attested == ATTESTED_2024
    assert sum(one.name_status == "provisional" for one in guide_2024.scenes) == 34


def test_every_segment_of_2024_is_attested_by_the_notice(guide_2024: Guide) -> None:
    text = notice_text()
    for segment in guide_2024.segments:
        assert segment.name_status == "attested"
        assert segment.sources == ("notice_399",)
        assert segment.name in text


def test_areas_group_segments_as_the_footnotes_say(guide_2024: Guide) -> None:
    for area in guide_2024.areas:
        name, segments = AREAS[area.id]
        inside = [one.name for one in guide_2024.segments if one.area == area.id]
        assert (area.name, inside) == (name, segments)
        assert area.footnote in notice_text()
        assert all(segment in area.footnote for segment in segments)


def test_model_innovation_across_segments_is_in_no_area(guide_2024: Guide) -> None:
    assert guide_2024.segment("E15").name == "多环节模式创新"
    assert guide_2024.segment("E15").area is None
    assert guide_2024.area_of("S40") is None


def test_no_source_gives_the_areas_of_2025(guide_2025: Guide) -> None:
    assert guide_2025.areas == ()
    assert {segment.area for segment in guide_2025.segments} == {None}


def test_members_of_an_area_and_areas_of_segments_agree() -> None:
    from rdflib import Graph, URIRef

    graph = Graph().parse(FOLDER / "2024.ttl")
    members = set(graph.subject_objects(URIRef("http://www.w3.org/2004/02/skos/core#member")))
    inside = set(graph.subject_objects(URIRef("urn:sfkg:term:inArea")))
    assert members == {(area, segment) for segment, area in inside}
    assert len(members) == 14


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_scene_has_summary_english_name_and_known_sources(edition: str) -> None:
    guide = load_guide(edition)
    for scene in guide.scenes:
        assert scene.summary
        assert scene.name_en.isascii()
        assert all(guide.source(source).title for source in scene.sources)
        assert guide.segment(scene.segment).edition == edition


def test_recalled_names_say_that_nobody_verified_them(guide_2024: Guide) -> None:
    assert guide_2024.source("memory").reliability.startswith("unverified")
    assert guide_2024.source("memory").urls == ()


def test_scenes_of_an_area_are_those_of_its_segments(guide_2024: Guide) -> None:
    production = [scene.id for scene in guide_2024.scenes_of("A03")]
    assert production == [f"S{n}" for n in range(12, 22)]
    assert [scene.id for scene in guide_2024.scenes_of("E07")] == ["S17", "S18"]
    assert guide_2024.area_of("S17") == "A03"


def test_unknown_ids_name_the_nearest(guide_2024: Guide) -> None:
    with pytest.raises(UnknownId, match="S17") as caught:
        guide_2024.scene("S117")
    assert "S17" in caught.value.nearest
    with pytest.raises(UnknownId, match="E06"):
        guide_2024.segment("E66")
    with pytest.raises(UnknownId, match="A03"):
        guide_2024.area("A33")
    with pytest.raises(UnknownId, match="segment or construction area"):
        guide_2024.scenes_of("工厂")


def test_an_unknown_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownId, match="2024") as caught:
        load_guide("2023")
    assert caught.value.field == "edition"


def test_a_name_is_found_in_every_edition_that_bears_it(guide_2024: Guide) -> None:
    assert guide_2024.find("智能仓储") == (
        NameHit("S22", "scene", "智能仓储", "2024", "attested", "name"),
        NameHit("S22", "scene", "智能仓储", "2021", "provisional", "other_edition"),
        NameHit("S22", "scene", "智能仓储", "2022", "attested", "other_edition"),
        NameHit("S22", "scene", "智能仓储", "2023", "provisional", "other_edition"),
    )


def test_a_name_may_be_that_of_a_segment_and_of_an_area(guide_2024: Guide) -> None:
    hits = {(hit.id, hit.kind) for hit in guide_2024.find("生产作业")}
    assert hits == {("E06", "segment"), ("A03", "area")}


@pytest.mark.parametrize(
    "written", ["在线 智能检测", "在线\u200b智能检测", "\u3000在线智能检测\xa0", "在线智能检测\n"]
)
def test_blanks_and_invisible_characters_do_not_hide_a_name(
    guide_2024: Guide, written: str
) -> None:
    assert guide_2024.find(written)[0].id == "S17"


def test_radicals_that_look_like_characters_are_read_as_these(guide_2024: Guide) -> None:
    assert {hit.id for hit in guide_2024.find("⽣产作业")} == {"E06", "A03"}


def test_a_name_no_edition_holds_is_not_guessed(guide_2024: Guide) -> None:
    assert guide_2024.find("正在线智能检测") == ()
    assert guide_2024.find("质量在线检测") == ()


def test_name_candidates_and_garbled_spellings_are_found_as_such(
    guide_2024: Guide, guide_2025: Guide
) -> None:
    assert [hit.use for hit in guide_2024.find("设备全生命周期管理")] == ["candidate"]
    assert guide_2025.find("碳资产安全生命周期管理")[0].use == "candidate"


def test_names_of_2021_are_never_called_attested(guide_2024: Guide) -> None:
    aliases = [alias for scene in guide_2024.scenes for alias in scene.aliases]
    attested = {alias.edition for alias in aliases if alias.status == "attested"}
    assert attested == {"2022", "2023", "2025"}
    assert [one.text for one in aliases if (one.edition, one.status) == ("2023", "attested")] == [
        "工艺动态优化"
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_guide_comes_back_from_json_as_it_was(edition: str) -> None:
    guide = load_guide(edition)
    again = Guide.from_dict(json.loads(json.dumps(guide.to_dict())))
    assert again == guide
    assert again.find("先进过程控制") == guide.find("先进过程控制")


def test_json_that_is_no_guide_is_refused() -> None:
    with pytest.raises(InvalidFile, match="no guide edition"):
        Guide.from_dict({"edition": "2024"})


def test_a_file_that_is_no_turtle_or_no_guide_is_refused(tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken.ttl", tmp_path / "empty.ttl"
    broken.write_text("guide:2024 a", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"broken\.ttl cannot be read"):
        read_guide(broken)
    with pytest.raises(InvalidFile, match="describes 0 guide editions"):
        read_guide(empty)


def test_an_unknown_name_status_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "2025.ttl").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(text.replace('nameStatus "attested"', 'nameStatus "sure"', 1), "utf-8")
    with pytest.raises(InvalidFile, match="unknown name status 'sure'"):
        read_guide(wrong)


def test_both_ends_of_every_mapping_exist(guide_2024: Guide, guide_2025: Guide) -> None:
    mappings = load_crosswalk()
    assert len(mappings) == 135
    for mapping in mappings:
        assert guide_2024.scene(mapping.object)
        if mapping.subject_edition == "2025":
            assert guide_2025.scene(mapping.subject).name == mapping.subject_name
        else:
            assert mapping.subject == f"{mapping.subject_edition}:{mapping.subject_name}"


def test_every_2025_scene_is_mapped_or_said_to_have_no_counterpart(guide_2025: Guide) -> None:
    mapped = {mapping.subject for mapping in load_crosswalk()}
    assert {scene.id for scene in guide_2025.scenes} - mapped == {"2025-S30"}
    assert load_unmapped() == ("2025-S30", "2023:工业知识软件化")


def test_a_part_of_a_2024_scene_maps_to_it_as_the_broader_one() -> None:
    tracing = next(one for one in load_crosswalk() if one.subject == "2025-S25")
    assert (tracing.subject_name, tracing.predicate, tracing.object) == (
        "质量精准追溯",
        "broadMatch",
        "S18",
    )


def test_confidence_agrees_with_the_word_in_the_comment() -> None:
    words = {"high": 0.9, "medium": 0.7, "low": 0.4}
    for mapping in load_crosswalk():
        assert mapping.confidence == words[mapping.comment.split(";")[0]]


def test_older_names_that_are_mapped_are_other_names_of_the_scene(guide_2024: Guide) -> None:
    for mapping in load_crosswalk():
        if mapping.subject_edition != "2025":
            aliases = guide_2024.scene(mapping.object).aliases
            assert (mapping.subject_name, mapping.subject_edition) in {
                (alias.text, alias.edition) for alias in aliases
            }


def test_a_crosswalk_with_a_wrong_cell_or_column_is_refused(tmp_path: Path) -> None:
    text = CROSSWALK.read_text(encoding="utf-8")
    wrong = tmp_path / "crosswalk.tsv"
    wrong.write_text(text.replace("\t0.9\t", "\thigh\t", 1), encoding="utf-8")
    with pytest.raises(InvalidFile, match="数字基础设施建设"):
        load_crosswalk(wrong)
    wrong.write_text(text.replace("object_id\t", "target\t", 1), encoding="utf-8")
    with pytest.raises(InvalidFile, match="has no column object_id"):
        load_crosswalk(wrong)
    with pytest.raises(InvalidFile, match="cannot be read"):
        load_crosswalk(tmp_path / "none.tsv")
