"""The page on the data."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.shapes_report import ShapesCheck, keep_report, last_report
from api.ui.pages.data import PACKAGED
from ingest.pipeline import packaged_sources
from ontology.check import Finding

FINDING = Finding("warning", "urn:sfkg:standard:GB-T-1", "skos:prefLabel", "", "标准没有名称")


def test_sources_counts_and_contradictions_stand_with_their_sources(client: TestClient) -> None:
    page = client.get("/data").text
    for packaged in packaged_sources():
        assert f'<span class="id">{packaged.source.id}</span>' in page
    (row,) = re.findall(r'<tr><td><a href="/thing/factory-57a8b4c1f867">.*?</tr>', page, re.S)
    assert re.findall(r"<li>(20\d\d) ", row) == ["2026", "2024"]  # lists give it two years
    assert row.count('href="http') >= 2


def test_packaged_sources_have_titles_in_both_languages(client: TestClient) -> None:
    assert set(PACKAGED) == {packaged.source.id for packaged in packaged_sources()}
    assert "智能工厂及其称号" in client.get("/data").text
    assert "Smart factories and their titles" in client.get("/data?lang=en").text


def test_the_figures_are_those_of_the_model_in_use(client: TestClient) -> None:
    page = client.get("/data?lang=en").text
    assert "case (real)" in page
    assert "fitted to the same scores" in " ".join(page.split())


@pytest.fixture
def unchecked(packaged_data: Path) -> Iterator[Path]:
    """The data folder as it was before anybody checked it."""
    report, aside = packaged_data / "shapes.json", packaged_data / "shapes.aside"
    if report.exists():
        report.rename(aside)
    yield packaged_data
    if aside.exists():
        aside.rename(report)


def test_a_graph_that_was_not_checked_says_so(client: TestClient, unchecked: Path) -> None:
    assert last_report(unchecked) is None
    assert "还没有检查过" in client.get("/data").text


def test_a_report_of_another_state_of_the_graph_is_marked_as_such(
    client: TestClient, packaged_data: Path
) -> None:
    try:
        keep_report(packaged_data, "another", [FINDING])
        page = client.get("/data").text
        assert "警告 1 条" in page
        assert "GB-T-1" in page
        assert "检查之后图谱又有变化" in page
    finally:
        (packaged_data / "shapes.json").unlink()


@pytest.mark.parametrize("written", [b"", b"{}", b"\xff", b'{"graph_hash": 1}'])
def test_a_damaged_report_is_no_report(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "shapes.json").write_bytes(written)
    assert last_report(tmp_path) is None


def test_a_report_is_read_as_it_was_kept(tmp_path: Path) -> None:
    keep_report(tmp_path / "new", "hash", [FINDING])
    found = last_report(tmp_path / "new")
    assert found is not None
    assert (found.graph_hash, found.findings, found.count("warning")) == ("hash", (FINDING,), 1)


def test_a_graph_is_checked_once_when_its_report_is_first_asked_for(
    client: TestClient, unchecked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, go = [], threading.Event()

    def look() -> list[Finding]:
        looked.append(1)
        go.wait(30)
        return [FINDING]

    shapes = ShapesCheck(look, unchecked, keeps=True)
    monkeypatch.setattr(cast("FastAPI", client.app).state, "shapes", shapes)
    for _ in range(2):
        page = client.get("/data").text
        assert '<meta http-equiv="refresh" content="5">' in page
        assert "正在对照形状约束检查" in page
    go.set()
    deadline = time.monotonic() + 10
    while last_report(unchecked) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    page = client.get("/data").text
    assert "警告 1 条" in page
    assert "refresh" not in page
    assert looked == [1]
    (unchecked / "shapes.json").unlink()


def test_a_large_graph_is_not_checked_by_itself(tmp_path: Path) -> None:
    shapes = ShapesCheck(lambda: [FINDING], tmp_path, keeps=True)
    assert not shapes.begin("hash", shapes.most_records + 1)
    assert shapes.last is None


def test_a_service_that_only_reads_keeps_its_report_in_memory(tmp_path: Path) -> None:
    shapes = ShapesCheck(lambda: [FINDING], tmp_path / "none", keeps=False)
    shapes.begin("hash", 1)
    deadline = time.monotonic() + 10
    while shapes.last is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert shapes.last is not None
    assert shapes.last.findings == (FINDING,)
    assert not (tmp_path / "none").exists()
