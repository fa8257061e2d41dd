"""HEAD is answered as GET is, without the body; what an address does not take is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store

CASES = "/v1/cases?q=表面缺陷检测"
CHANGING = {"date"}


@pytest.mark.parametrize(
    "address", ["/", "/health/ready", CASES, "/v1/cases?q=", "/v1/nothing/here", "/v1/match"]
)
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    whole, bare = client.get(address), client.head(address)
    assert (bare.status_code, bare.content) == (whole.status_code, b"")
    told, wanted = (
        {name: answer.headers[name] for name in answer.headers if name not in CHANGING}
        for answer in (bare, whole)
    )
    assert told == wanted
    assert int(told["content-length"]) == len(whole.content)


def test_head_of_what_is_held_says_so(client: TestClient) -> None:
    tag = client.get(CASES).headers["etag"]
    again = client.head(CASES, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"]) == (304, tag)


def test_head_without_the_key_is_refused_without_a_body(packaged_data: Path) -> None:
    settings = Settings(data=packaged_data, poll_seconds=3600, key="a key")
    with open_store(settings.store_url) as store:
        keyed = TestClient(create_app(settings, store, packaged_model()))
        refused = keyed.head("/v1/scenes")
    assert (refused.status_code, refused.content) == (401, b"")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("GET", "/v1/match", "POST"),
        ("GET", "/v1/match?q=表面缺陷", "POST"),
        ("HEAD", "/v1/levels/check", "POST"),
        ("GET", "/v1/levels/check", "POST"),
        ("PUT", "/v1/cases", "GET, HEAD, POST"),
        ("DELETE", "/", "GET, HEAD, POST"),
        ("POST", "/guide", "GET, HEAD"),
    ],
)
def test_what_an_address_does_not_take_is_refused_with_what_it_takes(
    client: TestClient, method: str, address: str, allowed: str
) -> None:
    refused = client.request(method, address)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    program = address.startswith("/v1/")
    kind = "application/problem+json" if program else "text/html; charset=utf-8"
    assert refused.headers["content-type"] == kind


def test_a_placeholder_is_no_address(client: TestClient) -> None:
    assert client.get("/v1/%7Bkind%7D").status_code == 404
