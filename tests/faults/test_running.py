"""Servers that stop, stand still or lose an answer while the store is at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import Neo4jStore, open_neo4j
from kg.store.protocol import PART_SIZE, StoreState
from ontology.errors import StoreError, StoreUnavailable, UnknownId
from ontology.schema import schema
from tests.contract.things import said
from tests.servers.proxy import Proxy
from tests.servers.servers import Server
from tests.world import cases, source_of, world


def in_background(action: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Start an action; what comes of it, an answer or a fault, is put into the list."""
    came: list[object] = []

    def act() -> None:
        try:
            came.append(action())
        except StoreError as error:
            came.append(error)

    thread = threading.Thread(target=act)
    thread.start()
    return thread, came


LARGE = [
    replace(said(f"o{row}", "large", "Organisation"), properties={"name": f"名称{row}"})
    for row in range(PART_SIZE)
]


def read_and_write_while(server: Server, store: Neo4jStore, end: Callable[[], None]) -> object:
    """Bring the server to an end amid a question and a change; return what came of the change."""

    def read_on() -> object:
        while True:
            store.find("Instance")

    reading, read = in_background(read_on)
    writing, written = in_background(lambda: store.load(source_of("large", LARGE), LARGE))
    time.sleep(1.0)
    end()
    reading.join(30)
    writing.join(30)
    (answer,), (told,) = read, written
    for came in (answer, told):
        if came is not None:
            assert isinstance(came, StoreUnavailable)
            assert server.url in str(came)
            assert "\n" not in str(came)
    with pytest.raises(StoreUnavailable):
        store.state()
    return told


def assert_holds_what_was_told(store: Neo4jStore, before: StoreState, told: object) -> None:
    """Nothing of the change is in, or all of it; either where its writer was told of the doubt."""
    written = store.state().records - before.records
    if told is None:
        assert written == PART_SIZE
    elif "may be in or not" in str(told):
        assert written in {0, PART_SIZE}
    else:
        assert store.state() == before


def test_a_server_killed_while_reading_and_writing_leaves_no_part_of_a_source(
    server: Server, store: Neo4jStore
) -> None:
    before = store.state()
    told = read_and_write_while(server, store, server.kill)
    server.start()
    assert_holds_what_was_told(store, before, told)
    few = LARGE[:500]
    store.load(source_of("large", few), few)
    assert store.count("Organisation", (), "name")[0][1] == 1
    assert store.state().records == before.records + len(few)


def test_a_server_stopped_while_reading_and_writing_holds_what_the_writer_was_told(
    server: Server, store: Neo4jStore
) -> None:
    before = store.state()
    told = read_and_write_while(server, store, server.stop)  # lets changes end for a while
    server.start()
    assert_holds_what_was_told(store, before, told)


def test_a_change_that_was_handed_over_and_never_answered_for_is_told_to_be_in_doubt(
    server: Server, store: Neo4jStore, access: Access
) -> None:
    with Proxy(server.port) as proxy, open_neo4j(proxy.url, schema(), access) as disturbed:
        before = store.state()
        proxy.commits_to_lose = 1
        proxy.is_gone_after_loss = True
        with pytest.raises(StoreUnavailable, match="the change may be in or not"):
            disturbed.delete("cases")
        assert store.state().token == before.token + 1  # it is in: the answer alone was lost
        proxy.mend()
        with pytest.raises(UnknownId, match="cases"):
            disturbed.delete("cases")


def test_a_server_that_stands_still_for_two_seconds_is_waited_for(
    server: Server, store: Neo4jStore
) -> None:
    expected = store.find("Instance")
    begin = time.monotonic()
    server.suspend()
    threading.Timer(2.0, server.resume).start()
    assert store.find("Instance") == expected
    assert time.monotonic() - begin > 1.5
    server.suspend()
    threading.Timer(2.0, server.resume).start()
    store.delete("cases")
    assert store.find("Instance").total == 0


def test_a_request_beyond_the_connections_is_told_so_and_the_others_are_answered(
    server: Server, store: Neo4jStore, access: Access
) -> None:
    with open_neo4j(server.url, schema(), replace(access, connections=1)) as narrow:
        expected = narrow.find("Instance")
        server.suspend()
        waiting, came = in_background(lambda: narrow.find("Instance"))
        time.sleep(0.2)
        with pytest.raises(StoreUnavailable, match="all connections to it are in use"):
            narrow.find("Instance")
        server.resume()
        waiting.join(30)
        assert came == [expected]
        assert narrow.find("Instance") == expected


def test_a_change_whose_answer_is_lost_is_made_once(
    server: Server, store: Neo4jStore, access: Access
) -> None:
    with Proxy(server.port) as proxy, open_neo4j(proxy.url, schema(), access) as disturbed:
        token = store.state().token
        proxy.commits_to_lose = 1
        disturbed.delete("cases")
        assert proxy.lost == 1
        assert store.state().token == token + 1
        assert [state.source.id for state in store.sources()] == [
            "guide", "list", "solutions", "standards",
        ]  # fmt: skip
        proxy.commits_to_lose = 1
        disturbed.load(source_of("cases", cases()), cases())
        assert proxy.lost == 2
        assert store.state().token == token + 2
        assert store.find("Instance").total == 8


def test_a_source_whose_writer_failed_midway_is_named_and_can_be_ended(
    store: Neo4jStore,
) -> None:
    source = source_of("cases-2", [])
    store.start(source)
    records = [replace(record, source="cases-2") for record in cases()]
    store.put("cases-2", 1, records[:4])
    unfinished = [state.source.id for state in store.sources() if not state.complete]
    assert unfinished == ["cases-2"]
    assert store.start(source) == (1,)
    store.put("cases-2", 2, records[4:])
    store.finish("cases-2")
    assert all(state.complete for state in store.sources())


def test_everything_is_there_that_was_loaded(store: Neo4jStore) -> None:
    assert store.state().records == sum(map(len, world().values()))


def test_whoever_asks_while_the_store_is_closed_is_answered_or_told_so(
    store: Neo4jStore, server: Server, access: Access
) -> None:
    for moment in range(20):
        with open_neo4j(server.url, schema(), access) as closing:

            def ask_on(asked: Neo4jStore = closing) -> object:
                while True:
                    assert asked.edges(["S17"]) == store.edges(["S17"])

            asking = [in_background(ask_on) for _ in range(3)]
            time.sleep(0.02 + 0.002 * moment)
        for thread, came in asking:
            thread.join(30)
            (told,) = came  # nothing but the sentence: no fault of a connection torn away
            assert str(told) == f"the store {server.url} cannot be used: it was closed"
