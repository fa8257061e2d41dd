"""Measures the stores side by side in one run, on the invented graph, each in a process of its own.

python -m benchmarks.stores.measure --instances 100000 [--report benchmarks/stores/report.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.build.synthetic import SEED, VERSION, sources
from benchmarks.stores.questions import changes, forget, questions
from kg.store.loading import load_source
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.schema import schema

SQLITE = "sqlite"
READS, WRITES = 40, 12  # times that each question and each change is timed, after some that are not
WARM_UP = 8
SLOW_RATIO = 20
Figures = dict[str, object]


def main() -> None:
    """Measure all stores that there are, and print or write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=100_000)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--store", help="measure this one alone and print its figures as JSON")
    given = parser.parse_args()
    if given.store:
        print(json.dumps(measure(given.store, given.instances), ensure_ascii=False))
        return
    figures = {name: _in_own_process(name, given.instances) for name in _stores()}
    text = report(figures)
    if given.report:
        given.report.write_text(text, encoding="utf-8")
    print(text)


def _stores() -> list[str]:
    from tests.servers.servers import RELEASES

    return [SQLITE, *(name for name, release in RELEASES.items() if not release.missing())]


def _in_own_process(store_name: str, instances: int) -> Figures:
    command = [sys.executable, "-m", "benchmarks.stores.measure",
               "--store", store_name, "--instances", str(instances)]  # fmt: skip
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(store_name: str, instances: int) -> Figures:
    """Return the figures of one store."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if store_name == SQLITE:
            with open_store(str(folder / "graph.sqlite")) as store:
                return _figures(store, instances, lambda: {})
        from kg.store.neo4j.sessions import Access
        from kg.store.neo4j.store import open_neo4j
        from tests.servers.servers import RELEASES, Server

        with (
            Server(RELEASES[store_name], folder).start() as server,
            open_neo4j(server.url, schema(), Access(password=server.password)) as store,
        ):
            return _figures(store, instances, lambda: {
                "memory of the server in MB": server.memory_megabytes(),
            })  # fmt: skip


def _figures(
    store: GraphStore, instances: int, server: Callable[[], Mapping[str, object]]
) -> Figures:
    begin = time.perf_counter()
    for source, records in sources(instances):
        load_source(store, source, records)
    import_seconds = time.perf_counter() - begin
    begin = time.perf_counter()
    state = store.state()
    counting = time.perf_counter() - begin
    chance = random.Random(SEED)
    timed = {name: _timed(lambda: None, ask, READS)
             for name, ask in questions(store, chance).items()}  # fmt: skip
    timed |= {name: _timed(before, ask, WRITES)
              for name, (before, ask) in changes(store, chance).items()}  # fmt: skip
    forget(store)
    return {
        "records": state.records,
        "things": sum(state.labels.values()),
        "edges": sum(state.relations.values()),
        "graph_hash": state.graph_hash,
        "same_after_changes": store.state().graph_hash == state.graph_hash,
        "import": import_seconds,
        "first_state": counting,
        "load_average": os.getloadavg()[0],
        "memory": {
            "memory of the program in MB":
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            **server(),
        },
        "timed": timed,
    }  # fmt: skip


def _timed(
    before: Callable[[], object], ask: Callable[[], object], times: int
) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    found = []
    for number in range(times + WARM_UP):
        before()
        begin = time.perf_counter()
        ask()
        if number >= WARM_UP:
            found.append(1000 * (time.perf_counter() - begin))
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


def report(figures: Mapping[str, Figures]) -> str:
    """Return the figures as Markdown, SQLite first, the others with their ratio to it."""
    names = list(figures)
    first = figures[SQLITE]
    same = {name: one["graph_hash"] == first["graph_hash"] and one["same_after_changes"]
            for name, one in figures.items()}  # fmt: skip
    lines = [
        "# The stores side by side",
        "",
        "Written by `python -m benchmarks.stores.measure --report benchmarks/stores/report.md`:",
        "the invented graph of `benchmarks/build/synthetic.py`, imported and asked in one run,",
        "one store after the other, each in a process of its own, each server on this machine",
        "with 1 GB of heap and 256 MB of page cache. Milliseconds are the median and the 95th",
        f"percentile of {READS} questions and {WRITES} changes; the ratio is that of the medians.",
        "What was done about the slow ones is in `findings.md`.",
        "",
        f"{first['records']:,} records, {first['things']:,} things, {first['edges']:,} edges "
        f"(generator version {VERSION}, seed {SEED}); {platform.machine()}, "
        f"{os.cpu_count()} processors, Python {platform.python_version()}. The graph hash is "
        + ("the same on all." if all(same.values()) else f"NOT the same: {same}."),
        "",
        *_table("once, in seconds", names, [
            ("import", _column(figures, "import", 1000)),
            ("first `state` after it", _column(figures, "first_state", 1000)),
        ], 1 / 1000),
        "",
        *_memory(figures),
        "",
        *_table("milliseconds, p50 / p95", names, _timed_rows(figures)),
        "",
        *_slow(figures),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


Row = tuple[str, dict[str, tuple[float, float | None]]]


def _column(
    figures: Mapping[str, Figures], key: str, factor: float
) -> dict[str, tuple[float, None]]:
    return {name: (float(str(one[key])) * factor, None) for name, one in figures.items()}


def _timed_rows(figures: Mapping[str, Figures]) -> list[Row]:
    timed = {name: one["timed"] for name, one in figures.items()}
    asked = timed[SQLITE]
    assert isinstance(asked, dict)  # noqa: S101
    return [
        (question, {name: tuple(found[question]) for name, found in timed.items()})  # type: ignore[index]
        for question in asked
    ]


def _table(title: str, names: list[str], rows: list, factor: float = 1.0) -> list[str]:  # type: ignore[type-arg]
    heads = [SQLITE, *(head for name in names if name != SQLITE for head in (name, "ratio"))]
    lines = [f"| {title} | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for row, found in rows:
        cells = []
        for name in names:
            median, high = found[name]
            cells.append(
                _number(median * factor) + (f" / {_number(high * factor)}" if high else "")
            )
            if name != SQLITE:
                cells.append(f"{median / found[SQLITE][0]:.1f}")
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return lines


def _memory(figures: Mapping[str, Figures]) -> list[str]:
    lines = ["| memory in MB | program, peak | server, at the end | machine's load |",
             "| --- | --- | --- | --- |"]  # fmt: skip
    for name, one in figures.items():
        held = one["memory"]
        assert isinstance(held, dict)  # noqa: S101
        program, *server = held.values()
        load = float(str(one["load_average"]))
        lines.append(f"| {name} | {program} | {server[0] if server else '—'} | {load:.1f} |")
    return lines


def _slow(figures: Mapping[str, Figures]) -> list[str]:
    lines = [f"Medians more than {SLOW_RATIO} times those of SQLite:", ""]
    for question, found in _timed_rows(figures):
        ratios = {name: median / found[SQLITE][0] for name, (median, _) in found.items()}
        worst = max(ratios, key=lambda name: ratios[name])
        if ratios[worst] > SLOW_RATIO:
            lines.append(f"- {question}: {ratios[worst]:.0f} times on {worst}, "
                         f"{found[worst][0]:.1f} ms")  # fmt: skip
    return lines if len(lines) > 2 else [*lines, "- none"]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


if __name__ == "__main__":
    main()
