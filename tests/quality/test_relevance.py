"""The ranking of comparable cases on graded queries whose words the matcher has not learnt.

Queries that are cases are left out here: the shipped matcher knows them. benchmarks/answers refits
it without them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.answers.relevance import Judged, judge, read_grades, read_queries
from kg.index.snapshot import load_snapshot
from kg.ranking import WEIGHTS
from kg.store.open import open_store

FLOOR = 0.62  # mean nDCG@10; 0.65 was measured


@pytest.fixture(scope="module")
def judged(packaged_data: Path) -> Judged:
    """Needs and lines of recommendation tables, scored on the packaged graph."""
    queries = [query for query in read_queries() if not query.own]
    (folder,) = [one for one in (packaged_data / "snapshots").iterdir() if one.is_dir()]
    with open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True) as store:
        return judge(store, load_snapshot(folder), queries)


def test_the_set_is_whole() -> None:
    queries = read_queries()
    assert Counter(query.split for query in queries) == {"report": 48, "tune": 30}
    assert Counter(query.kind for query in queries) == {"need": 44, "case": 20, "annex-4 line": 14}
    grades = read_grades()
    assert {query for query, _ in grades} == {query.id for query in queries}
    assert len(grades) == 3920


def test_the_ranking_stays_above_its_floor(judged: Judged) -> None:
    ours = float(np.nanmean(judged.quality(WEIGHTS)))
    print(f"nDCG@10 {ours:.3f}")  # noqa: T201 - shown with -s
    assert ours >= FLOOR


@pytest.mark.parametrize("alone", ["text", "scene"])
def test_all_reasons_together_beat_words_and_scenes_alone(judged: Judged, alone: str) -> None:
    gains = judged.quality(WEIGHTS) - judged.quality({alone: 1.0})
    assert float(np.nanmean(gains)) > 0.04
