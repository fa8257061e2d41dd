"""A graph moved from the embedded store to Neo4j and back is the same graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.copying import copy
from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import open_neo4j
from kg.store.open import open_store
from ontology.errors import StoreError
from ontology.schema import schema
from tests.contract.things import LIST
from tests.faults.soak import import_all
from tests.servers.servers import Server
from tests.world import cases, load_world, source_of


def test_a_graph_copied_there_and_back_has_the_same_hash(
    server: Server, access: Access, folder: Path
) -> None:
    with (
        open_store(str(folder / "first.sqlite")) as first,
        open_store(str(folder / "last.sqlite")) as last,
        open_neo4j(server.url, schema(), access) as between,
    ):
        import_all(first, 0)
        between.load(source_of("left", []), [])  # nothing of what was there before stays
        expected = first.state().graph_hash
        assert copy(first, between, schema()) == expected
        assert copy(between, last, schema()) == expected
        again = between.state().token
        assert copy(first, between, schema()) == expected
        assert between.state().token == again
        for label in ("Scene", "Instance", "Factory"):
            assert between.find(label, limit=1000) == first.find(label, limit=1000)
            assert last.find(label, limit=1000) == first.find(label, limit=1000)


def test_a_graph_with_an_unfinished_source_is_not_copied(folder: Path) -> None:
    with (
        open_store(str(folder / "first.sqlite")) as first,
        open_store(str(folder / "last.sqlite")) as last,
    ):
        load_world(first)
        first.start(LIST)
        with pytest.raises(StoreError, match="list is not loaded completely"):
            copy(first, last, schema())
        assert last.sources() == ()
        assert first.find("Instance").total == len(cases()) // 2
