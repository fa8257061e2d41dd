"""One empty store of every kind for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kg.store.protocol import GraphStore
from ontology.schema import Schema, schema
from tests.contract.kinds import KINDS
from tests.contract.stores import STORES
from tests.world import load_world


@pytest.fixture(params=sorted(STORES))
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def opening(store_name: str, folder: Path) -> Iterator[Callable[[Schema], GraphStore]]:
    """Open the store of this test, as often as one likes."""
    with ExitStack() as opened:
        yield lambda known: opened.enter_context(STORES[store_name](folder, known))


@pytest.fixture
def store(opening: Callable[[Schema], GraphStore]) -> GraphStore:
    """An empty store of the contract's own schema."""
    return opening(KINDS)


@pytest.fixture
def world(opening: Callable[[Schema], GraphStore]) -> GraphStore:
    """A store that holds the tiny programme."""
    store = opening(schema())
    load_world(store)
    return store
