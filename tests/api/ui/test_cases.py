"""The pages of cases, read as HTML and as files."""

from __future__ import annotations

import io
import re
from html import unescape

import docx
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

WHEELS = "轮毂表面缺陷靠人工目检，漏检多"


def picks(page: str) -> list[str]:
    """Return the ids of the cases on a page."""
    return re.findall(r'type="checkbox" name="pick" value="([^"]+)"', page)


def hits(page: str) -> int:
    """Return how many cases meet the conditions."""
    found = re.search(r"([\d,]+) 个案例符合条件", page)
    assert found
    return int(found[1].replace(",", ""))


def test_without_a_text_all_cases_are_listed_the_newest_first(client: TestClient) -> None:
    page = client.get("/cases").text
    assert hits(page) == 323
    years = [int(year) for year in re.findall(r"· (20\d\d)(?: ·|</p>)", page)]
    assert years
    assert years == sorted(years, reverse=True)
    assert "按年份从新到旧排列" in page


def test_a_facet_narrows_to_exactly_the_number_it_shows(client: TestClient) -> None:
    page = client.get("/cases").text
    facet = re.search(r'<a href="(/cases\?province=[^"]+)"[^>]*><span>江苏省</span>'
                      r'<span class="count">(\d+)</span>', page)  # fmt: skip
    assert facet
    narrowed = client.get(unescape(facet[1])).text
    assert hits(narrowed) == int(facet[2])
    assert "地区: 江苏省 ×" in narrowed


def test_a_chosen_filter_can_be_taken_away_alone(client: TestClient) -> None:
    page = client.get("/cases?industry=C36&scene=S17").text
    away = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert [unescape(one) for one in away] == ["/cases?industry=C36", "/cases?scene=S17"]


def test_every_provincial_unit_has_a_tile_and_the_tiles_add_up(client: TestClient) -> None:
    page = client.get("/cases").text
    drawing = page[page.index("map-title") :]
    counts = [int(n) for n in re.findall(r"<title>[^<：]+：(\d+) 个案例</title>", drawing)]
    assert len(counts) >= 34
    told = re.search(r"(\d+) 个案例注明地区，(\d+) 个未注明", page)
    assert told
    assert sum(counts[:34]) == int(told[1])
    assert int(told[1]) + int(told[2]) == 323
    for name in ("台湾", "香港", "澳门"):
        assert f"<title>{name}：" in drawing


def test_comparable_cases_say_in_what_they_are_alike(client: TestClient) -> None:
    page = client.get("/cases", params={"q": WHEELS}).text
    assert page.count("相近之处：场景") > 5
    assert "按场景、文字等相近程度排列" in page


def test_cases_like_a_known_one_leave_out_its_enterprise(client: TestClient) -> None:
    page = client.get("/cases?like=I289").text
    assert picks(page)
    assert "宝山钢铁股份有限公司 —" not in page


def test_that_no_case_meets_the_conditions_is_told_with_a_way_out(client: TestClient) -> None:
    page = client.get("/cases?scene=S17&year_from=1990&year_to=1991").text
    assert "没有案例符合这些条件" in page
    assert 'href="/cases"' in page


def test_empty_fields_of_the_form_are_no_conditions(client: TestClient) -> None:
    query = "q=&technology=&effect=&year_from=&year_to=&exclude_enterprise="
    assert hits(client.get(f"/cases?{query}").text) == 323


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("year_from=x", "起始年份：应是 1949 到 2100 之间的年份。"),
        ("year_from=2024&year_to=2020", "起始年份：晚于截止年份 2020。"),
        ("province=江酥", "没有找到地区“江酥”。"),
        ("offset=-1", "请求的格式不对。"),
        ("effect=K07", "成效条件“K07”无法使用。"),
    ],
)
def test_a_condition_that_cannot_be_met_is_told_by_name(
    client: TestClient, query: str, told: str
) -> None:
    page = client.get(f"/cases?{query}")
    assert page.status_code == 422
    assert told in page.text


def test_a_second_page_goes_on_where_the_first_ended(client: TestClient) -> None:
    first = client.get("/cases?scene=S17").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = client.get(unescape(following[1])).text
    assert picks(second)
    assert not set(picks(first)) & set(picks(second))


def test_what_was_picked_on_another_page_is_not_lost(client: TestClient) -> None:
    page = client.get("/cases?offset=10&pick=instance-0af704096b8f").text
    assert '<input type="hidden" name="pick" value="instance-0af704096b8f">' in page
    assert "另有 1 个已选案例不在本页" in page


def test_cases_stand_side_by_side_with_what_sources_do_not_say(client: TestClient) -> None:
    some = picks(client.get("/cases").text)[:3]
    page = client.get("/compare", params={"pick": some}).text
    assert page.count('<th scope="col">') == 3
    assert "来源未写" in page
    assert page.count("出处：") == 3


def test_more_than_four_are_not_put_side_by_side(client: TestClient) -> None:
    some = picks(client.get("/cases").text)[:5]
    page = client.get("/compare", params={"pick": some})
    assert page.status_code == 422
    assert "请选 1 到 4 个" in page.text


def test_none_picked_says_how_to_pick(client: TestClient) -> None:
    assert "还没有选择案例" in client.get("/compare").text
    assert client.get("/collection").status_code == 422


def test_a_selection_is_taken_along_with_its_sources_in_three_forms(client: TestClient) -> None:
    some = picks(client.get("/cases").text)[:2]
    sheet = client.get("/collection", params={"pick": some, "form": "xlsx"})
    assert "attachment" in sheet.headers["content-disposition"]
    cases, sources, _ = load_workbook(io.BytesIO(sheet.content)).worksheets
    assert cases.max_row == 3
    assert [row[1].value for row in cases.iter_rows(min_row=2)] == some
    assert any(str(row[2].value).startswith("http") for row in sources.iter_rows(min_row=2))
    word = client.get("/collection", params={"pick": some, "form": "docx", "lang": "en"})
    document = docx.Document(io.BytesIO(word.content))
    assert document.paragraphs[0].text == "Cases of smart factory scenes"
    assert len(document.tables) == 2
    text = client.get("/collection", params={"pick": some, "form": "md"}).text
    assert text.count("\n## ") == 2
    assert "标注人员判断" in text


def test_a_picked_case_that_is_not_there_is_told(client: TestClient) -> None:
    page = client.get("/compare?pick=instance-none")
    assert page.status_code == 422
    assert "没有找到" in page.text


def test_abbreviations_among_technologies_are_written_as_such(client: TestClient) -> None:
    page = client.get("/cases").text
    assert "<span>MES</span>" in page
    assert "<span>mes</span>" not in page
    assert "technology=mes" in page  # what the index calls it


def test_where_nothing_is_found_no_heading_stands_without_its_facets(client: TestClient) -> None:
    page = client.get("/cases", params={"scene": "S17", "year_to": "1991"}).text
    assert "没有案例符合这些条件" in page
    assert "缩小范围" not in page


def test_industries_are_named_in_the_language_of_the_page(client: TestClient) -> None:
    page = client.get("/cases", params={"lang": "en"}).text
    assert "<span>Electrical machinery and equipment</span>" in page
    assert "Automobiles" in client.get("/guide", params={"lang": "en"}).text
