"""Carrying a judgement over to another edition."""

from __future__ import annotations

import pytest

from kg.match.editions import Counterparts, Origin, cross, unchanged
from kg.match.model import Decision
from kg.match.train import Training

TEXT = "用相机在线检查划痕，替代人工目检"  # S17, certainly


@pytest.mark.parametrize(
    ("over", "decision", "scenes", "mapping"),
    [
        ({"S17": (("X1", "exactMatch"),)}, "matched", ["X1"], "exactMatch"),
        ({"S17": (("X1", "closeMatch"), ("X2", "closeMatch"))}, "candidates", ["X1", "X2"],
         "closeMatch"),
        ({"S17": (("X1", "broadMatch"),), "S20": (("X2", "exactMatch"),)}, "candidates",
         ["X1", "X2"], "broadMatch"),
        ({"S20": (("X2", "exactMatch"),)}, "no_scene", [], None),
    ],
)  # fmt: skip
def test_mass_moves_along_firm_mappings_only(
    training: Training,
    over: Counterparts,
    decision: Decision,
    scenes: list[str],
    mapping: str | None,
) -> None:
    judgement = training.model.judge(TEXT)
    assert (judgement.decision, judgement.ranking[0].scene) == ("matched", "S17")
    crossed = cross(training.model, TEXT, judgement, over)
    shown = crossed.judgement.ranking[: crossed.judgement.shown]
    assert crossed.judgement.decision == decision
    assert [ranked.scene for ranked in shown] == scenes
    if mapping:
        assert crossed.origins["X1"] == Origin("S17", mapping)
    assert crossed.lost == ("" if scenes else "S17")


def test_a_scene_keeps_its_chance_when_it_moves_whole(training: Training) -> None:
    judgement = training.model.judge(TEXT)
    over: Counterparts = {scene: ((f"X-{scene}", "exactMatch"),) for scene in training.model.scenes}
    crossed = cross(training.model, TEXT, judgement, over)
    assert [
        (f"X-{ranked.scene}", round(ranked.probability, 6)) for ranked in judgement.ranking
    ] == [(ranked.scene, round(ranked.probability, 6)) for ranked in crossed.judgement.ranking]


def test_the_models_own_edition_is_left_alone(training: Training) -> None:
    judgement = training.model.judge(TEXT)
    crossed = unchanged(judgement)
    assert crossed.judgement is judgement
    assert crossed.origins["S17"] == Origin("S17", None)
