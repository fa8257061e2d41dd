"""What every store promises of parts, deletions, contradictions and company."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.records import Record, Source
from kg.store.protocol import (
    GraphStore,
    Has,
)
from ontology.errors import InvalidValue
from ontology.schema import Schema
from tests.contract.kinds import KINDS
from tests.contract.things import LIST, OTHER, found, linked, said
from tests.world import (
    JIANGCHENG,
    organisation,
    source_of,
)
from tests.world import world as the_records

# Sources in parts


def part(number: int) -> list[Record]:
    return [said(f"{number}-{row}", text=f"part {number}") for row in range(3)]


def test_a_source_in_parts_is_incomplete_until_it_ends(store: GraphStore) -> None:
    assert store.start(LIST) == ()
    store.put("list", 1, part(1))
    store.put("list", 2, part(2))
    (state,) = store.sources()
    assert (state.complete, state.parts, state.records) == (False, (1, 2), 6)
    store.finish("list")
    (state,) = store.sources()
    assert (state.complete, state.parts, state.records) == (True, (1, 2), 6)


def test_a_source_begun_again_with_the_same_content_goes_on(store: GraphStore) -> None:
    store.start(LIST)
    store.put("list", 1, part(1))
    assert store.start(LIST) == (1,)
    store.put("list", 2, part(2))
    store.finish("list")
    assert store.find("Thing").total == 6


def test_a_source_begun_with_another_content_begins_anew(store: GraphStore) -> None:
    store.load(LIST, [said("old"), *part(1)])
    assert store.start(replace(LIST, content="two")) == ()
    store.put("list", 1, part(1))
    assert [node.id for node in store.get(["old"])] == ["old"]
    store.finish("list")
    assert store.get(["old"]) == ()
    assert store.find("Thing").total == 3


def test_a_part_put_twice_is_put_once(store: GraphStore) -> None:
    store.start(LIST)
    store.put("list", 1, part(1))
    before = store.state()
    store.put("list", 1, part(1))
    assert store.state() == before


def test_a_source_that_ended_takes_no_parts_and_ends_again_without_effect(
    store: GraphStore,
) -> None:
    store.load(LIST, part(1))
    with pytest.raises(InvalidValue, match="list"):
        store.put("list", 2, part(2))
    before = store.state()
    store.finish("list")
    assert store.state() == before


def test_a_source_without_content_cannot_be_resumed_and_is_not_begun(store: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="content"):
        store.start(replace(LIST, content=""))
    assert store.sources() == ()


def test_in_parts_or_at_once_gives_the_same_graph(store: GraphStore) -> None:
    store.load(LIST, [*part(1), *part(2)])
    at_once = store.state()
    store.delete("list")
    store.start(LIST)
    store.put("list", 2, part(2))
    store.put("list", 1, part(1))
    store.finish("list")
    assert replace(store.state(), token=at_once.token) == at_once


# Deleting


def test_deleting_a_source_and_loading_it_again_restores_the_hash(world: GraphStore) -> None:
    before = world.state()
    for name, records in the_records().items():
        world.delete(name)
        assert world.state().graph_hash != before.graph_hash
        assert all(state.source.id != name for state in world.sources())
        world.load(source_of(name, records), records)
        assert replace(world.state(), token=before.token) == before


def test_deleting_a_source_leaves_what_others_say(world: GraphStore) -> None:
    world.delete("cases")
    assert world.find("Instance").total == 0
    assert world.get([organisation(JIANGCHENG)])[0].name == JIANGCHENG
    assert world.count("Solution", (), "FOR_SCENE") == (("S16", 1), ("S17", 1), ("S18", 1))


def test_deleting_everything_leaves_nothing(world: GraphStore) -> None:
    for name in the_records():
        world.delete(name)
    state = world.state()
    assert (state.records, state.labels, state.relations) == (0, {}, {})
    assert world.find("Scene").total == 0


def test_shuffled_records_and_sources_give_the_same_graph(
    opening: Callable[[Schema], GraphStore], world: GraphStore
) -> None:
    before = world.state()
    scenes = world.find("Scene"), world.edges(["S16", "S17"])
    for name in the_records():
        world.delete(name)
    chance = random.Random(399)
    sources = list(the_records().items())
    chance.shuffle(sources)
    for name, records in sources:
        chance.shuffle(records)
        world.load(source_of(name, records), records)
    assert replace(world.state(), token=before.token) == before
    assert (world.find("Scene"), world.edges(["S16", "S17"])) == scenes


# Contradictions


def test_the_most_believed_record_decides_and_the_others_stay(store: GraphStore) -> None:
    sure = replace(said("a", text="official"), method="official")
    doubtful = replace(said("a", "other", text="claimed", texts=("x",)), method="claimed")
    store.load(OTHER, [doubtful])
    assert store.get(["a"])[0].properties == {"text": "claimed", "texts": ("x",)}
    store.load(LIST, [sure])
    assert store.get(["a"])[0].properties == {"text": "official", "texts": ("x",)}
    assert {record.properties["text"] for record in store.records(["a"])} == {"official", "claimed"}
    assert found(store, Has("text", ("claimed",))) == []
    store.delete("list")
    assert found(store, Has("text", ("claimed",))) == ["a"]


def test_a_thing_called_two_labels_has_that_of_the_most_believed_record(store: GraphStore) -> None:
    store.load(LIST, [replace(said("a", label="Group"), method="inferred")])
    store.load(OTHER, [linked("a", "b", source="other"), said("b", "other")])
    assert store.get(["a"])[0].label == "Thing"
    assert store.find("Group").total == 0
    store.delete("other")
    assert store.get(["a"])[0].label == "Group"
    assert store.edges(["a"]) == ()


# The snapshot


def test_the_active_snapshot_is_the_one_last_pointed_to(store: GraphStore) -> None:
    assert store.state().snapshot == ""
    store.point_to("sha256-1")
    store.point_to("sha256-2")
    assert store.state().snapshot == "sha256-2"


# Several at once


def test_two_writers_at_once_both_get_their_say(opening: Callable[[Schema], GraphStore]) -> None:
    stores = [opening(KINDS), opening(KINDS)]
    faults: list[Exception] = []

    def write(store: GraphStore, name: str) -> None:
        try:
            for row in range(10):
                one = f"{name}-{row}"
                records = [linked("shared", one, source=one), said(one, one)]
                store.start(Source(one, name, "table", content="one"))
                store.put(one, 1, records)
                store.load(Source(one, name, "table"), records)
        except Exception as error:  # noqa: BLE001  (told to the main thread)
            faults.append(error)

    threads = [
        threading.Thread(target=write, args=(store, name))
        for store, name in zip((*stores, stores[0]), "abc", strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(stores[0].edges(["shared"], direction="out")) == 30
    assert stores[0].state() == stores[1].state()
    assert stores[0].state().token == 90


def test_a_reader_sees_whole_changes_only(opening: Callable[[Schema], GraphStore]) -> None:
    writer, reader = opening(KINDS), opening(KINDS)
    ends = [f"n{number}" for number in range(50)]
    one, two = ([said(end, text=text) for end in ends] for text in ("one", "two"))
    writer.load(LIST, one)
    done = threading.Event()

    def write() -> None:
        for _ in range(10):
            writer.load(replace(LIST, content="two"), two)
            writer.load(LIST, one)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    seen = set()
    while not done.is_set():
        seen.add(reader.count("Thing", (), "text"))
    thread.join()
    assert seen <= {(("one", 50),), (("two", 50),)}


def test_another_opening_sees_a_change_and_its_token(
    opening: Callable[[Schema], GraphStore],
) -> None:
    one, other = opening(KINDS), opening(KINDS)
    before = other.state()
    one.load(LIST, [said("a")])
    assert other.state().token > before.token
    assert other.state().graph_hash == one.state().graph_hash
