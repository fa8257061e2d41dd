"""The linear classifier: scores of every scene and of NONE for a text, and its latent vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.match.corpus import NONE
from kg.match.features import Bag, Floats, Vectoriser


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights of each feature for each column: the scenes in id order, then topics beside them.

    The topics (hospitals, payrolls, small talk …) are one class to whoever asks, NONE: what no
    scene fits is no single thing, and one column for all of it would have to be everything at once.
    `directions` are the latent directions of the features (none in a model made for measuring).
    """

    scenes: tuple[str, ...]
    vectoriser: Vectoriser
    weights: Floats
    bias: Floats
    directions: Floats

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the ids that the scores stand for."""
        return (*self.scenes, NONE)

    def score(self, text: str) -> Floats:
        """Return the score of each class: log-odds but for a constant."""
        return self.score_bag(self.vectoriser.bag(text))

    def score_bag(self, bag: Bag) -> Floats:
        """Return the scores of a text's features; that of NONE is of all its topics together."""
        columns: Floats = self.bias + bag.weights @ self.weights[bag.places]
        first = len(self.scenes)
        return np.append(columns[:first], np.logaddexp.reduce(columns[first:]))

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the scores of many texts: one by one, so that a batch equals its single texts."""
        rows = [self.score(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(self.classes))

    def latent(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors of the texts (zero where no feature is known)."""
        rows = [self._latent(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.directions.shape[1])

    def _latent(self, text: str) -> Floats:
        bag = self.vectoriser.bag(text)
        vector: Floats = bag.weights @ self.directions[bag.places]
        length = float(np.sqrt(np.sum(vector * vector)))
        return vector / np.float32(length or 1.0)


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Return the probabilities of scores along the last axis."""
    scaled = scores / np.float32(temperature)
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def off_topic_score(scores: Floats) -> Floats:
    """Return the log-odds of NONE against all scenes together, for scores with NONE last."""
    scenes = scores[..., :-1]
    highest = scenes.max(axis=-1)
    together = highest + np.log(np.exp(scenes - highest[..., None]).sum(axis=-1))
    return np.asarray(scores[..., -1] - together, dtype=np.float32)
