"""POST /v1/entities and GET /v1/lookup."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_a_text_is_told_what_it_names_with_offsets(client: TestClient) -> None:
    text = "江苏的钢铁厂按GB/T39116—2020评到三级"
    page = client.post("/v1/entities", json={"text": text}).json()
    assert page["total"] == len(page["items"]) == 3
    for item in page["items"]:
        assert text[item["start"] : item["end"]] == item["text"]
    words = {item["text"]: item["namings"][0] for item in page["items"]}
    assert words["钢铁"]["basis"] == "assigned"
    assert words["GB/T39116—2020"]["thing"]["label"] == "Standard"


def test_a_name_is_looked_up_while_it_is_typed(client: TestClient) -> None:
    page = client.get("/v1/lookup", params={"q": "在线", "limit": 2}).json()
    assert [hit["match"] for hit in page["items"]] == ["prefix", "prefix"]
    assert page["more"]
    page = client.get("/v1/lookup", params={"q": "S17", "type": "scenes"}).json()
    assert page["items"][0]["naming"]["thing"]["id"] == "S17"


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"q": "？"}, "q"),
        ({"q": "长" * 300}, "q"),
        ({"q": "S17", "type": "galaxies"}, "type"),
        ({"q": "S17", "limit": "0"}, "limit"),
    ],
)
def test_faults_name_the_field(client: TestClient, parameters: dict[str, str], field: str) -> None:
    answer = client.get("/v1/lookup", params=parameters)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
