"""bge-small-zh-v1.5: nearest neighbours, and logistic regression on its vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from heads import fit_head, verdicts
from kept import Learnt, Vectors
from sentence import Encoder
from trial import Fitted, Place, Split, Verdict, accepted_share, held_out, run, to_choose_on
from voting import REACH, Near, fit_votes

STRENGTHS = (1.0, 3.0, 10.0, 30.0)  # inverse of the regularisation


def fit_nearest(split: Split, place: Place) -> Fitted:
    """Let the texts with the most similar vectors vote."""
    learnt = _learnt(split, place)

    def nearest(texts: Sequence[str]) -> list[Near]:
        return [_nearest(learnt.matrix, vector) for vector in learnt.encode(texts)]

    return fit_votes(split, nearest, learnt.seconds_before)


def _learnt(split: Split, place: Place) -> Learnt:
    texts = [one.text for one in split.learn]
    return Learnt(texts, Encoder(place).encode, place.kept / "onnx.npz")


def _nearest(matrix: Vectors, vector: Vectors) -> Near:
    alike = matrix @ vector
    order = np.argsort(-alike, kind="stable")[:REACH]
    found = zip(order.tolist(), alike[order].tolist(), strict=True)
    return [(place, similarity) for place, similarity in found if similarity > 0]


def fit_regression(split: Split, place: Place) -> Fitted:
    """Fit logistic regression to the vectors, its strength chosen on held-out groups."""
    learnt = _learnt(split, place)
    strength = max(STRENGTHS, key=lambda one: _accepted(split, learnt.matrix, one))
    head = fit_head(learnt.matrix, split.learn, strength)

    def judge(texts: Sequence[str]) -> list[Verdict]:
        return verdicts(head, learnt.encode(texts), split.none)

    return Fitted(judge, {"strength": strength}, learnt.seconds_before)


def _accepted(split: Split, matrix: Vectors, strength: float) -> float:
    inner, aside = held_out(split.learn)
    aside = to_choose_on(split.learn, aside, split.none)
    head = fit_head(matrix[inner], [split.learn[place] for place in inner], strength)
    firsts = [
        max(one.scores, key=lambda scene, one=one: one.scores[scene])
        for one in verdicts(head, matrix[aside], split.none)
    ]
    return accepted_share([split.learn[place] for place in aside], firsts)


if __name__ == "__main__":
    run({"bge-nearest": fit_nearest, "bge-regression": fit_regression})
