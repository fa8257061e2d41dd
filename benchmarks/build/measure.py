"""Builds the invented graph in SQLite and prints what it took, as JSON and as a table.

python -m benchmarks.build.measure --instances 100000 [--report benchmarks/build/report.md]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.build.synthetic import SEED, VERSION, sources
from kg.store.loading import load_source
from kg.store.open import open_store
from kg.store.protocol import Between, GraphStore, Has, Linked

Figures = dict[str, object]
REPEATS = 5


def main() -> None:
    """Measure one build and print or write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=100_000)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    figures = measure(given.instances)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    text = report(figures)
    if given.report:
        given.report.write_text(text, encoding="utf-8")
    else:
        print(text)


def measure(instances: int) -> Figures:
    """Return the figures of one build into a new file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.sqlite"
        generating = _seconds(lambda: _drain(instances))
        with open_store(str(path)) as store:
            begin_cpu = time.process_time()
            building = _seconds(lambda: build_invented(store, instances))
            building_cpu = time.process_time() - begin_cpu
            state = store.state()
            again = _seconds(lambda: build_invented(store, instances))
            questions = _questions(store) | {"open and count anew": _counted_anew(path)}
        return {
            "instances": instances,
            "generator": f"version {VERSION}, seed {SEED}",
            "machine": _machine(),
            "reference_sha256_100_MB_seconds": round(_reference(), 3),
            "generating_seconds": round(generating, 1),
            "building_seconds": round(building, 1),
            "building_processor_seconds": round(building_cpu, 1),
            "records_per_second": round(state.records / building),
            "building_again_seconds": round(again, 2),
            "peak_memory_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "file_MB": round(path.stat().st_size / 1e6, 1),
            "records": state.records,
            "nodes": sum(state.labels.values()),
            "edges": sum(state.relations.values()),
            "graph_hash": state.graph_hash,
            "milliseconds_per_question": questions,
        }


def build_invented(store: GraphStore, instances: int) -> None:
    """Load the invented graph of so many instances."""
    for source, records in sources(instances):
        load_source(store, source, records)


def _drain(instances: int) -> None:
    for _, records in sources(instances):
        for _ in records:
            pass


def _questions(store: GraphStore) -> dict[str, float]:
    """Return the best of some tries of typical questions, in milliseconds."""
    some = [node.id for node in store.find("Instance", limit=100).nodes]
    scene = Linked("IN_SCENE", ("S01",))
    asked: dict[str, Callable[[], object]] = {
        "get 100": lambda: store.get(some),
        "find first page": lambda: store.find("Instance"),
        "find year and scene": lambda: store.find("Instance", [Has("year", (2024,)), scene]),
        "find years, grade, scene": lambda: store.find(
            "Instance", [Between("year", 2022, 2025), Has("grade", ("A",)), scene]
        ),
        "find by key in a list": lambda: store.find("Instance", [Has("keys", ("I4711",))]),
        "count by year": lambda: store.count("Instance", (), "year"),
        "count by scene": lambda: store.count("Instance", (), "IN_SCENE"),
        "count by industry within a scene": lambda: store.count("Instance", [scene], "IN_INDUSTRY"),
        "edges of 100": lambda: store.edges(some),
        "edges of a scene, first 100": lambda: store.edges(["S01"], limit=100),
        "paths between two instances": lambda: store.paths(some[0], some[-1]),
        "records of 100": lambda: store.records(some),
    }
    return {name: _best(ask) for name, ask in asked.items()}


def _counted_anew(path: Path) -> float:
    """Return the milliseconds until a new process would know the hash and the counts."""

    def count() -> None:
        with open_store(str(path), read_only=True) as store:
            store.state()

    return _best(count)


def _best(action: Callable[[], object]) -> float:
    """Return the milliseconds of the fastest of some tries."""
    return round(1000 * min(_seconds(action) for _ in range(REPEATS)), 1)


def _reference() -> float:
    """Return the seconds of an operation that tells how fast this machine is just now."""
    block = b"\0" * 100_000_000
    return min(_seconds(lambda: hashlib.sha256(block)) for _ in range(REPEATS))


def _seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def _machine() -> str:
    python, lite = platform.python_version(), sqlite3.sqlite_version
    return f"{platform.machine()}, Python {python}, SQLite {lite}"


def report(figures: Figures) -> str:
    """Return the figures as Markdown."""
    questions = figures["milliseconds_per_question"]
    assert isinstance(questions, dict)  # noqa: S101
    rows = [
        f"| {name.replace('_', ' ')} | {value} |" for name, value in figures.items()
        if name != "milliseconds_per_question"
    ]  # fmt: skip
    asked = [f"| {name} | {value} |" for name, value in questions.items()]
    lines = [
        "# Building a large graph in the embedded store",
        "",
        "Written by `python -m benchmarks.build.measure --report benchmarks/build/report.md`. The",
        "graph is invented (`synthetic.py`) and alike on every machine. Building counts making the",
        "records, checking, writing, projecting and the index statistics; building again finds all",
        "sources unchanged. The reference is the best of five, as are the questions; where others",
        "use the machine, the processor seconds tell more than the seconds.",
        "",
        "| figure | value |",
        "| --- | --- |",
        *rows,
        "",
        "| question | milliseconds |",
        "| --- | --- |",
        *asked,
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
