"""The page of standard clusters and its files."""

from __future__ import annotations

import csv
import io
import re

from fastapi.testclient import TestClient
from openpyxl import load_workbook


def test_what_can_be_asked_for_is_a_click_away(client: TestClient) -> None:
    page = client.get("/clusters").text
    offered = re.findall(r'href="/clusters\?kind=(\w+)&amp;of=([\w-]+)"', page)
    kinds = [kind for kind, _ in offered]
    assert (kinds.count("area"), kinds.count("segment"), kinds.count("scene")) == (5, 15, 40)
    for kind in ("area", "segment", "scene"):
        address = next(of for found, of in offered if found == kind)
        assert client.get(f"/clusters?kind={kind}&of={address}").status_code == 200


def test_a_cluster_shows_members_roles_and_status_with_their_sources(client: TestClient) -> None:
    page = client.get("/clusters?kind=scene&of=S17").text
    answer = client.get("/v1/clusters?scene=S17").json()
    assert f"共 {answer['cluster']['total']} 项标准" in page
    for member in answer["cluster"]["items"]:
        assert member["standard"]["code"] in page
    drawn = [int(count) for count in re.findall(r'class="on-\d cell">(\d+)<', page)]
    assert sum(drawn) == answer["cluster"]["total"]
    assert "作用由本项目判定" in page


def test_the_files_hold_every_member_with_its_source(client: TestClient) -> None:
    total = client.get("/v1/clusters?area=A03").json()["cluster"]["total"]
    written = client.get("/clusters/export.csv?kind=area&of=A03")
    assert written.headers["content-disposition"].endswith("area-A03-standards.csv")
    rows = list(csv.reader(io.StringIO(written.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + total
    assert all(row[rows[0].index("出处")] for row in rows[1:])
    book = load_workbook(
        io.BytesIO(client.get("/clusters/export.xlsx?kind=area&of=A03&lang=en").content)
    )
    assert book.sheetnames == ["Standard clusters", "About"]
    assert book.worksheets[0].max_row == 1 + total
    assert "assigned by this project" in str([c.value for c in book.worksheets[1]["B"]])


def test_a_text_leads_to_the_cluster_of_its_scenes_or_to_the_reason_why_not(
    client: TestClient,
) -> None:
    text = "用视觉相机在线检查轮毂表面缺陷，替代人工目检"
    assert "S17 在线智能检测" in client.post("/clusters", data={"text": text}).text
    page = client.post("/clusters", data={"text": "明天食堂吃什么"}).text
    assert "没有合适的典型场景" in page
    assert "<table" not in page


def test_an_industry_without_standards_says_that_none_is_known_not_that_none_is(
    client: TestClient,
) -> None:
    page = client.get("/clusters?kind=industry&of=C17").text
    total = client.get("/v1/clusters?industry=C17").json()["cluster"]["total"]
    assert ("这不代表没有" in page) == (total == 0)


def test_a_name_that_is_none_and_a_day_that_is_none_are_told(client: TestClient) -> None:
    page = client.get("/clusters?kind=scene&of=S99&lang=en")
    assert page.status_code == 422
    assert "S29" in page.text
    assert client.get("/clusters?of=S17&as_of=gestern").status_code == 422
    assert client.get("/clusters?kind=town&of=S17").status_code == 422
