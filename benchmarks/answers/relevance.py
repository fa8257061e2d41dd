"""Measure the ranking of comparable cases on the graded relevance set: nDCG@10 with intervals.

Run as `python -m benchmarks.answers.relevance --report benchmarks/answers/relevance.md`; about two
minutes. The matcher is refitted without the enterprises of the queries that are cases, and without
near-duplicates of any query, so that no query meets its own label.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import ndcg_score

from ingest.pipeline import build
from kg.index.snapshot import IndexPlan, Snapshot, build_snapshot, load_snapshot
from kg.match import packaged_model
from kg.match.artifact import load_model, save_model
from kg.match.bootstrap import Bootstrap, Interval
from kg.match.corpus import load_corpus
from kg.match.evaluate import without
from kg.match.fit import FitOptions, fit_classifier
from kg.match.metrics import Row
from kg.match.model import Model
from kg.ranking import WEIGHTS, Asker, contributions
from kg.store.open import open_store
from kg.store.protocol import GraphRead
from ontology.classification import industry_id
from ontology.guide import Guide, load_guide

SET = Path(__file__).parents[2] / "tests" / "quality" / "relevance"
AT = 10
DRAWS, SEED = 10_000, 1028
# What is compared: weights of the contributions; who asks is known to the last one only.
SYSTEMS: Mapping[str, Mapping[str, float]] = {
    "words only": {"text": 1.0},
    "scene only": {"scene": 1.0},
    "dense only": {"dense": 1.0},
    "first release": {"scene": 0.6, "text": 0.25, "dense": 0.15},
    "ours, industry unknown": {**WEIGHTS, "industry": 0.0},
    "ours": WEIGHTS,
}
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the set; `codes` are the industries of who asks, `own` its row if it is a case."""

    id: str
    split: str
    kind: str
    text: str
    codes: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Grades and contributions of all cases for all queries: (queries, cases) each.

    `cases` are the ids of the cases; those of the query's own enterprise are `left_out`.
    """

    queries: tuple[Query, ...]
    cases: tuple[str, ...]
    grades: Doubles
    parts: Mapping[str, Doubles]
    left_out: NDArray[np.bool_]

    def quality(self, weights: Mapping[str, float]) -> Doubles:
        """Return nDCG@10 per query with linear gains, ties averaged; NaN where all is useless."""
        zero = np.zeros_like(self.grades)
        return self.of(sum((weights[name] * self.parts[name] for name in weights), zero))

    def of(self, scores: Doubles) -> Doubles:
        """Return nDCG@10 per query of scores of any origin, shape (queries, cases)."""
        found = []
        for grades, row, out in zip(self.grades, scores, self.left_out, strict=True):
            kept = grades[~out]
            found.append(
                ndcg_score([kept], [row[~out]], k=AT) if kept.any() else float("nan")
            )  # fmt: skip
        return np.array(found)


def read_queries() -> tuple[Query, ...]:
    """Return the queries of the set."""
    with (SET / "queries.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Query(
                row["id"], row["split"], row["kind"], row["text"],
                tuple(filter(None, row["code"].split(";"))),
                row["origin"] if row["kind"] == "case" else "",
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def read_grades() -> dict[tuple[str, str], float]:
    """Return the mean grade of the judges by (query, row of the case)."""
    with (SET / "grades.csv").open(encoding="utf-8", newline="") as stream:
        return {
            (row["query"], row["case"]): (int(row["first_judge"]) + int(row["second_judge"])) / 2
            for row in csv.DictReader(stream)
        }


@contextmanager
def judged() -> Iterator[Judged]:
    """Build the packaged graph with a matcher that has not seen the queries, and score all."""
    guide = load_guide()
    queries = read_queries()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with open_store(f"sqlite:///{folder / 'graph.sqlite'}") as store:
            build(store)
            _fit_unseen(queries, guide, folder / "model", _cases(store))
            plan = IndexPlan(folder / "snapshots", folder / "model")
            name = build_snapshot(store, plan, guide)
            snapshot = load_snapshot(folder / "snapshots" / name)
            yield judge(store, snapshot, queries)


def _cases(read: GraphRead) -> dict[str, tuple[str, str]]:
    """Return description and enterprise's name of each instance by its row."""
    nodes = read.find("Instance", limit=100_000).nodes
    ids = [node.id for node in nodes]
    owner = {edge.start: edge.end for edge in read.edges(ids, ("OF_ENTERPRISE",), "out")}
    names = {node.id: node.name for node in read.get(sorted(set(owner.values())))}
    return {
        key: (node.text("description"), names.get(owner.get(node.id, ""), ""))
        for node in nodes
        for key in node.texts("keys")
    }


def _fit_unseen(
    queries: Sequence[Query], guide: Guide, folder: Path, cases: Mapping[str, tuple[str, str]]
) -> None:
    """Write a model that has learnt nothing of the queries, with the packaged calibration."""
    held = []
    for one in queries:
        text, enterprise = cases[one.own] if one.own else (one.text, "")
        held.append(Row(one.id, text, "", enterprise=enterprise))
    scenes = tuple(sorted(scene.id for scene in guide.scenes))
    learnt = without(load_corpus(guide), held)
    calibration = load_model(packaged_model(), guide.edition).calibration
    model = Model(fit_classifier(learnt, scenes, FitOptions()), calibration)
    save_model(model, folder, guide.edition, "without the queries", {})


def judge(read: GraphRead, snapshot: Snapshot, queries: Sequence[Query]) -> Judged:
    """Return what makes each case comparable to each query, beside its grade."""
    table = snapshot.table
    keys = {node.id: node.texts("keys")[0] for node in read.get(table.ids)}
    place = {keys[case]: row for row, case in enumerate(table.ids)}
    grades = np.zeros((len(queries), len(table.ids)))
    number = {query.id: row for row, query in enumerate(queries)}
    for (query, case), grade in read_grades().items():
        if query in number:
            grades[number[query], place[case]] = grade
    rows = np.arange(len(table.ids))
    parts: dict[str, list[Doubles]] = {}
    left_out = np.zeros_like(grades, dtype=np.bool_)
    for row, one in enumerate(queries):
        asker = Asker(industry=tuple(industry_id(code) for code in one.codes))
        for name, values in contributions(snapshot, one.text, rows, asker).items():
            parts.setdefault(name, []).append(values)
        if one.own:
            left_out[row] = table.of_enterprise(table.enterprise(place[one.own]))
            left_out[row, place[one.own]] = True
    stacked = {name: np.array(values) for name, values in parts.items()}
    return Judged(tuple(queries), table.ids, grades, stacked, left_out)


def told(interval: Interval, form: str) -> str:
    """Return a value with its interval."""
    value, low, high = (format(one, form) for one in (interval.value, interval.low, interval.high))
    return f"{value} [{low}, {high}]"


def report(found: Judged) -> str:
    """Return the figures of both splits as Markdown."""
    split = np.array([query.split for query in found.queries])
    qualities = {name: found.quality(weights) for name, weights in SYSTEMS.items()}
    some = ~np.isnan(qualities["ours"])
    lines = [
        "# Ranking of comparable cases",
        "",
        f"`python -m benchmarks.answers.relevance`: nDCG@{AT} (linear gains, ties averaged) on"
        " tests/quality/relevance, the packaged graph, own enterprise left out. Weights were chosen"
        " on the tuning queries; the matcher had learnt nothing of any query. Intervals: 95 %,"
        f" bootstrap over queries, {DRAWS:,} draws; gains are paired.",
        "",
        f"Queries with a case graded above 0: {int((some & (split == 'report')).sum())} reporting,"
        f" {int((some & (split == 'tune')).sum())} tuning.",
        "",
        "| ranking | tuning | reporting | gain of ours on the reporting ones |",
        "| --- | --- | --- | --- |",
    ]
    reporting = some & (split == "report")
    ids = [query.id for query, used in zip(found.queries, reporting, strict=True) if used]
    bootstrap = Bootstrap(ids, DRAWS, SEED)
    for name, values in qualities.items():
        reached = bootstrap.interval(values[reporting])
        gain = bootstrap.interval(qualities["ours"][reporting] - values[reporting])
        tuned = values[some & (split == "tune")].mean()
        ahead = "" if name == "ours" else told(gain, "+.3f")
        lines.append(f"| {name} | {tuned:.3f} | {told(reached, '.3f')} | {ahead} |")
    lines += [
        "",
        "| reporting queries | n | words only | scene only | ours |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in ("need", "case", "annex-4 line"):
        own = reporting & np.array([query.kind == kind for query in found.queries])
        means = " | ".join(
            f"{qualities[name][own].mean():.3f}" for name in ("words only", "scene only", "ours")
        )
        lines.append(f"| {kind} | {int(own.sum())} | {means} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    with judged() as found:
        text = report(found)
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
