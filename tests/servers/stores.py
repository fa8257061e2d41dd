"""Stores in Neo4j for the contract: one database per release, emptied for each new folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import open_neo4j
from kg.store.protocol import GraphStore
from ontology.schema import Schema
from tests.servers.running import empty, running
from tests.servers.servers import RELEASES, Release


def neo4j_stores() -> Mapping[str, Callable[[Path, Schema], GraphStore]]:
    """Return what opens a store of each release in a folder, by the release's name."""
    return {name: partial(neo4j_store, release) for name, release in RELEASES.items()}


def neo4j_store(release: Release, folder: Path, schema: Schema) -> GraphStore:
    """Open the store that belongs to a folder, twice in the same one: the same store.

    The folder keeps the address, so that another process finds the server there.
    """
    marker = folder / f"{release.name}.json"
    if not marker.exists():
        server = running(release)
        empty(server)
        marker.write_text(json.dumps({"url": server.url, "password": server.password}))
    told = json.loads(marker.read_text())
    return open_neo4j(told["url"], schema, Access(password=told["password"]))
