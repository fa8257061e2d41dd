"""A writer killed at any moment leaves the graph as it was before its last change or after it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store.protocol import GraphStore
from ontology.schema import Schema
from tests.contract.interrupted import PARTS, SOURCE, part
from tests.contract.kinds import KINDS
from tests.contract.things import OTHER, said

PROJECT = Path(__file__).parents[2]


def begin(store_name: str, folder: Path, what: str) -> subprocess.Popen[str]:
    """Start the writer and return once it has the store open."""
    command = [sys.executable, "-m", "tests.contract.interrupted", store_name, str(folder), what]
    writer = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert read(writer) == "begun"
    return writer


def read(writer: subprocess.Popen[str]) -> str:
    assert writer.stdout is not None
    return writer.stdout.readline().strip()


def kill(writer: subprocess.Popen[str]) -> None:
    """Kill the writer as the kernel does when memory is short."""
    with writer:
        writer.kill()


@pytest.mark.parametrize("delay_seconds", [0.02, 0.15, 0.3, 0.5])
def test_a_load_killed_midway_leaves_the_old_state(
    store_name: str,
    folder: Path,
    opening: Callable[[Schema], GraphStore],
    delay_seconds: float,
) -> None:
    store = opening(KINDS)
    store.load(OTHER, [said("z", "other")])
    before = store.state()
    writer = begin(store_name, folder, "load")
    time.sleep(delay_seconds)
    kill(writer)
    finished = store.state().records > 1
    assert finished or store.state() == before
    assert [node.id for node in store.get(["0-0", "z"])] == (["0-0", "z"] if finished else ["z"])
    store.load(SOURCE, part(0, 10))
    assert store.state().records == 11


def test_a_source_in_parts_goes_on_where_its_writer_was_killed(
    store_name: str, folder: Path, opening: Callable[[Schema], GraphStore]
) -> None:
    store = opening(KINDS)
    store.start(SOURCE)
    for number in range(PARTS):
        store.put(SOURCE.id, number, part(number, 200))
    store.finish(SOURCE.id)
    undisturbed = store.state().graph_hash
    store.delete(SOURCE.id)

    writer = begin(store_name, folder, "parts")
    while read(writer) != "2":
        pass
    kill(writer)
    there = store.start(SOURCE)
    assert set(there) >= {0, 1, 2}
    for number in set(range(PARTS)) - set(there):
        store.put(SOURCE.id, number, part(number, 200))
    store.finish(SOURCE.id)
    assert store.state().graph_hash == undisturbed
