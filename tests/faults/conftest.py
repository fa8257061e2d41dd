"""The real server that is stopped, killed and suspended; up again before each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import Neo4jStore, open_neo4j
from ontology.schema import schema
from tests.servers.running import empty, running
from tests.servers.servers import RELEASES, Server
from tests.world import load_world


@pytest.fixture(params=RELEASES)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The shared server with an empty database; whatever a test did to it, it is up afterwards."""
    server = running(RELEASES[request.param])
    empty(server)
    yield server
    server.resume()
    if not server.answers():
        server.restart()


@pytest.fixture
def access(server: Server) -> Access:
    return Access(server.user, server.password, "neo4j")


@pytest.fixture
def store(server: Server, access: Access) -> Iterator[Neo4jStore]:
    """A store with the tiny programme in it."""
    with open_neo4j(server.url, schema(), access) as store:
        load_world(store)
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
