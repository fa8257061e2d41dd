"""From scores to what can be relied on: probabilities, off-topic threshold, decision thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.match.classifier import off_topic_score, softmax
from kg.match.corpus import Example
from kg.match.features import Floats
from kg.text import count_han, mostly_latin

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

RANKS = 5  # as many scenes are ranked, calibrated and shown at most
SMALLEST_SET = 2
MOST_IN_SCOPE_LOSS = 0.05
LEAST_PRECISION = 0.95
LEAST_CONTAINED = 0.95
MOST_LOST_BY_SIZE = 0.01
# What a set of candidates may have to hold together. Where a model is very sure of itself, the
# second scene stands within the last thousandth.
MASSES = np.concatenate([np.arange(0.5, 1.0, 0.005), 1 - np.geomspace(0.004, 1e-5, 12)])
# Texts by how far they may look like what no scene fits: a line of less than so many Chinese
# characters is a wish or a title, a longer one often tells of a case; English has fewer texts to
# learn from. Each form has a limit of its own.
Form = Literal["short", "long", "english"]
FEWEST_OF_LONG = 20
FEWEST_OF_FORM = 50  # texts of one form, or of one kind among them, that say anything
# At least so much of what no scene fits is rejected, whatever that loses. With a whole author left
# out, English is so thin that the loss alone would let nearly all through; at even odds, on the
# other hand, a third of what a new author of English asks is refused. Of the longer texts many tell
# what other sectors did in the very words of real cases: more than this would refuse the cases.
LEAST_REJECTED: Mapping[Form, float] = {"short": 0.85, "long": 0.6, "english": 0.85}
EVEN_ODDS = 0.0  # the limit at most where too little is known of what no scene fits
# Half of the weight of every fit goes to real cases, half to composed texts, kinds equally: the
# composed ones are twenty times as many and easier.
CASE_SHARE = 0.5
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """The few numbers that were fitted out of fold on top of the classifier.

    Slope and intercept map the log-odds of a scene's share to those of its being accepted by an
    annotator: one pair for the first rank, one for the runners-up. From `matched` on, the first
    scene alone is the answer; `mass` is what a set of candidates must hold together. Above
    `off_topic` (log-odds of no scene) none is named; a short line and English have limits of their
    own, since what there is to learn from scores differently for each form of text.
    """

    temperature: float
    first_slope: float
    first_intercept: float
    other_slope: float
    other_intercept: float
    off_topic: float
    matched: float
    mass: float
    off_topic_english: float | None = None  # None in a model made before there was one
    off_topic_short: float | None = None  # likewise

    def shares(self, scores: Floats) -> Floats:
        """Return the shares of the scenes (NONE left out) that sum to one."""
        return softmax(scores[..., :-1], self.temperature)

    def tolerated(self, text: str) -> float:
        """Return the log-odds of no scene up to which scenes of the text are named."""
        own = {"english": self.off_topic_english, "short": self.off_topic_short}.get(form_of(text))
        return self.off_topic if own is None else own

    def probabilities(self, shares: Floats) -> Floats:
        """Return the chance of acceptance for descending shares; never ascending along ranks."""
        odds = self.other_slope * _log_odds(shares) + self.other_intercept
        odds[..., 0] = self.first_slope * _log_odds(shares[..., 0]) + self.first_intercept
        chances = np.minimum.accumulate(1 / (1 + np.exp(-odds)), axis=-1)
        return np.asarray(chances, dtype=np.float32)

    def set_size(self, shares: Floats) -> int:
        """Return how many of the descending shares (two to five) make up the wanted mass."""
        return int(_set_sizes(np.asarray(shares)[None, :], self.mass)[0])


def form_of(text: str) -> Form:
    """Tell by which limit a text is judged to be of no scene."""
    if mostly_latin(text):
        return "english"
    return "short" if count_han(text) < FEWEST_OF_LONG else "long"


def fit_calibration(
    scores: Floats, examples: Sequence[Example], scenes: Sequence[str]
) -> Calibration:
    """Fit every number to scores of texts that the scoring model had not seen."""
    inside = np.array([example.in_scope for example in examples])
    within = [example for example in examples if example.in_scope]
    weights = _weights(within)
    accepted = accepted_scenes(within, scenes)
    temperature, _ = _cooled(scores[inside], accepted, weights)
    order, shares = ranked(softmax(scores[inside, :-1], temperature))
    hits = np.take_along_axis(accepted, order, axis=1)
    # Authors name few alternatives, annotators of cases all: runners-up, and how many scenes an
    # answer must offer, are learnt from cases alone (where there are any).
    cases = np.array([example.is_case for example in within])
    judged = cases if cases.any() else ~cases
    maps = (
        *_acceptance(shares[:, :1], hits[:, :1], weights),
        *_acceptance(shares[judged, 1:], hits[judged, 1:], weights[judged]),
    )
    partial = Calibration(temperature, *maps, off_topic=0.0, matched=1.0, mass=1.0)
    first = partial.probabilities(shares)[:, 0]
    matched = max(_least_chance(first[group], hits[group, 0]) for group in (cases, ~cases))
    left = judged & (first < matched)
    limits = _limits(off_topic_score(scores), examples)
    return replace(
        partial,
        off_topic=limits["long"],
        off_topic_english=limits["english"],
        off_topic_short=limits["short"],
        matched=matched,
        mass=least_mass(shares[left], hits[left]),
    )


def accepted_scenes(examples: Sequence[Example], scenes: Sequence[str]) -> Flags:
    """Return for each example which scenes count as right."""
    columns = {scene: column for column, scene in enumerate(scenes)}
    accepted = np.zeros((len(examples), len(scenes)), dtype=np.bool_)
    for row, example in enumerate(examples):
        accepted[row, [columns[scene] for scene in example.accepted if scene in columns]] = True
    return accepted


def ranked(shares: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the columns of the five largest shares and these shares; ties go by column."""
    order = np.argsort(-shares, axis=1, kind="stable")[:, :RANKS]
    return order, np.take_along_axis(shares, order, axis=1)


def least_mass(shares: Floats, hits: Flags) -> float:
    """Return the least mass whose sets hold an accepted scene often enough.

    Where even five scenes do not, nearly as often as five do is enough: the last hundredth would
    double the sets.
    """
    if not len(shares):
        return 0.0
    found = np.cumsum(hits, axis=1) > 0
    wanted = min(LEAST_CONTAINED, found[:, -1].mean() - MOST_LOST_BY_SIZE)
    for mass in MASSES:
        sizes = _set_sizes(shares, float(mass))
        contained = np.take_along_axis(found, sizes[:, None] - 1, axis=1)
        if contained.mean() >= wanted:
            return float(mass)
    return 1.0


def _log_odds(shares: Floats) -> Doubles:
    clipped = np.clip(np.asarray(shares, dtype=np.float64), _EDGE, 1 - _EDGE)
    return np.asarray(np.log(clipped / (1 - clipped)), dtype=np.float64)


def _weights(examples: Sequence[Example]) -> Doubles:
    cases = np.array([example.is_case for example in examples])
    weights = _kind_weights(examples)
    for group, share in ((cases, CASE_SHARE), (~cases, 1 - CASE_SHARE)):
        if group.any():
            weights[group] *= share / weights[group].sum()
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _kind_weights(examples: Sequence[Example]) -> Doubles:
    """Return weights that give every kind of text the same say."""
    kinds = np.array([example.kind for example in examples])
    names, counts = np.unique(kinds, return_counts=True)
    size = dict(zip(names.tolist(), counts.tolist(), strict=True))
    weights = np.array([1 / size[kind] for kind in kinds.tolist()])
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def held_out_loss(scores: Floats, examples: Sequence[Example], scenes: Sequence[str]) -> float:
    """Return the log loss of the accepted scenes at the best temperature, half of it by cases."""
    inside = np.array([example.in_scope for example in examples])
    within = [example for example in examples if example.in_scope]
    return _cooled(scores[inside], accepted_scenes(within, scenes), _weights(within))[1]


def _cooled(scores: Floats, accepted: Flags, weights: Doubles) -> tuple[float, float]:
    """Return the temperature at which the loss is least, and that loss."""
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        shares = softmax(scores[:, :-1], float(np.exp(log_temperature)))
        right = np.clip((shares * accepted).sum(axis=1), _EDGE, 1.0)
        return float(-(weights * np.log(right)).sum())

    least = minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded")
    return float(np.exp(least.x)), float(least.fun)


def _acceptance(shares: Floats, hits: Flags, weights: Doubles) -> tuple[float, float]:
    """Return slope and intercept from the log-odds of shares to those of acceptance."""
    from scipy.optimize import minimize

    odds = _log_odds(shares)

    def loss(numbers: Doubles) -> float:
        margin = np.where(hits, 1, -1) * (numbers[0] * odds + numbers[1])
        return float((weights[:, None] * np.logaddexp(0, -margin)).sum())

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B").x
    return float(slope), float(intercept)


def _least_chance(first: Floats, right: Flags) -> float:
    """Return the least top probability from which on the first scene is precise enough."""
    if not len(first):
        return 0.0
    order = np.argsort(-first, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= LEAST_PRECISION)
    return float(first[order][enough[-1]]) if len(enough) else 1.0


def _set_sizes(shares: Floats, mass: float) -> NDArray[np.intp]:
    reached = np.cumsum(shares[:, :RANKS], axis=1) >= mass
    sizes = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, RANKS)
    return np.asarray(np.maximum(sizes, SMALLEST_SET), dtype=np.intp)


def _limits(off_topic: Floats, examples: Sequence[Example]) -> dict[Form, float]:
    """Return for each form the least limit by which no kind of text loses more than one in twenty.

    It is lowered where less than so much of what no scene fits would be rejected.
    """
    forms = np.array([form_of(example.text) for example in examples])
    inside = np.array([example.in_scope for example in examples])
    kinds = np.array([example.kind for example in examples])
    limits: dict[Form, float] = {}
    for form, least in LEAST_REJECTED.items():
        own = forms == form
        chosen = inside & own if (inside & own).sum() >= FEWEST_OF_FORM else inside
        limit = _sparing_all_kinds(off_topic[chosen], kinds[chosen])
        outside = off_topic[own & ~inside]
        enough = len(outside) >= FEWEST_OF_FORM
        most = float(np.quantile(outside, 1 - least)) if enough else EVEN_ODDS
        limits[form] = min(limit, most)
    return limits


def _sparing_all_kinds(off_topic: Floats, kinds: NDArray[np.str_]) -> float:
    """Return the least limit by which no kind of text loses more than it may."""
    names, counts = np.unique(kinds, return_counts=True)
    groups = [off_topic[kinds == name] for name in names[counts >= FEWEST_OF_FORM]]
    return max(
        float(np.quantile(group, 1 - MOST_IN_SCOPE_LOSS, method="higher"))
        for group in groups or [off_topic]
    )
