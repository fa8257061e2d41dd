"""Gains between two matchers on the same texts, and the rankings they are read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.match.metrics import Row
from kg.match.model import Judgement, Ranked
from kg.match.paired import gains, read_rankings, write_rankings
from ontology.errors import InvalidFile

ROWS = [Row(str(place), f"文本{place}", "S17", ("S20",)) for place in range(40)]
RIGHT, SECOND, WRONG = ["S17", "S11"], ["S20", "S17"], ["S22", "S11"]


def test_a_gain_is_the_difference_of_shares_with_its_interval() -> None:
    found = gains(ROWS, [RIGHT] * 30 + [WRONG] * 10, [RIGHT] * 20 + [WRONG] * 20)["top1"]
    assert (found.n, found.share, found.other) == (40, 0.75, 0.5)
    assert found.gain == pytest.approx(0.25)
    assert 0.1 < found.low < found.gain < found.high < 0.42  # ± 1.96 √(0.25 · 0.75 / 40) = ± 0.134
    assert found.beyond_chance


def test_no_difference_is_within_chance() -> None:
    mixed = [RIGHT, WRONG] * 20
    swapped = [WRONG, RIGHT] * 20
    found = gains(ROWS, mixed, swapped)["top1"]
    assert found.gain == 0
    assert not found.beyond_chance


def test_alternatives_count_for_lenient_only_and_the_third_rank_for_top3() -> None:
    found = gains(ROWS, [SECOND] * 40, [WRONG] * 40)
    shares = {name: (gain.share, gain.other) for name, gain in found.items()}
    assert shares == {"top1": (0, 0), "lenient": (1, 0), "top3": (1, 0)}


def test_texts_of_one_enterprise_are_one_observation() -> None:
    grouped = [Row(row.id, row.text, row.scene, enterprise="甲厂") for row in ROWS]
    apart = gains(ROWS, [RIGHT] * 30 + [WRONG] * 10, [WRONG] * 40)["top1"]
    together = gains(grouped, [RIGHT] * 30 + [WRONG] * 10, [WRONG] * 40)["top1"]
    assert together.low == together.high == together.gain == apart.gain
    assert apart.low < apart.gain < apart.high


def test_off_topic_rows_have_no_ranking_to_compare() -> None:
    assert gains([Row("1", "食堂", "NONE")], [RIGHT], [WRONG]) == {}


def test_rankings_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    said = [
        Judgement("matched", tuple(Ranked(scene, 0.5) for scene in scenes), 1, 0.0, 3)
        for scenes in (RIGHT, SECOND)
    ]
    write_rankings(path, ROWS[:2], said)
    assert read_rankings(path, ROWS[:2]) == [RIGHT, SECOND]
    with pytest.raises(InvalidFile, match="no ranking of row '2'"):
        read_rankings(path, ROWS[:3])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"id,other\n0,S17\n", b""])
def test_a_file_that_holds_no_rankings_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rankings.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match=r"rankings\.csv"):
        read_rankings(path, ROWS[:1])
