"""The service while the database is away, and after it came back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.index.holder import IndexPlan, publish
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import Neo4jStore, open_neo4j
from ontology.schema import schema
from tests.servers.proxy import Proxy
from tests.servers.servers import Server

BACK_WITHIN_SECONDS = 10.0
TEXT = "用工业相机在线检测手机中框外观缺陷"


@pytest.fixture
def way(server: Server) -> Iterator[Proxy]:
    with Proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def client(store: Neo4jStore, way: Proxy, access: Access, tmp_path: Path) -> Iterator[TestClient]:
    """A service on the tiny programme whose way to the database can be cut."""
    settings = Settings(data=tmp_path, poll_seconds=1)
    publish(store, IndexPlan(settings.snapshots, packaged_model()))
    with open_neo4j(way.url, schema(), access) as own:
        app = create_app(settings, own, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            yield opened


def test_matching_goes_on_while_the_database_is_away_and_the_rest_comes_back_by_itself(
    client: TestClient, way: Proxy
) -> None:
    scenes = client.get("/v1/scenes").json()
    match = client.post("/v1/match", json={"text": TEXT}).json()
    assert scenes["total"] == 4

    way.cut()
    away = client.get("/v1/scenes")
    assert away.status_code == 503
    assert away.headers["content-type"] == "application/problem+json"
    assert "store" in away.json()["detail"]
    assert away.headers["Retry-After"]
    assert client.post("/v1/match", json={"text": TEXT}).json()["scenes"] == match["scenes"]
    assert client.get("/health/live").status_code == 200

    way.mend()
    begin = time.monotonic()
    while client.get("/v1/scenes").status_code != 200:
        assert time.monotonic() - begin < BACK_WITHIN_SECONDS
        time.sleep(0.2)
    assert client.get("/v1/scenes").json() == scenes
