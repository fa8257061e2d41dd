"""Why a scene stands above or below another: contributions that add up to the margin between.

The margin is the log-ratio of the shares of two scenes before they are calibrated. For one sentence
it is linear in the features; a text of several is a mean of shares, whose log-ratio falls into its
parts by logarithmic mean weights, exactly (LMDI-I; B. W. Ang: The LMDI approach to decomposition
analysis, Energy Policy 33, 2005).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.match.features import READ_LIMIT, Floats, sentence_spans, taught_grams
from kg.match.model import Model
from kg.match.vocabulary import Spoken, Word
from kg.text import Aligned, align, squeeze

Doubles = NDArray[np.float64]
# Spans are told, the strongest first, until so much of all weight is told, but not more than a
# reader takes in.
TOLD, MOST_SPANS = 0.85, 12
LONGEST_SPAN = 16  # characters: half a clause
DIGITS = 6
NOTHING = 1e-12  # what rounding leaves of characters that nothing is said of: its sign is chance


@dataclass(frozen=True, slots=True)
class Reason:
    """A span of the original text that speaks for a scene, or, below zero, for the other.

    `read_as` is what taught words in it stand for, where there are any.
    """

    text: str
    start: int
    end: int
    weight: float
    read_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Why `scene` stands above `against`, or below it where `margin` is negative.

    `margin` is ln of the ratio of their shares before calibration, and the sum of `prior` (what
    holds for every text), `model` (a sentence model's part, 0 without one), the weights of `spans`
    and `rest`, which no span is told for. All but the margin are rounded; the rest takes up what
    rounding leaves.
    """

    scene: str
    against: str
    margin: float
    prior: float
    model: float
    spans: tuple[Reason, ...]
    rest: float


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A taught word in the original text: what it stands for, and whose word that is."""

    kind: str
    text: str
    start: int
    end: int
    means: str
    source: str


@dataclass(frozen=True, slots=True)
class _Vote:
    """What a taught word or a name adds to a score, told at the first place where it stands."""

    column: int
    spoken: Spoken
    added: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text that was scored by itself: its share of the whole, features, scores."""

    start: int
    share: float
    aligned: Aligned
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    places: NDArray[np.intp]
    portions: Doubles
    scores: Doubles
    added: Doubles  # by a sentence model, to the scores of the scenes
    votes: tuple[_Vote, ...]


class Explainer:
    """A text taken apart once, to be explained for any pair of scenes."""

    def __init__(self, model: Model, text: str) -> None:
        self._model = model
        self._text = text
        self._taught = read_as(model, text)
        spans = sentence_spans(text)
        parts = [(0, len(text)), *(spans if len(spans) > 1 else ())]
        said = [text[start:end] for start, end in parts]
        added = _added(model, said)
        shares = [0.5, *[0.5 / len(spans)] * len(spans)] if len(parts) > 1 else [1.0]
        self._pieces = [
            _piece(model, one, start, share, more)
            for one, (start, _), share, more in zip(said, parts, shares, added, strict=True)
        ]

    def account(self, scene: str, against: str) -> Account:
        """Return why a scene stands above or below another."""
        column, other = (self._model.scenes.index(one) for one in (scene, against))
        strength = np.zeros(min(len(self._text), READ_LIMIT))
        prior, by_model = 0.0, 0.0
        shares = [self._shares(piece, column, other) for piece in self._pieces]
        whole = _log_mean(sum(one for one, _ in shares), sum(one for _, one in shares))
        temperature = self._model.calibration.temperature
        for piece, (first, second) in zip(self._pieces, shares, strict=True):
            weight = _log_mean(first, second) / whole / temperature
            bias = self._model.classifier.bias.astype(np.float64)
            prior += weight * float(bias[column] - bias[other])
            by_model += weight * float(piece.added[column] - piece.added[other])
            _add(strength, piece, weight * self._difference(piece, column, other))
            _add_votes(strength, piece, {column: weight, other: -weight})
        strength[np.abs(strength) < NOTHING] = 0.0
        margin = prior + by_model + float(strength.sum())
        always = round(prior, DIGITS), round(by_model, DIGITS)
        return self._told(scene, against, margin, always, strength)

    def _difference(self, piece: _Piece, column: int, other: int) -> Doubles:
        """Return what each occurrence of a feature adds to the first score above the other."""
        weights = self._model.classifier.weights
        difference = weights[piece.places, column].astype(np.float64) - weights[piece.places, other]
        return np.asarray(piece.portions * difference, dtype=np.float64)

    def _shares(self, piece: _Piece, column: int, other: int) -> tuple[float, float]:
        """Return the shares of both scenes in a piece, times what the piece counts."""
        scaled = piece.scores / self._model.calibration.temperature
        together = float(np.logaddexp.reduce(scaled))
        first, second = (math.exp(float(scaled[one]) - together) for one in (column, other))
        return piece.share * first, piece.share * second

    def _told(
        self,
        scene: str,
        against: str,
        margin: float,
        always: tuple[float, float],
        strength: Doubles,
    ) -> Account:
        runs = sorted(_runs(self._text, strength), key=lambda run: (-abs(run[2]), run[0]))
        enough = TOLD * sum(abs(weight) for _, _, weight in runs)
        spans, told = [], 0.0
        for start, end, weight in runs[:MOST_SPANS]:
            if told >= enough:
                break
            told += abs(weight)
            spans.append(self._reason(start, end, weight))
        rest = margin - sum(always) - sum(span.weight for span in spans)
        return Account(scene, against, margin, *always, tuple(spans), rest)

    def _reason(self, start: int, end: int, weight: float) -> Reason:
        within = [one.means for one in self._taught if one.start < end and start < one.end]
        means = tuple(dict.fromkeys(filter(None, within)))
        return Reason(self._text[start:end], start, end, round(weight, DIGITS), means)


def _added(model: Model, texts: Sequence[str]) -> Doubles:
    """Return what a sentence model adds to the scores of the scenes for each text."""
    scenes = len(model.scenes)
    if model.head is None:
        return np.zeros((len(texts), scenes))
    return np.asarray(model.head.scores(texts)[:, :scenes], dtype=np.float64)


def _piece(model: Model, text: str, start: int, share: float, added: Doubles) -> _Piece:
    classifier = model.classifier
    vocabulary = classifier.vectoriser.vocabulary
    aligned = align(text[:READ_LIMIT])
    bag = classifier.vectoriser.bag(text)
    found = [
        (gram.start, gram.end, vocabulary[gram.name])
        for gram in taught_grams(aligned.text, bag.spoken)
        if gram.name in vocabulary
    ]
    weight = dict(zip(bag.places.tolist(), bag.weights.tolist(), strict=True))
    often = Counter(place for _, _, place in found)
    columns = np.array(found, dtype=np.intp).reshape(-1, 3)
    portions = np.array([weight[place] / often[place] for _, _, place in found], dtype=np.float64)
    places = columns[:, 2]
    scenes = len(classifier.scenes)
    bias = classifier.bias[:scenes].astype(np.float64)
    # By feature, as the score is made: a long text repeats its features a hundred times.
    scores = bias + bag.weights.astype(np.float64) @ classifier.weights[bag.places, :scenes]
    scores = np.asarray(scores + added)
    # What is voted depends on the scenes' scores alone; NONE has no account.
    voted = model.votes(bag.spoken, np.append(scores, 0.0).astype(np.float32))[:scenes]
    votes = tuple(_votes(model, bag.spoken, voted))
    scores = np.asarray(scores + voted)
    starts, ends = columns[:, 0], columns[:, 1]
    return _Piece(start, share, aligned, starts, ends, places, portions, scores, added, votes)


def _votes(model: Model, spoken: Sequence[Spoken], voted: Floats) -> Iterator[_Vote]:
    """Yield what each taught word adds, the words for one scene in equal parts."""
    first: dict[Word, Spoken] = {}
    for one in spoken:
        first.setdefault(one.word, one)
    columns = {word: model.column_of(word) for word in first}
    often = Counter(columns.values())
    for word, one in first.items():
        column = columns[word]
        if column is not None and column < len(voted):
            yield _Vote(column, one, float(voted[column]) / often[column])


def _add_votes(strength: Doubles, piece: _Piece, weights: Mapping[int, float]) -> None:
    """Spread what taught words say for the scores of these weights over their characters."""
    for vote in piece.votes:
        starts = piece.aligned.starts[vote.spoken.start : vote.spoken.end]
        added = vote.added * weights.get(vote.column, 0.0) / len(starts)
        np.add.at(strength, np.asarray(starts, dtype=np.intp) + piece.start, added)


def read_as(model: Model, text: str) -> tuple[ReadAs, ...]:
    """Return the taught words of a text with their places in the original."""
    aligned = align(text[:READ_LIMIT])
    return tuple(
        ReadAs(
            one.word.kind,
            text[aligned.starts[one.start] : aligned.ends[one.end - 1]],
            aligned.starts[one.start],
            aligned.ends[one.end - 1],
            one.word.means,
            one.word.source,
        )
        for one in model.classifier.vectoriser.taught.spoken(aligned.text)
    )


def _add(strength: Doubles, piece: _Piece, added: Doubles) -> None:
    """Spread what each occurrence adds over its characters, at their places in the original."""
    length = len(piece.aligned.text)
    change = np.zeros(length + 1)
    spread = added / (piece.ends - piece.starts)
    np.add.at(change, piece.starts, spread)
    np.add.at(change, piece.ends, -spread)
    if length:
        places = np.asarray(piece.aligned.starts, dtype=np.intp) + piece.start
        np.add.at(strength, places, np.cumsum(change)[:-1])


def _runs(text: str, strength: Doubles) -> Iterator[tuple[int, int, float]]:
    """Yield runs of characters that all speak for the same side, cut at marks and at length."""
    start, sign = 0, 0.0
    for place, value in enumerate(strength.tolist()):
        mark = not text[place].isalnum() and squeeze(text[place]) != ""
        turned = value * sign < 0
        if mark or turned or place - start >= LONGEST_SPAN:
            yield from _run(strength, start, place)
            start, sign = place + mark, 0.0
        sign = sign or (0.0 if mark else value)
    yield from _run(strength, start, len(strength))


def _run(strength: Doubles, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield a run without characters at its ends that say nothing."""
    saying = np.flatnonzero(strength[start:end]) + start
    if len(saying):
        yield int(saying[0]), int(saying[-1]) + 1, float(strength[start:end].sum())


def _log_mean(first: float, second: float) -> float:
    """Return the logarithmic mean of two positive numbers."""
    if math.isclose(first, second, rel_tol=1e-9):
        return (first + second) / 2
    return (first - second) / math.log(first / second)


def supporting(spans: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the spans that speak for the scene."""
    return tuple(span for span in spans if span.weight > 0)
