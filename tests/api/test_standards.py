"""Standards and standard clusters over HTTP and on the command line, on the packaged graph."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import main


def get(client: TestClient, address: str, **parameters: Any) -> dict[str, Any]:
    """Return the answer to a question."""
    answer = client.get(address, params=parameters or None)
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    "written",
    ["GB/T 39116-2020", "GB/T39116—2020", "ＧＢ／Ｔ３９１１６－２０２０", "gbt39116", "gb/t 39116"],
)
def test_a_standard_is_found_however_its_code_is_written(client: TestClient, written: str) -> None:
    assert get(client, "/v1/standards", code=written)["items"][0]["code"] == "GB/T 39116-2020"


def test_a_standard_tells_kind_branch_status_relations_links_and_evidence(
    client: TestClient,
) -> None:
    (old, new) = sorted(
        get(client, "/v1/standards", code="GB/T 36073")["items"], key=lambda one: one["year"]
    )
    assert (old["currency"], new["currency"]) == ("no_more", "current")
    assert old["related"][0]["relation"] == "replaced_by"
    assert (new["kind"], new["in_force_from"]) == ("GB/T", "2026-07-01")
    assert new["status_as_of"]
    assert new["evidence"][0]["url"].startswith("http")
    assert new["role"]
    assert all(link["basis"] and link["confidence"] for link in new["links"])


def test_what_is_current_depends_on_the_day(client: TestClient) -> None:
    def currency(day: str) -> dict[str, str]:
        items = get(client, "/v1/standards", code="GB/T 36073", as_of=day)["items"]
        return {one["code"]: one["currency"] for one in items}

    before, after = currency("2026-06-30"), currency("2026-07-01")
    assert before == {"GB/T 36073-2018": "current", "GB/T 36073-2025": "to_come"}
    assert after == {"GB/T 36073-2018": "no_more", "GB/T 36073-2025": "current"}


def test_nothing_replaced_or_withdrawn_is_a_member_of_any_cluster(client: TestClient) -> None:
    for number in range(1, 41):
        page = get(client, "/v1/clusters", scene=f"S{number:02}", limit=200)["cluster"]
        assert page["total"] == len(page["items"])
        for member in page["items"]:
            assert member["standard"]["currency"] != "no_more"
            assert member["standard"]["status"] not in {"withdrawn", "replaced"}
            assert member["closeness"] in {"scene", "title", "segment", "factory"}


def test_unverified_rows_are_marked(client: TestClient) -> None:
    items = get(client, "/v1/standards", limit=200)["items"]
    items += get(client, "/v1/standards", limit=200, offset=200)["items"]
    recalled = [one for one in items if not one["verified"]]
    assert len(items) == 340
    assert len(recalled) == 13
    assert all("凭记忆记录，未核对来源" in one["notes"] for one in recalled)


def test_next_links_lead_through_all_members_once(client: TestClient) -> None:
    seen: list[str] = []
    link = "/v1/clusters?segment=质量管控&limit=9"
    while link:
        page = get(client, link)
        seen += [member["standard"]["id"] for member in page["cluster"]["items"]]
        link = page["next"]
    assert len(seen) == len(set(seen)) == page["cluster"]["total"]
    found = get(client, "/v1/standards", segment="质量管控", limit=5)
    assert found["next"].startswith("/v1/standards?")


@pytest.mark.parametrize(
    "of",
    [
        {"segment": "设备管理"},
        {"area": "A04"},
        {"industry": "C26"},
        {"enterprise": "宝山钢铁股份有限公司"},
    ],
)
def test_a_cluster_has_members_of_every_kind_of_thing(
    client: TestClient, of: dict[str, str]
) -> None:
    page = get(client, "/v1/clusters", **of)
    assert page["cluster"]["total"] > 0
    assert sum(cell["count"] for cell in page["cluster"]["shape"]) == page["cluster"]["total"]
    assert "没有企业采用标准的记载" in page["cluster"]["applied_note"]
    assert (page["own"] is not None) == ("enterprise" in of)


def test_a_text_has_the_cluster_of_its_scenes_and_off_topic_none(client: TestClient) -> None:
    page = client.post(
        "/v1/clusters", json={"text": "空压机老是突然停机，想提前知道哪里要坏"}
    ).json()
    assert "S20" in [one["id"] for one in page["of"]]
    assert page["cluster"]["total"] > 5
    off = client.post("/v1/clusters", json={"text": "明天食堂吃什么"}).json()
    assert (off["cluster"], off["match"]["decision"]) == (None, "no_scene")
    assert off["reason"]


def test_the_whole_graph_says_that_too_little_is_known_of_adoption(client: TestClient) -> None:
    page = get(client, "/v1/clusters/whole")
    assert (page["state"], page["items"]) == ("too_little_data", [])
    assert str(page["ties"]) in page["reason"]
    assert sum(cell["count"] for cell in page["shape"]) > 300


def test_coverage_tells_every_scene_and_what_white_means(client: TestClient) -> None:
    page = get(client, "/v1/guide/coverage")
    assert [one["scene"]["id"] for one in page["scenes"]] == [f"S{n:02}" for n in range(1, 41)]
    assert "不代表" in page["note"]
    steel = get(client, "/v1/guide/coverage", industry="C31")
    cases = {one["scene"]["id"]: one["cases"] for one in page["scenes"]}
    assert all(one["cases"] <= cases[one["scene"]["id"]] for one in steel["scenes"])
    assert set(page["white_spots"]) <= set(steel["white_spots"])


def test_what_is_offered_in_an_industry_is_what_the_list_of_solutions_holds(
    client: TestClient,
) -> None:
    offered = get(client, "/v1/guide/coverage")["offered"]
    assert len(offered) > 100
    for one in offered[::10]:
        held = {"scene": one["scene"], "industry": one["industry"], "limit": 1}
        assert get(client, "/v1/solutions", **held)["total"] == one["solutions"]
    steel = get(client, "/v1/guide/coverage", industry="C31")
    assert {one["industry"] for one in steel["offered"]} == {"gbt4754-C31"}


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/v1/standards?scene=S99", 422, "scene"),
        ("/v1/standards?scene=S17&segment=E07", 422, "segment"),
        ("/v1/standards?level=galactic", 422, "level"),
        ("/v1/standards?kind=GBT", 422, "kind"),
        ("/v1/standards?role=decoration", 422, "role"),
        ("/v1/standards?currency=maybe", 422, "currency"),
        ("/v1/standards?branch=Z", 422, "branch"),
        ("/v1/standards?as_of=yesterday", 422, "as_of"),
        ("/v1/standards?code=——", 422, "code"),
        ("/v1/standards?year_from=2025&year_to=2024", 422, "year_from"),
        ("/v1/clusters", 422, "scene"),
        ("/v1/clusters?scene=S17&area=A03", 422, "scene"),
        ("/v1/clusters?industry=石化", 422, "industry"),
        ("/v1/clusters?enterprise=没有这家公司", 422, "enterprise"),
        ("/v1/clusters?scene=S17&as_of=2026-13-01", 422, "as_of"),
        ("/v1/guide/coverage?industry=没有这个行业", 422, "industry"),
    ],
)
def test_faults_name_the_field(client: TestClient, address: str, status: int, field: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_earlier_clusters_are_compared_and_other_files_refused(
    packaged_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    run = CliRunner().invoke(main, ["cluster", "--whole", "--json"])
    earlier = tmp_path / "earlier.json"
    earlier.write_text(run.output, encoding="utf-8")
    again = CliRunner().invoke(main, ["cluster", "--against", str(earlier), "--json"])
    assert json.loads(again.output) == {"changes": [], "gone": []}
    before = {"items": [{"id": "cluster-x", "members": [{"id": "x"}]}]}
    earlier.write_text(json.dumps(before), encoding="utf-8")
    gone = CliRunner().invoke(main, ["cluster", "--against", str(earlier)])
    assert "cluster-x：不再出现" in gone.output
    for content, words in (("[]", "earlier answer"), ("{", "no JSON")):
        earlier.write_text(content, encoding="utf-8")
        refused = CliRunner().invoke(main, ["cluster", "--against", str(earlier)])
        assert (refused.exit_code, words in refused.output) == (2, True)


def test_the_commands_print_shape_members_and_what_they_do_not_say(
    packaged_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    told = CliRunner().invoke(main, ["cluster", "--scene", "S20"]).output
    assert "不表示没有或缺少" in told
    assert "ISO 13374-1:2003" in told
    told = CliRunner().invoke(main, ["standards", "gbt36073", "--as-of", "2026-08-01"]).output
    assert "被代替 GB/T 36073-2025" in told
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()[:7]
    assert today in CliRunner().invoke(main, ["standards", "--scene", "S17"]).output
