"""Measuring the matcher on labelled texts, as it is or refitted without what is held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from kg.match.calibration import Calibration
from kg.match.corpus import GUIDE, Example, enterprise_key, load_corpus
from kg.match.fit import FitOptions, fit_classifier
from kg.match.folds import FOLDS, assign
from kg.match.labelled import read_rows, row_of
from kg.match.matcher import Matcher
from kg.match.metrics import Evaluation, Row, evaluate_judgements
from kg.match.model import Judgement, Model
from kg.match.train import Work, fit_model, vectors_for
from kg.match.tuning import choose, difference
from kg.text import NearDuplicates
from ontology.guide import Guide

AS_IT_IS = "the model as it is"
BY_ENTERPRISE = (
    "{folds} folds by enterprise: each is judged by a model refitted, calibration and thresholds"
    " included, without anything of its enterprises and without near-duplicates of its texts"
)
NO_ENTERPRISES = (
    "the file names no enterprise, so there is nothing to fold by: all rows are judged by one model"
    " refitted without near-duplicates of their texts"
)
TUNED = "; settings chosen inside each fold by {grid} candidates on folds of its own: {chosen}"
BY_AUTHOR = (
    "each file of composed texts is judged by a classifier refitted without it and without"
    " near-duplicates of its texts; calibration and thresholds are those of the model in use"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of labelled rows, how many of them had been seen, and how it was made."""

    rows: tuple[Row, ...]
    judgements: tuple[Judgement, ...]
    seen: int | None
    protocol: str

    def figures(self) -> Evaluation:
        """Return the figures of `sfkg evaluate`."""
        return evaluate_judgements(self.rows, self.judgements, self.seen, self.protocol)

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        """Return several that were made alike as one."""
        return cls(
            tuple(row for part in parts for row in part.rows),
            tuple(judgement for part in parts for judgement in part.judgements),
            sum(part.seen or 0 for part in parts),
            parts[0].protocol,
        )


@dataclass(frozen=True, slots=True)
class Refit:
    """How models are refitted: settings, or several to choose from in each fold; how to work."""

    grid: tuple[FitOptions, ...] = (FitOptions(),)
    folds: int = FOLDS
    work: Work = Work()  # noqa: RUF009 - frozen


def judge_file(path: Path, matcher: Matcher) -> Judged:
    """Return what a matcher says of the rows of a file, or raise InvalidFile."""
    return judge_rows(read_rows(path, matcher.guide), matcher, load_corpus(matcher.guide))


def judge_rows(rows: Sequence[Row], matcher: Matcher, corpus: Sequence[Example]) -> Judged:
    """Return what a matcher says of rows; `corpus` is what it learnt from."""
    judgements = tuple(matcher.judge(row.text) for row in rows)
    return Judged(tuple(rows), judgements, count_seen(rows, corpus), AS_IT_IS)


def cross_validate(path: Path, guide: Guide, refit: Refit | None = None) -> Judged:
    """Return what models refitted without what belongs to the rows say of them."""
    return cross_validate_rows(read_rows(path, guide), load_corpus(guide), guide, refit)


def cross_validate_rows(
    rows: Sequence[Row],
    corpus: Sequence[Example],
    guide: Guide,
    refit: Refit | None = None,
) -> Judged:
    """Return what refitted models say of rows; deterministic, whatever the number of jobs."""
    how = refit or Refit()
    work = how.work
    vectorised = vectors_for(work, corpus)
    scenes = tuple(sorted(scene.id for scene in guide.scenes))
    judgements: dict[int, Judgement] = {}
    chosen: list[str] = []
    seen = 0
    for number, held in enumerate(folds_of(rows, how.folds), start=1):
        test = [rows[place] for place in held]
        learn = without(corpus, test)
        work.progress(f"fold {number}: {len(test)} rows, {len(learn)} texts to learn from")
        options = how.grid[0]
        if len(how.grid) > 1:
            options = choose(learn, scenes, how.grid, work.jobs, work.progress)
            chosen.append(difference(options))
        bare = replace(options, dimensions=0)
        model = fit_model(learn, scenes, bare, work, vectorised).model
        matcher = Matcher(model, f"fold {number}", guide)
        judgements.update({place: matcher.judge(rows[place].text) for place in held})
        seen += count_seen(test, learn)
    protocol = _protocol(rows, how, chosen)
    ordered = tuple(judgements[place] for place in range(len(rows)))
    return Judged(tuple(rows), ordered, seen, protocol)


def _protocol(rows: Sequence[Row], how: Refit, chosen: Sequence[str]) -> str:
    by_enterprise = any(row.enterprise for row in rows)
    told = BY_ENTERPRISE.format(folds=how.folds) if by_enterprise else NO_ENTERPRISES
    return told + (TUNED.format(grid=len(how.grid), chosen="; ".join(chosen)) if chosen else "")


def leave_authors_out(
    corpus: Sequence[Example],
    scenes: Sequence[str],
    calibration: Calibration,
    options: FitOptions | None = None,
    jobs: int = 1,
) -> dict[str, Judged]:
    """Return for each file of composed texts what is said of it by fits without it."""
    from joblib import Parallel, delayed

    bare = replace(options or FitOptions(), dimensions=0)
    origins = sorted({example.origin for example in corpus if _is_composed(example)})
    judged = Parallel(n_jobs=jobs)(
        delayed(_judged_without)(corpus, origin, scenes, bare, calibration) for origin in origins
    )
    return dict(zip(origins, judged, strict=True))


def _is_composed(example: Example) -> bool:
    return not example.is_case and example.origin != GUIDE


def _judged_without(
    corpus: Sequence[Example],
    origin: str,
    scenes: Sequence[str],
    options: FitOptions,
    calibration: Calibration,
) -> Judged:
    held = [example for example in corpus if example.origin == origin]
    rows = tuple(row_of(example, str(place)) for place, example in enumerate(held, start=2))
    learn = without([example for example in corpus if example.origin != origin], rows)
    model = Model(fit_classifier(learn, scenes, options), calibration)
    said = tuple(model.judge(row.text) for row in rows)
    return Judged(rows, said, count_seen(rows, learn), BY_AUTHOR)


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


def folds_of(rows: Sequence[Row], folds: int) -> Iterator[list[int]]:
    """Yield the positions of the rows of each fold; without enterprises there is but one."""
    if not any(row.enterprise for row in rows):
        yield list(range(len(rows)))
        return
    fold = assign([enterprise_key(row.enterprise) or f"row {row.id}" for row in rows], folds)
    for number in range(folds):
        held = [place for place, own in enumerate(fold) if own == number]
        if held:
            yield held
