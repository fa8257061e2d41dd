"""Fitting the classifier to labelled texts; needs scikit-learn, unlike everything that uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kg.match.classifier import Classifier
from kg.match.corpus import NONE, Example
from kg.match.features import Floats, Vectoriser, count_grams
from kg.match.folds import Scorer

Doubles = NDArray[np.float64]

# Share of a label that goes to the scene itself where alternatives are accepted, by how many of the
# three annotators chose it; the alternatives share the rest. Other texts: one author's judgement.
OWN_SHARE = {"all": 0.85, "two": 0.6, "none": 0.45}
OWN_SHARE_ELSE = 0.75
SEED = 2024
LEAST_OF_TOPIC, TOPIC_DIMENSIONS = 20, 60


@dataclass(frozen=True, slots=True)
class FitOptions:
    """The settings of a fit; docs/evaluation.md says what else was tried."""

    least_texts: int = 3
    strength: float = 20.0  # inverse of the regularisation of the logistic regression
    word_odds: float = 0.5  # share of the class-conditional word odds added to the regression
    smoothing: float = 0.02
    case_weight: float = 6.0  # a real case counts as so many composed texts
    dimensions: int = 64  # of the latent space; 0 leaves it out
    most_features: int = 60_000
    off_topics: int = 12  # topics that the texts without scene are divided into
    head_strength: float = 10.0  # as `strength`, for the head on a sentence model's vectors


def fit_classifier(
    examples: Sequence[Example], scenes: Sequence[str], options: FitOptions
) -> Classifier:
    """Fit logistic regression and word odds on the same features; their sum is one linear model."""
    return fit_classifiers(examples, scenes, options, (options.word_odds,))[0]


def fit_classifiers(
    examples: Sequence[Example],
    scenes: Sequence[str],
    options: FitOptions,
    word_odds: Sequence[float],
) -> list[Classifier]:
    """Return a classifier for each share of the word odds; the regression is fitted once."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    with threadpool_limits(limits=1):  # sums in one order: the same result with any cores
        counted = [count_grams(example.text) for example in examples]
        vectoriser = Vectoriser.from_counts(counted, options.least_texts)
        bags = _matrix(vectoriser, counted)
        labels = _by_topic(_labels(examples, scenes), bags, options.off_topics)
        importance = np.array([options.case_weight if e.is_case else 1.0 for e in examples])
        weights, bias = _regression(bags, labels, importance, options.strength)
        odds = _word_odds(bags, labels, importance, options.smoothing)
        directions = _directions(bags, options.dimensions)
        classifiers = []
        for share in word_odds:
            summed = weights + share * odds
            summed -= summed.mean(axis=1, keepdims=True)  # a constant per feature changes nothing
            kept = _most_telling(bags, summed, options.most_features)
            classifiers.append(_classifier(vectoriser, kept, scenes, (summed, bias, directions)))
    return classifiers


def fit_head(
    examples: Sequence[Example], vectors: Floats, scenes: Sequence[str], options: FitOptions
) -> tuple[Floats, Floats]:
    """Fit logistic regression to vectors of the examples; return weights and bias per class."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        importance = np.array([options.case_weight if e.is_case else 1.0 for e in examples])
        labels = _labels(examples, scenes)
        weights, bias = _regression(vectors, labels, importance, options.head_strength)
    return _single(weights), _single(bias)


def scorer_of(scenes: Sequence[str], options: FitOptions) -> Scorer:
    """Return what fits to examples and scores texts, for measuring: without latent directions."""
    several = scorer_of_several(scenes, options, (options.word_odds,))

    def score(learn: Sequence[Example], texts: Sequence[str]) -> Floats:
        return np.asarray(several(learn, texts)[:, 0])

    return score


def scorer_of_several(
    scenes: Sequence[str], options: FitOptions, word_odds: Sequence[float]
) -> Scorer:
    """Return what fits and scores as `scorer_of`'s does, for each share of the word odds.

    Its scores are texts × shares × classes.
    """
    bare = replace(options, dimensions=0)

    def score(learn: Sequence[Example], texts: Sequence[str]) -> Floats:
        fitted = fit_classifiers(learn, scenes, bare, word_odds)
        return np.stack([one.scores(texts) for one in fitted], axis=1)

    return score


def _matrix(vectoriser: Vectoriser, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
    bags = [vectoriser.bag_of(counts) for counts in counted]
    ends = np.cumsum([0, *(len(bag.places) for bag in bags)])
    places = np.concatenate([bag.places for bag in bags])
    weights = np.concatenate([bag.weights for bag in bags])
    shape = (len(counted), len(vectoriser.vocabulary))
    return sparse.csr_matrix((weights, places, ends), shape=shape)


def _labels(examples: Sequence[Example], scenes: Sequence[str]) -> Doubles:
    columns = {scene: column for column, scene in enumerate((*scenes, NONE))}
    labels = np.zeros((len(examples), len(columns)))
    for row, example in enumerate(examples):
        own = OWN_SHARE.get(example.agreement, OWN_SHARE_ELSE) if example.also else 1.0
        labels[row, columns[example.scene]] += own
        for scene in example.also:
            labels[row, columns[scene]] += (1 - own) / len(example.also)
    return labels


def _by_topic(labels: Doubles, bags: sparse.csr_matrix, topics: int) -> Doubles:
    """Divide the last column, the texts without scene, into topics: groups of like texts."""
    off = np.flatnonzero(labels[:, -1])
    topics = min(topics, len(off) // LEAST_OF_TOPIC)
    if topics < 2:
        return labels
    from sklearn.cluster import KMeans

    latent = bags[off] @ _directions(bags[off], TOPIC_DIMENSIONS)
    latent /= np.linalg.norm(latent, axis=1, keepdims=True) + 1e-9
    topic = KMeans(topics, n_init=3, random_state=SEED).fit_predict(latent)
    divided = np.zeros((len(labels), topics))
    divided[off, topic] = labels[off, -1]
    return np.hstack([labels[:, :-1], divided])


def _regression(
    bags: sparse.csr_matrix | Floats, labels: Doubles, importance: Doubles, strength: float
) -> tuple[Doubles, Doubles]:
    """Fit on shared labels by repeating a text for each of its scenes, weighted by its share."""
    from sklearn.linear_model import LogisticRegression

    rows, columns = np.nonzero(labels)
    model = LogisticRegression(C=strength, max_iter=500, tol=1e-3)
    shares = (labels[rows, columns] * importance[rows]).astype(np.float32)
    model.fit(bags[rows], columns, sample_weight=shares)  # single precision: a third faster
    weights = np.zeros((bags.shape[1], labels.shape[1]))
    # A class without any text (a small training set) gets a score that never wins.
    bias = np.full(labels.shape[1], -50.0)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return weights, bias


def _word_odds(
    bags: sparse.csr_matrix, labels: Doubles, importance: Doubles, smoothing: float
) -> Doubles:
    """Return the log share of each feature within each class (multinomial naive Bayes)."""
    mass = np.asarray(bags.T @ (labels * importance[:, None])) + smoothing
    odds: Doubles = np.log(mass / mass.sum(axis=0, keepdims=True))
    return odds


def _most_telling(bags: sparse.csr_matrix, weights: Doubles, most: int) -> NDArray[np.intp]:
    """Return the features that move scores most over the training texts, ascending."""
    presence = np.sqrt(np.asarray(bags.multiply(bags).sum(axis=0)).ravel())
    reach = presence * np.abs(weights).max(axis=1)
    return np.sort(np.argsort(-reach, kind="stable")[:most])


def _directions(bags: sparse.csr_matrix, dimensions: int) -> Doubles:
    """Return the latent directions of the features (truncated SVD)."""
    if not dimensions:
        return np.zeros((bags.shape[1], 0))
    from sklearn.decomposition import TruncatedSVD

    model = TruncatedSVD(min(dimensions, min(bags.shape) - 1), random_state=SEED)
    model.fit(bags)
    return np.asarray(model.components_.T, dtype=np.float64)


def _classifier(
    vectoriser: Vectoriser,
    kept: NDArray[np.intp],
    scenes: Sequence[str],
    fitted: tuple[Doubles, Doubles, Doubles],
) -> Classifier:
    weights, bias, directions = fitted
    names = list(vectoriser.vocabulary)
    vocabulary = {names[old]: new for new, old in enumerate(kept.tolist())}
    return Classifier(
        scenes=tuple(scenes),
        vectoriser=Vectoriser(vocabulary, vectoriser.rarity[kept]),
        weights=_single(weights[kept]),
        bias=_single(bias),
        directions=_single(directions[kept]),
    )


def _single(values: Doubles) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
