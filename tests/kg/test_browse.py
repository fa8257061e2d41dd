"""Lists by filters, and one thing with its neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.browse import ListFilters, list_things, resolve, show
from kg.ids import standard_id
from kg.records import Record
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.errors import UnknownId
from tests.world import HAIBIN, JIANGCHENG, instance, organisation, source_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S17", "S17"),
        ("在线智能检测", "S17"),
        ("GB/T 39116-2020", "GB-T-39116-2020"),
        ("ＧＢ/T39116—2020", "GB-T-39116-2020"),
        ("gbt39116", "GB-T-39116-2020"),  # undated
        ("GB 11291.1", "GB-11291.1-2011"),
        ("C17", "gbt4754-C17"),
        (JIANGCHENG, organisation(JIANGCHENG)),
        ("I002", instance(HAIBIN, "手机中框外观缺陷在线检测")),
    ],
)
def test_a_thing_is_found_by_id_code_key_or_name(
    world_store: GraphStore, text: str, expected: str
) -> None:
    assert resolve(world_store, text).id == expected


def test_an_unknown_name_is_an_error_that_names_the_nearest(world_store: GraphStore) -> None:
    with pytest.raises(UnknownId, match="S12"):
        resolve(world_store, "S13")


def test_a_thing_shows_neighbours_counts_and_evidence(world_store: GraphStore) -> None:
    found = show(world_store, "S17")
    assert found.neighbour_counts["IN_SCENE in"] == 3
    assert ("IN_SEGMENT", "out", "E07") in {
        (one.relation, one.direction, one.thing.id) for one in found.neighbours
    }
    assert found.evidence[0].method == "official"


@pytest.mark.parametrize(
    ("label", "filters", "total"),
    [
        ("Instance", ListFilters(scene=("S17",)), 3),
        ("Instance", ListFilters(segment=("E06",), province=("gbt2260-320000",)), 2),
        ("Instance", ListFilters(level=("level-3",)), 4),
        ("Instance", ListFilters(enterprise=(organisation(JIANGCHENG),), year_from=2024), 2),
        ("Factory", ListFilters(level=("level-3", "level-4")), 3),
        ("Organisation", ListFilters(role=("provider",)), 2),
        ("Scene", ListFilters(segment=("E07",)), 2),
        ("Standard", ListFilters(segment=("E07",)), 3),
        ("Standard", ListFilters(level=("national",), status=("withdrawn",)), 1),
    ],
)
def test_lists_count_what_meets_the_filters(
    world_store: GraphStore, label: str, filters: ListFilters, total: int
) -> None:
    assert list_things(world_store, label, filters).total == total


def test_pages_continue_from_an_id(world_store: GraphStore) -> None:
    whole = [node.id for node in list_things(world_store, "Instance", ListFilters()).nodes]
    first = list_things(world_store, "Instance", ListFilters(), limit=3)
    rest = list_things(world_store, "Instance", ListFilters(), first.nodes[-1].id)
    assert [node.id for node in (*first.nodes, *rest.nodes)] == whole


def test_an_undated_code_means_the_newest_edition_in_force(tmp_path: Path) -> None:
    editions = [
        ("GB/T 1000-1998", 1998, "replaced"),
        ("GB/T 1000-2008", 2008, "in force"),
        ("GB/T 1000-2020", 2020, "withdrawn"),
        ("GB/T 1000.1-2024", 2024, "in force"),  # a part, another standard
        ("IEC 1000-1:2026", 2026, "in force"),
        ("IEC 1000:2001", 2001, "in force"),
    ]
    records = [
        Record(
            source="standards",
            locator=code,
            subject=standard_id(code),
            label="Standard",
            properties={"name": code, "code": code, "year": year, "status": status},
        )
        for code, year, status in editions
    ]
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        store.load(source_of("standards", records), records)
        assert resolve(store, "GB/T1000").text("code") == "GB/T 1000-2008"
        assert resolve(store, "gb/t 1000—1998").text("code") == "GB/T 1000-1998"
        assert resolve(store, "IEC 1000").text("code") == "IEC 1000:2001"
        with pytest.raises(UnknownId):
            resolve(store, "GB/T 999")
