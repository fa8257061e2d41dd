"""POST /v1/annex3/check and `sfkg annex3 check`: an application as Word file, and what is said."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from api.cli.main import main
from ingest.document import Table
from tests.ingest.annex3.documents import CONTACTS, application


def word_file(name: str) -> bytes:
    """Return one of the invented applications as a Word file."""
    written = docx.Document()
    for block in application(name).blocks:
        if isinstance(block, Table):
            table = written.add_table(block.height, block.width)
            for cell in block.cells:
                table.cell(cell.row, cell.column).text = cell.text
        elif block.heading:
            written.add_heading(block.line.text, block.heading)
        else:
            written.add_paragraph(block.line.text)
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def check(client: TestClient, name: str) -> dict[str, Any]:
    """Return the answer to an application."""
    sent = {"file": (f"{name}.docx", word_file(name))}
    answer = client.post("/v1/annex3/check", files=sent)
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def test_a_word_file_is_told_part_by_part(client: TestClient) -> None:
    found = check(client, "kitchen")
    assert [part["state"] for part in found["parts"]] == ["present"] * 3 + ["missing"]
    assert (found["errors"], found["kind"]) == (1, "docx")
    assert found["applicant"] == "南湖虚拟家电有限公司"


def test_the_way_to_the_level_names_what_is_open_and_what_is_known_for_it(
    client: TestClient,
) -> None:
    check_ = check(client, "boards")["check"]
    way = check_["next"]
    assert way["level"] == "L3"
    (aimed,) = [one for one in check_["levels"] if one["id"] == "L3"]
    conditions = [one for clause in aimed["clauses"] for one in clause["conditions"]]
    assert [one["id"] for one in way["open"]] == [
        one["id"] for one in conditions if one["verdict"] != "met"
    ]
    covered = {one["scene"]["id"]: one["covered"] for one in way["scenes"]}
    assert covered["S17"]
    assert not covered["S16"]
    (found,) = [one for one in way["scenes"] if one["scene"]["id"] == "S16"]
    assert found["cases_total"] > 0
    assert found["cases"][0]["evidence"]


def test_claims_carry_words_place_and_standing(client: TestClient) -> None:
    claims = check(client, "boards")["claims"]
    money = claims["investments"][0]
    assert (money["amount"], money["standing"]) == (96000, "achieved")
    assert money["words"] == "总投资额为人民币96,000万元"
    assert money["place"]["line"] is not None
    targets = [one["kpi"] for one in claims["kpis"] if one["standing"] == "target"]
    assert targets == ["K10", "K11"]


def test_the_level_check_is_told_as_drafted_and_cites_its_passages(client: TestClient) -> None:
    check_ = check(client, "wheels")["check"]
    assert check_["drafted"] is True
    assert "尚未经企业确认" in check_["note"]
    assert {one["field"] for one in check_["fields"]} >= {"scenes.S17", "maturity", "kpis.K01"}
    floor = next(
        condition
        for level in check_["levels"]
        for clause in level["clauses"]
        for condition in clause["conditions"]
        if condition["id"] == "L1-F"
    )
    assert floor["verdict"] == "met"
    maturity = [one for one in check_["fields"] if one["field"] == "maturity"]
    assert [(one["value"], one["words"]) for one in maturity] == [("3", "智能制造能力成熟度三级")]


@pytest.mark.parametrize("name", ["wheels", "resin", "kitchen"])
def test_contacts_appear_nowhere(client: TestClient, name: str) -> None:
    told = json.dumps(check(client, name), ensure_ascii=False)
    assert [one for one in CONTACTS.values() if one in told] == []


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("leer.docx", b"", 422),
        ("kaputt.docx", b"PK\x03\x04 nothing behind", 422),
        (f"{CONTACTS['{mobile}']}.docx", b"PK\x03\x04 nothing behind", 422),
        ("leer.txt", "一段与申报无关的文字。".encode(), 200),
    ],
)
def test_what_is_no_application_is_told(
    client: TestClient, name: str, data: bytes, status: int
) -> None:
    answer = client.post("/v1/annex3/check", files={"file": (name, data)})
    assert answer.status_code == status
    assert CONTACTS["{mobile}"] not in answer.text
    if status == 200:
        assert answer.json()["errors"] == 4
    else:
        assert name.endswith(".docx")
        assert "detail" in answer.json()


def run(packaged_data: Path, *words: str) -> Result:
    """Run a command over the packaged knowledge base."""
    return CliRunner().invoke(main, list(words), env={"SFKG_DATA": str(packaged_data)})


def test_the_command_tells_a_manager_what_to_do_first(packaged_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "tablets.docx"
    file.write_bytes(word_file("tablets"))
    told = run(packaged_data, "annex3", "check", str(file))
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0] == "tablets.docx · 白塔虚构制药有限公司"
    assert any("“后续实施计划”没有写内容" in line for line in lines)
    assert any(line.startswith("  K07") and "目标" in line for line in lines)
    assert "五、层级核对（草拟）" in lines


def test_the_command_ends_with_one_where_a_part_is_missing(
    packaged_data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "kitchen.docx"
    file.write_bytes(word_file("kitchen"))
    told = run(packaged_data, "annex3", "check", str(file), "--json")
    assert told.exit_code == 1
    assert json.loads(told.output)["parts"][3]["state"] == "missing"


def test_the_command_tells_of_a_file_that_is_not_there(packaged_data: Path) -> None:
    told = run(packaged_data, "annex3", "check", "没有这个文件.docx")
    assert told.exit_code == 2
    assert "没有这个文件.docx" in told.output
