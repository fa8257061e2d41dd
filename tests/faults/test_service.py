"""The service while the database is away, and after it came back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.index.holder import publish
from kg.index.snapshot import IndexPlan
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.neo4j.sessions import Access
from kg.store.neo4j.store import Neo4jStore, open_neo4j
from ontology.schema import schema
from tests.servers.proxy import Proxy
from tests.servers.servers import Server
from tests.world import HAIBIN

BACK_WITHIN_SECONDS = 10.0
TEXT = "用工业相机在线检测手机中框外观缺陷"


@pytest.fixture
def way(server: Server) -> Iterator[Proxy]:
    with Proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def client(store: Neo4jStore, way: Proxy, access: Access, tmp_path: Path) -> Iterator[TestClient]:
    """A service on the tiny programme whose way to the database can be cut."""
    settings = Settings(data=tmp_path, store=way.url, poll_seconds=1)
    publish(store, IndexPlan(settings.snapshots, packaged_model()))
    with open_neo4j(way.url, schema(), access) as own:
        app = create_app(settings, own, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            yield opened


def answers(client: TestClient) -> dict[str, dict[str, object]]:
    """Return the body of an answer of every kind, each of them expected to be there."""
    found = {
        "match": client.post("/v1/match", json={"text": TEXT}),
        "cases": client.get("/v1/cases", params={"q": TEXT, "segment": "质量管控"}),
        "posted": client.post("/v1/cases", json={"text": TEXT, "exclude_enterprise": HAIBIN}),
        "recommendations": client.get("/v1/recommendations", params={"scene": "S17"}),
        "standards": client.get("/v1/standards", params={"scene": "S17"}),
        "list": client.get("/v1/scenes"),
        "thing": client.get("/v1/scenes/S17"),
    }
    assert {name: answer.status_code for name, answer in found.items()} == dict.fromkeys(found, 200)
    return {name: answer.json() for name, answer in found.items()}


def marked(found: dict[str, dict[str, object]], degraded: bool) -> dict[str, dict[str, object]]:
    """Return the answers as they are where the store is away or not."""
    return {name: answer | {"degraded": degraded} for name, answer in found.items()}


def until(is_so: Callable[[], bool]) -> None:
    begin = time.monotonic()
    while not is_so():
        assert time.monotonic() - begin < BACK_WITHIN_SECONDS
        time.sleep(0.2)


def test_every_question_goes_on_while_the_database_is_away_and_comes_back_by_itself(
    client: TestClient, way: Proxy
) -> None:
    before = answers(client)
    assert before == marked(before, degraded=False)

    way.cut()
    assert client.get("/v1/cases", params={"q": TEXT}).json()["degraded"] is True
    assert answers(client) == marked(before, degraded=True)
    until(lambda: client.get("/health/ready").json()["degraded"])
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["problems"] == [
        "the store cannot be read at the moment; the log of the service says why"
    ]
    assert "图数据库暂不可用" in client.get("/", params={"q": TEXT}).text
    assert "图数据库暂不可用" in client.get("/thing/S17").text

    way.mend()
    until(lambda: client.post("/v1/match", json={"text": TEXT}).json()["degraded"] is False)
    assert answers(client) == before
    assert client.get("/health/ready").json()["problems"] == []


def test_without_a_copy_matching_goes_on_and_the_rest_is_told_to_be_away(
    client: TestClient, way: Proxy, tmp_path: Path
) -> None:
    match = client.post("/v1/match", json={"text": TEXT}).json()
    way.cut()
    shutil.rmtree(tmp_path / "replicas")
    away = client.get("/v1/scenes")
    assert away.status_code == 503
    assert away.headers["content-type"] == "application/problem+json"
    assert "store" in away.json()["detail"]
    assert away.headers["Retry-After"]
    assert client.post("/v1/match", json={"text": TEXT}).json() == match | {"degraded": True}
    until(lambda: client.get("/health/ready").status_code == 503)
    assert client.get("/", params={"q": TEXT}).status_code == 503
    assert client.get("/thing/S17").status_code == 503
    assert client.get("/health/live").status_code == 200
    way.mend()
    until(lambda: client.get("/v1/scenes").status_code == 200)


def test_a_changed_graph_is_copied_as_soon_as_it_is_seen(
    client: TestClient, store: Neo4jStore, way: Proxy
) -> None:
    store.delete("cases")
    until(lambda: client.get("/v1/cases", params={"q": TEXT}).json()["total"] == 0)
    time.sleep(1.5)  # the look that saw the change copies it
    way.cut()
    instances = client.get("/v1/instances").json()
    assert (instances["total"], instances["degraded"]) == (0, True)
