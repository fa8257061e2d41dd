"""The reliability chart."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from kg.match.chart import draw_reliability
from kg.match.reliability import Reliability, reliability
from ontology.errors import InvalidFile, MissingPart


@pytest.fixture
def relied() -> Reliability:
    chances = np.linspace(0.3, 0.99, 200)
    found = reliability(chances, np.random.default_rng(7).random(200) < chances)
    assert found is not None
    return found


def test_a_chart_says_what_it_shows_and_is_the_same_every_time(
    relied: Reliability, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    draw_reliability(relied, "Title", first)
    draw_reliability(relied, "Title", second)
    assert first.read_bytes() == second.read_bytes()
    words = first.read_text()
    assert "n = 200" in words
    assert f"ECE {relied.error:.3f}" in words


def test_a_chart_that_cannot_be_written_is_told(relied: Reliability, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="cannot be written"):
        draw_reliability(relied, "Title", tmp_path / "no" / "chart.svg")


def test_without_the_extra_it_is_named(
    relied: Reliability, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPart, match=r"sfkg\[charts\]"):
        draw_reliability(relied, "Title", tmp_path / "chart.svg")
