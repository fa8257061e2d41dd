"""Cases without a text: the newest first, counted by place and year."""

from __future__ import annotations

from kg.case_spread import spread
from kg.cases import CaseFilters, CaseQuery, newest_cases
from kg.index.snapshot import Snapshot
from kg.store.protocol import GraphStore


def test_without_a_text_the_newest_come_first_and_ties_go_by_id(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    found = newest_cases(world_store, world_snapshot, CaseQuery(""))
    keys = [(-(case.year or 0), case.id) for case in found.items]
    assert len(keys) > 3
    assert keys == sorted(keys)
    assert found.ranked_by == "year"
    assert {case.score for case in found.items} == {0.0}


def test_cases_are_counted_by_year_and_those_without_one_apart(world_snapshot: Snapshot) -> None:
    table = world_snapshot.table
    found = spread(table, CaseFilters())
    assert found.cases == len(table.ids)
    assert sum(found.years.values()) + found.undated == len(table.ids)
    year = max(found.years)
    assert spread(table, CaseFilters(year_from=year, year_to=year)).cases == found.years[year]
    assert 0 not in found.years


def test_a_wider_place_counts_what_lies_within(world_snapshot: Snapshot) -> None:
    found = spread(world_snapshot.table, CaseFilters())
    for place, count in found.places.items():
        assert spread(world_snapshot.table, CaseFilters(province=(place,))).cases == count
