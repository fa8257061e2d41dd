"""Loading a source: once, again, changed, and after a load that broke off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.load import load_with_account, state_of
from kg.ids import made_id
from kg.records import Record, Source
from kg.store.open import open_store
from kg.store.protocol import PART_SIZE, GraphStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as opened:
        yield opened


def source(content: str) -> Source:
    return Source("firms", "Firms", "table", content=content)


def firms(count: int) -> list[Record]:
    return [
        Record("firms", f"firms.csv#{number}", made_id("org", f"示例第{number}厂"), "Organisation",
               {"name": f"示例第{number}厂"})
        for number in range(count)
    ]  # fmt: skip


def test_loading_the_same_content_again_changes_nothing(store: GraphStore) -> None:
    assert load_with_account(store, source("a"), firms(3)).changed
    token = store.state().token
    again = load_with_account(store, source("a"), firms(3))
    assert (again.changed, again.records, store.state().token) == (False, 3, token)


def test_new_content_replaces_the_old(store: GraphStore) -> None:
    load_with_account(store, source("a"), firms(3))
    assert load_with_account(store, source("b"), firms(2)).records == 2
    assert store.state().labels["Organisation"] == 2


def test_a_large_source_goes_on_where_its_load_broke_off(store: GraphStore) -> None:
    records = firms(2 * PART_SIZE + 1)
    store.start(source("a"))
    store.put("firms", 1, records[:PART_SIZE])
    halfway = state_of(store, "firms")
    assert halfway
    assert not halfway.complete
    result = load_with_account(store, source("a"), iter(records))
    assert (result.records, result.resumed) == (len(records), 1)
    assert state_of(store, "firms").complete  # type: ignore[union-attr]
