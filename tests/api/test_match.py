"""POST /v1/match."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

WHEELS = "用相机在线检查轮毂表面缺陷，替代人工目检"


def test_a_sentence_gets_its_scene_with_probability_and_snapshot(client: TestClient) -> None:
    answer = client.post("/v1/match", json={"text": WHEELS}).json()
    assert answer["decision"] == "matched"
    assert answer["edition"] == "2024"
    assert len(answer["snapshot"]) == 16
    best = answer["scenes"][0]
    assert (best["id"], best["name"], best["name_status"]) == ("S17", "在线智能检测", "attested")
    assert (best["segment"], best["area"]) == ("E07", "A03")
    assert 0.5 < best["probability"] <= 1
    assert (
        WHEELS[best["reasons"][0]["start"] : best["reasons"][0]["end"]]
        == (best["reasons"][0]["text"])
    )


def test_several_texts_are_answered_in_their_order(client: TestClient) -> None:
    texts = [WHEELS, "明天食堂吃什么", "碳足迹核算与配额交易"]
    results = client.post("/v1/match", json={"texts": texts}).json()["results"]
    assert [one["decision"] == "no_scene" for one in results] == [False, True, False]
    assert results[2]["scenes"][0]["id"] == "S27"


def test_a_scene_of_no_area_says_null(client: TestClient) -> None:
    answer = client.post("/v1/match", json={"text": "大规模个性化定制"}).json()
    assert answer["scenes"][0]["id"] == "S38"
    assert answer["scenes"][0]["area"] is None


def test_the_other_edition_answers_with_its_own_scenes(client: TestClient) -> None:
    answer = client.post("/v1/match", json={"text": WHEELS, "edition": "2025"}).json()
    assert answer["edition"] == "2025"
    assert answer["scenes"][0]["name"] == "在线智能检测"
    assert answer["scenes"][0]["id"].startswith("2025-S")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"text": ""}, 422, "text"),
        ({"text": "   \n"}, 422, "text"),
        ({}, 422, "text"),
        ({"text": "缺陷\x00检测"}, 422, "text"),
        ({"text": "检" * 20_001}, 422, "text"),
        ({"texts": []}, 422, "texts"),
        ({"texts": ["检测"] * 101}, 422, "texts"),
        ({"texts": ["检测", ""]}, 422, "texts[1]"),
        ({"text": WHEELS, "edition": "2031"}, 422, "edition"),
        ({"text": WHEELS, "language": "zh"}, 422, "language"),
        ({"text": WHEELS, "texts": [WHEELS]}, 422, "texts"),
    ],
)
def test_bad_input_is_a_problem_that_names_the_field(
    client: TestClient, body: dict[str, object], status: int, field: str
) -> None:
    answer = client.post("/v1/match", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["field"] == field
    assert len(problem["detail"]) < 300
    assert "Traceback" not in answer.text


def test_a_body_beyond_the_limit_is_413(client: TestClient) -> None:
    answer = client.post("/v1/match", json={"text": "检" * 1_000_000})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_no_json_is_422(client: TestClient) -> None:
    answer = client.post(
        "/v1/match", content=b"{broken", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422


def test_a_document_is_divided_into_passages(client: TestClient) -> None:
    text = f"公司去年搬进了新办公楼，食堂也换了。\n{WHEELS}，漏检率下降。"
    page = client.post("/v1/match", json={"text": text, "mode": "document"}).json()
    assert [one["pick"]["id"] for one in page["scenes"]] == ["S17"]
    assert page["off_topic"] == [0]
    last = page["passages"][-1]
    assert text[last["start"] : last["end"]] == last["text"]
    assert page["scenes"][0]["passages"] == [1]
    for body, field in (
        ({"texts": [text], "mode": "document"}, "mode"),
        ({"text": "字" * 200_001, "mode": "document"}, "text"),
        ({"text": text, "mode": "book"}, "mode"),
    ):
        answer = client.post("/v1/match", json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
