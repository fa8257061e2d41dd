"""Intervals of means by drawing whole groups of texts with replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

DRAWS = 10_000
SEED = 2718
TAIL = 0.025  # on either side of a 95 % interval


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


class Bootstrap:
    """Draws of groups, the same for every figure of the same texts, so that differences pair.

    What belongs together (the texts of one enterprise) is drawn together (Efron & Tibshirani 1993,
    chapters 8 and 16).
    """

    def __init__(self, groups: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> None:
        self._group = np.unique(groups, return_inverse=True)[1]
        self._sizes = np.bincount(self._group).astype(np.float64)
        self.groups = len(self._sizes)
        self._drawn = np.random.default_rng(seed).integers(self.groups, size=(draws, self.groups))

    def interval(self, values: Doubles) -> Interval:
        """Return the mean of one value per text, with the interval of the draws."""
        totals = np.bincount(self._group, weights=values)
        means = totals[self._drawn].sum(axis=1) / self._sizes[self._drawn].sum(axis=1)
        low, high = np.quantile(means, [TAIL, 1 - TAIL]).tolist()
        return Interval(float(values.mean()), low, high)
