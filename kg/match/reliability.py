"""How far stated chances can be relied on: bins of equal mass, calibration error, Brier skill."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

BINS = 10  # of equal mass
SIMULATED = 2000
SEED = 399
SURE = 0.95
_DEVIATIONS = 1.959964  # of a normal distribution, that hold 95 % of it


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts with neighbouring chances and how often they were right (95 % interval by Wilson)."""

    n: int
    stated: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Stated chances against what came true.

    `error` is the expected calibration error over the bins, `error_by_chance` what a perfectly
    calibrated model of as many texts with the same chances stays below in 95 of 100 cases;
    `brier_skill` is 1 for an oracle and 0 for always stating the share that was right.
    """

    n: int
    error: float
    error_by_chance: float
    brier_skill: float
    bins: tuple[Bin, ...]


def reliability(chances: Doubles, right: Flags) -> Reliability | None:
    """Compare the stated chances with what came true; None without texts.

    Expected calibration error over equal-mass bins: Naeini et al. 2015; its spread under perfect
    calibration by resampling: Vaicenavicius et al. 2019.
    """
    if not len(chances):
        return None
    parts = [part for part in np.array_split(np.argsort(chances, kind="stable"), BINS) if len(part)]
    base = float(np.mean(right))
    spread = base * (1 - base)
    brier = float(np.mean((chances - right) ** 2))
    return Reliability(
        n=len(chances),
        error=_error(chances, right[None, :], parts)[0],
        error_by_chance=_error_by_chance(chances, parts),
        brier_skill=1 - brier / spread if spread else 0.0,
        bins=tuple(_bin(chances[part], right[part]) for part in parts),
    )


def _error(chances: Doubles, right: Flags, parts: list[NDArray[np.intp]]) -> list[float]:
    """Return the calibration error of each row of outcomes."""
    distances = [
        np.abs(chances[part].mean() - right[:, part].mean(axis=1)) * len(part) for part in parts
    ]
    return [float(one) for one in np.sum(distances, axis=0) / len(chances)]


def _error_by_chance(chances: Doubles, parts: list[NDArray[np.intp]]) -> float:
    drawn = np.random.default_rng(SEED).random((SIMULATED, len(chances))) < chances
    return float(np.quantile(_error(chances, drawn, parts), SURE))


def _bin(chances: Doubles, right: Flags) -> Bin:
    low, high = wilson(int(right.sum()), len(right))
    return Bin(len(right), float(chances.mean()), float(right.mean()), low, high)


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927)."""
    share, square = right / n, _DEVIATIONS**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _DEVIATIONS * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)
