"""The page of the guide: editions side by side, provisional names marked, coverage drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.ui.pages import guide as guide_page
from ingest.guide.imported import keep
from ingest.pipeline import build
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store
from ontology.guide import load_guide


def test_each_of_the_34_provisional_names_is_marked_wherever_it_stands(client: TestClient) -> None:
    page = client.get("/guide").text
    tables = "".join(re.findall(r'<table class="table-stack guide-table">.*?</table>', page, re.S))
    rows = re.findall(r"<tr>\n<td>(.*?)</td>", tables, re.S)
    assert len(rows) == 40
    assert sum("名称暂定" in row for row in rows) == 34
    (attested,) = (row for row in rows if "S17 在线智能检测" in row)
    assert "名称暂定" not in attested


def test_a_scene_stands_beside_its_counterpart_and_its_earlier_names(client: TestClient) -> None:
    page = client.get("/guide").text
    (row,) = re.findall(r"<tr>\n<td><a href=\"/thing/S17\">.*?</tr>", page, re.S)
    assert "2025-S24 在线智能检测" in row
    assert "与本场景等同" in row
    assert "智能在线检测" in row
    assert "凭记忆记录、未核对" in row


def test_the_2025_edition_leads_where_it_is_asked_for(client: TestClient) -> None:
    page = client.get("/guide?edition=2025&lang=en").text
    assert "What changed, from 2025 to 2024" in page
    assert "No source puts the segments of 2025 in construction areas" in page
    (row,) = re.findall(r"<tr>\n<td><a href=\"/thing/2025-S30\?lang=en\">.*?</tr>", page, re.S)
    assert "none found" in row


def test_a_cell_of_the_heat_map_counts_what_the_cases_behind_it_are(client: TestClient) -> None:
    page = client.get("/guide").text
    cells = re.findall(
        r'<a href="(/cases\?industry=[^"]+&amp;segment=[^"]+)"><title>[^<]*：(\d+) 个案例', page
    )
    assert len(cells) > 50
    address, count = max(cells, key=lambda cell: int(cell[1]))
    assert f"{count} 个案例符合条件" in client.get(address.replace("&amp;", "&")).text


def test_an_edition_or_industry_that_is_none_is_told_on_the_page(client: TestClient) -> None:
    page = client.get("/guide?edition=2023")
    assert page.status_code == 422
    assert "没有找到指引版本“2023”" in page.text
    assert client.get("/guide?industry=C99").status_code == 422


def test_the_heat_map_shows_some_industries_at_a_time_and_all_in_pages(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide_page, "SHOWN", 1000)
    whole = client.get("/guide").text
    monkeypatch.setattr(guide_page, "SHOWN", 10)
    told: list[str] = []
    for offset in range(0, 40, 10):
        page = client.get("/guide", params={"offset": offset}).text
        told += rows_of(page)
    assert told == rows_of(whole)
    assert len(rows_of(client.get("/guide").text)) == 10


def rows_of(page: str) -> list[str]:
    """Return the industries in the table of the heat map."""
    found: list[str] = re.findall(r'<tr><th scope="row"><a href="/cases\?industry=([^"]+)"', page)
    return found


@pytest.fixture
def renamed(tmp_path: Path) -> Iterator[TestClient]:
    """A client of a service whose edition of 2024 was imported, with another name of S11."""
    settings = Settings(data=tmp_path, poll_seconds=3600)
    guide = load_guide()
    scene = replace(guide.scene("S11"), name="生产智能调度", name_status="attested")
    scenes = tuple(scene if one.id == scene.id else one for one in guide.scenes)
    keep(replace(guide, scenes=scenes), settings.guides)
    with open_store(settings.store_url) as store:
        build(store, guides=settings.guides)
        with TestClient(create_app(settings, store, packaged_model())) as client:
            yield client


def test_an_imported_text_is_the_edition_that_the_page_shows(renamed: TestClient) -> None:
    page = renamed.get("/guide").text
    (cell,) = re.findall(r'<td><a href="/thing/S11">.*?</td>', page)
    assert "生产智能调度" in cell
    assert "名称暂定" not in cell
    for query in ("lang=en", "edition=2025", "edition=2025&lang=en"):
        assert "生产智能调度" in renamed.get(f"/guide?{query}").text  # it has no English name yet
    assert "生产智能调度" in renamed.get("/?q=排产全靠调度员经验，插单就乱").text
