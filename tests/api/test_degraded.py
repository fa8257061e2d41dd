"""The command line while the graph's server is away: its copy answers, and every answer says so."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli.main import main
from kg.settings import Settings
from kg.store.open import configured_replica, open_store
from tests.servers.servers import free_port

WHEELS = "用相机在线检查轮毂表面缺陷，替代人工目检"
QUESTIONS = (
    ("match", WHEELS),
    ("cases", WHEELS, "--scene", "S17", "--exclude-enterprise", "宝山钢铁股份有限公司"),
    ("recommend", "--scene", "S17"),
    ("recommend", WHEELS),
    ("standards", "--scene", "S17"),
    ("show", "S17"),
    ("stats",),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def away(tmp_path: Path, packaged_data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address where no server answers; data folder with the snapshot, as a build left it."""
    url = f"bolt://127.0.0.1:{free_port()}"
    shutil.copytree(packaged_data / "snapshots", tmp_path / "snapshots")
    monkeypatch.setenv("SFKG_DATA", str(tmp_path))
    monkeypatch.setenv("SFKG_STORE", url)
    return url


@pytest.fixture
def copied(away: str, tmp_path: Path, packaged_data: Path) -> str:
    """The same with the copy that a build leaves."""
    replica = configured_replica(Settings(data=tmp_path, store=away))
    assert replica is not None
    with closing(replica), open_store(str(packaged_data / "graph.sqlite")) as store:
        replica.follow(store)
    return away


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])
def test_every_question_is_answered_from_the_copy_and_says_degraded(
    question: tuple[str, ...], packaged_data: Path
) -> None:
    told = run(*question, "--json")
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert found.pop("degraded") is True
    near = json.loads(
        run(*question, "--store", str(packaged_data / "graph.sqlite"), "--json").output
    )
    assert near.pop("degraded") is False
    assert found == near
    assert "图数据库暂不可用" in run(*question).output


def test_without_a_copy_the_fault_is_told(away: str) -> None:
    result = run("cases", WHEELS)
    assert result.exit_code == 2
    assert f"the store {away} is away" in result.output


@pytest.mark.usefixtures("copied")
def test_the_copy_of_another_database_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFKG_NEO4J_DATABASE", "another")
    assert run("show", "S17").exit_code == 2


@pytest.mark.usefixtures("copied")
def test_check_export_and_build_need_the_store_itself() -> None:
    for command in ("check", "export", "build"):
        assert run(command).exit_code == 2
