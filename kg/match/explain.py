"""The spans of a text that speak for a scene, from the contributions of its features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.match.classifier import Classifier
from kg.match.features import READ_LIMIT, grams
from kg.text import Aligned, align

Doubles = NDArray[np.float64]
MOST_SPANS = 3
SHORTEST_SPAN = 2
# Longer runs are cut to their strongest part: a reader takes in half a clause, not a sentence.
LONGEST_SPAN = 16
# Spans below this share of the strongest one are noise: they changed with any word of the text.
LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Reason:
    """A span of the original text that speaks for a scene.

    `weight` is by how much it raises the scene's score (log-odds) above the mean of all classes.
    """

    text: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every known feature of a text where it occurs, ready to be weighed for any scene."""

    original: str
    aligned: Aligned
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    places: NDArray[np.intp]
    portions: Doubles

    @classmethod
    def of_text(cls, classifier: Classifier, text: str) -> Evidence:
        """Return the features of a text; each occurrence bears its portion of the weight."""
        vocabulary = classifier.vectoriser.vocabulary
        aligned = align(text[:READ_LIMIT])
        found = [
            (gram.start, gram.end, vocabulary[gram.name])
            for gram in grams(aligned.text)
            if gram.name in vocabulary
        ]
        bag = classifier.vectoriser.bag(text)
        weight = dict(zip(bag.places.tolist(), bag.weights.tolist(), strict=True))
        often = Counter(place for _, _, place in found)
        columns = np.array(found, dtype=np.intp).reshape(-1, 3)
        portions = np.array([weight[place] / often[place] for _, _, place in found])
        return cls(text, aligned, columns[:, 0], columns[:, 1], columns[:, 2], portions)

    def reasons(self, classifier: Classifier, scene: str) -> tuple[Reason, ...]:
        """Return the strongest spans for a scene, the strongest first."""
        strength = self._strength(classifier, classifier.scenes.index(scene))
        spans = sorted(_spans(strength), key=lambda span: (-span[2], span[0]))
        kept = [span for span in spans if span[2] >= LEAST_SHARE * spans[0][2]][:MOST_SPANS]
        return tuple(self._reason(first, last, weight) for first, last, weight in kept)

    def _strength(self, classifier: Classifier, column: int) -> Doubles:
        """Return what each character of the squeezed text adds to the scene's score."""
        added = self.portions * classifier.weights[self.places, column]
        change = np.zeros(len(self.aligned.text) + 1)
        np.add.at(change, self.starts, added / (self.ends - self.starts))
        np.add.at(change, self.ends, -added / (self.ends - self.starts))
        strength: Doubles = np.cumsum(change)[:-1]
        return strength

    def _reason(self, first: int, last: int, weight: float) -> Reason:
        start, end = self.aligned.starts[first], self.aligned.ends[last - 1]
        return Reason(self.original[start:end], start, end, round(weight, 4))


def _spans(strength: Doubles) -> Iterator[tuple[int, int, float]]:
    """Yield runs of characters that clearly add to the score, with what they add."""
    positive = strength[strength > 0]
    if not len(positive):
        return
    clear = strength > positive.mean() / 2
    edges = np.flatnonzero(np.diff(np.concatenate(([False], clear, [False]))))
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first >= SHORTEST_SPAN:
            start, end = _strongest_part(strength, first, last)
            yield start, end, float(strength[start:end].sum())


def _strongest_part(strength: Doubles, first: int, last: int) -> tuple[int, int]:
    if last - first <= LONGEST_SPAN:
        return first, last
    sums = np.concatenate(([0.0], np.cumsum(strength[first:last])))
    windows = sums[LONGEST_SPAN:] - sums[:-LONGEST_SPAN]
    start = first + int(windows.argmax())
    return start, start + LONGEST_SPAN
