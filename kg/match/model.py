"""Classifier and calibration together: what they say of one text, before names and editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from kg.match.calibration import RANKS, Calibration, ranked
from kg.match.classifier import Classifier, off_topic_score
from kg.match.features import Bag, Floats, sentences
from kg.match.head import SentenceHead
from kg.match.vocabulary import Spoken, Vocabulary, Word

Decision = Literal["matched", "candidates", "no_scene"]
# Runners-up of a matched text are shown from this chance on: below it they are noise.
LEAST_SHOWN = 0.2
# How far a scene that a taught word or a name speaks for is put above the highest score without
# such words, in log-odds; so is no scene above all scenes together. Of one such scene nearly all is
# its own then; several share it alike.
TAUGHT_ODDS = 4.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A scene with the calibrated chance that an annotator accepts it."""

    scene: str
    probability: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The five most probable scenes, whatever the decision; `shown` of them belong to the answer.

    `off_topic` is how far the log-odds that no scene fits lie above what is tolerated of a text of
    its form: above 0 none is named. `known` counts the features known of the text.
    """

    decision: Decision
    ranking: tuple[Ranked, ...]
    shown: int
    off_topic: float
    known: int


class _Reading(NamedTuple):
    """The scores of a whole text, the shares of its scenes, and how many features are known."""

    scores: Floats
    shares: Floats
    known: int


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted classifier with its calibration; a sentence model's head where it has one."""

    classifier: Classifier
    calibration: Calibration
    head: SentenceHead | None = None

    @property
    def scenes(self) -> tuple[str, ...]:
        """Return the ids of the scenes, in the order of the shares."""
        return self.classifier.scenes

    def judge(self, text: str) -> Judgement:
        """Return ranking and decision for a text."""
        reading = self._read(text)
        return self._judge(text, reading.shares, reading.scores, reading.known)

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
        rows = [self._read(text).shares for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(self.scenes))

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the scores of each text for all scenes and NONE, a sentence model's part added."""
        return self._scores(texts, [self.classifier.vectoriser.bag(text) for text in texts])

    def _scores(self, texts: Sequence[str], bags: Sequence[Bag]) -> Floats:
        rows = [self.classifier.score_bag(bag) for bag in bags]
        scores = np.array(rows, dtype=np.float32).reshape(len(texts), len(self.classifier.classes))
        if self.head:
            scores = scores + self.head.scores(texts)
        for row, bag in zip(scores, bags, strict=True):
            row += self.votes(bag.spoken, row)
        return scores

    def votes(self, spoken: Sequence[Spoken], scores: Floats) -> Floats:
        """Return what taught words and names add to the scores of a text."""
        added = np.zeros_like(scores)
        columns = {self.column_of(one.word) for one in spoken} - {None}
        if not columns:
            return added
        none, highest = len(self.scenes), scores[:-1].max()
        for column in columns - {none}:
            added[column] = highest + TAUGHT_ODDS - scores[column]
        if none in columns:
            together = np.logaddexp.reduce(scores[:-1] + added[:-1])
            added[none] = max(0.0, together + TAUGHT_ODDS - scores[none])
        return added

    def column_of(self, word: Word) -> int | None:
        """Return which score a taught word speaks for, where it speaks for one."""
        if word.kind == "background":
            return len(self.scenes)
        speaks = word.kind in ("word", "name") and word.means in self.scenes
        return self.scenes.index(word.means) if speaks else None

    def with_words(self, taught: Vocabulary) -> Model:
        """Return the model as it reads texts with taught words."""
        vectoriser = replace(self.classifier.vectoriser, taught=taught)
        return replace(self, classifier=replace(self.classifier, vectoriser=vectoriser))

    def _read(self, text: str) -> _Reading:
        """Return what is made of a text: of several sentences, half by the whole, half by each.

        A document of several scenes is no mixture of words: its longest part would drown the rest.
        """
        alone = sentences(text)
        texts = [text, *alone] if len(alone) > 1 else [text]
        bags = [self.classifier.vectoriser.bag(one) for one in texts]
        scores = self._scores(texts, bags)
        shares = self.calibration.shares(scores[0])
        if len(texts) > 1:
            shares = (shares + self.calibration.shares(scores[1:]).mean(axis=0)) / 2
        return _Reading(scores[0], shares, len(bags[0].places) + len(bags[0].spoken))

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
