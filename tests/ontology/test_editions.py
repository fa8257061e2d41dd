"""Editions of the guide side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ontology.editions import Editions, SceneBeside, side_by_side
from ontology.guide import load_crosswalk, load_guide


@pytest.fixture(scope="module")
def from_2024() -> Editions:
    return side_by_side(load_guide("2024"), load_guide("2025"), load_crosswalk())


@pytest.fixture(scope="module")
def from_2025() -> Editions:
    return side_by_side(load_guide("2025"), load_guide("2024"), load_crosswalk())


def scenes(editions: Editions) -> dict[str, SceneBeside]:
    return {
        one.scene.id: one
        for area in editions.areas
        for segment in area.segments
        for one in segment.scenes
    }


def test_every_scene_stands_once_under_its_area_and_segment(from_2024: Editions) -> None:
    assert sorted(scenes(from_2024)) == [scene.id for scene in from_2024.guide.scenes]
    names = [area.area.name if area.area else "" for area in from_2024.areas]
    assert names == ["工厂建设", "研发设计", "生产作业", "生产管理", "运营管理", ""]
    assert [one.segment.name for one in from_2024.areas[-1].segments] == ["多环节模式创新"]


def test_no_area_is_made_up_for_an_edition_that_names_none(from_2025: Editions) -> None:
    assert [area.area for area in from_2025.areas] == [None]
    assert len(from_2025.areas[0].segments) == 8


def test_a_scene_shows_its_counterpart_of_the_other_edition(from_2024: Editions) -> None:
    (beside,) = scenes(from_2024)["S03"].beside
    assert (beside.id, beside.name) == ("2025-S02", "数字基础设施建设")
    assert (beside.predicate, beside.confidence) == ("closeMatch", 0.9)


def test_earlier_names_stand_apart_and_have_no_id(from_2024: Editions) -> None:
    earlier = scenes(from_2024)["S40"].earlier
    assert {one.edition for one in earlier} <= {"2021", "2022", "2023"}
    assert "用户直连制造" in {one.name for one in earlier}
    assert {one.id for one in earlier} == {""}
    assert all(one.recalled for one in earlier)


def test_read_from_the_other_side_a_wider_scene_becomes_a_narrower_one(
    from_2024: Editions, from_2025: Editions
) -> None:
    there = {
        (one.scene.id, other.id): other.predicate
        for one in scenes(from_2024).values()
        for other in one.beside
    }
    back = {
        (other.id, one.scene.id): other.predicate
        for one in scenes(from_2025).values()
        for other in one.beside
    }
    assert there.keys() == back.keys()
    assert len(there) == 40
    wider = {pair for pair, predicate in there.items() if predicate == "broadMatch"}
    assert len(wider) == 8
    assert {pair for pair, predicate in back.items() if predicate == "narrowMatch"} == wider


def test_what_changed_counts_every_scene_once(from_2024: Editions, from_2025: Editions) -> None:
    for editions in (from_2024, from_2025):
        changes = editions.changes
        every = [*changes.kept, *changes.renamed, *changes.recut, *changes.without]
        assert sorted(every) == sorted(scenes(editions))
    assert from_2025.changes.without == ("2025-S30",)
    assert "S02" in from_2024.changes.kept  # 数字孪生工厂构建 in both


def test_what_corresponds_to_a_scene_that_another_took_in_corresponds_to_that(
    from_2024: Editions,
) -> None:
    guide, (counterpart,) = from_2024.guide, scenes(from_2024)["S03"].beside
    retired = replace(guide.scene("S03"), replaced_by=("S04",))
    kept = tuple(scene for scene in guide.scenes if scene.id != "S03")
    recut = replace(guide, scenes=kept, retired=(retired,))
    now = scenes(side_by_side(recut, from_2024.other, load_crosswalk()))
    assert "S03" not in now
    assert replace(counterpart, predicate="relatedMatch") in now["S04"].beside
    back = scenes(side_by_side(from_2024.other, recut, load_crosswalk()))
    assert "S04" in {one.id for one in back[counterpart.id].beside}


def test_a_counterpart_of_both_merged_scenes_stands_once_as_it_did(from_2024: Editions) -> None:
    guide = from_2024.guide
    retired = replace(guide.scene("S06"), replaced_by=("S09",))
    kept = tuple(scene for scene in guide.scenes if scene.id != "S06")
    recut = replace(guide, scenes=kept, retired=(retired,))
    beside = scenes(side_by_side(recut, from_2024.other, load_crosswalk()))["S09"].beside
    assert len({one.id for one in beside}) == len(beside)
    assert set(scenes(from_2024)["S09"].beside) <= set(beside)
