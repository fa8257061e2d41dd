"""The service around the questions: health, keys, queues, headers, the page."""

from __future__ import annotations

import logging
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
from kg.store.open import open_store
from ontology.errors import InvalidValue
from tests.world import load_world


def test_health_says_live_and_ready(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["index_lag"] is False


def test_without_an_index_the_service_lives_but_is_not_ready(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, poll_seconds=3600, read_only=False)
    with open_store(settings.store_url) as store:
        app = create_app(settings, store, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            assert opened.get("/health/live").status_code == 200
            assert opened.get("/health/ready").status_code == 503
            answer = opened.post("/v1/match", json={"text": "轮毂缺陷检测"})
            assert answer.status_code == 503
            assert "sfkg build" in answer.json()["detail"]


def test_what_is_kept_settles_anew_only_where_the_graph_has_changed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, poll_seconds=0.1)
    settled: list[str] = []
    with open_store(settings.store_url) as store:
        load_world(store)
        publish(store, IndexPlan(settings.snapshots, packaged_model()))
        app = create_app(settings, store, packaged_model())
        follower = app.state.follower
        follower.when_settled = lambda: settled.append(follower.health.snapshot)
        with TestClient(app):
            until(lambda: len(settled) == 1)
            time.sleep(0.5)  # some looks at what has not changed
            (first,) = settled
            store.delete("cases")
            until(lambda: settled[-1] != first and app.state.desk.settled)
            told = len(settled)
            time.sleep(0.5)
    assert len(settled) == told


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def guarded(packaged_data: Path) -> Iterator[TestClient]:
    """The service with a key."""
    settings = Settings(data=packaged_data, key="s3cret", host="0.0.0.0", poll_seconds=3600)  # noqa: S104
    with open_store(settings.store_url, read_only=True) as store:
        app = create_app(settings, store, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            yield opened


def test_with_a_key_every_request_but_health_needs_it(guarded: TestClient) -> None:
    assert guarded.get("/health/live").status_code == 200
    refused = guarded.get("/v1/scenes")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert guarded.get("/").status_code == 401
    assert guarded.get("/v1/scenes", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert guarded.get("/v1/scenes", headers={"Authorization": "Bearer s3cret"}).status_code == 200
    assert guarded.get("/v1/scenes", headers={"X-API-Key": "s3cret"}).status_code == 200
    assert guarded.get("/", auth=("anybody", "s3cret")).status_code == 200


def test_beyond_loopback_without_a_key_is_refused_in_one_sentence(packaged_data: Path) -> None:
    settings = Settings(data=packaged_data, host="0.0.0.0")  # noqa: S104
    with (
        open_store(settings.store_url, read_only=True) as store,
        pytest.raises(InvalidValue, match="SFKG_KEY"),
    ):
        create_app(settings, store, packaged_model())


def test_texts_and_query_strings_are_not_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="sfkg"):
        client.get("/v1/cases", params={"q": "绝密工艺缺陷检测"})
        client.post("/v1/match", json={"text": "绝密工艺缺陷检测"})
        client.get("/v1/cases", params={"q": "绝密工艺", "scene": "S99"})
    assert "绝密工艺" not in caplog.text


def test_the_page_answers_a_question(client: TestClient) -> None:
    page = client.get("/", params={"q": "轮毂表面缺陷靠人工目检，漏检多"})
    assert page.status_code == 200
    assert "S17 在线智能检测" in page.text
    assert "出处" in page.text
    assert "目标值，任务期内要达到，不是成效" in page.text
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_the_page_says_when_nothing_fits(client: TestClient) -> None:
    page = client.post("/", data={"text": "明天食堂吃什么"})
    assert "没有合适的典型场景" in page.text


def test_the_page_escapes_what_is_typed(client: TestClient) -> None:
    page = client.post("/", data={"text": "<script>alert(1)</script> 缺陷检测"})
    assert "<script>" not in page.text


@pytest.mark.parametrize("name", ["S17", "S12", "I008", "宝山钢铁股份有限公司", "GB/T 39116-2020"])
def test_every_kind_of_thing_has_a_page(client: TestClient, name: str) -> None:
    page = client.get(f"/thing/{name}")
    assert page.status_code == 200
    assert "出处" in page.text


def test_a_thing_that_is_not_there_has_a_page_that_says_so(client: TestClient) -> None:
    assert client.get("/thing/S99").status_code == 404


def test_the_openapi_description_has_examples(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert "/v1/match" in schema["paths"]
    assert schema["components"]["schemas"]["MatchRequest"]["examples"]


def test_a_question_too_long_for_the_page_is_told_on_the_page(client: TestClient) -> None:
    page = client.post("/", files={"file": ("a.txt", ("检" * 200_001).encode())})
    assert page.status_code == 422
    assert page.headers["content-type"].startswith("text/html")
    assert "最多 200000 个" in page.text


def test_a_mapping_is_told_from_the_side_of_the_thing_shown(client: TestClient) -> None:
    assert "宽于本场景" in client.get("/thing/2025-S05").text
    assert "属于本场景的一部分" in client.get("/thing/S06").text


def test_a_store_that_is_damaged_or_gone_is_told_without_its_path(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, poll_seconds=3600)
    with open_store(settings.store_url) as store:
        load_world(store)
        app = create_app(settings, store, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            assert opened.get("/v1/scenes/S17").status_code == 200
            (tmp_path / "graph.sqlite").unlink()
            answer = opened.get("/v1/scenes/S17")
            assert answer.status_code == 503
            assert str(tmp_path) not in answer.text
            assert opened.post("/v1/match", json={"text": "轮毂缺陷检测"}).status_code == 200


def test_the_follower_outlives_what_nobody_foresaw(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, poll_seconds=0.05)
    with open_store(settings.store_url) as store:
        load_world(store)
        app = create_app(settings, store, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            assert opened.get("/health/ready").status_code == 200
            manifest = next((tmp_path / "snapshots").glob("*/manifest.json"))
            manifest.write_text('{"format": 1, "files": []}')
            store.delete("solutions")
            holder = opened.app.state.desk.holder  # type: ignore[attr-defined]
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                if holder.current().manifest.graph_hash == store.state().graph_hash:
                    break
                time.sleep(0.1)
            assert holder.current().manifest.graph_hash == store.state().graph_hash
            opened.app.state.follower.look()  # type: ignore[attr-defined]
            assert opened.get("/health/ready").json()["problems"] == []
