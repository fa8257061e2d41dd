"""Results of the whole graph: worked out once for each state, never put back by a late question."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path

import pytest

from kg.index.snapshot import Snapshot
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from kg.whole import Kept, State, WholeGraph
from ontology.errors import SmartFactoryError

DAY = datetime.date(2026, 11, 27)


def whole(store: GraphStore, snapshot: Snapshot, graph_hash: str) -> WholeGraph:
    """Return the results of a state of the tiny world."""
    return WholeGraph(store, snapshot, State(graph_hash, snapshot.id, DAY))


def test_parts_are_worked_out_once_by_any_number_of_threads(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    results = whole(world_store, world_snapshot, "one")
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(id(results.standards))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_only_the_follower_moves_on_and_late_questions_take_what_is_there(
    world_store: GraphStore, world_snapshot: Snapshot
) -> None:
    kept = Kept()
    old, new = (whole(world_store, world_snapshot, name) for name in ("old", "new"))
    assert kept.current(lambda: old) is old
    kept.move_on(new)
    assert kept.holds(new.state)
    assert kept.current(lambda: old) is new  # a thread that still knows the old state


def test_results_that_cannot_be_worked_out_are_not_put_in_use(
    world_store: GraphStore, world_snapshot: Snapshot, tmp_path: Path
) -> None:
    kept = Kept()
    old = whole(world_store, world_snapshot, "old")
    kept.move_on(old)
    damaged = tmp_path / "graph.sqlite"
    with open_store(f"sqlite:///{damaged}") as store:
        damaged.write_bytes(b"no database")
        with pytest.raises(SmartFactoryError):
            kept.move_on(whole(store, world_snapshot, "new"))
    assert kept.holds(old.state)


def test_all_parts_are_of_one_state(world_store: GraphStore, world_snapshot: Snapshot) -> None:
    results = whole(world_store, world_snapshot, "one")
    results.prepare()
    assert set(results.supports) == {"S12", "S16", "S17", "S18"}
    assert {one.scene.id for one in results.coverage.scenes} == set(results.supports)
    assert results.communities.state == "too_little_data"
    assert [hit.naming.thing.id for hit in results.lexicon.lookup("S17")] == ["S17"]
