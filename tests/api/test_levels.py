"""POST /v1/levels/check: a factory held against the notice, and the way to the next level."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import main

WHEELS = "用视觉相机在线检查轮毂表面缺陷，替代人工目检"
OFF_TOPIC = "明天食堂吃什么"


def check(client: TestClient, **profile: Any) -> dict[str, Any]:
    """Return the answer to a profile."""
    answer = client.post("/v1/levels/check", json=profile)
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def verdicts(answer: dict[str, Any]) -> dict[str, str]:
    """Return the verdict of every clause of every level."""
    return {
        f"{level['id']} {clause['id']}": clause["verdict"]
        for level in answer["levels"]
        for clause in level["clauses"]
    }


def test_texts_count_for_the_scene_they_match_and_what_fits_none_is_told(
    client: TestClient,
) -> None:
    answer = check(client, texts=[WHEELS, OFF_TOPIC])
    (covered,) = answer["covered"]
    assert (covered["scene"], covered["basis"]) == ("S17", "matched")
    assert covered["probability"] > 0.8
    assert answer["unmatched"] == [OFF_TOPIC]
    assert verdicts(answer)["L1 L1-F"] == "met"
    assert "请核实" in floor(answer, "L1")["why"]


def floor(answer: dict[str, Any], level: str) -> dict[str, Any]:
    """Return the check of a level's floor."""
    clauses = next(one["clauses"] for one in answer["levels"] if one["id"] == level)
    found: dict[str, Any] = next(
        one["conditions"][0] for one in clauses if one["id"] == f"{level}-F"
    )
    return found


@pytest.mark.parametrize(
    "text",
    [
        "工厂还没有做质量在线检测",
        "设备都没有联网，无法监控",
        "设备",
        "We have no inspection, never had",
    ],
)
def test_a_denial_or_a_bare_word_covers_nothing(client: TestClient, text: str) -> None:
    answer = check(client, texts=[text])
    assert answer["covered"] == []
    assert verdicts(answer)["L1 L1-F"] == "unknown"


def test_what_we_cannot_match_is_not_held_against_the_factory(client: TestClient) -> None:
    profiles: tuple[dict[str, Any], ...] = (
        {"texts": [OFF_TOPIC]},
        {"texts": []},
        {"scenes": ["S17"], "texts": [OFF_TOPIC]},
    )
    for one in profiles:
        assert verdicts(check(client, **one))["L2 L2-F"] == "unknown"
    told = check(client, scenes=["S17"], texts=[OFF_TOPIC], complete=True)
    assert verdicts(told)["L2 L2-F"] == "not_met"


def test_a_name_of_another_edition_counts_as_mapped_not_as_stated(client: TestClient) -> None:
    answer = check(client, scenes=["2025-S25", "ｓ１７"])
    assert [(one["scene"], one["basis"], one["origin"]) for one in answer["covered"]] == [
        ("S18", "mapped", "2025-S25"),
        ("S17", "stated", "ｓ１７"),
    ]


def test_an_indicator_given_twice_is_refused_and_figures_are_told(client: TestClient) -> None:
    peers = {"province": {"average": 1, "source": "统计公报"}}
    twice = {"K09": {"value": 9, "peers": peers}, "产品不良率下降": {"value": 0, "peers": peers}}
    answer = client.post("/v1/levels/check", json={"kpis": twice})
    assert (answer.status_code, answer.json()["field"]) == (422, "kpis.产品不良率下降")
    told = check(client, kpis={"K09": {"value": 9, "peers": peers}})
    clause = next(one for one in told["levels"][0]["clauses"] if one["id"] == "L1-R1")
    why = clause["conditions"][1]["why"]
    for words in ("产品不良率下降", "9", "未给出处", "平均 1", "统计公报", "只比较了所填报的 1 项"):
        assert words in why


def test_the_highest_level_has_none_below_that_is_not_met(client: TestClient) -> None:
    stated = {one["id"]: True for one in client.get("/v1/levels/statements").json()["items"]}
    scenes = [f"S{number:02}" for number in range(1, 41)]
    peers = {
        scope: {"average": 1, "leading": 2, "source": "x"}
        for scope in ("province", "country", "world")
    }
    profile = {
        "scenes": scenes,
        "statements": stated,
        "maturity": {"level": 5, "peers": peers},
        "kpis": {"K09": {"value": 3, "peers": peers}},
    }
    assert check(client, **profile)["highest"] == "L4"
    assert check(client, **profile)["next"] is None
    lower = check(client, **profile | {"statements": stated | {"L1-A01-1": False}})
    assert (lower["highest"], lower["next"]["level"]) == (None, "L1")


def test_scenes_may_be_named_in_any_edition_that_leads_to_2024(client: TestClient) -> None:
    answer = check(client, scenes=["S17", "在线智能检测", "2025-S24"])
    scenes = [one["scene"] for one in answer["covered"]]
    assert len(scenes) == 3
    assert set(scenes) <= {f"S{n:02}" for n in range(1, 41)}


def test_the_way_leads_over_cases_of_that_level_to_solutions_and_standards(
    client: TestClient,
) -> None:
    path = check(client, scenes=["S17"], industry=["C31"], target="卓越级")["next"]
    assert path["level"] == "L3"
    assert [one["id"] for one in path["open"]][-1].startswith("L3-R")
    shown = [case for scene in path["scenes"] for case in scene["cases"]]
    assert shown
    for case in shown:
        assert {level["id"] for level in case["levels"]} <= {"L3", "L4"}
        assert case["evidence"][0]["locator"]
    assert any(scene["used_total"] for scene in path["scenes"])
    assert any(scene["standards"] for scene in path["scenes"])
    assert {scene["scene"]["id"] for scene in path["scenes"] if scene["covered"]} == {"S17"}


def test_a_near_industry_comes_first_on_the_way(client: TestClient) -> None:
    def first(*industry: str) -> list[str]:
        path = check(client, industry=list(industry), target="L1")["next"]["scenes"]
        return [scene["cases"][0]["instance"]["id"] for scene in path if scene["cases"]]

    assert first("C31") != first("C34") != first()
    steel = client.get("/v1/instances?industry=C31&limit=200").json()["items"]
    known = {one["id"] for one in steel}
    assert sum(one in known for one in first("C31")) > sum(one in known for one in first("C34"))


def test_an_enterprise_is_shown_others_of_its_industry_never_itself(client: TestClient) -> None:
    path = check(client, factory="宝山钢铁股份有限公司", target="L4")["next"]
    owners = {case["enterprise"]["name"] for scene in path["scenes"] for case in scene["cases"]}
    assert owners
    assert "宝山钢铁股份有限公司" not in owners


def test_cases_of_the_enterprise_are_open_for_a_factory_of_it(client: TestClient) -> None:
    factories = client.get("/v1/factories?enterprise=宝山钢铁股份有限公司").json()["items"]
    answer = check(client, factory=factories[0]["id"])
    assert answer["covered"] == []
    assert {one["basis"] for one in answer["possible"]} == {"attested"}
    assert verdicts(answer)["L1 L1-F"] == "unknown"


def test_a_known_factory_brings_its_listed_level_and_cases(client: TestClient) -> None:
    answer = check(client, factory="宝山钢铁股份有限公司")
    assert [one["id"] for one in answer["attested"]] == ["L4"]
    assert {one["basis"] for one in answer["covered"]} == {"attested"}
    floors = [verdicts(answer)[f"L{n} L{n}-F"] for n in (1, 2, 3, 4)]
    assert floors[0] == "met"
    assert "not_met" not in floors
    assert answer["next"] is None


def test_an_awarded_level_counts_as_awarded_before(client: TestClient) -> None:
    listed = client.get("/v1/factories?level=L3&limit=200").json()["items"]
    named = check(client, factory=listed[0]["id"])
    awarded = {one["status"] for one in named["attested"]} == {"awarded"}
    stated = next(
        condition
        for clause in named["application"]
        for condition in clause["conditions"]
        if condition["id"] == "P2-3"
    )
    assert (stated["verdict"] == "met") == awarded


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        ({"scenes": ["S99"]}, "scenes"),
        ({"scenes": ["2025-S99"]}, "scenes"),
        ({"texts": ["  "]}, "texts[0]"),
        ({"factory": "没有这家公司"}, "factory"),
        ({"factory": "S17"}, "factory"),
        ({"kpis": {"K99": {"value": 1}}}, "kpis.K99"),
        ({"kpis": {"K07": {"value": "many"}}}, "kpis.K07.value"),
        ({"kpis": {"K07": {"peers": {"galaxy": {}}}}}, "kpis.K07.peers.galaxy.[key]"),
        ({"statements": {"B5-1": True}}, "statements.B5-1"),
        ({"statements": {"B1-1": {"source": "x"}}}, "statements.B1-1.StatementForm.holds"),
        ({"maturity": {"level": 7}}, "maturity.level"),
        ({"target": "L9"}, "target"),
        ({"maturity": {"level": True}}, "maturity.level"),
        ({"statements": {"D1-1": True}}, "statements.D1-1"),
        ({"kpis": {"K01": {"value": 5000}}}, "kpis.K01.value"),
        ({"texts": ["字" * 19_000] * 4}, "texts"),
        ({"industry": ["没有这个行业"]}, "industry"),
        ({"level": "L3"}, "level"),
    ],
)
def test_a_faulty_profile_is_refused_with_the_field(
    client: TestClient, profile: dict[str, Any], field: str
) -> None:
    answer = client.post("/v1/levels/check", json=profile)
    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_what_can_be_stated_is_listed_with_words_and_place(client: TestClient) -> None:
    page = client.get("/v1/levels/statements").json()
    assert page["total"] == len(page["items"])
    assert page["items"][0] == {
        "id": "B1-1",
        "text": "企业应为规模以上工业企业",
        "place": "附件2 一、基础要求 第1项",
        "levels": ["L1", "L2", "L3", "L4"],
    }


def test_development_counts_each_enterprise_at_its_highest_level(client: TestClient) -> None:
    steps = client.get("/v1/levels/development").json()["steps"]
    assert [step["level"] for step in steps] == ["L1", "L2", "L3", "L4"]
    top = steps[-1]
    assert top["enterprises"] > 0
    assert all(scene["enterprises"] <= top["enterprises"] for scene in top["scenes"])
    assert set(top["new"]) <= {scene["scene"]["id"] for scene in top["scenes"]}
    some = client.get("/v1/levels/development?industry=C31").json()["steps"]
    assert some[-1]["enterprises"] <= top["enterprises"]


def test_the_command_reads_a_file_and_tells_of_faults_in_it(
    packaged_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"scenes": ["S15"], "statements": {"B1-1": False}}), "utf-8-sig")
    run = CliRunner().invoke(main, ["levels", str(file)])
    assert run.exit_code == 0, run.output
    assert "✗ B1-1" in run.output
    assert "不是评估、认定或评审结论" in run.output
    for content, words in (
        (b"{", "no valid JSON"),
        (b"\xff\xfe{", "no UTF-8"),
        (b'{"scenes": "S15"}', "scenes"),
        (b'{"scenes": ["S99"]}', "S99"),
    ):
        file.write_bytes(content)
        run = CliRunner().invoke(main, ["levels", str(file)])
        assert (run.exit_code, words in run.output) == (2, True), run.output
    run = CliRunner().invoke(main, ["levels", str(tmp_path / "none.json")])
    assert (run.exit_code, "cannot be read" in run.output) == (2, True)
    assert CliRunner().invoke(main, ["levels"]).exit_code == 2
