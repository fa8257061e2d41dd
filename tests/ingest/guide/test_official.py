"""An official text takes the place of our reconstruction: ids and labels stay, none is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.guide.outline import Outline, read_outline
from ingest.guide.pairing import How, Likeness, Pairing, Told, pair_up
from ingest.guide.revision import (
    Recognised,
    changes_of,
    check_sure,
    figures_of,
    recognised,
    revised,
)
from kg.match.matcher import Matcher
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import Guide, load_crosswalk
from tests.ingest.guide.texts import FILE, MADE_UP, numbered, official_name


@pytest.fixture(scope="module")
def outline(guide: Guide) -> Outline:
    return read_outline(numbered(guide))


@pytest.fixture(scope="module")
def pairing(outline: Outline, guide: Guide, likeness: Likeness) -> Pairing:
    return pair_up(outline, guide, likeness)


@pytest.fixture(scope="module")
def official(outline: Outline, guide: Guide, pairing: Pairing) -> Guide:
    return revised(guide, outline, pairing, FILE)


def test_every_scene_of_the_text_is_the_one_that_it_was_written_from(
    pairing: Pairing, guide: Guide
) -> None:
    assert {pair.id: pair.scene.name for pair in pairing.pairs} == {
        scene.id: official_name(scene) for scene in guide.scenes
    }
    assert {pair.id for pair in pairing.pairs if pair.how is How.ALIKE} == set(MADE_UP)
    assert pairing.sure


def test_names_order_and_words_become_the_texts_and_are_marked_official(
    official: Guide, guide: Guide
) -> None:
    for scene in guide.scenes:
        then = official.scene(scene.id)
        assert (then.name, then.name_status) == (official_name(scene), "attested")
        assert then.summary_source == "official_text"
        assert then.summary == scene.summary
    assert official.is_official
    assert not guide.is_official


def test_ids_other_names_keywords_and_the_crosswalk_stay(official: Guide, guide: Guide) -> None:
    assert [scene.id for scene in official.scenes] == [scene.id for scene in guide.scenes]
    for scene in guide.scenes:
        then = official.scene(scene.id)
        assert (then.aliases, then.keywords, then.segment) == (
            scene.aliases, scene.keywords, scene.segment)  # fmt: skip
    assert all(official.has_scene(mapping.object) for mapping in load_crosswalk())


def test_a_name_that_was_ours_is_found_as_before_and_is_no_name_of_the_edition(
    official: Guide, guide: Guide
) -> None:
    before = guide.scene("S12").name
    (hit,) = [hit for hit in official.find(before) if hit.id == "S12"][:1]
    assert hit.use != "name"
    assert before in official.scene("S12").candidates


def test_an_english_name_is_kept_only_where_the_name_is_the_same(official: Guide) -> None:
    assert official.scene("S17").name_en == "Online intelligent inspection"
    assert official.scene("S12").name_en == ""


def test_the_figures_tell_what_became_official(official: Guide, guide: Guide) -> None:
    before, after = figures_of(guide), figures_of(official)
    assert (before.scenes, before.attested_names, before.official_texts) == (40, 6, 0)
    assert (after.scenes, after.attested_names, after.official_texts) == (40, 40, 40)
    assert after.official_names == 40


def test_every_official_name_is_a_name_to_the_matcher_afterwards(
    official: Guide, pairing: Pairing, matcher: Matcher
) -> None:
    under = Matcher(matcher.model, matcher.model_id, official)
    for pair in pairing.pairs:
        match = under.match(pair.scene.name)
        assert (match.decision, match.best and match.best.id) == ("matched", pair.id)
        assert "2024" in match.reason


def test_names_and_texts_that_lead_to_their_scene_are_counted(pairing: Pairing) -> None:
    ids = {pair.scene.name: pair.id for pair in pairing.pairs}
    assert recognised(pairing, lambda text: ids.get(text, "")) == Recognised(40, 0)


def test_the_edition_is_written_and_read_back_as_it_was(official: Guide) -> None:
    assert Guide.from_dict(official.to_dict()) == official


def test_a_scene_that_moved_says_so(outline: Outline, guide: Guide, likeness: Likeness) -> None:
    other = outline.segments[0]
    moved = replace(
        outline,
        scenes=tuple(
            replace(scene, segment=other) if scene.name == "在线智能检测" else scene
            for scene in outline.scenes
        ),
    )
    changes = {one.id: one for one in changes_of(guide, pair_up(moved, guide, likeness))}
    assert (changes["S17"].moved, changes["S17"].segment) == (True, "E01")
    assert not changes["S16"].moved


def test_a_scene_that_the_text_lacks_is_told_and_waits_for_somebody(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    fewer = replace(outline, scenes=outline.scenes[:-1])
    pairing = pair_up(fewer, guide, likeness)
    assert not pairing.sure
    with pytest.raises(InvalidValue, match=r"S40 .* is not in the text: --retire S40"):
        check_sure(guide, pairing)
    check_sure(guide, pair_up(fewer, guide, likeness, Told(retired={"S40": ()})))


def test_an_unknown_segment_changes_nothing_until_somebody_says_which_it_is(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    scenes = tuple(
        replace(scene, segment=scene.segment.replace("工厂建设", "工厂规划"))
        for scene in outline.scenes
    )
    strange = replace(outline, segments=("工厂规划", *outline.segments[1:]), scenes=scenes)
    with pytest.raises(InvalidValue, match="the segment 工厂规划 is unknown"):
        revised(guide, strange, pair_up(strange, guide, likeness), FILE)
    told = pair_up(strange, guide, likeness, Told({"E01": "工厂规划"}))
    assert revised(guide, strange, told, FILE).segment("E01").name == "工厂规划"


def test_a_scene_that_is_nothing_like_what_is_left_seems_new_until_somebody_pairs_it(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    strange = replace(outline.scenes[-1], name="食堂智能点餐", text="食堂菜品智能推荐。")
    text = replace(outline, scenes=(*outline.scenes[:-1], strange))
    alone = pair_up(text, guide, likeness)
    assert [(one.id, one.scene.name) for one in alone.additions] == [("S41", "食堂智能点餐")]
    with pytest.raises(InvalidValue, match=r"食堂智能点餐 seems to be new: --new 食堂智能点餐"):
        check_sure(guide, alone)
    told = pair_up(text, guide, likeness, Told({"S40": "食堂智能点餐"}))
    check_sure(guide, told)
    assert revised(guide, text, told, FILE).scene("S40").name == "食堂智能点餐"


def test_a_pair_of_what_is_not_there_is_refused(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    with pytest.raises(UnknownId, match="S99"):
        pair_up(outline, guide, likeness, Told({"S99": outline.scenes[0].name}))
    with pytest.raises(UnknownId, match="没有这个名称"):
        pair_up(outline, guide, likeness, Told({"S01": "没有这个名称"}))


def test_two_swapped_pairs_are_what_somebody_says(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    one, other = outline.scenes[0].name, outline.scenes[1].name
    pairing = pair_up(outline, guide, likeness, Told({"S01": other, "S02": one}))
    assert [(pair.id, pair.how) for pair in pairing.pairs[:2]] == [
        ("S02", How.GIVEN), ("S01", How.GIVEN)]  # fmt: skip


def test_what_is_told_of_the_text_must_be_there_and_agree(
    outline: Outline, guide: Guide, likeness: Likeness
) -> None:
    one = outline.scenes[0].name
    with pytest.raises(UnknownId, match="没有这个名称"):
        pair_up(outline, guide, likeness, Told(new=("没有这个名称",)))
    with pytest.raises(UnknownId, match="S99"):
        pair_up(outline, guide, likeness, Told(retired={"S99": ()}))
    with pytest.raises(InvalidValue, match=r"S01.*is paired as well"):
        pair_up(outline, guide, likeness, Told({"S01": one}, retired={"S01": ()}))
    fewer = replace(outline, scenes=outline.scenes[:-1])
    with pytest.raises(UnknownId, match="没有这个场景"):
        pair_up(fewer, guide, likeness, Told(retired={"S40": ("没有这个场景",)}))
