"""A whole document: passages by what they speak of, and the scenes of them all.

Each sentence has a share for every scene and for none; the passages are the most probable sequence
of scenes over the sentences in which a change of scene costs something (Viterbi, 1967), less where
a paragraph or heading begins. Each passage is then judged as a text of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.match.calibration import Calibration
from kg.match.features import sentence_spans
from kg.match.matcher import Match, Matcher, ScenePick
from kg.match.model import Decision

Doubles = NDArray[np.float64]

# What a change of scene costs, in log-odds, within a paragraph and where one begins. Composed texts
# joined at random lose passages from 6 and 3 on (scene F1 0.998, 0.995, then 0.975 at 8 and 4).
CHANGE, CHANGE_AT_BREAK = 4.0, 2.0
# No single sentence may outvote all around it: a name in passing is worth no passage.
LARGEST_GAP = 8.0
# A candidate less than half as probable as the first of its passage is no scene of the document.
LEAST_OF_FIRST = 0.5
READ_AT_ONCE = 10_000  # characters; a longer document is read part by part, the limit of a text
Between = Callable[[int, int], None]
_BREAK = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the document and its match; no scene where nothing of the guide fits."""

    start: int
    end: int
    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class DocumentScene:
    """A scene of the document: the surest pick of it, and the numbers of its passages from 0.

    `decision` is matched where one of the passages is, else candidates.
    """

    pick: ScenePick
    decision: Decision
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentMatch:
    """The scenes of a document, the surest first, and its passages in order.

    `off_topic` are the numbers of the passages that no scene fits.
    """

    scenes: tuple[DocumentScene, ...]
    passages: tuple[Passage, ...]
    off_topic: tuple[int, ...]


def match_document(
    matcher: Matcher,
    text: str,
    edition: str | None = None,
    between: Between = lambda done, total: None,
) -> DocumentMatch:
    """Return passages and scenes of a document; raise InvalidValue or UnknownId as `match` does.

    `between` is told before each passage how many are done of how many; what it raises ends the
    work.
    """
    spans = list(_sentences(text))
    if len(spans) < 2:
        passages = [Passage(0, len(text), text, matcher.match(text, edition))]
    else:
        labels = _labels(matcher, text, spans)
        passages = []
        places = list(_joined(spans, labels, len(text)))
        for start, end in places:
            between(len(passages), len(places))
            passage = text[start:end]
            passages.append(Passage(start, end, passage, matcher.match(passage, edition)))
    return DocumentMatch(
        _scenes(passages),
        tuple(passages),
        tuple(n for n, one in enumerate(passages) if one.match.decision == "no_scene"),
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences begin and end; a document is longer than what a text is read to."""
    first = 0
    while first < len(text):
        part = text[first : first + READ_AT_ONCE]
        if first + len(part) < len(text):  # not in the middle of a sentence
            cut = max(part.rfind(sign) for sign in "。！？\n.") + 1
            part = part[: cut or len(part)]
        yield from ((first + start, first + end) for start, end in sentence_spans(part))
        first += len(part)


def _labels(matcher: Matcher, text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each sentence the column of its scene in the most probable sequence."""
    model = matcher.model
    said = [text[a:b] for a, b in spans]
    chances = np.array(
        [
            _chances(scores, model.calibration, sentence)
            for scores, sentence in zip(model.scores(said), said, strict=True)
        ]
    )
    costs = [
        CHANGE_AT_BREAK if _BREAK.search(text[before[1] : after[0] + 1]) else CHANGE
        for before, after in pairwise(spans)
    ]
    best, came_from = chances[0], []
    for chance, cost in zip(chances[1:], costs, strict=True):
        leader = int(best.argmax())
        changed = best[leader] - cost
        came_from.append(np.where(best >= changed, np.arange(len(best)), leader))
        best = np.maximum(best, changed) + chance
    labels = [int(best.argmax())]
    for earlier in reversed(came_from):
        labels.append(int(earlier[labels[-1]]))
    return labels[::-1]


def _chances(scores: NDArray[np.float32], calibration: Calibration, sentence: str) -> Doubles:
    """Return the log-chances of every scene and of none, each at most LARGEST_GAP below the best.

    None is judged by the limit for sentences of this form.
    """
    scaled = scores.astype(np.float64) / calibration.temperature
    scaled[-1] -= calibration.tolerated(sentence) / calibration.temperature
    logs = scaled - np.logaddexp.reduce(scaled)
    return np.asarray(np.maximum(logs, logs.max() - LARGEST_GAP), dtype=np.float64)


def _joined(
    spans: Sequence[tuple[int, int]], labels: Sequence[int], length: int
) -> Iterator[tuple[int, int]]:
    """Yield where passages begin and end: sentences of one label, with the scraps behind them."""
    begins = [0, *(n for n in range(1, len(labels)) if labels[n] != labels[n - 1])]
    starts = [0 if n == 0 else spans[n][0] for n in begins]
    yield from zip(starts, [*starts[1:], length], strict=True)


def _scenes(passages: Sequence[Passage]) -> tuple[DocumentScene, ...]:
    """Return the scenes of all passages: matched before candidates, then the surest first."""
    found: dict[str, list[tuple[ScenePick, Decision, int]]] = defaultdict(list)
    for number, passage in enumerate(passages):
        match = passage.match
        for pick in match.scenes[: 1 if match.decision == "matched" else None]:
            if pick.probability >= LEAST_OF_FIRST * match.scenes[0].probability:
                found[pick.id].append((pick, match.decision, number))
    scenes = [_scene(carried) for carried in found.values()]
    return tuple(
        sorted(scenes, key=lambda s: (s.decision != "matched", -s.pick.probability, s.pick.id))
    )


def _scene(carried: Sequence[tuple[ScenePick, Decision, int]]) -> DocumentScene:
    surest = max((pick for pick, _, _ in carried), key=lambda pick: pick.probability)
    matched = any(decision == "matched" for _, decision, _ in carried)
    numbers = tuple(number for _, _, number in carried)
    return DocumentScene(surest, "matched" if matched else "candidates", numbers)
