"""The figures of an evaluation, against an example worked by hand."""

from __future__ import annotations

import pytest

from kg.match.metrics import Row, evaluate_judgements
from kg.match.model import Decision, Judgement, Ranked


def said(
    scenes: str,
    decision: Decision = "candidates",
    top: float = 0.6,
    shown: int = 2,
    off: float = -5,
) -> Judgement:
    """Return a judgement that ranks the scenes, the first with the probability given."""
    ids = scenes.split()
    ranking = tuple(Ranked(scene, top / (place + 1)) for place, scene in enumerate(ids))
    return Judgement(decision, ranking, shown, off, 10)


ROWS = [
    Row("1", "排产靠手工", "S11", (), "need"),
    Row("2", "换产太慢且订单杂", "S12", ("S11",), "need"),
    Row("3", "相机检查划痕", "S17", (), "need"),
    Row("4", "设备预测性维护加备件", "S20", ("S21",), "multi"),
    Row("5", "立库和小车和检测一起上", "S22", ("S23", "S17"), "document"),
    Row("6", "食堂", "NONE", ("department",), "off"),
    Row("7", "你好", "NONE", ("noise",), "off"),
    Row("8", "工资条", "NONE", ("department",), "off"),
]
JUDGEMENTS = [
    said("S11 S10 S13 S12 S09", "matched", 0.9, 1, -6),  # right
    said("S11 S13 S12 S10 S09", "matched", 0.9, 1, -5),  # an alternative; itself third
    said("S18 S19 S20 S17 S16", "candidates", 0.5, 2, -4),  # wrong; itself fourth; set misses
    said("S21 S20 S19 S18 S17", "candidates", 0.5, 3, -3),  # an alternative; both within three
    said("S22 S23 S36 S17 S13", "no_scene", 0.7, 0, -1),  # right, but refused; third is fourth
    said("S32 S33 S34 S35 S36", "no_scene", 0.3, 0, 2),
    said("S32 S33 S34 S35 S36", "candidates", 0.3, 5, -3),  # ties with row 4
    said("S32 S33 S34 S35 S36", "no_scene", 0.3, 0, 0),
]


def test_the_figures_are_those_worked_by_hand() -> None:
    found = evaluate_judgements(ROWS, JUDGEMENTS, seen=1, protocol="by hand").to_dict()
    relied = found.pop("reliability")
    assert (relied["n"], relied["error"]) == (5, found["ece"])
    assert found == {
        "seen": 1,
        "n": 8,
        "top1": 0.4,  # rows 1 and 5 of five in scope
        "lenient": 0.8,  # and rows 2 and 4
        "top3": 0.8,  # all but row 3
        "mrr": 0.6167,  # (1 + 1/3 + 1/4 + 1/2 + 1) / 5
        # bins of one row each: |0.9-1| + |0.9-1| + |0.5-0| + |0.5-1| + |0.7-1| over 5
        "ece": 0.3,
        # off-topic scores 2, -3, 0 against -6 -5 -4 -3 -1: 5 + 3.5 + 5 of 15 pairs
        "auroc": 0.9,
        # lengths 2, 2, 3 against 5, 8, 6, 10, 11: shorter always
        "auroc_length": 1.0,
        "in_scope_rejected": 0.2,
        "off_topic": {
            "n": 3,
            "rejected": 0.6667,
            "by_kind": {
                "department": {"n": 2, "rejected": 1.0, "auroc": 1.0},
                "noise": {"n": 1, "rejected": 0.0, "auroc": 0.7},
            },
        },
        "matched": {"n": 2, "coverage": 0.4, "precision_lenient": 1.0, "precision_low": 0.3424},
        "candidates": {"n": 2, "mean_size": 2.5, "contains": 0.5},
        "all_in_top3": 0.5,  # row 4, not row 5
        "by_kind": {
            "document": {
                "n": 1, "top1": 1.0, "lenient": 1.0, "top3": 1.0, "mrr": 1.0, "all_in_top3": 0.0,
            },
            "multi": {
                "n": 1, "top1": 0.0, "lenient": 1.0, "top3": 1.0, "mrr": 0.5, "all_in_top3": 1.0,
            },
            "need": {
                "n": 3, "top1": 0.3333, "lenient": 0.6667, "top3": 0.6667, "mrr": 0.5278,
                "all_in_top3": None,
            },
            "off": {
                "n": 3, "top1": None, "lenient": None, "top3": None, "mrr": None,
                "all_in_top3": None,
            },
        },
        "protocol": "by hand",
    }  # fmt: skip


def test_the_order_of_the_figures_begins_with_what_was_seen() -> None:
    names = list(evaluate_judgements(ROWS, JUDGEMENTS, seen=0).to_dict())
    assert names[:8] == ["seen", "n", "top1", "lenient", "top3", "mrr", "ece", "auroc"]


def test_without_off_topic_rows_their_figures_are_unknown() -> None:
    found = evaluate_judgements(ROWS[:5], JUDGEMENTS[:5]).to_dict()
    assert (found["auroc"], found["auroc_length"]) == (None, None)
    assert found["off_topic"] == {"n": 0, "rejected": None, "by_kind": {}}


def test_without_rows_in_scope_the_figures_of_scenes_are_unknown() -> None:
    found = evaluate_judgements(ROWS[5:], JUDGEMENTS[5:]).to_dict()
    unknown = ["top1", "lenient", "top3", "mrr", "ece", "auroc", "in_scope_rejected", "all_in_top3"]
    assert [found[name] for name in unknown] == [None] * len(unknown)
    assert found["matched"] == {
        "n": 0,
        "coverage": None,
        "precision_lenient": None,
        "precision_low": None,
    }
    assert found["candidates"] == {"n": 0, "mean_size": None, "contains": None}
    assert found["off_topic"]["rejected"] == pytest.approx(0.6667)


def test_a_scene_beyond_the_fifth_rank_counts_nothing() -> None:
    found = evaluate_judgements([ROWS[0]], [said("S01 S02 S03 S04 S05")]).to_dict()
    assert (found["top1"], found["top3"], found["mrr"]) == (0.0, 0.0, 0.0)
    assert found["all_in_top3"] is None
    assert found["by_kind"]["need"]["n"] == 1


def test_rows_without_kind_are_in_no_table() -> None:
    row = Row("1", "排产靠手工", "S11")
    assert evaluate_judgements([row], [JUDGEMENTS[0]]).to_dict()["by_kind"] == {}
