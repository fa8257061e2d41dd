"""The command line: the same answers as the API, one sentence for every fault."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from api.cli.main import main

WHEELS = "用相机在线检查轮毂表面缺陷，替代人工目检"
EVALUATED = ("seen", "n", "top1", "lenient", "top3", "mrr", "ece", "auroc", "auroc_length",
             "in_scope_rejected", "off_topic", "matched", "candidates", "all_in_top3",
             "by_kind")  # fmt: skip


@pytest.fixture
def data(packaged_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that the commands use."""
    monkeypatch.setenv("SFKG_DATA", str(packaged_data))
    return packaged_data


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, arguments)


def answer(*arguments: str) -> dict[str, object]:
    """Run a command with --json and return what it printed."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


@pytest.mark.usefixtures("data")
def test_match_prints_decision_edition_snapshot_and_scenes() -> None:
    found = answer("match", WHEELS)
    assert list(found)[:3] == ["decision", "edition", "snapshot"]
    scenes = found["scenes"]
    assert isinstance(scenes, list)
    assert {"id", "name", "name_status", "segment", "area", "probability", "reasons"} <= set(
        scenes[0]
    )
    assert scenes[0]["id"] == "S17"


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    "arguments",
    [
        ("match", WHEELS),
        ("match", WHEELS, "--edition", "2025"),
        ("match", "明天食堂吃什么"),
        ("cases", WHEELS, "--industry", "C36", "--limit", "3"),
        ("recommend", WHEELS),
        ("recommend", "--scene", "S17"),
        ("standards", "--scene", "在线智能检测"),
        ("show", "S17"),
        ("show", "GB/T 39116-2020"),
        ("stats",),
    ],
)
def test_every_question_is_answered_for_people_and_as_json(arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.exit_code == 0, told.output
    assert told.output.strip()
    assert answer(*arguments)


@pytest.mark.usefixtures("data")
def test_building_again_changes_nothing() -> None:
    before = answer("stats")
    found = answer("build")
    assert found["index_built"] is False
    sources = found["sources"]
    assert isinstance(sources, list)
    assert not any(one["changed"] for one in sources)
    assert answer("stats") == before


@pytest.mark.usefixtures("data")
def test_the_packaged_graph_meets_its_shapes() -> None:
    found = answer("check")
    assert found["conforms"] is True


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("form", ["ttl", "jsonld", "csv"])
def test_the_graph_is_exported(tmp_path: Path, form: str) -> None:
    target = tmp_path / ("graph.zip" if form == "csv" else f"graph.{form}")
    result = run("export", "--format", form, "--output", str(target))
    assert result.exit_code == 0, result.output
    assert target.stat().st_size > 100_000
    if form == "csv":
        assert "instances.csv" in " ".join(zipfile.ZipFile(target).namelist())


@pytest.mark.usefixtures("data")
def test_evaluate_prints_every_figure(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(
        f"id,text,scene,also,kind,enterprise\n1,{WHEELS},S17,S18,need,\n"
        "2,公司年会抽奖名单,NONE,,off,\n",
        encoding="utf-8",
    )
    found = answer("evaluate", str(file))
    assert set(EVALUATED) <= set(found)
    assert next(iter(found)) == "seen"
    assert found["top1"] == 1.0


@pytest.mark.usefixtures("data")
def test_evaluate_saves_rankings_compares_with_them_and_draws(tmp_path: Path) -> None:
    file, saved, chart = (tmp_path / name for name in ("rows.csv", "rankings.csv", "chart.svg"))
    file.write_text(f"id,text,scene,also\n1,{WHEELS},S17,\n2,订单排产,S11,\n", encoding="utf-8")
    answer("evaluate", str(file), "--save", str(saved), "--chart", str(chart))
    found = answer("evaluate", str(file), "--against", str(saved))
    gain = cast("dict[str, dict[str, float]]", found["gain"])
    assert gain["top1"]["gain"] == 0
    assert "n = 2" in chart.read_text()
    saved.write_text("id,scenes\n1,S17\n", encoding="utf-8")
    result = run("evaluate", str(file), "--against", str(saved))
    assert (result.exit_code, "row '2'" in result.output) == (2, True)


def test_evaluate_needs_a_file_or_authors() -> None:
    result = run("evaluate")
    assert (result.exit_code, "--authors" in result.output) == (2, True)


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("match", ""), "is empty"),
        (("match", "检" * 20_001), "at most 20000"),
        (("match", "a\x07b"), "U+0007"),
        (("match", WHEELS, "--edition", "1999"), "2024"),
        (("show", "S99"), "did you mean"),
        (("standards", "--scene", "S99"), "did you mean"),
        (("recommend", "--scene", "nonsense"), "nonsense"),
        (("cases", WHEELS, "--province", "江酥"), "江苏"),
        (("cases", WHEELS, "--limit", "0"), "limit"),
        (("evaluate", "missing.csv"), "missing.csv"),
        (("stats", "--store", "mongodb://here"), "mongodb"),
        (("stats", "--store", "sqlite:////no/such/folder/graph.sqlite"), "sfkg build"),
    ],
)
def test_a_fault_is_one_sentence_and_exit_2(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output


@pytest.mark.parametrize("content", [b"", b"not a database at all, just text" * 40])
def test_a_store_file_that_is_not_ours_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "graph.sqlite"
    path.write_bytes(content)
    result = run("stats", "--store", f"sqlite:///{path}")
    assert result.exit_code == 2
    assert path.read_bytes() == content


def test_serve_refuses_other_addresses_without_a_key(data: Path) -> None:
    result = run("serve", "--host", "0.0.0.0")  # noqa: S104
    assert result.exit_code == 2
    assert "SFKG_KEY" in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert data.is_dir()


@pytest.mark.usefixtures("data")
def test_a_busy_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "--port" in result.output


def test_a_setting_that_makes_no_sense_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFKG_PORT", "eighty")
    result = run("stats")
    assert result.exit_code == 2
    assert "SFKG_PORT" in result.output


def test_help_takes_less_than_half_a_second_of_cpu() -> None:
    command = [sys.executable, "-m", "api.cli"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "--help"], check=True, capture_output=True, env=dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


@pytest.mark.usefixtures("data")
def test_a_case_says_what_is_provisional_assigned_or_under_public_notice() -> None:
    told = run("cases", "换型太慢", "--scene", "S12", "--limit", "50").output
    assert "S12 产线柔性配置（名称暂定，标签由标注人员判断）" in told
    noticed = run("cases", "服装", "--level", "卓越级", "--limit", "100").output
    assert "企业有工厂列入卓越级（公示）" in noticed


# ---- taught words


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the tiny world, whose words a test may change."""
    from kg.store.open import open_store
    from tests.world import load_world

    monkeypatch.setenv("SFKG_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    with open_store(f"sqlite:///{tmp_path / 'data' / 'graph.sqlite'}") as store:
        load_world(store)
    return tmp_path / "data"


def test_words_are_checked_applied_listed_and_taken_out(own_data: Path, tmp_path: Path) -> None:
    words = tmp_path / "own.csv"
    heading = "kind,term,means,source,author"
    words.write_text(f"{heading}\nword,魔方岛,S12,a plant,a test\n", encoding="utf-8")
    checked = run("vocabulary", "check", str(words))
    assert checked.exit_code == 0, checked.output
    assert "queries: 584 texts\n  top1: 0." in checked.output
    assert "0 answers change" in checked.output
    assert not (own_data / "vocabulary").exists()
    applied = run("vocabulary", "apply", str(words))
    assert applied.output.splitlines()[-1].startswith("in use: snapshot ")
    assert "word: 魔方岛 → S12  (a plant; a test)" in run("vocabulary", "list").output
    assert answer("match", "想建一个魔方岛")["scenes"][0]["id"] == "S12"  # type: ignore[index]
    words.write_text(f"{heading}\nword,魔方岛,S99,a plant,a test\n", encoding="utf-8")
    refused = run("vocabulary", "apply", str(words))
    assert (refused.exit_code, "S99" in refused.output) == (2, True)
    assert "魔方岛 → S12" in run("vocabulary", "list").output
    assert run("vocabulary", "apply", "--remove", "own.csv").exit_code == 0
    assert "魔方岛" not in run("vocabulary", "list").output


def test_a_vocabulary_without_a_file_is_told() -> None:
    assert "Missing argument 'FILES...'" in run("vocabulary", "check").output
