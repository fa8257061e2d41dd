"""POST /v1/why: why a scene was found, and why not another."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

WHEELS = "轮毂表面缺陷靠人工目检，漏检多"


def test_each_scene_has_an_account_that_adds_up_and_says_what_taught_it(
    client: TestClient,
) -> None:
    page = client.post("/v1/why", json={"text": WHEELS}).json()
    assert [one["account"]["scene"] for one in page["accounts"]] == [
        scene["id"] for scene in page["match"]["scenes"]
    ]
    first = page["accounts"][0]
    account = first["account"]
    parts = account["prior"] + account["model"] + account["rest"]
    parts += sum(span["weight"] for span in account["spans"])
    assert parts == pytest.approx(account["margin"], abs=1e-6)
    assert first["taught"]
    for one in first["taught"]:
        assert one["by"] in {"guide", "case", "composed"}
        assert (one["thing"] is None) == (one["by"] == "composed")
        assert one["words"] == "" or len(one["words"]) >= 2


def test_why_not_another_is_answered_for_any_scene(client: TestClient) -> None:
    for number in (1, 16, 27, 40):
        page = client.post("/v1/why", json={"text": WHEELS, "scene": f"S{number:02}"}).json()
        (one,) = page["accounts"]
        assert one["account"]["scene"] == f"S{number:02}"
        assert one["account"]["against"] == "S17"
        assert one["account"]["margin"] < 0


def test_the_match_holds_the_account_of_each_scene(client: TestClient) -> None:
    found = client.post("/v1/match", json={"text": WHEELS}).json()["scenes"][0]
    assert found["account"]["scene"] == found["id"]
    spans = [span for span in found["account"]["spans"] if span["weight"] > 0]
    assert found["reasons"] == spans


def test_texts_for_training_are_shown_to_nobody(client: TestClient) -> None:
    page = client.post("/v1/why", json={"text": "明天食堂吃什么", "scene": "S16"}).json()
    assert page["match"]["decision"] == "no_scene"
    for one in page["accounts"][0]["taught"]:
        assert one["by"] != "composed" or one["words"] == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": WHEELS, "scene": "S99"}, "scene"),
        ({"text": WHEELS, "against": "没有"}, "against"),
        ({"text": WHEELS, "scene": "S16", "against": "S16"}, "against"),
    ],
)
def test_faults_name_the_field(client: TestClient, body: dict[str, str], field: str) -> None:
    answer = client.post("/v1/why", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
