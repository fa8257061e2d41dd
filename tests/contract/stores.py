"""The stores that keep the contract, by name: another one needs a line here and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.schema import Schema
from tests.servers.stores import neo4j_stores


def sqlite(folder: Path, schema: Schema) -> GraphStore:
    """Open the embedded store in a folder, twice in the same one: the same store."""
    return open_store(f"sqlite:///{folder / 'graph.sqlite'}", known=schema)


STORES: dict[str, Callable[[Path, Schema], GraphStore]] = {"sqlite": sqlite, **neo4j_stores()}
