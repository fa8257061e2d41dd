"""How good judgements are, measured against labelled rows.

What cannot be computed from the rows given is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.match.corpus import NONE
from kg.match.model import Judgement
from kg.match.reliability import Reliability, reliability, wilson

FIRST = 3
SEVERAL = ("multi", "document")  # kinds whose `also` names further scenes of the text
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled text; for NONE rows `also` may name the sub-kind of being off topic."""

    id: str
    text: str
    scene: str
    also: tuple[str, ...] = ()
    kind: str = ""
    enterprise: str = ""

    @property
    def in_scope(self) -> bool:
        """Tell whether any scene fits the text."""
        return self.scene != NONE

    @property
    def accepted(self) -> tuple[str, ...]:
        """Return every scene that counts as right."""
        return (self.scene, *self.also)


@dataclass(frozen=True, slots=True)
class OffTopic:
    """How many texts without scene were told so."""

    n: int
    rejected: float | None
    auroc: float | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """In-scope texts answered by one scene; coverage is their share of the in-scope texts.

    `precision_low` is the lower end of the precision's 95 % interval (Wilson).
    """

    n: int
    coverage: float | None
    precision_lenient: float | None
    precision_low: float | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """In-scope texts answered by several scenes; `contains` is the share that holds a right one."""

    n: int
    mean_size: float | None
    contains: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the five most probable scenes compare with the labels, whatever the decision."""

    n: int
    top1: float | None
    lenient: float | None
    top3: float | None
    mrr: float | None
    all_in_top3: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of `sfkg evaluate`.

    `top1`, `top3`, `mrr` look for the scene itself, `lenient` accepts alternatives; these, `ece`,
    `matched` and `candidates` are taken over in-scope rows. `auroc` is that of the off-topic score,
    `auroc_length` that of the mere length of the text, whichever way round. `all_in_top3` needs all
    scenes of a text of several among the first three. `ece` is the error of `reliability`, which
    holds the chance of the first scene against its being accepted.
    """

    seen: int | None
    n: int
    top1: float | None
    lenient: float | None
    top3: float | None
    mrr: float | None
    ece: float | None
    auroc: float | None
    auroc_length: float | None
    in_scope_rejected: float | None
    off_topic: OffTopic
    off_topic_by_kind: dict[str, OffTopic]
    matched: Matched
    candidates: Candidates
    all_in_top3: float | None
    by_kind: dict[str, Ranking]
    reliability: Reliability | None = None
    protocol: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain JSON, rounded, in the order documented for the command."""
        plain: dict[str, Any] = rounded(asdict(self))
        plain["off_topic"].pop("auroc")
        plain["off_topic"]["by_kind"] = plain.pop("off_topic_by_kind")
        return plain


def evaluate_judgements(
    rows: Sequence[Row],
    judgements: Sequence[Judgement],
    seen: int | None = None,
    protocol: str = "",
) -> Evaluation:
    """Return all figures for rows and what was said of them."""
    pairs = list(zip(rows, judgements, strict=True))
    inside = [(row, judgement) for row, judgement in pairs if row.in_scope]
    outside = [(row, judgement) for row, judgement in pairs if not row.in_scope]
    overall, relied = ranking_of(pairs), _reliability(inside)
    return Evaluation(
        seen=seen,
        n=len(rows),
        top1=overall.top1,
        lenient=overall.lenient,
        top3=overall.top3,
        mrr=overall.mrr,
        ece=relied.error if relied else None,
        auroc=_off_topic_auroc(outside, inside),
        auroc_length=_length_auroc(outside, inside),
        in_scope_rejected=_share(judgement.decision == "no_scene" for _, judgement in inside),
        off_topic=_off_topic(outside, inside),
        off_topic_by_kind={
            kind: _off_topic([pair for pair in outside if _sub_kind(pair[0]) == kind], inside)
            for kind in sorted({_sub_kind(row) for row, _ in outside} - {""})
        },
        matched=_matched(inside),
        candidates=_candidates(inside),
        all_in_top3=overall.all_in_top3,
        by_kind={
            kind: ranking_of([pair for pair in pairs if pair[0].kind == kind])
            for kind in sorted({row.kind for row in rows} - {""})
        },
        reliability=relied,
        protocol=protocol,
    )


Pairs = Sequence[tuple[Row, Judgement]]


def ranking_of(pairs: Pairs) -> Ranking:
    """Return how well the rankings of the in-scope rows among the pairs agree with the labels."""
    inside = [(row, scenes_of(judgement)) for row, judgement in pairs if row.in_scope]
    return Ranking(
        n=len(pairs),
        top1=_share(scenes[0] == row.scene for row, scenes in inside),
        lenient=_share(scenes[0] in row.accepted for row, scenes in inside),
        top3=_share(row.scene in scenes[:FIRST] for row, scenes in inside),
        mrr=_mean(_reciprocal_rank(row.scene, scenes) for row, scenes in inside),
        all_in_top3=_share(
            set(row.accepted) <= set(scenes[:FIRST])
            for row, scenes in inside
            if row.kind in SEVERAL
        ),
    )


def scenes_of(judgement: Judgement) -> list[str]:
    """Return the ids of the ranked scenes, the most probable first."""
    return [ranked.scene for ranked in judgement.ranking]


def _reciprocal_rank(scene: str, scenes: Sequence[str]) -> float:
    return 1 / (scenes.index(scene) + 1) if scene in scenes else 0.0


def _reliability(inside: Pairs) -> Reliability | None:
    """Return how far the chance of the first scene can be relied on."""
    chances = [judgement.ranking[0].probability for _, judgement in inside]
    right = [scenes_of(judgement)[0] in row.accepted for row, judgement in inside]
    return reliability(np.array(chances, dtype=np.float64), np.array(right, dtype=np.bool_))


def _off_topic(outside: Pairs, inside: Pairs) -> OffTopic:
    rejected = _share(judgement.decision == "no_scene" for _, judgement in outside)
    return OffTopic(len(outside), rejected, _off_topic_auroc(outside, inside))


def _off_topic_auroc(outside: Pairs, inside: Pairs) -> float | None:
    return _auroc(outside, inside, lambda row, judgement: judgement.off_topic)


def _length_auroc(outside: Pairs, inside: Pairs) -> float | None:
    auroc = _auroc(outside, inside, lambda row, judgement: float(len(row.text)))
    return None if auroc is None else max(auroc, 1 - auroc)


def _auroc(outside: Pairs, inside: Pairs, score: Callable[[Row, Judgement], float]) -> float | None:
    """Return the chance that an off-topic row scores above an in-scope one, ties counting half."""
    if not outside or not inside:
        return None
    above = np.array([score(*pair) for pair in outside])
    below: NDArray[np.float64] = np.sort(np.array([score(*pair) for pair in inside]))
    won = np.searchsorted(below, above, side="left") + np.searchsorted(below, above, side="right")
    return float(won.sum() / (2 * len(above) * len(below)))


def _sub_kind(row: Row) -> str:
    return row.also[0] if row.also else ""


def _matched(inside: Pairs) -> Matched:
    chosen = [pair for pair in inside if pair[1].decision == "matched"]
    right = sum(scenes_of(said)[0] in row.accepted for row, said in chosen)
    return Matched(
        n=len(chosen),
        coverage=len(chosen) / len(inside) if inside else None,
        precision_lenient=right / len(chosen) if chosen else None,
        precision_low=wilson(right, len(chosen))[0] if chosen else None,
    )


def _candidates(inside: Pairs) -> Candidates:
    offered = [pair for pair in inside if pair[1].decision == "candidates"]
    return Candidates(
        n=len(offered),
        mean_size=_mean(float(said.shown) for _, said in offered),
        contains=_share(
            bool(set(row.accepted) & set(scenes_of(said)[: said.shown])) for row, said in offered
        ),
    )


def _share(flags: Iterable[bool]) -> float | None:
    return _mean(float(flag) for flag in flags)


def _mean(values: Iterable[float]) -> float | None:
    held = list(values)
    return sum(held) / len(held) if held else None


def rounded(value: Any) -> Any:
    """Return plain figures rounded to what can be told apart."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return value
