"""GET and POST /v1/cases."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

QUESTION = "钢板表面缺陷靠人工目检，漏检多"


def test_cases_come_with_scene_basis_source_and_total(client: TestClient) -> None:
    page = client.get("/v1/cases", params={"q": QUESTION, "limit": 3}).json()
    answer = page
    assert answer["ranked_by"] == "scene"
    assert answer["total"] == 323
    assert len(answer["items"]) == 3
    for case in answer["items"]:
        assert case["scenes"][0]["basis"] in {"awarded", "assigned"}
        assert case["evidence"][0]["url"].startswith("http")
        assert {"scene", "text", "dense", "industry"} <= set(case["contributions"])


def test_next_links_lead_through_all_cases_once(client: TestClient) -> None:
    seen: list[str] = []
    link = "/v1/cases?q=设备预测性维护&industry=C31&limit=7"
    while link:
        page = client.get(link).json()
        seen += [case["id"] for case in page["items"]]
        link = page["next"]
    assert len(seen) == page["total"] > 7
    assert len(set(seen)) == len(seen)


def test_posting_gives_the_same_cases_as_getting(client: TestClient) -> None:
    got = client.get("/v1/cases", params={"q": QUESTION, "province": "江苏"}).json()
    posted = client.post("/v1/cases", json={"text": QUESTION, "province": ["320000"]}).json()
    assert [case["id"] for case in got["items"]] == [case["id"] for case in posted["items"]]


def test_the_own_enterprise_can_be_left_out(client: TestClient) -> None:
    first = client.get("/v1/cases", params={"q": QUESTION, "limit": 1}).json()["items"][0]
    owner = first["enterprise"]
    page = client.get(
        "/v1/cases", params={"q": QUESTION, "exclude_enterprise": owner["name"], "limit": 200}
    ).json()
    owners = {case["enterprise"]["id"] for case in page["items"] if case["enterprise"]}
    assert owner["id"] not in owners


def test_a_valid_filter_without_hits_is_200_with_0(client: TestClient) -> None:
    answer = client.get("/v1/cases", params={"q": QUESTION, "province": "西藏"})
    assert answer.status_code == 200
    assert answer.json()["total"] == 0


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        ("scene", "S99", "S"),
        ("segment", "质量管制", "质量管控"),
        ("province", "江酥", "江苏"),
        ("industry", "C99", "C"),
        ("level", "优秀级", "级"),
        ("grade", "D", ""),
        ("basis", "guessed", ""),
        ("provnce", "江苏", "province"),
    ],
)
def test_an_unknown_value_is_422_and_names_what_is_near(
    client: TestClient, name: str, value: str, nearest: str
) -> None:
    answer = client.get("/v1/cases", params={"q": QUESTION, name: value})
    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["field"], problem["value"]) == (name, value if name != "provnce" else name)
    assert not nearest or any(nearest in one for one in problem["nearest"])


def test_a_question_beyond_200_characters_is_posted_not_got(client: TestClient) -> None:
    assert client.get("/v1/cases", params={"q": "检" * 201}).status_code == 422
    assert client.post("/v1/cases", json={"text": QUESTION * 20}).status_code == 200


def test_a_question_that_fits_no_scene_is_ranked_by_text_and_says_so(client: TestClient) -> None:
    answer = client.get("/v1/cases", params={"q": "公司年会抽奖名单"}).json()
    assert answer["match"]["decision"] == "no_scene"
    assert answer["ranked_by"] == "text"


def test_a_level_under_public_notice_says_so(client: TestClient) -> None:
    page = client.get("/v1/cases", params={"q": QUESTION, "level": "卓越级", "limit": 200}).json()
    statuses = {level["status"] for case in page["items"] for level in case["levels"]}
    assert statuses == {"awarded", "publicised"}


def test_a_scene_of_the_other_edition_filters_by_its_counterparts(client: TestClient) -> None:
    new = client.get("/v1/cases", params={"q": "换型太慢", "scene": "2025-S20"}).json()
    old = client.get("/v1/cases", params={"q": "换型太慢", "scene": "S12"}).json()
    assert new["total"] == old["total"] > 0


def test_a_parameter_of_one_value_given_twice_is_422(client: TestClient) -> None:
    answer = client.get("/v1/cases?q=检测&limit=2&limit=3")
    assert (answer.status_code, answer.json()["field"]) == (422, "limit")


@pytest.mark.parametrize(
    "body",
    [
        {"text": QUESTION, "province": ["\ud800"]},
        {"text": QUESTION, "exclude_enterprise": "\ud800"},
        {"text": QUESTION, "\ud800": 1},
        {"text": "\ud800"},
        {"text": QUESTION, "exclude_enterprise": "海尔" * 20_000},
        {"text": QUESTION, "scene": ["S12"] * 20_000},
    ],
)
def test_odd_values_are_refused_and_break_nothing(
    client: TestClient, body: dict[str, object]
) -> None:
    content = json.dumps(body)  # ASCII escapes, so that half a surrogate pair gets through
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/cases", content=content, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_case_says_what_makes_it_comparable(client: TestClient) -> None:
    page = client.get("/v1/cases", params={"q": QUESTION, "for_industry": "C31"}).json()
    for case in page["items"]:
        parts = sum(page["weights"][name] * value for name, value in case["contributions"].items())
        assert case["score"] == pytest.approx(parts, abs=1e-5)
        assert all(0 <= value <= 1 for value in case["contributions"].values())
    assert page["asker"]["industry"] == ["gbt4754-C31"]
    assert page["items"][0]["contributions"]["industry"] == 1


def test_a_known_case_is_compared_with_others_of_any_industry(client: TestClient) -> None:
    own = client.get("/v1/instances/I289").json()
    page = client.get("/v1/cases", params={"like": "I289", "industry": "C36", "limit": 5}).json()
    assert page["ranked_by"] == "scene"
    assert page["asker"]["scenes"][0] == "S17"
    assert all(case["id"] != own["id"] for case in page["items"])
    for case in page["items"]:
        assert "S17" in {scene["id"] for scene in case["scenes"]}
    posted = client.post("/v1/cases", json={"like": "I289", "industry": ["C36"], "limit": 5})
    assert posted.json()["items"] == page["items"]


def test_a_factory_is_compared_by_the_cases_of_its_enterprise(client: TestClient) -> None:
    case = client.get("/v1/cases", params={"q": QUESTION, "level": "领航级", "limit": 1}).json()
    factory = case["items"][0]["levels"][0]["factory"]
    page = client.get("/v1/cases", params={"like": factory["id"], "limit": 5}).json()
    owner = case["items"][0]["enterprise"]["id"]
    assert page["asker"]["level"]
    assert owner not in {one["enterprise"]["id"] for one in page["items"] if one["enterprise"]}


def test_figures_are_the_enterprises_own_and_medians_need_three(client: TestClient) -> None:
    page = client.get("/v1/cases", params={"q": "提高生产效率", "kpi": "K07", "limit": 200}).json()
    assert page["hits"] > 3
    assert "企业自述" in page["effects_note"]
    for summary in page["effects"]:
        assert summary["median"] is None or summary["enterprises"] >= 3
    wanted = client.get(
        "/v1/cases", params={"q": "提高生产效率", "effect": "K07:change>=50%", "limit": 200}
    ).json()
    assert 0 < wanted["hits"] < page["hits"]
    for case in wanted["items"]:
        changes = [one for one in case["figures"] if one["kpi"] == "K07"]
        assert max(one["low"] or 0 for one in changes) >= 50


@pytest.mark.parametrize(
    ("parameters", "field", "words"),
    [
        ({}, "q", "either a text or"),
        ({"q": QUESTION, "like": "I289"}, "q", "either a text or"),
        ({"like": "S17"}, "like", "no instance or factory"),
        ({"q": QUESTION, "effect": "K07>30"}, "effect", "must look like"),
        ({"q": QUESTION, "effect": "K99:change>=30%"}, "kpi", "K99"),
        ({"q": QUESTION, "weight": "industry"}, "weight", "must look like"),
        ({"q": QUESTION, "weight": "luck:1"}, "weights", "luck"),
        ({"q": QUESTION, "weight": "effects:0.5"}, "weights", "a tenth"),
        ({"q": QUESTION, "technology": "没有这种技术"}, "technology", "没有这种技术"),
        ({"q": QUESTION, "has": "luck"}, "has", "luck"),
    ],
)
def test_what_cannot_be_asked_is_422_and_named(
    client: TestClient, parameters: dict[str, str], field: str, words: str
) -> None:
    answer = client.get("/v1/cases", params=parameters)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert words in answer.json()["detail"]


def test_figures_are_put_together_of_the_most_comparable_cases_alone(client: TestClient) -> None:
    page = client.get("/v1/cases", params={"q": QUESTION, "limit": 200, "fold": False}).json()
    least = page["items"][0]["score"] / 2
    near = [case for case in page["items"] if case["score"] >= least]
    assert 0 < len(near) < page["hits"]
    stating = {
        case["enterprise"]["id"]
        for case in near
        for figure in case["figures"]
        if (figure["kpi"], figure["kind"]) == ("K07", "change")
    }
    told = {(one["kpi"], one["kind"]): one["enterprises"] for one in page["effects"]}
    assert told.get(("K07", "change"), 0) == len(stating)
