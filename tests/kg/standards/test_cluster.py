"""The cluster of a scene, segment, industry or enterprise."""

from __future__ import annotations

import datetime

from kg.match.matcher import Matcher
from kg.standards.cluster import NO_ADOPTION, Cluster, cluster_of, own_cluster
from kg.standards.members import (
    members_of,
    scope_of_industry,
    scope_of_scene,
    scope_of_scenes,
    scope_of_segments,
)
from kg.standards.table import StandardTable, read_standards
from kg.store.protocol import GraphStore
from ontology.classification import industry_id
from ontology.schema import STANDARD_ROLES

TODAY = datetime.date(2026, 11, 27)
ALL = slice(0, 500)


def of_scene(shelf: GraphStore, table: StandardTable, scene: str = "S17") -> Cluster:
    """Return the whole cluster of a scene."""
    return cluster_of(shelf, table, scope_of_scene(shelf, table, scene), TODAY, ALL)


def test_members_have_closeness_role_level_status_and_reason(
    shelf: GraphStore, table: StandardTable
) -> None:
    found = of_scene(shelf, table)
    members = {one.standard.code: one for one in found.items}
    assert found.total == len(found.items)
    assert members["GB/T 1001-2020"].closeness == "scene"
    assert members["GB/T 1003-2018"].closeness == "segment"
    assert all(one.standard.links and one.standard.links[0].basis for one in found.items)
    assert found.closenesses["scene"] == sum(o.closeness == "scene" for o in found.items)


def test_what_is_no_more_is_left_out_and_named_with_its_successor(
    shelf: GraphStore, table: StandardTable
) -> None:
    later = cluster_of(
        shelf, table, scope_of_scene(shelf, table, "S17"), datetime.date(2027, 3, 1), ALL
    )
    left = {one.standard.name: [by.name for by in one.replaced_by] for one in later.left_out}
    assert left == {"GB/T 1000.1-2010": ["GB/T 1000.1-2027"], "GB/T 1005-2001": []}
    assert "GB/T 1000.1-2010" not in {one.standard.code for one in later.items}


def test_the_shape_counts_every_member_once_and_shows_empty_cells(
    shelf: GraphStore, table: StandardTable
) -> None:
    found = of_scene(shelf, table)
    assert sum(cell.count for cell in found.shape) == found.total
    assert {cell.role for cell in found.shape} == {*STANDARD_ROLES, "unknown"}
    cells = {(cell.role, cell.level): cell.count for cell in found.shape}
    assert cells["data", "international"] == 1
    assert cells["safety", "national"] == 0
    assert "不表示没有" in found.note


def test_counts_of_coming_and_unknown(shelf: GraphStore, table: StandardTable) -> None:
    found = of_scene(shelf, table)
    now = [one.standard.currency for one in found.items]
    assert found.coming == sum(one in {"to_come", "planned"} for one in now) == 2
    assert found.unknown == now.count("unknown")


def test_overlaps_are_adoptions_and_equal_titles(shelf: GraphStore, table: StandardTable) -> None:
    found = {(o.first.name, o.second.name): o.reason for o in of_scene(shelf, table).overlaps}
    assert found["GB/T 1002-2019", "ISO 1002:2015"] == "adopts"
    assert ("GB/T 1000.1-2010", "GB/T 1000.1-2027") not in found


def test_two_editions_and_another_edition_taken_over_are_conflicts(
    shelf: GraphStore, table: StandardTable
) -> None:
    found = {(o.first.name, o.second.name): o.reason for o in of_scene(shelf, table).conflicts}
    assert found == {
        ("GB/T 1000.1-2010", "GB/T 1000.1-2027"): "two_editions",
        ("GB/T 1008-2017", "ISO 1002:2015"): "other_edition",
    }


def test_what_cases_of_the_scene_apply_beyond_it_is_told_apart(
    shelf: GraphStore, table: StandardTable
) -> None:
    found = of_scene(shelf, table)
    assert [one.standard.name for one in found.applied] == ["GB/T 1007-2016"]
    assert found.applied[0].enterprises > 1
    assert "GB/T 1007-2016" not in {one.standard.code for one in found.items}
    links = {one.standard.code: one.standard.links for one in found.items}["GB/T 1001-2020"]
    assert [link.basis for link in links] == ["published", "adopted"]
    assert found.applied_note == ""


def test_where_nobody_is_known_to_apply_any_it_says_so(
    world_store: GraphStore, matcher: Matcher
) -> None:
    table = read_standards(world_store, matcher)
    assert of_scene(world_store, table).applied_note == NO_ADOPTION


def test_a_segment_takes_in_its_scenes(shelf: GraphStore, table: StandardTable) -> None:
    scope = scope_of_segments(shelf, table, ["E07"])
    found = {one.standard.code for one in cluster_of(shelf, table, scope, TODAY, ALL).items}
    assert {"GB/T 1001-2020", "GB/T 1003-2018", "GB/T 1004-2018"} <= found


def test_an_industry_has_what_is_written_for_it_and_tells_what_its_cases_apply(
    shelf: GraphStore, table: StandardTable
) -> None:
    for industry in ("C33", "C339"):  # what is written for the wider one is written for it too
        scope = scope_of_industry(table, industry_id(industry))
        found = [(one.id, one.closeness) for one in members_of(table, scope, TODAY)]
        assert found == [("T-ABC-8-2022", "industry")]
    applied = scope_of_industry(table, sorted(table.application.in_industry)[0])
    beside = cluster_of(shelf, table, applied, TODAY, ALL).applied
    assert "GB/T 1007-2016" in {one.standard.name for one in beside}


def test_an_enterprise_has_its_own_beside_the_cluster_that_others_make(
    shelf: GraphStore, table: StandardTable
) -> None:
    enterprise = sorted(table.application.own)[0]
    scope = scope_of_scenes(shelf, table, ["S17"]).without(enterprise)
    members = [one.id for one in members_of(table, scope, TODAY)]
    own = own_cluster(table, enterprise, members)
    assert [one.name for one in own.own] == ["GB/T 1001-2020", "GB/T 1007-2016"]
    assert [one.name for one in own.shared] == ["GB/T 1001-2020"]
    assert own_cluster(table, "org-nobody", members).own == ()
    everybody = scope_of_scenes(shelf, table, ["S17"])
    assert len(everybody.appliers("GB-T-1007-2016")) == 1 + len(scope.appliers("GB-T-1007-2016"))


def test_of_several_scenes_each_keeps_the_cases_that_are_its_own(
    shelf: GraphStore, table: StandardTable
) -> None:
    members = members_of(table, scope_of_scenes(shelf, table, ["S12", "S17"]), TODAY)
    links = next(one.linked.links for one in members if one.id == "GB-T-1001-2020")
    assert {link.end.id for link in links if link.basis == "adopted"} == {"S17"}


def test_a_standard_is_read_into_a_scene_by_its_title_and_says_so(
    shelf: GraphStore, table: StandardTable
) -> None:
    (link,) = [
        one.linked.links[0]
        for one in members_of(table, scope_of_scene(shelf, table, "S17"), TODAY)
        if one.closeness == "title"
    ]
    assert (link.basis, link.confidence, link.end.id) == ("text", "low", "S17")
    assert link.share is not None
    assert link.share >= 0.5
