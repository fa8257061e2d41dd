"""Recommendation tables over HTTP and by command: findings, places, contacts for nobody else."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from openpyxl import Workbook

from api.app import create_app
from api.cli.main import main
from kg.match import packaged_model
from kg.settings import Settings
from kg.store.open import open_store
from kg.text import is_han
from tests.both_stores.files import recommendation_table
from tests.ingest.annex4.tables import GOOD, MOBILE, OFFICE, row, rows_with

PATH = "/v1/annex4/check"
PERSON = "甲某"
SECRETS = (PERSON, "乙某", MOBILE, OFFICE)
KEY, CONTACTS_KEY = "plain-key", "contacts-key"


def workbook(folder: Path, *rows: list[str]) -> Path:
    """Write a recommendation table and return where."""
    book = Workbook()
    for cells in rows_with(*rows):
        book.worksheets[0].append(cells)
    path = folder / "汇总表.xlsx"
    book.save(path)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with faults, contacts in their columns and out of them."""
    misplaced = f"质量管控—在线智能检测—轮毂判读（联系人：{PERSON}，{MOBILE}）"
    return workbook(
        tmp_path,
        row(1, GOOD[0]),
        row(2, "1. 仓储物流—在线智能检测—轮毂判读\n2. 轮毂X光缺陷自动判读", contact="甲某/乙某"),
        row(3, misplaced, phone=f"{MOBILE}\n{OFFICE}"),
        [f"填表人：{PERSON} 电话：{MOBILE}", *[""] * 5],
    )


def post(
    client: TestClient, table: Path, query: str = "", key: str = "", language: str = "zh"
) -> dict[str, object]:
    """Hand a file in and return the answer."""
    headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {key}"} if key else {})
    with table.open("rb") as file:
        response = client.post(
            f"{PATH}{query}", files={"file": (table.name, file)}, headers=headers
        )
    found: dict[str, object] = response.json()
    return found | {"status": response.status_code}


def messages(answer: dict[str, object]) -> list[str]:
    """Return the sentences of an answer's findings."""
    findings = answer["findings"]
    assert isinstance(findings, list)
    return [finding["message"] for finding in findings]


def is_chinese(sentence: str) -> bool:
    """Tell whether a sentence is mostly Chinese; codes and quotes may stand in it."""
    return sum(map(is_han, sentence)) * 2 > len(sentence)


def codes(answer: dict[str, object]) -> list[str]:
    """Return the codes of the findings."""
    findings = answer["findings"]
    assert isinstance(findings, list)
    return [finding["code"] for finding in findings]


def test_findings_come_with_place_and_proposal(client: TestClient, table: Path) -> None:
    answer = post(client, table)
    findings = answer["findings"]
    assert isinstance(findings, list)
    (wrong,) = [finding for finding in findings if finding["code"] == "wrong_segment"]
    assert wrong["proposal"] == "质量管控—在线智能检测"
    assert wrong["severity"] == "error"
    assert (wrong["place"]["row"], wrong["place"]["column"], wrong["place"]["item"]) == (5, 4, 1)
    assert answer["errors"] == 2


def test_a_bare_instance_gets_scenes_from_the_matcher_apart(
    client: TestClient, table: Path
) -> None:
    tables = post(client, table)["tables"]
    assert isinstance(tables, list)
    item = tables[0]["entries"][1]["items"][1]
    assert item["scene"] is None
    assert item["proposals"][0]["scene"] == "S17"


def test_what_the_graph_holds_is_found(client: TestClient, tmp_path: Path) -> None:
    found = client.get("/v1/instances?enterprise=宝山钢铁股份有限公司").json()["items"]
    name = next(one["properties"]["name"] for one in found if one["properties"].get("name"))
    cell = f"1. 质量管控—在线智能检测—{name}"
    table = workbook(tmp_path, row(1, cell, applicant="宝山钢铁股份有限公司"))
    assert "duplicate_in_graph" in codes(post(client, table))


def test_a_broken_file_is_named_and_is_no_fault_of_ours(client: TestClient, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    answer = post(client, broken)
    assert answer["status"] == 422
    assert "坏.xlsx" in str(answer["detail"])


def test_too_large_a_file_is_refused(client: TestClient) -> None:
    large = client.post(PATH, files={"file": ("大.xlsx", b"0" * 21_000_000)})
    assert large.status_code in (413, 422)
    assert client.post(PATH, files={"file": ("大.xlsx", b"0" * 22_000_000)}).status_code == 413


def test_no_file_and_an_unknown_edition_are_refused(client: TestClient, table: Path) -> None:
    assert client.post(PATH).status_code == 422
    assert post(client, table, "?edition=1999")["status"] == 422


@pytest.fixture
def guarded(packaged_data: Path) -> Iterator[TestClient]:
    """A service with a key, and another key for contacts."""
    settings = Settings(data=packaged_data, poll_seconds=3600, key=KEY, contacts_key=CONTACTS_KEY)
    with open_store(settings.store_url) as store:
        app = create_app(settings, store, packaged_model())
        with TestClient(app, raise_server_exceptions=False) as opened:
            yield opened


def test_contacts_are_shown_to_their_scope_alone(guarded: TestClient, table: Path) -> None:
    assert post(guarded, table)["status"] == 401
    assert post(guarded, table, "?contacts=true", KEY)["status"] == 403
    assert post(guarded, table, "", KEY)["contacts"] is None
    assert post(guarded, table, "", CONTACTS_KEY)["contacts"] is None
    shown = post(guarded, table, "?contacts=true", CONTACTS_KEY)["contacts"]
    assert isinstance(shown, list)
    assert {PERSON, MOBILE} <= {contact["text"] for contact in shown}


def test_without_a_key_for_contacts_nobody_is_shown_any(client: TestClient, table: Path) -> None:
    assert post(client, table, "?contacts=true")["status"] == 403
    assert post(client, table, "?contacts=true", "")["status"] == 403


def run(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, words)


@pytest.fixture
def data(packaged_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the commands use."""
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    return packaged_data


@pytest.mark.usefixtures("data")
def test_the_exit_status_tells_errors_from_a_file_without(table: Path, tmp_path: Path) -> None:
    assert run("annex4", "check", str(table)).exit_code == 1
    (tmp_path / "other").mkdir()
    assert run("annex4", "check", str(workbook(tmp_path / "other", row(1)))).exit_code == 0
    missing = run("annex4", "check", str(tmp_path / "没有.xlsx"))
    assert missing.exit_code == 2
    assert "没有.xlsx" in missing.output


@pytest.mark.usefixtures("data")
def test_every_way_out_is_free_of_contacts(
    client: TestClient, table: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    written = tmp_path / "新.docx"
    said = [
        json.dumps(post(client, table), ensure_ascii=False),
        *(run("annex4", "check", str(table), *form).output for form in ([], ["--json"])),
        *(run("annex4", "read", str(table), *form).output for form in ([], ["--json"])),
        run("annex4", "write", str(table), "--output", str(written), "--json").output,
        run("annex4", "check", str(written), "--json").output,
        run("annex4", "write", str(table), "--output", str(tmp_path / "新.xlsx")).output,
        caplog.text,
    ]
    for text in said:
        for secret in SECRETS:
            assert secret not in text
    assert all(said[:-1])


@pytest.mark.usefixtures("data")
def test_contacts_go_into_a_file_of_their_own_when_asked(table: Path, tmp_path: Path) -> None:
    own = tmp_path / "contacts.csv"
    assert run("annex4", "read", str(table), "--contacts", str(own)).exit_code == 0
    assert MOBILE in own.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(os.stat(own).st_mode) == 0o600  # noqa: PTH116
    again = run("annex4", "check", str(table), "--contacts", str(own))
    assert again.exit_code == 2
    assert "exists" in again.output


def test_a_written_table_has_no_findings_that_could_be_put_right(
    table: Path, tmp_path: Path
) -> None:
    written = tmp_path / "新.xlsx"
    told = run("annex4", "write", str(table), "--output", str(written), "--json")
    assert told.exit_code == 0, told.output
    assert [one["after"] for one in json.loads(told.output)["corrections"]] == [
        "质量管控—在线智能检测—轮毂判读"
    ]
    assert run("annex4", "write", str(table), "--output", str(written)).exit_code == 2
    assert run("annex4", "write", str(table), "--output", "新.pdf").exit_code == 2


def test_a_file_handed_in_twice_gets_the_same_answer(client: TestClient) -> None:
    files = {"file": ("table.xlsx", recommendation_table())}
    assert client.post(PATH, files=files).json() == client.post(PATH, files=files).json()


def test_findings_are_told_in_the_language_asked_for(client: TestClient, table: Path) -> None:
    chinese, english = (messages(post(client, table, language=one)) for one in ("zh", "en"))
    assert "联系方式写在了联系方式栏以外，请删去" in chinese
    assert "a contact stands outside the contact columns; take it out" in english
    assert len(chinese) == len(english)
    assert all(is_chinese(one) for one in chinese)
    assert not any(one in chinese for one in english)


@pytest.mark.usefixtures("data")
def test_findings_of_a_terminal_are_told_in_its_language(table: Path) -> None:
    assert "联系方式写在了联系方式栏以外，请删去" in run("annex4", "check", str(table)).output
    english = run("--lang", "en", "annex4", "check", str(table)).output
    assert "a contact stands outside the contact columns; take it out" in english
