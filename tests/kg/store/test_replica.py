"""The local copy of a graph: whole or not there, and never behind without being told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.store.open import open_store
from kg.store.protocol import GraphStore
from kg.store.replica import Replica
from ontology.errors import StoreError
from ontology.schema import schema
from tests.contract.things import LIST
from tests.world import cases, load_world, source_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """The store that is copied, with the tiny programme in it."""
    with open_store(str(tmp_path / "graph.sqlite")) as store:
        load_world(store)
        store.point_to("snapshot-1")
        yield store


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    with closing(Replica(tmp_path / "replicas", schema())) as replica:
        yield replica


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "replicas").iterdir())


def test_before_anything_was_copied_there_is_no_copy(replica: Replica) -> None:
    assert replica.opened() is None


def test_the_copy_holds_graph_sources_and_the_name_of_the_snapshot(
    store: GraphStore, replica: Replica
) -> None:
    replica.follow(store)
    copy = replica.opened()
    assert copy is not None
    assert copy.find("Instance") == store.find("Instance")
    assert copy.sources() == store.sources()
    assert copy.state().graph_hash == store.state().graph_hash
    assert copy.state().snapshot == "snapshot-1"


def test_a_changed_graph_takes_the_place_of_the_copy_before(
    store: GraphStore, replica: Replica, tmp_path: Path
) -> None:
    replica.follow(store)
    replica.opened()
    fewer = cases()[:-2]
    store.load(source_of("cases", fewer), fewer)
    replica.follow(store)
    copy = replica.opened()
    assert copy is not None
    assert copy.find("Instance") == store.find("Instance")
    assert len([name for name in files(tmp_path) if name.endswith(".sqlite")]) == 1


def test_following_a_graph_that_did_not_change_copies_nothing(
    store: GraphStore, replica: Replica, tmp_path: Path
) -> None:
    replica.follow(store)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "replicas").iterdir()}
    replica.follow(store)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "replicas").iterdir()} == before


def test_a_graph_that_is_being_loaded_leaves_the_copy_before_it(
    store: GraphStore, replica: Replica
) -> None:
    replica.follow(store)
    expected = store.find("Instance")
    store.start(LIST)
    store.delete("cases")
    with pytest.raises(StoreError, match="list is not loaded completely"):
        replica.follow(store)
    copy = replica.opened()
    assert copy is not None
    assert copy.find("Instance") == expected


def test_a_damaged_copy_is_none_and_the_next_one_starts_from_nothing(
    store: GraphStore, replica: Replica, tmp_path: Path
) -> None:
    replica.follow(store)
    (name,) = files(tmp_path)
    (tmp_path / "replicas" / name).write_bytes(b"no database")
    assert replica.opened() is None
    store.delete("cases")
    replica.follow(store)
    copy = replica.opened()
    assert copy is not None
    assert copy.state().graph_hash == store.state().graph_hash


def test_a_folder_that_takes_no_files_is_told_with_its_name(
    store: GraphStore, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be copied to"):
        Replica(tmp_path / "file" / "replicas", schema()).follow(store)
