"""Nearest texts vote for their scene; how many, and how strongly, is chosen on the texts learnt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product

from trial import Fitted, Split, Verdict, accepted_share, to_choose_on

REACH = 200  # nearest texts that are asked for
VOTERS = (5, 10, 20, 40, 80)
POWERS = (1.0, 4.0, 16.0)  # a vote counts as its similarity, relative to the best, to this power
# Mean of so many similarities to texts without scene, less that to texts with one: on held-out
# authors it tells off-topic texts as well as any share of the votes, and has no ties.
COMPARED = 5

# The nearest texts learnt of each text, nearest first: positions with positive similarities.
Near = Sequence[tuple[int, float]]
Nearest = Callable[[Sequence[str]], Sequence[Near]]


@dataclass(frozen=True)
class Vote:
    """The settings of a vote."""

    voters: int
    power: float


def fit_votes(split: Split, nearest: Nearest, seconds_before: float = 0.0) -> Fitted:
    """Return the system that lets the nearest texts vote, its settings chosen on the learnt texts.

    Each text to choose on is judged by the others: its enterprise or author has no vote.
    """
    learn = split.learn
    places = to_choose_on(learn, range(len(learn)), split.none)
    tests = [learn[place] for place in places]
    found = [
        [(other, alike) for other, alike in near if learn[other].group != one.group]
        for one, near in zip(tests, nearest([one.text for one in tests]), strict=True)
    ]
    grid = [Vote(*one) for one in product(VOTERS, POWERS)]
    chosen = max(grid, key=lambda vote: accepted_share(tests, _firsts(split, vote, found)))

    def judge(texts: Sequence[str]) -> list[Verdict]:
        return [
            Verdict(_votes(split, chosen, near), _off_topic(split, near)) for near in nearest(texts)
        ]

    return Fitted(judge, asdict(chosen), seconds_before)


def _firsts(split: Split, vote: Vote, found: Sequence[Near]) -> list[str | None]:
    votes = [_votes(split, vote, near) for near in found]
    return [max(one, key=lambda scene: one[scene], default=None) for one in votes]


def _votes(split: Split, vote: Vote, near: Near) -> dict[str, float]:
    """Return the shares of the votes of the nearest texts that have a scene."""
    votes: defaultdict[str, float] = defaultdict(float)
    inside = [(split.learn[place], alike) for place, alike in near]
    inside = [(one, alike) for one, alike in inside if one.scene != split.none][: vote.voters]
    for one, alike in inside:
        votes[one.scene] += (alike / inside[0][1]) ** vote.power
    total = sum(votes.values())
    return {scene: one / total for scene, one in votes.items()}


def _off_topic(split: Split, near: Near) -> float:
    return _closeness(split, near, none=True) - _closeness(split, near, none=False)


def _closeness(split: Split, near: Near, none: bool) -> float:
    alike = [alike for place, alike in near if (split.learn[place].scene == split.none) == none]
    return sum(alike[:COMPARED]) / COMPARED
