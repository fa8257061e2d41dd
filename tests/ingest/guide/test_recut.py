"""An official text with a merged, a divided, a new and a dropped scene is imported, all told."""

from __future__ import annotations

import pytest

from ingest.guide.outline import Outline, read_outline
from ingest.guide.pairing import How, Likeness, Pairing, Told, pair_up
from ingest.guide.revision import revised
from ingest.packaged.guide import map_guide
from kg.match.corpus import Example, relabelled
from kg.match.matcher import Matcher
from kg.records import check_record
from ontology.guide import Guide
from ontology.schema import schema
from tests.ingest.guide.texts import DROPPED, FILE, MERGED, NEW, PARTS, recut

TELLING = Told({"S12": PARTS[0], "S26": MERGED}, (PARTS[1], NEW), {"S27": (MERGED,), DROPPED: ()})


@pytest.fixture(scope="module")
def outline(guide: Guide) -> Outline:
    return read_outline(recut(guide))


@pytest.fixture(scope="module")
def proposed(outline: Outline, guide: Guide, likeness: Likeness) -> Pairing:
    return pair_up(outline, guide, likeness)


@pytest.fixture(scope="module")
def official(outline: Outline, guide: Guide, likeness: Likeness) -> Guide:
    return revised(guide, outline, pair_up(outline, guide, likeness, TELLING), FILE)


@pytest.fixture(scope="module")
def under(official: Guide, matcher: Matcher) -> Matcher:
    return Matcher(matcher.model, matcher.model_id, official)


def test_what_was_merged_divided_added_and_dropped_is_proposed_and_nothing_of_it_is_sure(
    proposed: Pairing,
) -> None:
    names = {one.scene.name: one for one in proposed.additions}
    gone = {one.id: one for one in proposed.retirements}
    kept = {pair.scene.name: pair.id for pair in proposed.pairs}
    (other,) = {"S26", "S27"} - {kept[MERGED]}
    assert gone.keys() == {other, DROPPED}
    assert gone[other].into == (kept[MERGED],)
    assert {one for one in PARTS if kept.get(one) == "S12"} | names.keys() == {*PARTS, NEW}
    assert next(names[one] for one in PARTS if one in names).near == "S12"
    assert not proposed.sure
    assert {one.how for one in proposed.proposed} == {How.PROPOSED}


def test_ids_are_kept_new_ones_are_fresh_and_retired_ones_name_what_took_them_in(
    official: Guide, guide: Guide
) -> None:
    ids = {scene.id for scene in official.scenes}
    assert ids == {scene.id for scene in guide.scenes} - {"S27", DROPPED} | {"S41", "S42"}
    assert (official.scene("S41").name, official.scene("S42").name) == (PARTS[1], NEW)
    assert {scene.id: scene.replaced_by for scene in official.retired} == {
        "S27": ("S26",), DROPPED: ()}  # fmt: skip
    assert (official.current("S27"), official.current(DROPPED)) == (("S26",), ())
    assert guide.scene("S27").name in official.scene("S26").candidates
    assert [scene.order for scene in sorted(official.scenes, key=lambda one: one.order)] == [
        *range(1, 41)
    ]


def test_it_is_kept_in_a_file_and_read_back_as_it_was(official: Guide) -> None:
    assert Guide.from_dict(official.to_dict()) == official


def test_the_graph_holds_what_was_retired_apart_from_the_edition_and_mapped_to_it(
    official: Guide,
) -> None:
    records = map_guide(official)
    for record in records:
        check_record(record, schema())
    (gone,) = [record for record in records if record.subject == "S27"]
    assert (gone.properties["edition"], gone.properties["name_status"]) == (
        "2024 暂定", "provisional")  # fmt: skip
    assert [(link.end, link.properties["predicate"]) for link in gone.links
            if link.relation == "MAPS_TO"] == [("S26", "broadMatch")]  # fmt: skip


def test_the_fitted_matcher_answers_with_the_scenes_of_the_text(
    under: Matcher, guide: Guide
) -> None:
    gone = guide.scene("S27")
    found = [under.match(text) for text in (gone.summary, gone.name, gone.id)]
    assert [(one.decision, one.best and one.best.id) for one in found] == [("matched", "S26")] * 3
    assert under.match(NEW).best is not None
    assert under.match(guide.scene("S17").summary).best == under.match(
        guide.scene("S17").summary, "2024"
    ).best  # fmt: skip


def test_what_belongs_to_a_dropped_scene_has_none_and_says_why(
    under: Matcher, guide: Guide
) -> None:
    found = under.match(guide.scene(DROPPED).summary)
    assert found.decision == "no_scene"
    assert guide.scene(DROPPED).name in found.reason


def test_texts_of_retired_scenes_are_learnt_as_what_they_are_now(official: Guide) -> None:
    merged = relabelled(Example("碳账本", "S27", also=("S28",)), official)
    assert merged == Example("碳账本", "S26", also=("S28",))
    assert relabelled(Example("租赁", DROPPED), official) is None


def test_the_same_text_again_changes_nothing_and_the_old_one_brings_scenes_back(
    outline: Outline, official: Guide, guide: Guide, likeness: Likeness
) -> None:
    again = pair_up(outline, official, likeness)
    assert again.sure
    assert revised(official, outline, again, FILE) == official
    whole = recut(guide, dropped="", merged="")
    back = pair_up(read_outline(whole), official, likeness)
    assert {pair.id for pair in back.pairs} >= {"S27", DROPPED}
