"""Choosing the settings of a fit by folds inside the texts to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.match.calibration import held_out_loss
from kg.match.corpus import Example
from kg.match.fit import FitOptions, scorer_of_several
from kg.match.folds import Progress, out_of_fold, unheard

INNER_FOLDS = 3
USUAL = FitOptions()
# The settings that moved figures when they were tried by hand, each a step either way.
GRID: tuple[FitOptions, ...] = (
    USUAL,
    replace(USUAL, word_odds=0.25),
    replace(USUAL, word_odds=1.0),
    replace(USUAL, case_weight=3.0),
    replace(USUAL, strength=10.0),
)


def choose(
    examples: Sequence[Example],
    scenes: Sequence[str],
    grid: Sequence[FitOptions] = GRID,
    jobs: int = 1,
    progress: Progress = unheard,
) -> FitOptions:
    """Return the settings with the least loss on held-out texts, the first among equals.

    The loss is that of the accepted scenes at the best temperature, half of it by real cases: it
    tells settings apart that agree on the first scene of all but a few texts.
    """
    losses: dict[FitOptions, float] = {}
    for alike in _alike_but_for_odds(grid):
        scorer = scorer_of_several(scenes, alike[0], [options.word_odds for options in alike])
        held_out = out_of_fold(examples, scorer, INNER_FOLDS, jobs)
        for place, options in enumerate(alike):
            scores = held_out.scores[:, place]
            losses[options] = held_out_loss(scores, held_out.examples, scenes)
            progress(f"loss {losses[options]:.4f} with {difference(options)}")
    return min(grid, key=losses.__getitem__)


def _alike_but_for_odds(grid: Sequence[FitOptions]) -> list[list[FitOptions]]:
    """Return the settings in groups that one regression serves."""
    groups: dict[FitOptions, list[FitOptions]] = {}
    for options in grid:
        groups.setdefault(replace(options, word_odds=0.0), []).append(options)
    return list(groups.values())


def difference(options: FitOptions) -> str:
    """Say what sets settings apart from the usual ones."""
    names = FitOptions.__dataclass_fields__
    changed = [name for name in names if getattr(options, name) != getattr(USUAL, name)]
    return ", ".join(f"{name} {getattr(options, name):g}" for name in changed) or "usual settings"
