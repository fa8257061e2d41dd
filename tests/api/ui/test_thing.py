"""The page of a thing, read as HTML and as files."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph

THINGS = {
    "scene": "S17",
    "scene of 2025": "2025-S24",
    "case": "I008",
    "solution": "MIIT2025-09",
    "provider": "中控技术",
    "standard": "GB/T 39116-2020",
    "factory": "factory-00d355a6bdce",
    "enterprise": "宝山钢铁股份有限公司",
    "industry": "C36",
    "place": "江苏省",
    "level": "L3",
    "area": "A03",
    "segment": "质量管控",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", THINGS.values(), ids=THINGS)
def test_every_kind_of_thing_has_facts_a_drawing_its_lists_and_sources(
    client: TestClient, name: str, language: str
) -> None:
    page = client.get(f"/thing/{name}", params={"lang": language})
    assert page.status_code == 200
    assert "<svg" in page.text
    assert 'class="things"' in page.text
    assert ("出处" if language == "zh" else "Sources") in page.text


def test_a_thing_of_which_nothing_leads_on_says_so(client: TestClient) -> None:
    page = client.get("/thing/K07").text
    assert "没有记录与它相关的事物。" in page
    assert "<svg" not in page


def test_the_drawing_and_the_lists_say_the_same(client: TestClient) -> None:
    page = client.get("/thing/MIIT2025-09").text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    lists = page[page.index("</svg>") :]
    drawn = set(re.findall(r'href="(/thing/[^"]+)"', drawing))
    assert len(drawn) > 2
    assert drawn == set(re.findall(r'href="(/thing/[^"]+)"', lists))


def test_what_is_not_drawn_is_counted_and_leads_to_the_list(client: TestClient) -> None:
    page = client.get("/thing/S17").text
    assert re.search(r'href="#in_scene-in"[^>]*>.*?另外 \d+ 项', page)
    assert 'id="in_scene-in"' in page


def test_contradictions_stand_side_by_side_with_who_says_what(client: TestClient) -> None:
    found = next(
        name
        for name in client.get("/v1/factories?limit=200").json()["items"]
        if client.get(f"/v1/factories/{name['id']}").json()["conflicts"]
    )
    page = client.get(f"/thing/{found['id']}").text
    assert "来源不一致" in page
    table = page[page.index("来源不一致") :]
    assert table[: table.index("</table>")].count("<tr>") >= 3


def test_a_provisional_name_is_marked_at_the_head(client: TestClient) -> None:
    head = re.search(r"<h1>.*?</h1>", client.get("/thing/S12").text)
    assert head
    assert "名称暂定" in head[0]
    attested = re.search(r"<h1>.*?</h1>", client.get("/thing/S17").text)
    assert attested
    assert "名称暂定" not in attested[0]


def test_a_thing_can_be_taken_as_turtle_and_as_json(client: TestClient) -> None:
    turtle = client.get("/file/ttl/GB/T 39116-2020")
    assert turtle.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=turtle.text, format="turtle")
    assert any("39116" in str(subject) for subject in graph.subjects())
    told = client.get("/file/json/S17").json()
    assert told["name"] == "在线智能检测"
    assert told["evidence"]
    assert client.get("/file/json/S99").status_code == 404


def test_a_thing_leads_on_to_the_questions_it_lends_itself_to(client: TestClient) -> None:
    assert 'href="/cases?scene=S17"' in client.get("/thing/S17").text
    assert "/cases?like=instance-" in client.get("/thing/I008").text


def test_what_no_source_names_is_told_by_its_kind(client: TestClient) -> None:
    page = client.get("/thing/宝山钢铁股份有限公司").text
    assert "（未具名）工厂 " in page
    assert ">factory-" not in page
