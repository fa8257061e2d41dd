"""Stated chances against what came true, in cases whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from kg.match.reliability import reliability, wilson


def test_chances_that_come_true_as_stated_err_less_than_chance_allows() -> None:
    chances = np.repeat([0.1, 0.5, 0.9], 100)
    right = np.concatenate([np.arange(100) < 10, np.arange(100) < 50, np.arange(100) < 90])
    order = np.random.default_rng(1).permutation(300)  # so that no bin is sorted by outcome
    found = reliability(chances[order], right[order])
    assert found is not None
    assert found.error < found.error_by_chance
    assert found.brier_skill > 0.3


def test_chances_stated_too_high_err_more_than_chance_allows() -> None:
    chances = np.full(200, 0.9)
    right = np.arange(200) % 2 == 0
    found = reliability(chances, right)
    assert found is not None
    assert found.error == pytest.approx(0.4)
    assert found.error > 3 * found.error_by_chance
    assert found.brier_skill < 0


def test_every_text_stands_in_one_bin_and_bins_are_of_equal_mass() -> None:
    found = reliability(np.linspace(0.01, 0.99, 101), np.ones(101, dtype=bool))
    assert found is not None
    assert sum(one.n for one in found.bins) == 101
    assert {one.n for one in found.bins} == {10, 11}
    assert [one.stated for one in found.bins] == sorted(one.stated for one in found.bins)


def test_nothing_is_said_of_no_texts_and_little_of_one() -> None:
    assert reliability(np.zeros(0), np.zeros(0, dtype=bool)) is None
    found = reliability(np.array([0.7]), np.array([True]))
    assert found is not None
    assert (found.n, len(found.bins), found.brier_skill) == (1, 1, 0.0)


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)
