"""Which texts are held out together, and which must leave training with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.match.corpus import GUIDE, Example, enterprise_key
from kg.match.features import Floats
from kg.text import NearDuplicates

FOLDS = 5
Progress = Callable[[str], None]
Order = Callable[[str], "str | tuple[str, int]"]

# Fits to examples and scores texts: (examples to learn from, texts) -> scores.
Scorer = Callable[[Sequence[Example], Sequence[str]], Floats]


def unheard(said: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Scores of the examples that were held out once, by models that had not seen them."""

    examples: tuple[Example, ...]
    scores: Floats


def _drawn(name: str) -> str:
    """Return the place of a name in an order that its spelling says nothing of."""
    return hashlib.sha256(name.encode()).hexdigest()


def by_number(name: str) -> tuple[str, int]:
    """Return the place of a file of composed texts among those of its kind, in counted order.

    Files written one after the other are alike: those called off hold what no scene fits, author_15
    to author_17 English. Held out together, none would be left to learn such texts from.
    """
    kind, _, number = name.rpartition("_")
    return (kind, int(number)) if number.isdigit() else (name, 0)


def assign(groups: Sequence[str], folds: int, order: Order = _drawn) -> list[int]:
    """Return the fold of each group name: equal names together, folds of nearly equal size.

    Names that follow each other in the order go to different folds.
    """
    names = sorted(set(groups), key=order)
    fold_of = {name: place % folds for place, name in enumerate(names)}
    return [fold_of[name] for name in groups]


def out_of_fold(
    examples: Sequence[Example],
    scorer: Scorer,
    folds: int = FOLDS,
    jobs: int = 1,
    progress: Progress = unheard,
) -> OutOfFold:
    """Score real cases by fits without their enterprise, composed texts without their author.

    Near-duplicates leave with the held-out texts; the guide's own texts always stay. The two pools
    are held out one after the other, so that a case is scored by nearly the whole of training.
    `jobs` processes fit side by side; their number changes nothing of the result.
    """
    tests = list(_held_out(examples, folds))
    scores = []
    for number, one in enumerate(_scored(examples, tests, scorer, jobs), start=1):
        progress(f"held out {number} of {len(tests)}: {len(one)} texts")
        scores.append(one)
    order = [place for test in tests for place in test]
    return OutOfFold(tuple(examples[place] for place in order), np.concatenate(scores))


def _scored(
    examples: Sequence[Example], tests: Sequence[Sequence[int]], scorer: Scorer, jobs: int
) -> Iterator[Floats]:
    """Yield the scores of each held-out group, in order."""
    from joblib import Parallel, delayed

    alike = NearDuplicates(example.text for example in examples).within()
    tasks = []
    for test in tests:
        out = {*test, *(other for place in test for other in alike[place])}
        learn = [example for place, example in enumerate(examples) if place not in out]
        tasks.append(delayed(scorer)(learn, [examples[place].text for place in test]))
    scored: Iterator[Floats] = Parallel(n_jobs=jobs, return_as="generator")(tasks)
    return scored


def _held_out(examples: Sequence[Example], folds: int) -> Iterator[list[int]]:
    """Yield the positions held out together: folds of cases, then folds of composed texts."""
    for cases in (True, False):
        pool = [
            place
            for place, example in enumerate(examples)
            if example.origin != GUIDE and example.is_case == cases
        ]
        groups = [_group(examples[place], place) for place in pool]
        fold = assign(groups, folds, _drawn if cases else by_number)
        for number in range(folds):
            held = [place for place, own in zip(pool, fold, strict=True) if own == number]
            if held:
                yield held


def _group(example: Example, place: int) -> str:
    if not example.is_case:
        return example.origin
    return enterprise_key(example.enterprise) or f"row {place}"
