"""Measure standards, clusters, coverage and the level check, beside a reference.

Run as `python -m benchmarks.standards.measure --report benchmarks/standards/report.md
[--instances N]`: through HTTP on the packaged graph, and with N on an invented one of so many
instances with 2,000 standards that every fifth instance applies six of; then what is worked out of
the whole graph once for each state of it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.answers.measure import REQUESTS, served, times
from benchmarks.build.measure import build_invented
from benchmarks.standards.adoption import load_adoption
from benchmarks.start.measure import reference_seconds
from ingest.pipeline import build
from kg.match import packaged_model
from kg.match.matcher import Matcher
from kg.standards.communities import communities
from kg.standards.table import read_standards
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.guide import load_guide

PROFILE = {
    "scenes": ["S15", "S17", "S19", "S21"],
    "industry": ["C36"],
    "texts": ["用视觉相机在线检查轮毂表面缺陷，替代人工目检"],
    "maturity": {"level": 2},
    "statements": {"B1-1": True, "B1-2": False},
}
QUESTIONS = {
    "cluster of a scene": "/v1/clusters?scene=S{number:02}",
    "cluster of an area": "/v1/clusters?area=A03",
    "standards of a scene": "/v1/standards?scene=S{number:02}",
    "a standard by its code": "/v1/standards?code=gbt39116",
    "coverage of the guide": "/v1/guide/coverage",
    "clusters of the whole graph": "/v1/clusters/whole",
}
CHECK = "/v1/levels/check"


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--instances", type=int)
    given = parser.parse_args()
    lines = [
        "# Standards, clusters and the level check",
        "",
        f"`python -m benchmarks.standards.measure`: {REQUESTS} requests each, one after the other,"
        " through HTTP on the embedded store; milliseconds. Reference: SHA-256 of 100 MB.",
        "",
        "| graph | question | p50 | p95 |",
        "| --- | --- | --- | --- |",
    ]
    before = reference_seconds()
    graphs: dict[str, Callable[[GraphStore], None]] = {"packaged": lambda store: _packaged(store)}
    if given.instances:
        graphs[f"invented, {given.instances:,}"] = lambda store: _invented(store, given.instances)
    once = ["", "| graph | worked out once | seconds |", "| --- | --- | --- |"]
    for name, make in graphs.items():
        with tempfile.TemporaryDirectory() as folder, served(Path(folder), make) as port:
            lines += _rows(port, name)
            once += _once(Path(folder), name)
    reference = f"Reference: {before:.3f} s before, {reference_seconds():.3f} s after."
    text = "\n".join([*lines, *once, "", reference]) + "\n"
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


def _packaged(store: GraphStore) -> None:
    build(store)


def _invented(store: GraphStore, instances: int) -> None:
    build_invented(store, instances)
    load_adoption(store)


def _rows(port: int, name: str) -> list[str]:
    areas = name == "packaged"  # the invented guide has no areas
    found = [
        (question, times(port, address))
        for question, address in QUESTIONS.items()
        if areas or "area" not in question
    ]
    found.append(("level check with the way ahead", times(port, CHECK, [json.dumps(PROFILE)])))
    return [f"| {name} | {question} | {p50:.1f} | {p95:.1f} |" for question, (p50, p95) in found]


def _once(folder: Path, name: str) -> list[str]:
    """Measure reading all standards and finding the clusters of the whole graph."""
    matcher = Matcher.load(packaged_model(), load_guide())
    with open_store(f"sqlite:///{folder / 'graph.sqlite'}", read_only=True) as store:
        started = time.perf_counter()
        table = read_standards(store, matcher)
        read = time.perf_counter()
        found = communities(table, datetime.date.today())
        done = time.perf_counter()
    told = f"{found.state}, {found.ties} ties, {len(found.items)} clusters"
    return [
        f"| {name} | reading {len(table.nodes):,} standards with who applies them |"
        f" {read - started:.2f} |",
        f"| {name} | clusters of the whole graph ({told}) | {done - read:.2f} |",
    ]


if __name__ == "__main__":
    main()
