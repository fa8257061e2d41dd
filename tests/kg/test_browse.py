"""Lists by filters, and one thing with its neighbours."""

from __future__ import annotations

import pytest

from kg.browse import ListFilters, list_things, resolve, show
from kg.store.protocol import GraphStore
from ontology.errors import UnknownId
from tests.world import HAIBIN, JIANGCHENG, instance, organisation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S17", "S17"),
        ("在线智能检测", "S17"),
        ("GB/T 39116-2020", "GB-T-39116-2020"),
        ("ＧＢ/T39116—2020", "GB-T-39116-2020"),
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
