"""A matcher small enough to be trained within a test: four scenes, three authors, real cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.match.corpus import Example, load_corpus
from kg.match.fit import FitOptions
from kg.match.train import Training, fit_model, train
from ontology.guide import Guide

FOUR = ("S11", "S17", "S20", "S22")
ORIGINS = ("guide", "cases", "author_1", "author_2", "author_3")
OPTIONS = FitOptions(dimensions=8, most_features=4_000, off_topics=8)


@pytest.fixture(scope="session")
def few_examples(guide: Guide) -> tuple[Example, ...]:
    """The texts of four scenes, and of none, by a few authors."""
    return tuple(
        example
        for example in load_corpus(guide)
        if example.origin in ORIGINS and set(example.accepted) <= {*FOUR, "NONE"}
    )


@pytest.fixture(scope="session")
def training(few_examples: tuple[Example, ...]) -> Training:
    """A model of the four scenes."""
    return fit_model(few_examples, FOUR, OPTIONS)


@pytest.fixture(scope="session")
def small_model(
    guide: Guide, few_examples: tuple[Example, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A model folder as training writes it, of all scenes but few texts."""
    folder = tmp_path_factory.mktemp("trained")
    train(guide, folder, few_examples, OPTIONS)
    return folder
