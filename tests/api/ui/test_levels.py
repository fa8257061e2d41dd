"""The page of the level check: the form, the ladder, what is unknown stays unknown."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.ui.pages.levels_form import Filled, filled, profile_of
from ontology.errors import InvalidValue

WHEELS = "用视觉相机在线检查轮毂表面缺陷，替代人工目检"


def test_an_empty_form_checks_nothing(client: TestClient) -> None:
    page = client.get("/levels").text
    assert "没有填写的一律视为未知" in page
    assert 'class="drawing"' not in page
    assert client.post("/levels", data={"statement": ["", ""], "kpi": ["K01"]}).text == page


def test_the_ladder_says_of_each_level_what_the_answer_says(client: TestClient) -> None:
    answer = client.post("/v1/levels/check", json={"scenes": ["S15", "S17"], "target": "L3"}).json()
    page = client.get("/levels?scene=S15&scene=S17&target=L3").text
    (drawing,) = re.findall(r'<svg class="drawing".*?</svg>', page, re.S)
    for level in answer["levels"]:
        assert f"<title>{level['name']}: " in drawing
        assert f"未知 {level['counts']['unknown']})" in drawing
    assert "不是评估、认定或评审结论" in page


def test_a_filled_form_becomes_the_profile_that_the_service_checks(client: TestClient) -> None:
    form = {
        "industry": "C36",
        "texts": f"{WHEELS}\n\n明天食堂吃什么",
        "maturity_level": "3",
        "maturity_source": "2025 年评估",
        "kpi": ["K01", "K09"],
        "kpi_value": ["", "35"],
        "kpi_source": ["", "2025 年统计"],
        "kpi_scope": ["province", "province"],
        "kpi_average": ["", "12"],
        "kpi_leading": ["", ""],
        "kpi_peers": ["", "统计公报"],
        "statement": ["", "B1-1=yes", "B2-2=no"],
        "statement_source": "名录",
    }
    page = client.post("/levels", data=form).text
    assert "企业自述符合，出处：名录" in page
    assert "企业自述不符合，出处：名录" in page
    assert "填报的能力成熟度为 3 级" in page
    assert "没有对应的典型场景、未计入：“明天食堂吃什么”" in page
    assert "本次结果的网址" not in page  # a text does not go into an address


def test_what_fits_an_address_can_be_opened_again(client: TestClient) -> None:
    form = {"scene": ["S15", "S17"], "target": "L3"}
    page = client.post("/levels", data=form).text
    (address,) = re.findall(r'<a href="([^"]+)">本次结果的网址', page)
    assert address == "/levels?target=L3&amp;scene=S15&amp;scene=S17&amp;part=true"
    again = client.get(address.replace("&amp;", "&")).text
    ladders = [re.findall(r'<svg class="drawing".*?</svg>', one, re.S) for one in (page, again)]
    assert ladders[0] == ladders[1]


def test_a_known_enterprise_is_checked_by_its_name(client: TestClient) -> None:
    page = client.get("/levels", params={"factory": "宝山钢铁股份有限公司", "lang": "en"}).text
    assert "a factory of the enterprise is listed as" in page


def test_what_is_no_number_is_told_with_its_place_and_nothing_is_lost(client: TestClient) -> None:
    form = {"texts": WHEELS, "kpi": ["K09"], "kpi_value": ["三成"]}
    page = client.post("/levels", data=form)
    assert page.status_code == 422
    assert "kpis.K09.value" in page.text
    assert WHEELS in page.text
    assert 'value="三成"' in page.text
    assert client.get("/levels?factory=nobody").status_code == 422


@pytest.mark.parametrize(("written", "number"), [("1,200", 1200.0), ("35%", 35.0), (" 2.5 ", 2.5)])
def test_numbers_are_read_as_people_write_them(written: str, number: float) -> None:
    profile = profile_of(filled(kpi=["K09"], kpi_value=[written]))
    assert profile.kpis["K09"].value == number


def test_an_unknown_condition_is_refused_by_name() -> None:
    with pytest.raises(InvalidValue, match="maturity"):
        profile_of(Filled(maturity={"level": "many"}))


def test_an_english_page_says_in_english_why_a_condition_stands_as_it_does(
    client: TestClient,
) -> None:
    form = {
        "scene": ["S15"],
        "target": "L2",
        "maturity_level": "1",
        "kpi": ["K09"],
        "kpi_value": ["35"],
        "kpi_source": ["yearbook"],
    }
    page = client.post("/levels", params={"lang": "en"}, data=form).text
    assert "The maturity given is level 1; level 2 or above is asked for" in page
    assert "List all typical scenes that the factory covers" in page
    assert "nothing to compare with yet" in page
    assert "填报的能力成熟度" not in page
