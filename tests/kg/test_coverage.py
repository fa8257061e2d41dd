"""Coverage of the guide: every count equals a count by hand over the graph."""

from __future__ import annotations

import datetime
from collections import defaultdict

import pytest

from kg.coverage import Coverage, cases_by_segment, coverage
from kg.index.snapshot import Snapshot
from kg.levels.development import development_path
from kg.match.matcher import Matcher
from kg.standards.table import read_standards
from kg.store.protocol import GraphStore
from kg.support import supports
from ontology.classification import industry_id, industry_line
from ontology.guide import Guide

TODAY = datetime.date(2026, 11, 27)


@pytest.fixture(scope="module")
def found(
    world_store: GraphStore, world_snapshot: Snapshot, guide: Guide, matcher: Matcher
) -> Coverage:
    """The coverage of the tiny world."""
    table = read_standards(world_store, matcher)
    known = supports(world_store, guide, table, TODAY)
    return coverage(world_store, world_snapshot, known)


def test_cells_equal_a_count_over_the_graph(world_store: GraphStore, found: Coverage) -> None:
    cases: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    owners: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    used: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for node in world_store.find("Instance", limit=1000).nodes:
        edges = world_store.edges([node.id], (), "out")
        owner = next((e.end for e in edges if e.relation == "OF_ENTERPRISE"), "")
        factories = world_store.edges([owner], ("OF_ENTERPRISE",), "in")
        listed = world_store.edges([e.start for e in factories], ("AT_LEVEL",), "out")
        level = max((e.end for e in listed), default="")
        for scene in {e.end for e in edges if e.relation == "IN_SCENE"}:
            inside = {industry_line(e.end)[-1] for e in edges if e.relation == "IN_INDUSTRY"}
            for industry in inside or {""}:
                cases[scene, industry, level].add(node.id)
                owners[scene, industry, level].add(owner)
                used[scene, industry, level] |= {
                    e.end for e in edges if e.relation in {"USES", "SUPPLIED_BY"}
                }
    assert {(c.scene, c.industry, c.level): c.used for c in found.cells} == {
        key: len(used[key]) for key in cases
    }
    assert sum(c.used for c in found.cells) > 0
    counted = {(c.scene, c.industry, c.level): (c.cases, c.enterprises) for c in found.cells}
    assert counted == {key: (len(some), len(owners[key] - {""})) for key, some in cases.items()}


def test_a_case_of_two_scenes_of_a_segment_counts_once_in_it(
    world_store: GraphStore, world_snapshot: Snapshot, guide: Guide
) -> None:
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for node in world_store.find("Instance", limit=1000).nodes:
        edges = world_store.edges([node.id], ("IN_SCENE", "IN_INDUSTRY"), "out")
        scenes = {e.end for e in edges if e.relation == "IN_SCENE" and guide.has_scene(e.end)}
        inside = {industry_line(e.end)[-1] for e in edges if e.relation == "IN_INDUSTRY"}
        for segment in {guide.scene(scene).segment for scene in scenes}:
            for industry in inside or {""}:
                counted[industry, segment] += 1
    assert cases_by_segment(world_snapshot.table) == counted
    (first, *_) = sorted(industry for industry, _ in counted if industry)
    assert {place[0] for place in cases_by_segment(world_snapshot.table, [first])} >= {first}


def test_scenes_without_a_case_are_white_spots_and_nobodys_lack(found: Coverage) -> None:
    by_id = {one.scene.id: one for one in found.scenes}
    assert set(by_id) == {"S12", "S16", "S17", "S18"}
    assert found.white_spots == tuple(s for s, one in by_id.items() if not one.cases)
    assert by_id["S17"].standards > 0
    assert "不代表" in found.note


def test_an_industry_narrows_cases_and_nothing_else(
    world_store: GraphStore,
    world_snapshot: Snapshot,
    guide: Guide,
    matcher: Matcher,
    found: Coverage,
) -> None:
    table = read_standards(world_store, matcher)
    known = supports(world_store, guide, table, TODAY)
    some = coverage(world_store, world_snapshot, known, [industry_id("C17")])
    assert {cell.industry for cell in some.cells} == {industry_id("C17")}
    for narrow, wide in zip(some.scenes, found.scenes, strict=True):
        assert narrow.cases <= wide.cases
        assert (narrow.used, narrow.standards) == (wide.used, wide.standards)


def test_development_takes_each_enterprise_at_its_highest_level(
    world_store: GraphStore, world_snapshot: Snapshot, guide: Guide
) -> None:
    path = development_path(world_store, world_snapshot.table, guide, ())
    assert [step.level for step in path.steps] == ["level-1", "level-2", "level-3", "level-4"]
    for step in path.steps:
        assert all(1 <= one.enterprises <= step.enterprises for one in step.scenes)
    first_seen = [scene for step in path.steps for scene in step.new]
    assert len(first_seen) == len(set(first_seen))
