"""Answers that the client already holds are not sent again."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

ADDRESS = "/v1/cases?q=表面缺陷检测&limit=2"


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    first = client.get(ADDRESS)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(ADDRESS, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag


def test_another_answer_is_sent_whole(client: TestClient) -> None:
    tag = client.get(ADDRESS).headers["etag"]
    other = client.get("/v1/cases?q=换型太慢&limit=2", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag
    assert len(other.json()["items"]) == 2


@pytest.mark.parametrize("address", ["/v1/cases?q=", "/health/live", "/"])
def test_faults_health_and_pages_carry_no_tag(client: TestClient, address: str) -> None:
    assert "etag" not in client.get(address, headers={"If-None-Match": "*"}).headers
