"""Comparable cases: any filters combine exactly with the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from kg.cases import CaseFilters, CaseQuery, RankedCases, find_cases
from kg.index.holder import publish
from kg.index.snapshot import IndexPlan, Snapshot, load_snapshot
from kg.match import packaged_model
from kg.ranking import TEXT_WEIGHTS, WEIGHTS, Asker
from kg.records import Link, Record
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.classification import industry_id, place_id
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import Guide
from tests.world import BEIYUAN, JIANGCHENG, instance, load_world, organisation, source_of

QUESTION = "用相机在线检查零件表面缺陷"
NO_FILTER = CaseFilters()


def ask(
    store: GraphStore, snapshot: Snapshot, filters: CaseFilters = NO_FILTER, **more: object
) -> RankedCases:
    """Ask for cases of the tiny world."""
    query = CaseQuery(QUESTION, filters, **{"limit": 20, **more})  # type: ignore[arg-type]
    return find_cases(store, snapshot, snapshot.matcher.match(query.text), query)


def test_cases_of_the_scene_come_first(world_store: GraphStore, world_snapshot: Snapshot) -> None:
    answer = ask(world_store, world_snapshot)
    assert answer.ranked_by == "scene"
    assert {case.scenes[0].id for case in answer.items[:3]} == {"S17"}
    assert answer.total == 8


def test_every_case_says_where_it_is_known_from(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    for case in ask(world_store, world_snapshot).items:
        assert case.evidence[0].url.startswith("https://example.org/case/")
        assert case.evidence[0].grade == "B"
        assert case.scenes[0].basis == "assigned"


def test_the_score_is_the_weighted_sum_of_the_contributions(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    for case in ask(world_store, world_snapshot).items:
        parts = sum(WEIGHTS[name] * value for name, value in case.contributions.items())
        assert case.score == pytest.approx(parts, abs=1e-5)


def test_the_askers_own_enterprise_can_be_left_out(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    filters = CaseFilters(exclude_enterprise=organisation(JIANGCHENG))
    answer = ask(world_store, world_snapshot, filters)
    assert answer.total == 5
    assert JIANGCHENG not in {case.enterprise.name for case in answer.items if case.enterprise}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (CaseFilters(scene=("S17",)), 3),
        (CaseFilters(segment=("E06",)), 4),
        (CaseFilters(area=("A03",)), 8),
        (CaseFilters(industry=("gbt4754-C17",)), 2),
        (CaseFilters(province=("gbt2260-320000",)), 5),  # 苏州 lies in 江苏
        (CaseFilters(province=("gbt2260-320500",)), 3),
        (CaseFilters(level=("level-3",)), 4),
        (CaseFilters(year_from=2024, year_to=2024), 4),
        (CaseFilters(year_to=2022), 1),
        (CaseFilters(scene=("S17",), province=("gbt2260-320000",), year_from=2024), 2),
        (CaseFilters(scene=("S17",), level=("level-1",)), 0),
    ],
)
def test_filters_count_exactly(
    world_store: GraphStore, world_snapshot: Snapshot, filters: CaseFilters, expected: int
) -> None:
    assert ask(world_store, world_snapshot, filters).total == expected


def test_where_no_scene_fits_the_text_alone_ranks(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    text = "面料疵点"
    match = replace(world_snapshot.matcher.match(text), decision="no_scene")
    answer = find_cases(world_store, world_snapshot, match, CaseQuery(text, limit=3))
    assert answer.ranked_by == "text"
    assert answer.items[0].id == instance(BEIYUAN, "面料疵点机器视觉检测")
    assert answer.weights == TEXT_WEIGHTS
    assert TEXT_WEIGHTS["scene"] == 0


def test_who_asks_ranks_what_is_near_higher_and_hides_nothing(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    weaver = Asker((industry_id("C17"),), (place_id("320500"),), ("level-2",))
    weights = {"industry": 1.0}
    near = ask(world_store, world_snapshot, asker=weaver, weights=weights)
    assert near.total == ask(world_store, world_snapshot).total
    assert {case.enterprise.name for case in near.items[:2] if case.enterprise} == {BEIYUAN}
    first = near.items[0].contributions
    assert (first["industry"], first["place"], first["level"]) == (1.0, 0.6, 1.0)


def test_nothing_is_near_nobody(world_store: GraphStore, world_snapshot: Snapshot) -> None:
    for case in ask(world_store, world_snapshot).items:
        parts = case.contributions
        assert (parts["industry"], parts["place"], parts["level"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("weights", "fault", "words"),
    [
        ({"luck": 1.0}, UnknownId, "luck"),
        ({"scene": 1.5}, InvalidValue, "between 0 and 1"),
        ({"effects": 0.5}, InvalidValue, "a tenth"),
        (dict.fromkeys(WEIGHTS, 0.0), InvalidValue, "nothing to rank by"),
    ],
)
def test_weights_that_cannot_be_are_refused(
    world_store: GraphStore,
    world_snapshot: Snapshot,
    weights: dict[str, float],
    fault: type[Exception],
    words: str,
) -> None:
    with pytest.raises(fault, match=words):
        ask(world_store, world_snapshot, weights=weights)


def test_one_case_of_each_enterprise_counts_the_others(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    every = ask(world_store, world_snapshot)
    grouped = ask(world_store, world_snapshot, by_enterprise=True)
    owners = [case.enterprise.id for case in grouped.items if case.enterprise]
    assert len(set(owners)) == len(owners) == grouped.total == 5
    assert grouped.hits == every.hits == 8
    assert sum(case.others + 1 for case in grouped.items) == 8
    best = {case.enterprise.id: case.id for case in reversed(every.items) if case.enterprise}
    assert [best[owner] for owner in owners] == [case.id for case in grouped.items]


def test_facets_count_the_hits(world_store: GraphStore, world_snapshot: Snapshot) -> None:
    filters = CaseFilters(province=("gbt2260-320000",))
    facets = ask(world_store, world_snapshot, filters, limit=1).facets
    counted = {one.value: one.count for one in facets["scene"]}
    assert counted == {"S17": 2, "S12": 1, "S16": 1, "S18": 1}
    assert [(one.name, one.count) for one in facets["area"]] == [("生产作业", 5)]
    assert {one.value: one.count for one in facets["has"]} == {"solution": 1, "supplier": 1}


STORY = "用机器视觉在线检查齿轮磨削烧伤，漏检率由百分之三降到千分之二，检验员减少六人"


@pytest.fixture(scope="module")
def reposted(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reposted]:
    """The tiny world and a story of one enterprise in three reports, one of them by another."""
    folder = tmp_path_factory.mktemp("reposted")
    with open_store(f"sqlite:///{folder / 'graph.sqlite'}") as store:
        load_world(store)
        told = [
            (JIANGCHENG, "齿轮烧伤视觉检测", STORY, "B", 2024),
            (JIANGCHENG, "齿轮烧伤的视觉检测", f"{STORY}。", "C", 2025),
            (JIANGCHENG, "智能化显成效", STORY, "C", 2025),
            (BEIYUAN, "齿轮烧伤视觉检测", STORY, "C", 2025),
        ]
        records = [report(*row, place=place) for place, row in enumerate(told)]
        store.load(source_of("reports", records), records)
        plan = IndexPlan(folder / "snapshots", packaged_model())
        name, _ = publish(store, plan, guide)
        yield Reposted(store, load_snapshot(plan.folder / name))


@dataclass(frozen=True)
class Reposted:
    store: GraphStore
    snapshot: Snapshot

    def ask(self, filters: CaseFilters = NO_FILTER, **more: object) -> RankedCases:
        """Ask for the story."""
        query = CaseQuery(STORY, filters, **{"limit": 20, **more})  # type: ignore[arg-type]
        return find_cases(self.store, self.snapshot, self.snapshot.matcher.match(STORY), query)


def report(
    enterprise: str, name: str, text: str, grade: str, year: int, place: int
) -> Record:  # fmt: skip
    """Return one report of a case."""
    return Record(
        source="reports",
        locator=f"row {place}",
        subject=instance(enterprise, name),
        label="Instance",
        properties={"name": name, "description": text, "grade": grade, "year": year},
        links=(
            Link("OF_ENTERPRISE", organisation(enterprise)),
            Link("IN_SCENE", "S17", {"basis": "assigned", "rank": "primary"}),
        ),
        method="reported",
        grade=grade,
        url=f"https://example.org/report/{place}",
    )


def test_reports_of_one_story_are_one_case_with_the_others_named(reposted: Reposted) -> None:
    folded, every = reposted.ask(), reposted.ask(fold=False)
    assert (every.total, folded.total, folded.hits) == (12, 10, 12)
    stories = {case.id: case.also_reported for case in folded.items if case.also_reported}
    ((shown, also),) = stories.items()
    first = next(case.id for case in every.items if case.id in {shown, *also})
    assert shown == first  # the one that ranks highest stands for the story
    assert len({shown, *also}) == 3
    assert all(not case.also_reported for case in every.items)


def test_the_same_words_of_another_enterprise_are_another_case(reposted: Reposted) -> None:
    owners = [case.enterprise.name for case in reposted.ask(limit=2).items if case.enterprise]
    assert sorted(owners) == sorted([JIANGCHENG, BEIYUAN])


def test_a_story_is_told_by_a_report_that_meets_the_filters(reposted: Reposted) -> None:
    newer = reposted.ask(CaseFilters(year_from=2025, scene=("S17",), grade=("C",)))
    assert (newer.hits, newer.total) == (3, 2)
    assert {case.grade for case in newer.items} == {"C"}
    assert max(len(case.also_reported) for case in newer.items) == 1
