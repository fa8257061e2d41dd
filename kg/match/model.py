"""Classifier and calibration together: what they say of one text, before names and editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kg.match.calibration import RANKS, Calibration, ranked
from kg.match.classifier import Classifier, off_topic_score
from kg.match.features import Floats, sentences

Decision = Literal["matched", "candidates", "no_scene"]
# Runners-up of a matched text are shown from this chance on: below it they are noise.
LEAST_SHOWN = 0.2


@dataclass(frozen=True, slots=True)
class Ranked:
    """A scene with the calibrated chance that an annotator accepts it."""

    scene: str
    probability: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The five most probable scenes, whatever the decision; `shown` of them belong to the answer.

    `off_topic` is how far the log-odds that no scene fits lie above what is tolerated of a text in
    its language: above 0 none is named. `known` counts the features known of the text.
    """

    decision: Decision
    ranking: tuple[Ranked, ...]
    shown: int
    off_topic: float
    known: int


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted classifier with its calibration."""

    classifier: Classifier
    calibration: Calibration

    @property
    def scenes(self) -> tuple[str, ...]:
        """Return the ids of the scenes, in the order of the shares."""
        return self.classifier.scenes

    def judge(self, text: str) -> Judgement:
        """Return ranking and decision for a text."""
        bag = self.classifier.vectoriser.bag(text)
        scores = self.classifier.score_bag(bag)
        return self._judge(text, self._shares(text, scores), scores, len(bag.places))

    def judge_scores(self, text: str, scores: Floats, known: int) -> Judgement:
        """Return ranking and decision for the scores of a text with so many known features."""
        return self._judge(text, self.calibration.shares(scores), scores, known)

    def _judge(self, text: str, held: Floats, scores: Floats, known: int) -> Judgement:
        order, shares = ranked(held[None, :])
        chances = self.calibration.probabilities(shares)[0]
        off_topic = float(off_topic_score(scores)) - self.calibration.tolerated(text)
        decision = self._decide(float(chances[0]), off_topic, known)
        return Judgement(
            decision=decision,
            ranking=tuple(
                Ranked(self.scenes[column], float(chance))
                for column, chance in zip(order[0].tolist(), chances.tolist(), strict=True)
            ),
            shown=self._shown(decision, shares[0], chances),
            off_topic=off_topic,
            known=known,
        )

    def shares(self, texts: Sequence[str]) -> Floats:
        """Return the shares of all scenes for texts, in id order; rows sum to one."""
        rows = [self._shares(text, self.classifier.score(text)) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(self.scenes))

    def _shares(self, text: str, scores: Floats) -> Floats:
        """Return the shares of a text: of several sentences, half by the whole, half by each alone.

        A document of several scenes is no mixture of words: its longest part would drown the rest.
        """
        whole = self.calibration.shares(scores)
        alone = sentences(text)
        if len(alone) < 2:
            return whole
        parts = self.calibration.shares(self.classifier.scores(alone))
        mixed: Floats = (whole + parts.mean(axis=0)) / 2
        return mixed

    def _decide(self, chance: float, off_topic: float, known: int) -> Decision:
        if not known or off_topic > 0:
            return "no_scene"
        return "matched" if chance >= self.calibration.matched else "candidates"

    def _shown(self, decision: Decision, shares: Floats, chances: Floats) -> int:
        if decision == "no_scene":
            return 0
        if decision == "candidates":
            return min(self.calibration.set_size(shares), RANKS)
        return max(1, int(np.count_nonzero(chances >= LEAST_SHOWN)))
