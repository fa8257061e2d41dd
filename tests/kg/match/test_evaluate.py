"""Measuring: what counts as seen, and what leaves training when it is held out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.match.corpus import Example
from kg.match.evaluate import (
    Refit,
    count_seen,
    cross_validate_rows,
    judge_file,
    judge_rows,
    leave_authors_out,
    without,
)
from kg.match.matcher import Matcher
from kg.match.metrics import Row
from kg.match.train import Training, Work
from ontology.guide import Guide
from tests.kg.match.conftest import OPTIONS

TWO_FOLDS = Refit((OPTIONS,), folds=2)
CORPUS = [
    Example("甲厂用视觉检查轮毂缺陷", "S17", origin="cases", enterprise="甲厂（集团）"),
    Example("乙厂空压机提前预警故障", "S20", origin="cases", enterprise="乙厂"),
    Example("立体库自动存取物料，账实相符", "S22", origin="author_1"),
]


def labelled_cases(examples: tuple[Example, ...]) -> list[Row]:
    """Return the cases that annotators labelled, as rows to be judged."""
    return [
        Row(str(place), example.text, example.scene, example.also, "case", example.enterprise)
        for place, example in enumerate(examples)
        if example.is_case and example.agreement != "awarded"
    ]


def test_an_enterprise_or_a_near_copy_in_training_counts_as_seen() -> None:
    rows = [
        Row("1", "完全另一件事", "S17", enterprise="甲厂(集团)"),
        Row("2", "立體庫自動存取物料，賬實相符", "S22"),
        Row("3", "排产靠手工", "S11", enterprise="丙厂"),
        Row("4", "排产靠手工", "S11"),
    ]
    assert count_seen(rows, CORPUS) == 2


def test_held_out_enterprises_and_near_copies_leave_training() -> None:
    held = [Row("1", "立体库自动存取物料，账实一致", "S22", enterprise="甲厂(集团)")]
    assert without(CORPUS, held) == [CORPUS[1]]


def test_a_file_is_measured_with_the_model_as_it_is(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "id,text,scene,also,kind\n"
        "1,用视觉相机在线检查轮毂表面缺陷，替代人工目检,S17,,need\n"
        "2,食堂红烧肉越来越咸，能不能换个厨师,NONE,department,off\n",
        encoding="utf-8",
    )
    found = judge_file(path, matcher).figures().to_dict()
    assert (found["n"], found["top1"], found["off_topic"]["rejected"]) == (2, 1.0, 1.0)
    assert found["auroc"] == 1.0
    assert found["protocol"] == "the model as it is"


def test_a_model_has_seen_its_training(
    guide: Guide, matcher: Matcher, few_examples: tuple[Example, ...]
) -> None:
    rows = [
        Row(str(place), example.text, example.scene, enterprise=example.enterprise)
        for place, example in enumerate(few_examples[-10:])
    ]
    assert judge_rows(rows, matcher, few_examples).seen == 10


def test_cross_validation_by_enterprise_has_seen_nothing_and_repeats_itself(
    guide: Guide, few_examples: tuple[Example, ...]
) -> None:
    rows = labelled_cases(few_examples)
    first = cross_validate_rows(rows, few_examples, guide, TWO_FOLDS).figures()
    assert (first.seen, first.n) == (0, len(rows))
    assert first.top1 is not None
    assert first.top1 > 0.6
    assert first.protocol.startswith("2 folds by enterprise")
    side_by_side = replace(TWO_FOLDS, work=Work(jobs=2))
    again = cross_validate_rows(rows, few_examples, guide, side_by_side).figures()
    assert again == first


def test_settings_are_chosen_inside_each_fold(
    guide: Guide, few_examples: tuple[Example, ...]
) -> None:
    rows = labelled_cases(few_examples)
    hopeless = replace(OPTIONS, strength=1e-4, word_odds=0.0)
    told: list[str] = []
    two = replace(TWO_FOLDS, grid=(hopeless, OPTIONS), work=Work(progress=told.append))
    tuned = cross_validate_rows(rows, few_examples, guide, two)
    assert tuned.judgements == cross_validate_rows(rows, few_examples, guide, TWO_FOLDS).judgements
    assert "chosen inside each fold by 2 candidates" in tuned.protocol
    losses = [float(said.split()[1]) for said in told if said.startswith("loss")]
    assert losses[0] > losses[1]
    assert losses[2] > losses[3]


def test_composed_texts_are_judged_by_fits_without_their_file(
    training: Training, few_examples: tuple[Example, ...]
) -> None:
    model = training.model
    said = leave_authors_out(few_examples, model.scenes, model.calibration, OPTIONS)
    assert list(said) == ["author_1", "author_2", "author_3"]
    for origin, judged in said.items():
        assert len(judged.rows) == sum(example.origin == origin for example in few_examples)
        assert judged.seen == 0
        assert (judged.figures().lenient or 0) > 0.7


def test_without_enterprises_only_near_copies_leave_and_it_is_said(
    guide: Guide, few_examples: tuple[Example, ...]
) -> None:
    learnt = next(example for example in few_examples if example.origin == "author_1")
    rows = [Row("1", learnt.text, learnt.scene), Row("2", "用相机在线检查划痕", "S17")]
    progress: list[str] = []
    heard = replace(TWO_FOLDS, work=Work(progress=progress.append))
    found = cross_validate_rows(rows, few_examples, guide, heard).figures()
    assert (found.seen, found.n) == (0, 2)
    assert found.protocol.startswith("the file names no enterprise")
    fold = progress[0]
    assert int(fold.split(", ")[1].split()[0]) < len(few_examples)
