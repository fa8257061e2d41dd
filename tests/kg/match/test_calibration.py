"""Probabilities and thresholds, on scores whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.match.calibration import Calibration, fit_calibration, least_mass
from kg.match.classifier import off_topic_score, softmax
from kg.match.corpus import NONE, Example
from kg.match.features import Floats

LONG = "在轮毂产线上用视觉检测表面缺陷，漏检率由百分之三降到千分之二，返工减少一半。"
SCENES = tuple(f"S{number:02d}" for number in range(1, 11))
EVEN = Calibration(
    temperature=1.0, first_slope=1.0, first_intercept=0.0, other_slope=1.0, other_intercept=0.0,
    off_topic=0.0, matched=0.8, mass=0.9,
)  # fmt: skip


def drawn(count: int, sharpness: float) -> tuple[Floats, list[Example]]:
    """Return scores that are `sharpness` times the log of the chances the truth is drawn from."""
    chance = np.random.default_rng(7)
    log_chances = np.log(chance.dirichlet(np.full(len(SCENES), 0.05), size=count) + 1e-9)
    truth = [int(chance.choice(len(SCENES), p=row / row.sum())) for row in np.exp(log_chances)]
    examples = [
        Example(f"text {place}", SCENES[scene], kind="case", origin="cases")
        for place, scene in enumerate(truth)
    ]
    scores = np.column_stack([sharpness * log_chances, np.full(count, -20.0)])
    return scores.astype(np.float32), examples


def test_the_temperature_undoes_overconfidence() -> None:
    scores, examples = drawn(3_000, sharpness=2.0)
    assert fit_calibration(scores, examples, SCENES).temperature == pytest.approx(2.0, rel=0.1)


def test_the_first_probability_is_the_chance_of_being_right() -> None:
    scores, examples = drawn(4_000, sharpness=2.0)
    fitted = fit_calibration(scores, examples, SCENES)
    shares = -np.sort(-fitted.shares(scores), axis=1)[:, :5]
    first = fitted.probabilities(shares)[:, 0]
    right = scores[:, :-1].argmax(axis=1) == [SCENES.index(example.scene) for example in examples]
    for part in np.array_split(np.argsort(first), 5):
        assert first[part].mean() == pytest.approx(right[part].mean(), abs=0.05)


def test_matched_is_precise_and_candidates_hold_a_right_scene() -> None:
    scores, examples = drawn(4_000, sharpness=1.0)
    fitted = fit_calibration(scores, examples, SCENES)
    truth = np.array([SCENES.index(example.scene) for example in examples])
    order = np.argsort(-scores[:, :-1], axis=1)
    shares = np.take_along_axis(fitted.shares(scores), order, axis=1)[:, :5]
    matched = fitted.probabilities(shares)[:, 0] >= fitted.matched
    assert 0.3 < matched.mean() < 0.9
    assert (order[matched, 0] == truth[matched]).mean() >= 0.95
    sizes = [fitted.set_size(row) for row in shares[~matched]]
    held = [
        scene in row[:size]
        for scene, row, size in zip(truth[~matched], order[~matched], sizes, strict=True)
    ]
    assert np.mean(held) >= 0.95
    assert 2 <= np.mean(sizes) <= 5


def test_the_sets_of_a_model_that_is_very_sure_do_not_all_have_five_scenes() -> None:
    shares = np.tile(np.array([0.998, 0.0014, 0.0005, 0.00006, 0.00004], dtype=np.float32), (40, 1))
    hits = np.zeros(shares.shape, dtype=np.bool_)
    hits[np.arange(40), np.arange(40) % 3] = True  # one of the first three is right
    mass = least_mass(shares, hits)
    assert replace(EVEN, mass=mass).set_size(shares[0]) == 3


def test_the_off_topic_threshold_loses_one_text_in_twenty() -> None:
    scores, examples = drawn(2_000, sharpness=1.0)
    scores[:, -1] = np.random.default_rng(1).normal(-5, 2, len(scores))
    fitted = fit_calibration(scores, examples, SCENES)
    assert (off_topic_score(scores) > fitted.off_topic).mean() == pytest.approx(0.05, abs=0.002)


def test_english_has_a_limit_of_its_own() -> None:
    scores, examples = drawn(2_000, sharpness=1.0)
    scores[:, -1] = np.random.default_rng(1).normal(-9, 2, len(scores))
    scores[1_000:, -1] += 4
    chinese = [replace(example, text="轮毂表面缺陷检测") for example in examples[:1_000]]
    fitted = fit_calibration(scores, [*chinese, *examples[1_000:]], SCENES)
    odds = off_topic_score(scores)
    limits = (fitted.tolerated("仓库找料慢 WMS"), fitted.tolerated("slow picking"))
    assert (odds[:1_000] > limits[0]).mean() == pytest.approx(0.05, abs=0.002)
    assert (odds[1_000:] > limits[1]).mean() == pytest.approx(0.05, abs=0.002)
    assert limits[1] == pytest.approx(limits[0] + 4, abs=0.5)


def test_a_short_line_and_a_longer_text_have_limits_of_their_own() -> None:
    scores, examples = drawn(2_000, sharpness=1.0)
    scores[:, -1] = np.random.default_rng(1).normal(-9, 2, len(scores))
    scores[1_000:, -1] += 4
    short = [replace(example, text="轮毂表面缺陷检测") for example in examples[:1_000]]
    long = [replace(example, text=LONG) for example in examples[1_000:]]
    fitted = fit_calibration(scores, [*short, *long], SCENES)
    odds = off_topic_score(scores)
    limits = (fitted.tolerated("轮毂表面缺陷检测"), fitted.tolerated(LONG))
    assert (odds[:1_000] > limits[0]).mean() == pytest.approx(0.05, abs=0.002)
    assert (odds[1_000:] > limits[1]).mean() == pytest.approx(0.05, abs=0.002)
    assert limits[1] == pytest.approx(limits[0] + 4, abs=0.5)


def test_no_kind_of_text_loses_more_than_another_may() -> None:
    scores, examples = drawn(2_000, sharpness=1.0)
    scores[:, -1] = np.random.default_rng(1).normal(-9, 2, len(scores))
    scores[1_600:, -1] += 4
    needs = [replace(example, text=LONG, kind="need") for example in examples[:1_600]]
    cases = [replace(example, text=LONG) for example in examples[1_600:]]
    fitted = fit_calibration(scores, [*needs, *cases], SCENES)
    lost = off_topic_score(scores)[1_600:] > fitted.tolerated(LONG)
    assert lost.mean() == pytest.approx(0.05, abs=0.01)


def test_nothing_is_named_where_no_scene_is_likelier_than_all() -> None:
    scores, examples = drawn(500, sharpness=1.0)
    scores[:, -1] += 40
    fitted = fit_calibration(scores, examples, SCENES)
    limits = (fitted.off_topic, fitted.off_topic_english, fitted.off_topic_short)
    assert limits == (0, 0, 0)


@pytest.mark.parametrize(("text", "least"), [("", 0.85), ("轮毂表面缺陷检测", 0.85), (LONG, 0.6)])
def test_most_of_what_fits_no_scene_is_rejected_whatever_that_loses(
    text: str, least: float
) -> None:
    scores, drawn_ones = drawn(1_000, sharpness=1.0)
    examples = [replace(example, text=text or example.text) for example in drawn_ones]
    chance = np.random.default_rng(1)
    scores[:, -1] = chance.normal(2, 2, len(scores))
    outside = [replace(example, scene=NONE, also=()) for example in examples[:200]]
    beyond = scores[:200].copy()
    beyond[:, -1] = chance.normal(3, 2, len(beyond))
    fitted = fit_calibration(np.vstack([scores, beyond]), [*examples, *outside], SCENES)
    odds = off_topic_score(np.vstack([scores, beyond]))
    limit = fitted.tolerated(examples[0].text)
    assert (odds[1_000:] > limit).mean() == pytest.approx(least, abs=0.01)
    assert (odds[:1_000] > limit).mean() > 0.05


def test_too_few_english_texts_share_the_limit_of_all() -> None:
    scores, examples = drawn(500, sharpness=1.0)
    chinese = [replace(example, text="轮毂表面缺陷检测") for example in examples[:470]]
    fitted = fit_calibration(scores, [*chinese, *examples[470:]], SCENES)
    pooled = fit_calibration(scores, examples, SCENES)
    assert fitted.tolerated("slow picking") == pooled.tolerated("slow picking")


def test_a_model_made_before_there_were_several_limits_has_one_for_all() -> None:
    for text in ("slow picking in the store", "轮毂表面缺陷检测", LONG):
        assert EVEN.tolerated(text) == EVEN.off_topic


def test_probabilities_never_ascend_along_the_ranks() -> None:
    uneven = Calibration(1.0, 1.0, -3.0, 1.0, 0.0, 0.0, 0.8, 0.9)
    chances = uneven.probabilities(np.array([0.5, 0.3, 0.2, 0.0, 0.0], dtype=np.float32))
    assert np.all(np.diff(chances) <= 0)


@pytest.mark.parametrize(
    ("shares", "size"),
    [
        ([0.95, 0.03, 0.01, 0.005, 0.005], 2),  # two at least: else it would be a match
        ([0.5, 0.3, 0.15, 0.03, 0.02], 3),
        ([0.3, 0.2, 0.15, 0.1, 0.05], 5),  # five at most, even if they hold less
    ],
)
def test_a_set_holds_the_wanted_mass(shares: list[float], size: int) -> None:
    assert EVEN.set_size(np.array(shares, dtype=np.float32)) == size


def test_scores_become_shares_and_off_topic_odds() -> None:
    scores = np.log(np.array([[0.6, 0.3, 0.1]], dtype=np.float32))
    assert softmax(scores[:, :-1])[0].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert off_topic_score(scores)[0] == pytest.approx(np.log(0.1 / 0.9))
