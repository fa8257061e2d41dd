"""What a change of the taught words does to the development figures, before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.match import development
from kg.match.features import readable
from kg.match.labelled import read_rows
from kg.match.matcher import Matcher
from kg.match.metrics import Row, evaluate_judgements
from kg.match.model import Judgement
from kg.match.vocabulary import Vocabulary

# Figures of the matcher that words can move, by the names that `sfkg evaluate` gives them.
FIGURES = ("top1", "lenient", "top3", "in_scope_rejected", "off_topic_rejected")
SETS = ("queries", "cases")


@dataclass(frozen=True, slots=True)
class Changed:
    """A development text whose first scene (or refusal) is another one, and whether it is right."""

    text: str
    before: str
    after: str
    was_right: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Figures of one set of development texts with the words in use and with the changed ones."""

    name: str
    texts: int
    before: dict[str, float]
    after: dict[str, float]
    changed: tuple[Changed, ...]


def effects(matcher: Matcher, before: Vocabulary, after: Vocabulary) -> tuple[Effect, ...]:
    """Return what a change does on each set.

    The queries were never learnt from. The cases were, so that only the difference tells there.
    """
    in_use, changed_one = matcher.with_words(before), matcher.with_words(after)
    differing = Vocabulary(set(before.words) ^ set(after.words))
    found = []
    for name in SETS:
        rows = read_rows(development(name), matcher.guide)
        was = [in_use.judge(row.text) for row in rows]
        now = [
            changed_one.judge(row.text) if differing.spoken(readable(row.text)) else said
            for row, said in zip(rows, was, strict=True)
        ]
        changed = tuple(
            _changed(row, one, other)
            for row, one, other in zip(rows, was, now, strict=True)
            if _first(one) != _first(other)
        )
        found.append(Effect(name, len(rows), _figures(rows, was), _figures(rows, now), changed))
    return tuple(found)


def _figures(rows: Sequence[Row], judgements: Sequence[Judgement]) -> dict[str, float]:
    held = evaluate_judgements(rows, judgements).to_dict()
    held["off_topic_rejected"] = held["off_topic"]["rejected"]
    return {name: held[name] for name in FIGURES if held.get(name) is not None}


def _first(judgement: Judgement) -> str:
    return "NONE" if judgement.decision == "no_scene" else judgement.ranking[0].scene


def _changed(row: Row, before: Judgement, after: Judgement) -> Changed:
    was, now = _first(before), _first(after)
    accepted = (row.scene, *row.also)
    return Changed(row.text, was, now, was in accepted, now in accepted)
