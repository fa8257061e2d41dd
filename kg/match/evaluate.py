"""Measuring the matcher on labelled texts, as it is or refitted without what is held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.match.corpus import Example, enterprise_key, load_corpus
from kg.match.fit import FitOptions
from kg.match.folds import assign
from kg.match.labelled import read_rows
from kg.match.matcher import Matcher
from kg.match.metrics import Evaluation, Row, evaluate_judgements
from kg.match.model import Judgement
from kg.match.train import Progress, fit_model
from kg.text import NearDuplicates
from ontology.guide import Guide

FOLDS = 5
AS_IT_IS = "the model as it is"
BY_ENTERPRISE = (
    "{folds} folds by enterprise: each is judged by a model refitted, calibration and thresholds"
    " included, without anything of its enterprises and without near-duplicates of its texts"
)
NO_ENTERPRISES = (
    "the file names no enterprise, so there is nothing to fold by: all rows are judged by one model"
    " refitted without near-duplicates of their texts"
)


def evaluate_file(path: Path, matcher: Matcher) -> Evaluation:
    """Return the figures of a matcher on a file, or raise InvalidFile."""
    return evaluate_rows(read_rows(path, matcher.guide), matcher, load_corpus(matcher.guide))


def evaluate_rows(rows: Sequence[Row], matcher: Matcher, corpus: Sequence[Example]) -> Evaluation:
    """Return the figures of a matcher on rows; `corpus` is what it learnt from."""
    judgements = [matcher.judge(row.text) for row in rows]
    return evaluate_judgements(rows, judgements, count_seen(rows, corpus), AS_IT_IS)


def cross_validate(
    path: Path,
    guide: Guide,
    folds: int = FOLDS,
    options: FitOptions | None = None,
    progress: Progress = lambda _: None,
) -> Evaluation:
    """Return the figures of models refitted without what belongs to the rows they judge."""
    rows = read_rows(path, guide)
    return cross_validate_rows(rows, load_corpus(guide), guide, folds, options, progress)


def cross_validate_rows(
    rows: Sequence[Row],
    corpus: Sequence[Example],
    guide: Guide,
    folds: int = FOLDS,
    options: FitOptions | None = None,
    progress: Progress = lambda _: None,
) -> Evaluation:
    """Return the figures of refitted models on rows; deterministic."""
    settings = replace(options or FitOptions(), dimensions=0)
    scenes = tuple(sorted(scene.id for scene in guide.scenes))
    judgements: dict[int, Judgement] = {}
    seen = 0
    for number, held in enumerate(_folds(rows, folds), start=1):
        test = [rows[place] for place in held]
        learn = without(corpus, test)
        progress(f"fold {number}: {len(test)} rows, {len(learn)} texts to learn from")
        matcher = Matcher(fit_model(learn, scenes, settings).model, f"fold {number}", guide)
        judgements.update({place: matcher.judge(rows[place].text) for place in held})
        seen += count_seen(test, learn)
    by_enterprise = any(row.enterprise for row in rows)
    protocol = BY_ENTERPRISE.format(folds=folds) if by_enterprise else NO_ENTERPRISES
    ordered = [judgements[place] for place in range(len(rows))]
    return evaluate_judgements(rows, ordered, seen, protocol)


def count_seen(rows: Sequence[Row], corpus: Sequence[Example]) -> int:
    """Count the rows whose enterprise or near-duplicate text stands in the corpus."""
    enterprises = {enterprise_key(example.enterprise) for example in corpus} - {""}
    alike = NearDuplicates(example.text for example in corpus)
    return sum(
        enterprise_key(row.enterprise) in enterprises or bool(alike.of(row.text)) for row in rows
    )


def without(corpus: Sequence[Example], held: Sequence[Row]) -> list[Example]:
    """Return the corpus without the held-out enterprises and near-duplicates of the texts."""
    enterprises = {enterprise_key(row.enterprise) for row in held} - {""}
    alike = NearDuplicates(row.text for row in held)
    return [
        example
        for example in corpus
        if enterprise_key(example.enterprise) not in enterprises and not alike.of(example.text)
    ]


def _folds(rows: Sequence[Row], folds: int) -> Iterator[list[int]]:
    """Yield the positions of the rows of each fold; without enterprises there is but one."""
    if not any(row.enterprise for row in rows):
        yield list(range(len(rows)))
        return
    fold = assign([enterprise_key(row.enterprise) or f"row {row.id}" for row in rows], folds)
    for number in range(folds):
        held = [place for place, own in enumerate(fold) if own == number]
        if held:
            yield held
