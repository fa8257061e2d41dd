"""Sources deleted, loaded again or left half loaded, and a database that may only be read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.cli.options import index_plan
from ingest.pipeline import remove
from kg.index.rewording import Change, apply_words
from kg.records import Source
from kg.settings import read_settings
from kg.store.open import open_configured
from kg.store.protocol import GraphStore, StoreState
from tests.both_stores.panel import Pair, Panel
from tests.both_stores.questions import (
    CHECK_UNFINISHED,
    IMPORTS,
    QUESTIONS,
    REMOVED,
    RESTORES,
    SERVE_READ_ONLY,
    WHEELS,
)
from tests.both_stores.sides import Answer, Request, Side, Told
from tests.servers.servers import READ_ONLY, Server

TAUGHT = "word,魔方岛,S12,a plant,a test"
# Of each command the last of its questions: whether it writes does not hang on its options.
ONE_OF_EACH = tuple({words[0]: words for words in QUESTIONS}.values())
HALF = Source("half", "A source whose import was cut off", "table", content="one")


@contextmanager
def opened(side: Side) -> Iterator[GraphStore]:
    """Open a store with its settings, in the process that asks it."""
    os.environ.update(side.settings)
    with open_configured(read_settings(store=side.store)) as store:
        yield store


def counted(state: StoreState) -> tuple[object, ...]:
    """Return what a graph is, whatever changed it and how often."""
    return state.graph_hash, state.labels, state.relations, state.records


def removed(side: Side, source: str) -> tuple[object, ...]:
    """Delete a source and return what is left."""
    with opened(side) as store:
        remove(store, source)
        return counted(store.state())


def rebuilt(side: Side, moment: str) -> tuple[object, ...]:
    """Build again and return what is there; a panel asks the same but once, hence the moment."""
    told = side.tell("build", "--quiet")
    assert told.exit_code == 0, (moment, told.output)
    with opened(side) as store:
        return counted(store.state())


def imported(side: Side) -> tuple[list[Told], tuple[object, ...], tuple[object, ...]]:
    """Run all imports, then remove what they added; return what was told, there, and left."""
    told = [side.tell(*words) for words in IMPORTS]
    with opened(side) as store:
        there = counted(store.state())
        added = [state.source.id for state in store.sources() if "-" in state.source.id]
    told += [side.tell(*REMOVED), side.tell("source", "remove", *added)]
    told += [side.tell(*words) for words in RESTORES]
    with opened(side) as store:
        return told, there, counted(store.state())


def asked_while_half_loaded(side: Side) -> tuple[Told, Answer]:
    """Leave a source half loaded; return what `check` and readiness say of it."""
    with opened(side) as store:
        store.start(HALF)
        try:
            told = side.tell(*CHECK_UNFINISHED)
            with side.served():
                side.await_service()
                return told, side.ask(Request("/health/ready"))
        finally:
            store.delete(HALF.id)


def test_a_deleted_source_leaves_the_same_and_comes_back_as_the_same(pair: Pair) -> None:
    before, _ = pair.ask(rebuilt, "before")
    for source in ("instances", "guide_2024"):
        expected, left = pair.ask(removed, source)
        assert left == expected
        assert left != before
    expected, again = pair.ask(rebuilt, "after")
    assert again == expected == before


def taught(side: Side) -> tuple[str, str, Told, bool]:
    """Teach a word and take it back: snapshots, an answer in between, whether all is as before."""
    words = side.folder / "words.csv"
    words.write_text(f"kind,term,means,source,author\n{TAUGHT}\n", encoding="utf-8")
    with opened(side) as store:
        plan = index_plan(read_settings(store=side.store))
        before = store.state().snapshot
        applied = apply_words(store, plan, Change((words,)))
        told = side.tell("match", "想建一个魔方岛", "--json")
        back = apply_words(store, plan, Change(removed=(words.name,)))
        return applied, back, told, store.state().snapshot == back == before


def test_a_taught_word_counts_at_once_and_is_taken_back(pair: Pair) -> None:
    expected, found = pair.ask(taught)
    assert found == expected
    *_, told, as_before = expected
    assert json.loads(told.output)["scenes"][0]["id"] == "S12"
    assert as_before


def test_imports_tell_and_leave_the_same_and_go_without_a_trace(pair: Pair) -> None:
    before, _ = pair.ask(rebuilt, "before")
    (expected, there, left), (told, there_too, left_too) = pair.ask(imported)
    assert told == expected
    assert [one.exit_code for one in told] == [1, 0, 0, 0, 2, 0, 2]
    assert there_too == there != before
    assert left_too == left == before


def test_a_source_left_half_loaded_is_named_by_check_and_readiness(pair: Pair) -> None:
    (expected, ready), (told, ready_too) = pair.ask(asked_while_half_loaded)
    assert told == expected
    assert told.exit_code == 1
    assert "source half is not loaded completely" in told.output
    assert ready_too == ready
    assert json.loads(ready.body)["problems"] == ["source half is not loaded completely"]


@pytest.fixture(scope="module")
def read_only_servers(panel: Panel, servers: dict[str, Server]) -> Iterator[None]:
    """The servers that the panel loaded, restarted with databases that take no changes."""
    for server in servers.values():
        server.stop()
        server.start(**{READ_ONLY: "true"})
    yield
    for server in servers.values():
        server.restart(**{READ_ONLY: "false"})


def served_read_only(side: Side) -> tuple[list[Answer], list[Told], str]:
    """Return answers of a service that writes nothing, of commands, and the service's log."""
    begun = len(side.log())
    with side.served(*SERVE_READ_ONLY):
        side.await_service()
        answers = [side.ask(request) for request in (
            Request("/health/ready"),
            Request("/v1/match", json.dumps({"text": WHEELS})),
            Request(f"/v1/cases?q={WHEELS}&province=江苏"),
            Request("/v1/recommendations?scene=S17"),
            Request("/v1/standards?scene=S17"),
            Request("/v1/factories?level=L3&limit=5"),
            Request("/v1/scenes/S17"),
            Request("/"),
            Request("/thing/S17"),
        )]  # fmt: skip
    return answers, [side.tell(*words) for words in ONE_OF_EACH], side.log()[begun:]


@pytest.mark.usefixtures("read_only_servers")
def test_who_may_only_read_is_answered_by_every_command_and_tries_to_write_nothing(
    pair: Pair,
) -> None:
    (expected, told, _), (answers, told_too, log) = pair.ask(served_read_only)
    assert answers == expected
    assert {answer.status for answer in answers} == {200}
    assert told_too == told
    assert "WARNING" not in log
    assert "ERROR" not in log
