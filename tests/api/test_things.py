"""GET /v1/{type} and /v1/{type}/{id}."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

TOTALS = {
    "scenes": 40,
    "segments": 15,
    "instances": 323,
    "solutions": 136,
    "standards": 340,
}


@pytest.mark.parametrize(("path", "total"), TOTALS.items())
def test_lists_have_the_totals_of_the_source_tables(
    client: TestClient, path: str, total: int
) -> None:
    assert client.get(f"/v1/{path}").json()["total"] >= total


@pytest.mark.parametrize("path", [*TOTALS, "factories", "enterprises", "providers", "industries"])
def test_next_links_lead_through_the_whole_list_once(client: TestClient, path: str) -> None:
    seen: list[str] = []
    link = f"/v1/{path}?limit=150"
    while link:
        page = client.get(link).json()
        seen += [item["id"] for item in page["items"]]
        link = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] > 0
    if path != "standards":  # these go by code, the newest edition first
        assert seen == sorted(seen)


def test_lists_take_filters_by_name_code_or_id(client: TestClient) -> None:
    totals = {
        client.get("/v1/instances", params={"industry": value}).json()["total"]
        for value in ("C31", "gbt4754-C31", "黑色金属冶炼和压延加工业")
    }
    assert len(totals) == 1
    assert totals.pop() >= 31


def test_standards_of_a_scene_have_basis_level_and_status(client: TestClient) -> None:
    answer = client.get("/v1/standards", params={"scene": "S17"}).json()
    assert answer["total"] > 5
    first = answer["items"][0]
    assert first["links"][0]["end"]["label"] == "Scene"
    assert first["links"][0]["basis"] in {"published", "assigned"}
    assert first["status"]
    assert first["links"][0]["evidence"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/scenes/S17", "在线智能检测"),
        ("/v1/scenes/在线智能检测", "在线智能检测"),
        ("/v1/segments/E07", "质量管控"),
        ("/v1/standards/GB/T 39116-2020", "智能制造能力成熟度模型"),
        ("/v1/instances/I002", "多机协同的发动机壳体柔性加工与检测"),
        ("/v1/industries/C31", "黑色金属冶炼和压延加工业"),
        ("/v1/enterprises/宝山钢铁股份有限公司", "宝山钢铁股份有限公司"),
    ],
)
def test_a_thing_is_found_by_id_key_code_or_name(client: TestClient, path: str, name: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.json()["name"] == name
    assert answer.json()["evidence"]


def test_an_unknown_thing_is_404_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/v1/scenes/S77")
    assert answer.status_code == 404
    assert "S17" in answer.json()["nearest"]


def test_an_enterprise_is_no_provider(client: TestClient) -> None:
    answer = client.get("/v1/providers/宝山钢铁股份有限公司")
    assert answer.status_code == 404


def test_an_unknown_type_is_404_with_the_known_ones(client: TestClient) -> None:
    assert client.get("/v1/instance/I002").json()["nearest"][0] == "instances"


def test_an_unknown_parameter_is_422(client: TestClient) -> None:
    assert client.get("/v1/scenes", params={"segmnt": "E07"}).status_code == 422
