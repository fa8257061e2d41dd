"""The page where a solution fits next."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

CASTINGS = "用工业相机和深度学习在线判读铸件表面缺陷"


def test_providers_are_offered_and_lead_to_where_they_fit(client: TestClient) -> None:
    page = client.get("/provider").text
    address = re.findall(r'href="(/provider\?of=[^"]+)"', page)[0]
    assert "处有实践的场景与行业" in client.get(address).text


def test_every_place_has_its_evidence_and_nobody_is_said_to_lack_anything(
    client: TestClient,
) -> None:
    page = client.get("/provider", params={"of": "中控技术"}).text
    answer = client.get("/v1/fits", params={"of": "中控技术", "limit": 15}).json()
    assert f"共 {answer['total']} 处" in page
    for item in answer["items"]:
        assert f"/thing/{item['examples'][0]['instance']['id']}" in page
    assert "不说明谁缺少方案" in page


def test_a_described_solution_says_that_it_was_matched_from_the_text(client: TestClient) -> None:
    page = client.get("/provider", params={"q": CASTINGS}).text
    assert "S17 在线智能检测" in page
    assert "由文字描述匹配" in page
    assert "公开发布" not in page


def test_the_industry_served_comes_first(client: TestClient) -> None:
    page = client.post("/provider", data={"text": CASTINGS, "industry": "C17"}).text
    (body,) = re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    assert body.index("纺织业") < body.index("通用设备制造业")


def test_what_fits_no_scene_says_why(client: TestClient) -> None:
    page = client.get("/provider", params={"q": "明天食堂吃什么"}).text
    assert "没有合适的典型场景" in page
    assert "<tbody>" not in page


def test_an_empty_text_and_an_unknown_name_are_told(client: TestClient) -> None:
    assert client.post("/provider", data={"text": " "}).status_code == 422
    assert client.get("/provider?of=nobody").status_code == 404
