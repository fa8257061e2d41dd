"""One trial of a system on one split: fit, judge three times, write what was said and the cost.

Stands by itself: a peer's environment has this folder and its own libraries, not the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BEST = 10  # scenes that are kept of each ranking
PASSES = 3  # times that all texts are judged, for the median
DIGITS = 6


@dataclass(frozen=True)
class Learnt:
    """A text to learn from; `group` is its enterprise or the author who composed it."""

    text: str
    scene: str
    also: tuple[str, ...]
    is_case: bool
    weight: float
    group: str
    kind: str
    origin: str
    enterprise: str
    agreement: str

    @property
    def accepted(self) -> tuple[str, ...]:
        """Return every scene that counts as right."""
        return (self.scene, *self.also)


@dataclass(frozen=True)
class Labels:
    """The words of the guide for a scene."""

    names: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Texts to learn from, words of the scenes, and the texts that will be judged.

    `none` is the scene of texts that no scene fits, `strength` the inverse regularisation that ours
    was tuned to. A fit must not look at `judge`.
    """

    none: str
    strength: float
    scenes: Mapping[str, Labels]
    learn: tuple[Learnt, ...]
    judge: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What is said of one text: a score for each scene found, and how likely none fits."""

    scores: Mapping[str, float]
    off_topic: float


@dataclass(frozen=True)
class Fitted:
    """A fitted system, what it chose on its inner folds, and seconds of fitting spent before.

    The latter are for vectors that an earlier trial computed and kept.
    """

    judge: Callable[[Sequence[str]], Sequence[Verdict]]
    chosen: Mapping[str, object] = field(default_factory=dict)
    seconds_before: float = 0.0


@dataclass(frozen=True)
class Place:
    """Where a system finds the sentence model and may keep things from split to split."""

    kept: Path
    model: Path | None
    weights: Path | None


Fit = Callable[[Split, Place], Fitted]


def run(fits: Mapping[str, Fit]) -> None:
    """Run the trial that the command line asks for: one of the systems of a script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=fits)
    parser.add_argument("split", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--kept", type=Path, required=True, help="folder that splits share")
    parser.add_argument("--model", type=Path, help="folder of the sentence model")
    parser.add_argument("--weights", type=Path, help="the same model as ONNX")
    given = parser.parse_args()
    place = Place(given.kept, given.model, given.weights)
    said = _tried(fits[given.system], _read(given.split), place)
    given.out.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _tried(fit: Fit, split: Split, place: Place) -> dict[str, object]:
    begin = time.perf_counter()
    fitted = fit(split, place)
    fit_seconds = time.perf_counter() - begin + fitted.seconds_before
    judge_seconds = []
    verdicts: Sequence[Verdict] = ()
    for _ in range(PASSES):
        begin = time.perf_counter()
        verdicts = fitted.judge(split.judge)
        judge_seconds.append(round(time.perf_counter() - begin, 4))
    return {
        "verdicts": [
            {"scenes": _best(verdict.scores), "off_topic": _short(verdict.off_topic)}
            for verdict in verdicts
        ],
        "fit_seconds": round(fit_seconds, 2),
        "judge_seconds": judge_seconds,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "chosen": dict(fitted.chosen),
    }


def _read(path: Path) -> Split:
    held = json.loads(path.read_text(encoding="utf-8"))
    return Split(
        none=held["none"],
        strength=held["strength"],
        scenes={
            scene: Labels(tuple(one["names"]), tuple(one["keywords"]))
            for scene, one in held["scenes"].items()
        },
        learn=tuple(Learnt(**{**one, "also": tuple(one["also"])}) for one in held["learn"]),
        judge=tuple(held["judge"]),
    )


def _best(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(scene, _short(score)) for scene, score in ordered[:BEST]]


def _short(score: float) -> float:
    return float(f"{float(score):.{DIGITS}g}")


# Inner folds: how a peer chooses its settings, on what it learns from alone.

HELD_OUT_GROUPS = 3  # one group in three is held out
MOST_COMPOSED = 600  # composed texts that settings are chosen on, beside all held-out cases
GUIDE = "guide"  # the guide's own words are always learnt


def held_out(learn: Sequence[Learnt]) -> tuple[list[int], list[int]]:
    """Return the positions to fit to and to choose settings on: whole enterprises and authors."""
    test = [
        place
        for place, one in enumerate(learn)
        if one.origin != GUIDE and int(_hash(one.group), 16) % HELD_OUT_GROUPS == 0
    ]
    aside = set(test)
    return [place for place in range(len(learn)) if place not in aside], test


def to_choose_on(learn: Sequence[Learnt], places: Sequence[int], none: str) -> list[int]:
    """Return the in-scope places among those given: all cases and some of the composed texts."""
    inside = [
        place for place in places if learn[place].scene != none and learn[place].origin != GUIDE
    ]
    cases = [place for place in inside if learn[place].is_case]
    others = [place for place in inside if not learn[place].is_case]
    return cases + sorted(others, key=lambda place: _hash(learn[place].text))[:MOST_COMPOSED]


def accepted_share(tests: Sequence[Learnt], found: Sequence[str | None]) -> float:
    """Return how many first scenes are accepted: cases count half, composed texts half."""
    shares = [
        sum(hits) / len(hits)
        for hits in (list(_hits(tests, found, cases)) for cases in (True, False))
        if hits
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _hits(tests: Sequence[Learnt], found: Sequence[str | None], cases: bool) -> Iterator[bool]:
    for one, scene in zip(tests, found, strict=True):
        if one.is_case == cases:
            yield scene in one.accepted


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
