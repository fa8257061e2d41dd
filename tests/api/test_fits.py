"""GET /v1/fits: where a solution or a provider's offer fits next."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_a_provider_is_told_places_with_cases_and_their_sources(client: TestClient) -> None:
    page = client.get("/v1/fits", params={"of": "中控技术", "limit": 5}).json()
    assert page["of"]["name"] == "中控技术"
    assert page["total"] > 5
    assert "不说明谁缺少方案" in page["note"]
    for fit in page["items"]:
        assert fit["cases"] >= fit["enterprises"] >= 1
        assert fit["examples"][0]["evidence"][0]["url"].startswith("http")


def test_places_where_it_is_attested_come_last(client: TestClient) -> None:
    page = client.get("/v1/fits", params={"of": "中控技术", "limit": 200}).json()
    present = [fit["present"] for fit in page["items"]]
    assert present == sorted(present)
    assert set(present) == {False, True}
    absent = [fit["score"] for fit in page["items"] if not fit["present"]]
    assert absent == sorted(absent, reverse=True)


def test_next_links_lead_through_all_places_once(client: TestClient) -> None:
    seen: list[tuple[str, str]] = []
    link = "/v1/fits?of=卡奥斯&limit=7"
    while link:
        page = client.get(link).json()
        seen += [(fit["scene"]["id"], fit["industry"]["id"]) for fit in page["items"]]
        link = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 7


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("S17", 422, "no solution or provider"),
        ("没有这家公司", 404, "没有这家公司"),
        (" ", 422, "empty"),
    ],
)
def test_what_is_no_provider_is_refused(
    client: TestClient, name: str, status: int, words: str
) -> None:
    answer = client.get("/v1/fits", params={"of": name})
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
