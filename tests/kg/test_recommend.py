"""Solutions in two groups with their paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ids import made_id
from kg.ranking import Asker
from kg.recommend import Wish, nearest_with_solutions, recommend
from kg.records import Link, Node, Record
from kg.solution_ranking import OFFERED_WEIGHTS, USED_WEIGHTS, of_one_group
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.classification import industry_id
from ontology.errors import UnknownId
from tests.world import (
    ARMS,
    BEIYUAN,
    EYESIGHT,
    HAIBIN,
    JIANGCHENG,
    XISHAN,
    instance,
    load_world,
    organisation,
    solution,
    source_of,
)


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


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[GraphStore]:
    """The tiny world, in which more instances of S17 use more solutions."""
    path = tmp_path / "graph.sqlite"
    uses = [
        (BEIYUAN, "布面检验", "C17", 2025, [EYESIGHT, ARMS], ("生产效率=+20%",)),
        (JIANGCHENG, "齿轮外观检验", "C34", 2021, [ARMS], ("生产效率=+30%",)),
        (XISHAN, "铸件外观检验", "C34", 2022, [ARMS], ("生产效率=+40%",)),
        (ARMS, "自家壳体检验", "C34", 2025, [ARMS], ()),
    ]
    records = [_using(place, row) for place, row in enumerate(uses)]
    with open_store(f"sqlite:///{path}") as store:
        load_world(store)
        store.load(source_of("uses", records), records)
        yield store


def _using(place: int, row: tuple[str, str, str, int, list[str], tuple[str, ...]]) -> Record:
    """Return an instance of S17 that firms supplied."""
    enterprise, name, industry, year, makers, effects = row
    return Record(
        source="uses",
        locator=f"row {place}",
        subject=instance(enterprise, name),
        label="Instance",
        properties={"name": name, "year": year, "grade": "B", "effects": effects},
        links=(
            Link("OF_ENTERPRISE", organisation(enterprise)),
            Link("IN_SCENE", "S17", {"basis": "assigned", "rank": "primary"}),
            Link("IN_INDUSTRY", industry_id(industry), {"basis": "assigned"}),
            *(Link("SUPPLIED_BY", organisation(maker)) for maker in makers),
        ),
        method="reported",
        grade="B",
        url=f"https://example.org/use/{place}",
    )


def test_enterprises_outside_the_makers_own_group_lead(busy: GraphStore) -> None:
    used = recommend(busy, "S17").used
    first = used[0]
    assert (first.name, first.kind) == (ARMS, "supplier")
    assert (first.enterprises, first.outside, first.instances) == (4, 3, 4)
    assert [one.score for one in used] == sorted((one.score for one in used), reverse=True)
    for one in used:
        total = sum(USED_WEIGHTS[name] * value for name, value in one.contributions.items())
        assert one.score == pytest.approx(total, abs=1e-6)
        assert all(0 <= value <= 1 for value in one.contributions.values())


def test_who_asks_moves_what_is_used_nearby_up(busy: GraphStore) -> None:
    weaver = Wish(Asker(industry=(industry_id("C17"),)))
    near = {one.name: one.contributions["industry"] for one in recommend(busy, "S17", weaver).used}
    assert (near[ARMS], near[EYESIGHT]) == (1.0, 1.0)
    assert near["外观缺陷视觉检测系统"] == 0


def test_a_level_near_the_askers_counts(busy: GraphStore) -> None:
    (arms,) = [
        one
        for one in recommend(busy, "S17", Wish(Asker(level=("level-2",)))).used
        if one.name == ARMS
    ]
    assert arms.contributions["level"] == 1  # 北原 has a factory of that level


def test_what_was_used_together_is_told(busy: GraphStore) -> None:
    together = {
        one.name: {other.name for other in one.used_with} for one in recommend(busy, "S17").used
    }
    assert together[EYESIGHT] == {ARMS}
    assert EYESIGHT in together[ARMS]


def test_figures_of_a_solution_are_those_of_the_enterprises_that_used_it(busy: GraphStore) -> None:
    (arms,) = [one for one in recommend(busy, "S17").used if one.name == ARMS]
    (productivity,) = arms.effects
    assert (productivity.kpi, productivity.enterprises, productivity.median) == ("K07", 3, 30)
    (eyesight,) = [one for one in recommend(busy, "S17").used if one.name == EYESIGHT]
    assert [one.median for one in eyesight.effects] == [None]  # one enterprise alone


def test_a_removed_source_takes_with_it_what_it_alone_supported(busy: GraphStore) -> None:
    before = {one.name for one in recommend(busy, "S17").used}
    busy.delete("uses")
    after = {one.name for one in recommend(busy, "S17").used}
    assert before - after == {ARMS, EYESIGHT}
    assert after == {"外观缺陷视觉检测系统"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("a", "海尔智家股份有限公司", ()), ("b", "海尔", ()), True),
        (("a", "某某公司", ("卡奥斯",)), ("b", "卡奥斯物联生态科技", ()), True),
        (("a", "同一家", ()), ("a", "同一家", ()), True),
        (("a", "海尔智家", ()), ("b", "美的集团", ()), False),
        (("a", "中国石油独山子石化", ()), ("b", "中国移动", ()), False),
        (("a", "华", ()), ("b", "华为", ()), False),
    ],
)
def test_a_group_is_told_by_names_only(
    one: tuple[str, str, tuple[str, ...]], other: tuple[str, str, tuple[str, ...]], expected: bool
) -> None:
    nodes = [
        Node(made_id("org", name), "Organisation", {"name": full, "other_names": others})
        for name, full, others in (one, other)
    ]
    assert of_one_group(*nodes) == expected
    assert not of_one_group(None, nodes[0])


def test_what_is_offered_says_how_it_fits(world_store: GraphStore) -> None:
    (offered,) = recommend(world_store, "S17", Wish(text="外观缺陷视觉检测")).offered
    assert offered.contributions["scene"] == 1
    assert offered.contributions["text"] > 0.3
    (apart,) = recommend(world_store, "S17", Wish(text="财务报销")).offered
    assert apart.contributions["text"] == 0
    total = sum(OFFERED_WEIGHTS[name] * value for name, value in offered.contributions.items())
    assert offered.score == pytest.approx(total, abs=1e-6)


def test_where_nothing_is_known_the_nearest_scene_of_the_segment_is(
    world_store: GraphStore,
) -> None:
    near = nearest_with_solutions(world_store, "S12")
    assert near is not None
    assert near.scene.id == "S16"
    assert near.used_total + near.offered_total > 0
