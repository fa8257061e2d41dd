"""Solutions in two groups with their paths."""

from __future__ import annotations

import pytest

from kg.recommend import recommend
from kg.store.protocol import GraphStore
from ontology.errors import UnknownId
from tests.world import EYESIGHT, HAIBIN, instance, solution


def test_a_solution_used_in_a_case_carries_the_path_through_the_instance(
    world_store: GraphStore,
) -> None:
    (used,) = recommend(world_store, "S17").used
    assert used.name == "外观缺陷视觉检测系统"
    assert used.enterprises == 1
    steps = [step.id for step in used.paths[0].steps]
    assert steps == [
        solution("外观缺陷视觉检测系统", EYESIGHT),
        instance(HAIBIN, "手机中框外观缺陷在线检测"),
        "S17",
    ]
    assert used.paths[0].evidence[0].url == "https://example.org/case/2"


def test_what_is_only_offered_is_never_among_the_used(world_store: GraphStore) -> None:
    found = recommend(world_store, "S18")
    assert found.used == ()
    assert [item.name for item in found.offered] == ["批次追溯平台"]


def test_claims_are_named_claims(world_store: GraphStore) -> None:
    (offered,) = recommend(world_store, "S17").offered
    assert offered.claims == ("检出率99.5%（供应商自述）",)
    assert offered.targets == ()


def test_a_scene_without_solutions_has_two_empty_groups(world_store: GraphStore) -> None:
    found = recommend(world_store, "S12")
    assert (found.used_total, found.offered_total) == (0, 0)


def test_an_unknown_scene_names_the_nearest(world_store: GraphStore) -> None:
    with pytest.raises(UnknownId, match="S17"):
        recommend(world_store, "S71")
