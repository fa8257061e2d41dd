"""Importing by command: what it tells, how it ends, and the official text of the guide."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli.main import main
from tests.both_stores.files import files
from tests.ingest.guide.texts import DROPPED, NEW

LIST, NOTICE, INDUSTRY = "list.html", "notice.html", "industry.md"
GUIDE, RECUT = "guide.txt", "recut.txt"


@pytest.fixture
def folder(packaged_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packaged data folder, with the files to import beside it."""
    data = tmp_path / "data"
    shutil.copytree(packaged_data, data)
    for name, content in files().items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setenv("SFKG_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed)


def answer(*words: str) -> dict[str, object]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def graph_hash() -> object:
    return answer("stats")["graph_hash"]


@pytest.mark.usefixtures("folder")
def test_a_bad_file_is_told_at_the_end_and_the_others_are_in() -> None:
    Path("broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    result = run("import", "broken.xlsx", "missing.pdf", LIST)
    assert result.exit_code == 1
    assert f"{LIST}: new" in result.stdout
    told = [line for line in result.stderr.splitlines() if line.startswith("not imported: ")]
    assert [line.split()[2] for line in told] == ["broken.xlsx:", "missing.pdf:"]
    assert run("show", "江城示范机械有限公司").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_dry_run_tells_and_writes_nothing_and_a_second_import_changes_nothing() -> None:
    before = graph_hash()
    dry = run("import", LIST, "--dry-run")
    assert dry.exit_code == 0
    assert "+ Organisation" in dry.output
    assert "dry run: nothing was written" in dry.output
    assert graph_hash() == before
    assert f"{LIST}: new" in run("import", LIST).output
    after = graph_hash()
    assert after != before
    assert f"{LIST}: unchanged" in run("import", LIST).output
    assert graph_hash() == after


@pytest.mark.usefixtures("folder")
def test_a_source_is_listed_and_removed_without_a_trace() -> None:
    before = graph_hash()
    run("import", LIST)
    (added,) = [line for line in run("source", "list").output.splitlines() if "imported" in line]
    name = added.split(" · ")[0]
    assert run("source", "remove", name).exit_code == 0
    assert graph_hash() == before
    assert run("source", "remove", name).exit_code == 2


@pytest.mark.usefixtures("folder")
def test_the_official_text_is_shown_then_applied_and_taken_back() -> None:
    before = graph_hash()
    asked = run("guide", "import", GUIDE, typed="n\n")
    assert "~ S12 产线柔性配置 → 产线快速换型重构" in asked.stdout
    assert "nothing was applied" in asked.stdout
    assert graph_hash() == before

    applied = run("guide", "import", GUIDE, "--yes")
    assert "attested names: 6 → 40" in applied.stdout
    shown = run("show", "S12").output
    assert "名称：产线快速换型重构" in shown
    assert "名称依据：名称有据" in shown
    assert "指引原文：" in shown
    assert "本项目暂定" not in shown
    found = answer("match", "产线快速换型重构")
    assert "2024年版指引中的场景名称" in str(found["reason"])
    assert run("build", "--quiet").exit_code == 0
    assert "产线快速换型重构" in run("show", "S12").output

    assert run("guide", "restore").exit_code == 0
    assert graph_hash() == before


@pytest.mark.usefixtures("folder")
def test_a_text_cut_otherwise_is_applied_where_somebody_takes_what_is_proposed() -> None:
    before = graph_hash()
    refused = run("guide", "import", RECUT, "--yes")
    assert refused.exit_code == 2
    assert f"+? S42 {NEW} (new; 安全管控" in refused.stdout
    assert f"-? {DROPPED} 产品增值服务 (not in the text; taken in by none)" in refused.stdout
    assert f"{NEW} seems to be new: --new {NEW}" in refused.stderr
    assert graph_hash() == before

    assert run("guide", "import", RECUT, "--yes", "--as-proposed").exit_code == 0
    assert "0 violations" in run("check").output
    assert "指引版本：2024 暂定" in run("show", DROPPED).output
    assert str(answer("match", NEW)["reason"]).endswith("2024年版指引中的场景名称。")
    assert run("guide", "restore").exit_code == 0
    assert graph_hash() == before


@pytest.mark.usefixtures("folder")
def test_an_industrys_guide_stands_beside_and_its_mapping_is_marked() -> None:
    result = run("guide", "import", INDUSTRY, "--scheme", "样例行业场景指引", "--yes")
    assert result.exit_code == 0, result.output
    assert "食堂智能点餐 → no scene of ours" in result.output
    assert "系统建议，未经核对" in run("show", "S17").output
    assert "0 violations" in run("check").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", LIST, "--pair", "S05"), "no pair like S05=NAME"),
        (("import", LIST, "--retire", "=S05"), "names no scene"),
        (("import", LIST), "no segments with scenes"),
        (("import", GUIDE, "--edition", "2025"), "takes no text"),
        (("import", "missing.docx"), "cannot be read"),
        (("restore",), "no imported guide edition"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_fault_is_one_sentence_and_changes_nothing(words: tuple[str, ...], told: str) -> None:
    result = run("guide", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
