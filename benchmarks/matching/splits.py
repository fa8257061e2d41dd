"""The splits that every system learns from and is judged on, as one JSON file each."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.match import development
from kg.match.corpus import NONE, Example, enterprise_key, fingerprint, load_corpus, names_of
from kg.match.evaluate import folds_of, without
from kg.match.fit import FitOptions
from kg.match.folds import FOLDS
from kg.match.labelled import read_rows
from kg.match.metrics import Row
from ontology.guide import Guide

CASES, QUERIES = "cases", "queries"
SEED = 20241028
JUDGED_PER_LEARNT = 5  # a sample of 300 texts to learn from judges 60


@dataclass(frozen=True, slots=True)
class Split:
    """What to learn from and the rows of one file to judge by it."""

    name: str
    file: str
    learn: tuple[Example, ...]
    judge: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The corpus, the two files of labelled rows and all splits of them."""

    corpus: tuple[Example, ...]
    cases: tuple[Row, ...]
    queries: tuple[Row, ...]
    splits: tuple[Split, ...]
    sampled: bool = False

    @property
    def fingerprint(self) -> str:
        """Return the hash of all that is learnt and judged: results of another are stale."""
        digest = hashlib.sha256(fingerprint(self.corpus).encode())
        for row in (*self.cases, *self.queries):
            digest.update(json.dumps(asdict(row), ensure_ascii=False).encode())
        return digest.hexdigest()


def load_trial(guide: Guide, sample: int | None = None) -> Trial:
    """Return the trial on the packaged files, or on `sample` texts to learn from per split.

    Real cases are split by enterprise as `kg.match.evaluate.cross_validate_rows` does; the queries
    name no enterprise and are judged by one fit without near-duplicates of them.
    """
    corpus = load_corpus(guide)
    cases = read_rows(development("cases"), guide)
    queries = read_rows(development("queries"), guide)
    splits = [*_splits(CASES, cases, corpus), *_splits(QUERIES, queries, corpus)]
    if sample is None:
        return Trial(corpus, cases, queries, tuple(splits))
    # One fold of the cases is enough to see that a system runs.
    drawn = [_drawn(split, sample) for split in (splits[0], splits[-1])]
    return Trial(corpus, drawn[0].judge, drawn[1].judge, tuple(drawn), sampled=True)


def _splits(name: str, rows: Sequence[Row], corpus: Sequence[Example]) -> Iterator[Split]:
    folds = list(folds_of(rows, FOLDS))
    for number, held in enumerate(folds, start=1):
        test = tuple(rows[place] for place in held)
        own = f"{name}-{number}" if len(folds) > 1 else name
        yield Split(own, name, tuple(without(corpus, test)), test)


def _drawn(split: Split, size: int) -> Split:
    """Return a part of a split in which a third of what is learnt are real cases, if there are."""
    chance = random.Random(SEED)
    cases = [example for example in split.learn if example.is_case]
    others = [example for example in split.learn if not example.is_case]
    learn = chance.sample(cases, min(size // 3, len(cases)))
    learn += chance.sample(others, size - len(learn))
    judge = chance.sample(split.judge, min(size // JUDGED_PER_LEARNT, len(split.judge)))
    return Split(split.name, split.file, tuple(learn), tuple(judge))


def write_split(split: Split, guide: Guide, path: Path) -> None:
    """Write what a system may know of a split: of the texts to judge their words alone."""
    settings = FitOptions()
    held: dict[str, Any] = {
        "name": split.name,
        "none": NONE,
        "strength": settings.strength,
        "scenes": {
            scene.id: {"names": names_of(scene), "keywords": list(scene.keywords)}
            for scene in sorted(guide.scenes, key=lambda scene: scene.id)
        },
        "learn": [
            {
                **asdict(example),
                "is_case": example.is_case,
                "weight": settings.case_weight if example.is_case else 1.0,
                "group": enterprise_key(example.enterprise) or example.origin,
            }
            for example in split.learn
        ],
        "judge": [row.text for row in split.judge],
    }
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
