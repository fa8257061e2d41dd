"""Multinomial logistic regression on any vectors, with a class for no scene."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from trial import Learnt, Verdict

MOST_ITERATIONS = 1000
SMALLEST = 1e-12


def fit_head(vectors: object, learn: Sequence[Learnt], strength: float) -> LogisticRegression:
    """Fit to the scenes of the texts, shape of the vectors (texts, features)."""
    head = LogisticRegression(C=strength, max_iter=MOST_ITERATIONS)
    weights = [one.weight for one in learn]
    return head.fit(vectors, [one.scene for one in learn], sample_weight=weights)


def verdicts(head: LogisticRegression, vectors: object, none: str) -> list[Verdict]:
    """Return chances of the scenes; off topic are the log-odds of the class for no scene."""
    said = []
    for chances in head.predict_proba(vectors).tolist():
        scores = dict(zip(head.classes_.tolist(), chances, strict=True))
        without = scores.pop(none, 0.0)
        off_topic = np.log(without + SMALLEST) - np.log(sum(scores.values()) + SMALLEST)
        said.append(Verdict(scores, float(off_topic)))
    return said
