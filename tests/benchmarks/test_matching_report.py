"""The arithmetic of the matcher's comparison, on verdicts made here; no system runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.matching.figures import drawn, figures_of, threshold_at_loss
from benchmarks.matching.measure import compared
from benchmarks.matching.report import Comparison, plain, report
from benchmarks.matching.results import (
    Cost,
    Result,
    StaleResult,
    Verdict,
    read_result,
    write_result,
)
from benchmarks.matching.splits import Split, Trial
from kg.match.corpus import Example
from kg.match.metrics import Row

FIRST, SECOND, NONE = ("S17", "S20"), ("S20", "S17"), ()
CASES = tuple(
    Row(f"I{place}", f"实例{place}", "S17", ("S20",), "case", f"企业{place // 2}")
    for place in range(40)
)
QUERIES = (
    *(Row(f"D{place}", f"需求{place}", "S17", (), "need") for place in range(20)),
    *(
        Row(f"O{place}", f"食堂今天吃什么{place}", "NONE", ("everyday",), "off")
        for place in range(4)
    ),
)
LEARNT = (Example("机器视觉检测", "S17", kind="name", origin="guide"),)
TRIAL = Trial(
    LEARNT,
    CASES,
    QUERIES,
    (Split("cases", "cases", LEARNT, CASES), Split("queries", "queries", LEARNT, QUERIES)),
)


def made(name: str, right: int, fingerprint: str = TRIAL.fingerprint) -> Result:
    """Return a system that ranks the scene first in so many cases, the alternative in others."""
    rankings = [FIRST] * right + [SECOND] * (len(CASES) - right)
    return Result(
        system=name,
        fingerprint=fingerprint,
        libraries={"library": "1.0"},
        reference_seconds=(0.05, 0.06),
        verdicts={
            "cases": said(CASES, rankings, [0.0] * len(CASES)),
            # In scope 0 … 19; the texts without scene at 17.5, 18.5, 30 and 40.
            "queries": said(QUERIES, [FIRST] * 24, [*range(20), 17.5, 18.5, 30, 40]),
        },
        costs={
            "cases": Cost(1, 40, 10.0, (1.0, 1.0, 1.0), 100, {"voters": 5}),
            "queries": Cost(1, 24, 30.0, (9.0, 2.0, 1.0), 300, {"voters": 20}),
        },
    )


def said(
    rows: Sequence[Row], rankings: Sequence[tuple[str, ...]], off_topic: Sequence[float]
) -> Mapping[str, Verdict]:
    return {
        row.id: Verdict(scenes, tuple(1.0 / rank for rank, _ in enumerate(scenes, start=1)), score)
        for row, scenes, score in zip(rows, rankings, off_topic, strict=True)
    }


def test_a_share_has_the_interval_of_its_draws_and_the_same_in_every_run() -> None:
    hits = np.array([1.0] * 30 + [0.0] * 10)
    share = drawn(CASES).interval(hits)
    assert share.value == 0.75
    # Twenty enterprises whose two cases agree: ± 1.96 √(0.75 · 0.25 / 20) = ± 0.19.
    assert 0.52 < share.low < 0.62
    assert 0.88 < share.high < 0.97
    assert drawn(CASES).interval(hits) == share


def test_cases_of_one_enterprise_are_drawn_together() -> None:
    hits = np.array([1.0] * 30 + [0.0] * 10)
    alone = tuple(replace(row, enterprise="") for row in CASES)
    together, apart = drawn(CASES).interval(hits), drawn(alone).interval(hits)
    assert (drawn(CASES).groups, drawn(alone).groups) == (20, 40)
    assert together.high - together.low > apart.high - apart.low


def test_gains_are_paired() -> None:
    ours, other = made("ours", 30), made("bm25", 20)
    found = figures_of(other, ours, CASES, QUERIES)
    assert found.cases["top1"].value == 0.5
    assert found.cases["lenient"].value == found.cases["top3"].value == 1
    assert found.gains["top1"].value == 0.25
    assert 0 < found.gains["top1"].low < 0.25 < found.gains["top1"].high
    assert (found.gains["lenient"].low, found.gains["lenient"].high) == (0, 0)
    assert not figures_of(ours, ours, CASES, QUERIES).gains


def test_a_system_that_ranks_nothing_is_wrong() -> None:
    silent = made("bm25", 0)
    none = said(CASES, [NONE] * len(CASES), [0.0] * len(CASES))
    found = figures_of(
        replace(silent, verdicts={**silent.verdicts, "cases": none}), None, CASES, QUERIES
    )
    assert found.cases["top1"].value == found.cases["top3"].value == 0


@pytest.mark.parametrize(
    ("scores", "loss", "lost"),
    [(range(100), 0.05, 5), (range(20), 0.05, 1), (range(19), 0.05, 0), ([7.0] * 40, 0.05, 0)],
)
def test_the_threshold_loses_at_most_the_share(
    scores: Sequence[float], loss: float, lost: int
) -> None:
    threshold = threshold_at_loss(scores, loss)
    assert sum(score > threshold for score in scores) == lost
    assert lost <= loss * len(scores)


def test_off_topic_is_told_at_the_threshold_of_the_system_itself() -> None:
    found = figures_of(made("bm25", 20), None, CASES, QUERIES).queries
    assert found.in_scope_rejected == 0.05  # the one at 19
    assert found.off_topic.rejected == 0.75  # 17.5 lies below 18
    assert found.auroc == pytest.approx((18 + 19 + 20 + 20) / 80)


def test_cost_is_the_median_pass_over_the_queries_and_the_highest_peak() -> None:
    spent = figures_of(made("bm25", 20), None, CASES, QUERIES).spent
    assert (spent.fit_seconds, spent.texts_per_second, spent.peak_megabytes) == (20, 12, 300)


def test_a_result_reads_back_as_it_was_written(tmp_path: Path) -> None:
    result = made("bm25", 20)
    write_result(result, tmp_path)
    assert read_result(tmp_path / "bm25.json", TRIAL.fingerprint) == result


def test_a_result_of_other_texts_is_refused(tmp_path: Path) -> None:
    write_result(made("bm25", 20), tmp_path)
    other = replace(TRIAL, corpus=(*LEARNT, Example("在线检测", "S17", origin="guide")))
    relabelled = replace(TRIAL, cases=(replace(CASES[0], scene="S18"), *CASES[1:]))
    for trial in (other, relabelled):
        with pytest.raises(StaleResult, match=r"bm25\.json"):
            read_result(tmp_path / "bm25.json", trial.fingerprint)


def test_what_failed_or_is_stale_is_told_and_hides_nothing(tmp_path: Path) -> None:
    write_result(made("ours", 30), tmp_path)
    write_result(made("tfidf", 20), tmp_path)
    write_result(made("bm25", 20, fingerprint="of another corpus"), tmp_path)
    write_result(Result("txtai", TRIAL.fingerprint, failed="ImportError: no faiss"), tmp_path)
    comparison = compared(TRIAL, tmp_path)
    assert set(comparison.results) == {"ours", "tfidf"}
    figures = comparison.figures()
    text = report(comparison, figures)
    assert "- txtai: failed: ImportError: no faiss" in text
    assert "- bm25: stale: bm25.json is of other texts" in text
    assert "- bge-nearest: not run yet" in text
    assert "| TF-IDF + logistic regression | **+0.250 [" in text
    assert "voters 5 (1×), 20 (1×)" in text
    held = plain(comparison, figures)
    assert held["cases"] == 40
    assert set(held["missing"]) == {  # type: ignore[call-overload]
        "bm25", "txtai", "bge-nearest", "bge-regression", "annif-mllm", "annif-omikuji",
        "annif-ensemble",
    }  # fmt: skip


def test_without_any_result_the_report_says_so() -> None:
    nothing = Comparison(TRIAL, {}, {"ours": "not run yet"})
    assert "- ours: not run yet" in report(nothing, nothing.figures())
