"""GET and POST /v1/recommendations."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_two_groups_are_never_mixed_and_carry_their_paths(client: TestClient) -> None:
    answer = client.get("/v1/recommendations", params={"scene": "S17", "limit": 50}).json()
    (scene,) = answer["scenes"]
    assert scene["offered_total"] >= 24
    for item in scene["offered"]:
        assert item["paths"][0]["steps"][-1]["id"] == "S17"
        assert [step["label"] for step in item["paths"][0]["steps"]][:2] == ["Solution", "Scene"]
        assert item["publication"] in {"official", "claimed", "published", "reported"}
    for item in scene["used"]:
        assert [step["label"] for step in item["paths"][0]["steps"]][1] == "Instance"
        assert item["paths"][0]["evidence"]


def test_official_tasks_have_targets_and_no_claims(client: TestClient) -> None:
    answer = client.get("/v1/recommendations", params={"scene": "S17", "limit": 50}).json()
    official = [o for o in answer["scenes"][0]["offered"] if o["publication"] == "official"]
    assert official
    assert all(item["claims"] == [] for item in official)


def test_a_text_is_matched_first(client: TestClient) -> None:
    answer = client.post("/v1/recommendations", json={"text": "轮毂表面缺陷视觉检测"}).json()
    assert answer["match"]["decision"] == "matched"
    assert answer["scenes"][0]["scene"]["id"] == "S17"


def test_where_no_scene_fits_nothing_is_recommended_and_the_reason_given(
    client: TestClient,
) -> None:
    answer = client.get("/v1/recommendations", params={"q": "明天食堂吃什么"}).json()
    assert answer["scenes"] == []
    assert answer["note"]


def test_a_scene_of_the_other_edition_finds_the_same_solutions(client: TestClient) -> None:
    old = client.get("/v1/recommendations", params={"scene": "S17"}).json()["scenes"][0]
    new = client.get("/v1/recommendations", params={"scene": "2025-S24"}).json()["scenes"][0]
    assert old["offered_total"] == new["offered_total"]


def test_scene_and_text_together_or_neither_is_422(client: TestClient) -> None:
    assert client.get("/v1/recommendations").status_code == 422
    both = {"scene": "S17", "q": "检测"}
    assert client.get("/v1/recommendations", params=both).status_code == 422


def test_an_empty_text_is_told_as_the_field_it_came_in(client: TestClient) -> None:
    got = client.get("/v1/recommendations", params={"q": " "})
    posted = client.post("/v1/recommendations", json={"text": ""})
    assert [(one.status_code, one.json()["field"]) for one in (got, posted)] == [
        (422, "q"),
        (422, "text"),
    ]
