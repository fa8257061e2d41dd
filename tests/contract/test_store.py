"""What every store promises of writing and reading, in cases that a person can follow."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from kg.records import Edge, Record
from kg.store.protocol import (
    MOST_PATHS,
    PART_SIZE,
    GraphStore,
    Has,
    Linked,
)
from ontology.errors import InvalidValue, UnknownId
from ontology.schema import Value
from tests.contract.things import LIST, OTHER, found, linked, said
from tests.world import (
    BEIYUAN,
    EYESIGHT,
    HAIBIN,
    JIANGCHENG,
    instance,
    load_world,
    organisation,
    solution,
)

# Write, then read


def test_what_a_record_says_comes_back_as_a_node(world: GraphStore) -> None:
    (node,) = world.get([organisation(EYESIGHT)])
    assert node.label == "Organisation"
    assert node.name == "明目视觉科技有限公司"
    assert node.properties["roles"] == ("provider",)


def test_two_tables_that_name_one_organisation_make_one_node(world: GraphStore) -> None:
    records = world.records([organisation(JIANGCHENG)])
    assert {record.source for record in records} == {"cases", "list"}
    assert len(world.get([organisation(JIANGCHENG)])) == 1


def test_every_kind_of_value_comes_back_exactly(store: GraphStore) -> None:
    properties: dict[str, Value] = {
        "text": "𠮷野家 “引号” 'and' \"more\" \\ %_ \t",
        "texts": ("", "a", "～"),
        "whole": 2**63 - 1,
        "wholes": (-(2**63), 2**53 + 1),
        "ratio": 0.1 + 0.2,
        "ratios": (5e-324, 1.7976931348623157e308),
        "flag": False,
        "flags": (False, True),
        "day": "2024-10-28",
        "aside": "",
    }
    store.load(LIST, [replace(said("a"), properties=properties)])
    assert store.get(["a"])[0].properties == properties
    assert type(store.get(["a"])[0].properties["flag"]) is bool
    assert store.records(["a"])[0].properties == properties


def test_an_empty_text_is_there_and_a_missing_one_is_not(store: GraphStore) -> None:
    store.load(LIST, [said("a", text=""), said("b")])
    assert found(store, Has("text", ("",))) == ["a"]
    assert store.count("Thing", (), "text") == (("", 1),)


def test_a_list_without_values_is_a_missing_one(store: GraphStore) -> None:
    store.load(LIST, [said("a", texts=())])
    assert store.get(["a"])[0].properties == {}


def test_a_record_keeps_its_evidence(world: GraphStore) -> None:
    (record,) = world.records([instance(BEIYUAN, "面料疵点机器视觉检测")])
    assert (record.source, record.locator, record.method, record.grade) == (
        "cases",
        "row 5",
        "reported",
        "B",
    )
    assert record.url == "https://example.org/case/5"
    assert record.date == "2024"


def test_get_returns_each_id_once_and_in_code_point_order(store: GraphStore) -> None:
    names = ["b", "a", "～", "𠮷", "B", "工厂"]
    store.load(LIST, [said(name) for name in names])
    ids = [node.id for node in store.get([*names, "a", "missing"])]
    assert ids == ["B", "a", "b", "工厂", "～", "𠮷"]


def test_more_ids_than_a_statement_takes_variables(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "b"), said("b")])
    many = [f"missing-{number}" for number in range(40_000)]
    assert [node.id for node in store.get([*many, "a"])] == ["a"]
    assert len(store.edges([*many, "a"])) == 1
    assert found(store, Linked("NEXT", (*many, "b"))) == ["a"]


# Write twice is write once


def test_loading_twice_changes_nothing(world: GraphStore) -> None:
    before = world.state()
    load_world(world)
    assert world.state() == before


def test_a_record_twice_in_one_load_is_one_record(store: GraphStore) -> None:
    store.load(LIST, [said("a"), said("a")])
    assert store.state().records == 1


def test_a_source_loaded_again_says_only_what_it_says_now(store: GraphStore) -> None:
    store.load(LIST, [said("a", text="old"), said("b")])
    store.load(LIST, [said("a", text="new"), said("c")])
    assert [node.id for node in store.get(["a", "b", "c"])] == ["a", "c"]
    assert store.get(["a"])[0].properties == {"text": "new"}


def test_a_load_without_records_leaves_an_empty_source(store: GraphStore) -> None:
    store.load(LIST, [said("a")])
    store.load(LIST, [])
    assert store.get(["a"]) == ()
    (state,) = store.sources()
    assert (state.source, state.complete, state.parts, state.records) == (LIST, True, (), 0)


def test_the_token_grows_with_each_change_and_only_then(store: GraphStore) -> None:
    tokens = [store.state().token]
    store.load(LIST, [said("a")])
    tokens.append(store.state().token)
    store.load(replace(LIST, title="Another title"), [said("a")])
    tokens.append(store.state().token)
    store.delete("list")
    tokens.append(store.state().token)
    assert all(earlier < later for earlier, later in pairwise(tokens))
    store.point_to("snapshot-1")
    assert store.state().token == tokens[-1]


# Unknown and refused


def test_unknown_ids_are_answered_with_nothing(world: GraphStore) -> None:
    strange = ["", "missing", "a\x00b", "\ud800", "' OR 1=1 --"]
    assert world.get(strange) == ()
    assert world.edges(strange) == ()
    assert world.records(strange) == ()
    assert world.paths("missing", "S16") == ()
    assert world.get([]) == ()


def test_names_that_the_schema_lacks_are_refused(world: GraphStore) -> None:
    with pytest.raises(UnknownId, match="Instances"):
        world.find("Instances")
    with pytest.raises(UnknownId, match="colour"):
        world.find("Instance", [Has("colour", ("red",))])
    with pytest.raises(UnknownId, match="IN_SCENES"):
        world.count("Instance", (), "IN_SCENES")
    with pytest.raises(UnknownId, match="NEXT"):
        world.edges(["S16"], ["NEXT"])
    with pytest.raises(UnknownId, match="nowhere"):
        world.delete("nowhere")
    with pytest.raises(UnknownId, match="nowhere"):
        world.put("nowhere", 1, [])


def test_a_property_that_is_not_filterable_is_refused_with_its_name(world: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="description"):
        world.find("Instance", [Has("description", ("x",))])
    with pytest.raises(InvalidValue, match="description"):
        world.count("Instance", (), "description")


def test_limits_out_of_range_are_refused(world: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="limit"):
        world.find("Instance", limit=-1)
    with pytest.raises(InvalidValue, match="limit"):
        world.edges(["S16"], limit=-1)
    with pytest.raises(InvalidValue, match="longest"):
        world.paths("S16", "S17", longest=7)


BAD: dict[str, Record] = {
    "another source": said("a", source="other"),
    "no subject": said(""),
    "unknown label": said("a", label="Thingy"),
    "unknown property": said("a", colour="red"),
    "wrong kind": said("a", whole="many"),
    "truth value for a number": said("a", whole=True),
    "too large": said("a", whole=2**63),
    "not finite": said("a", ratio=float("inf")),
    "not a number": said("a", ratio=float("nan")),
    "no date": said("a", day="28.10.2024"),
    "control character": said("a", text="a\x00b"),
    "half a character": said("a", text="\ud83d"),
    "half a character in an id": said("a\ud83d"),
    "control character in an id": said("a\x07"),
    "control character in an end": linked("a", "b\x00"),
    "no end": linked("a", ""),
    "relation from another label": linked("a", "b", relation="AT_LEVEL"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_record_that_does_not_fit_is_refused_and_nothing_is_written(
    store: GraphStore, name: str
) -> None:
    store.load(LIST, [said("z")])
    before = store.state()
    with pytest.raises((InvalidValue, UnknownId)):
        store.load(LIST, [said("y"), BAD[name]])
    assert store.state() == before
    assert [node.id for node in store.get(["y", "z"])] == ["z"]


def test_more_records_than_a_part_holds_are_refused(store: GraphStore) -> None:
    too_many = [said(f"{number}") for number in range(PART_SIZE + 1)]
    with pytest.raises(InvalidValue, match="5001"):
        store.load(LIST, too_many)
    assert store.sources() == ()


# Edges and missing ends


def test_edges_come_by_relation_start_and_end_with_their_properties(world: GraphStore) -> None:
    case = instance(HAIBIN, "手机中框外观缺陷在线检测")
    edges = world.edges([case], direction="out")
    assert [edge.relation for edge in edges] == sorted(edge.relation for edge in edges)
    assert Edge(case, "IN_SCENE", "S17", {"basis": "assigned", "rank": "primary"}) in edges


def test_edges_keep_to_direction_relations_and_limit(world: GraphStore) -> None:
    assert {edge.relation for edge in world.edges(["S17"], direction="out")} == {"IN_SEGMENT"}
    used = world.edges(["S17"], ["FOR_SCENE"], "in")
    assert [edge.start for edge in used] == [solution("外观缺陷视觉检测系统", EYESIGHT)]
    everything = world.edges(["S17"])
    assert world.edges(["S17"], limit=2) == everything[:2]
    assert world.edges(["S17"], limit=0) == ()


def test_an_edge_between_two_of_the_ids_comes_once(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "b", "a"), linked("b", "a")])
    edges = [(edge.start, edge.end) for edge in store.edges(["a", "b"])]
    assert edges == [("a", "a"), ("a", "b"), ("b", "a")]


def test_an_edge_to_what_no_record_describes_is_hidden_until_one_does(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "b")])
    assert store.get(["b"]) == ()
    assert store.edges(["a", "b"]) == ()
    assert store.count("Thing", (), "NEXT") == ()
    assert found(store, Linked("NEXT", ("b",))) == []
    assert store.paths("a", "b") == ()
    assert store.state().relations == {}
    store.load(OTHER, [said("b", "other")])
    assert store.edges(["a"]) == (Edge("a", "NEXT", "b"),)
    assert store.count("Thing", (), "NEXT") == (("b", 1),)
    assert found(store, Linked("NEXT", ("b",))) == ["a"]
    assert store.state().relations == {"NEXT": 1}
    store.delete("other")
    assert store.edges(["a", "b"]) == ()
    assert store.get(["b"]) == ()


# Paths


def test_paths_are_all_shortest_ones_the_smallest_first(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "c", "b"), linked("b", "d"), linked("c", "d"), linked("d", "e")])
    assert store.paths("a", "d") == (("a", "b", "d"), ("a", "c", "d"))
    assert store.paths("d", "a") == (("d", "b", "a"), ("d", "c", "a"))
    assert store.paths("a", "e", longest=2) == ()


def test_paths_walk_through_cycles_and_reach_their_start_in_no_step(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "b", "a"), linked("b", "c"), linked("c", "a", "d"), said("d")])
    assert store.paths("a", "a") == (("a",),)
    assert store.paths("a", "d") == (("a", "c", "d"),)
    assert store.paths("a", "d", longest=0) == ()


def test_no_path_leads_through_what_no_record_describes(store: GraphStore) -> None:
    store.load(LIST, [linked("a", "x"), linked("b", "x")])
    assert store.paths("a", "b") == ()
    store.load(OTHER, [said("x", "other")])
    assert store.paths("a", "b") == (("a", "x", "b"),)


def test_paths_keep_to_the_relations_named(store: GraphStore) -> None:
    group = replace(said("g", label="Group"), links=())
    store.load(
        LIST,
        [linked("a", "g", relation="WITHIN"), linked("b", "g", relation="WITHIN"), group,
         linked("c", "a", "b")],
    )  # fmt: skip
    assert store.paths("a", "b") == (("a", "c", "b"), ("a", "g", "b"))
    assert store.paths("a", "b", ["WITHIN"]) == (("a", "g", "b"),)


def test_paths_stop_at_the_hundred_smallest(store: GraphStore) -> None:
    between = [f"m{number:03}" for number in range(MOST_PATHS + 20)]
    store.load(LIST, [linked("a", *between), *(linked(name, "z") for name in between), said("z")])
    paths = store.paths("a", "z")
    assert paths == tuple(("a", name, "z") for name in between[:MOST_PATHS])


def test_a_solution_is_reached_from_a_scene_through_a_case(world: GraphStore) -> None:
    used = solution("双臂协作装配单元", "联手机器人有限公司")
    case = instance(JIANGCHENG, "双臂机器人与装配工同台拧紧变速箱")
    assert world.paths("S16", used, ["IN_SCENE", "USES"]) == (("S16", case, used),)
