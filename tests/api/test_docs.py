"""The README speaks the truth: settings, commands and endpoints in it are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.testclient import TestClient

from api.cli.main import main
from kg.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_lists_every_setting_and_no_other() -> None:
    listed = set(re.findall(rf"^\| `({PREFIX}[A-Z0-9_]+)`", README, flags=re.MULTILINE))
    assert listed == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_command_is_in_the_readme() -> None:
    assert {name for name in main.commands if f"`sfkg {name}" not in README} == set()


def test_every_endpoint_is_in_the_readme(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    named = {path for path in paths if path.split("{")[0].rstrip("/") in README}
    assert set(paths) - named == set()


def test_the_repository_holds_no_personal_phone_numbers() -> None:
    pattern = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
    kinds = {".py", ".md", ".csv", ".yaml", ".ttl", ".tsv", ".txt", ".html", ".toml"}
    found = {
        path.relative_to(ROOT)
        for path in ROOT.rglob("*")
        if path.suffix in kinds
        and not path.relative_to(ROOT).parts[0].startswith((".", "build"))
        and pattern.search(path.read_text(encoding="utf-8"))
    }
    assert found == set()
