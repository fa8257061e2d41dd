"""Comparable cases: any filters combine exactly with the ranking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cases import TEXT_WEIGHTS, WEIGHTS, CaseFilters, RankedCases, find_cases, rank
from kg.index.snapshot import Snapshot
from kg.store.protocol import GraphStore
from tests.world import BEIYUAN, JIANGCHENG, instance, organisation

QUESTION = "用相机在线检查零件表面缺陷"
NO_FILTER = CaseFilters()


def ask(
    store: GraphStore, snapshot: Snapshot, filters: CaseFilters = NO_FILTER, offset: int = 0,
    limit: int = 20, text: str = QUESTION,
) -> RankedCases:  # fmt: skip
    """Ask for cases of the tiny world."""
    match = snapshot.matcher.match(text)
    return find_cases(store, snapshot, text, match, filters, (offset, limit))


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


values = st.fixed_dictionaries(
    {
        "scene": st.sets(st.sampled_from(["S12", "S16", "S17", "S18", "S99"])),
        "industry": st.sets(st.sampled_from(["gbt4754-C34", "gbt4754-C17", "gbt4754-C39"])),
        "province": st.sets(st.sampled_from(["gbt2260-320000", "gbt2260-330000"])),
        "level": st.sets(st.sampled_from(["level-1", "level-2", "level-3"])),
        "year_from": st.none() | st.integers(2021, 2026),
    }
)


@given(values=values, size=st.integers(1, 9))
def test_pages_of_any_size_are_slices_of_one_exact_order(
    world_store: GraphStore, world_snapshot: Snapshot, values: dict[str, object], size: int
) -> None:
    filters = CaseFilters(
        **{name: tuple(sorted(v)) if isinstance(v, set) else v for name, v in values.items()}  # type: ignore[arg-type]
    )
    ranking = rank(world_snapshot, QUESTION, filters, WEIGHTS)
    everything = rank(world_snapshot, QUESTION, NO_FILTER, WEIGHTS)
    wanted = [row for row in everything.rows.tolist() if meets(world_snapshot, row, filters)]
    assert ranking.rows.tolist() == wanted
    pages = [
        case.id
        for offset in range(0, len(wanted) + size, size)
        for case in ask(world_store, world_snapshot, filters, offset, size).items
    ]
    assert pages == [world_snapshot.table.ids[row] for row in wanted]


def meets(snapshot: Snapshot, row: int, filters: CaseFilters) -> bool:
    """Hold one row against the filters, as plainly as can be."""
    table = snapshot.table
    in_facets = all(
        any(row in table.facets[facet].get(value, ()) for value in wanted)
        for facet, wanted in filters.facets().items()
    )
    return in_facets and (filters.year_from is None or table.years[row] >= filters.year_from)


def test_where_no_scene_fits_the_text_alone_ranks(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    text = "面料疵点"
    match = replace(world_snapshot.matcher.match(text), decision="no_scene")
    answer = find_cases(world_store, world_snapshot, text, match, NO_FILTER, (0, 3))
    assert answer.ranked_by == "text"
    assert answer.items[0].id == instance(BEIYUAN, "面料疵点机器视觉检测")
    assert TEXT_WEIGHTS["scene"] == 0
