"""Measure the service while twenty clients saturate it: health checks, answers, refusals.

Run as `python -m benchmarks.load.measure --report benchmarks/load/report.md`: the packaged graph
on the embedded store, served by a process of its own. Clients ask different texts one after the
other for as long as SECONDS say; beside them health is asked twenty times a second, and the active
snapshot is exchanged half-way. A second round asks all clients the same texts.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.answers.measure import TEXTS, served
from benchmarks.start.measure import reference_seconds
from ingest.pipeline import build
from kg.index.rewording import Change, apply_words
from kg.index.snapshot import IndexPlan
from kg.match import packaged_model
from kg.store.open import open_store
from kg.store.protocol import GraphStore

CLIENTS, SECONDS, HEALTH_EVERY = 20, 20.0, 0.05


@dataclass(slots=True)
class Round:
    """What clients and the health check saw."""

    answers: list[float] = field(default_factory=list)  # milliseconds
    health: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    snapshots: set[str] = field(default_factory=set)


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    before = reference_seconds()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), _packaged) as port:
        rounds = {
            "different texts, snapshot exchanged half-way": _round(port, Path(folder), same=False),
            "the same texts": _round(port, None, same=True),
        }
    lines = [
        "# The service under load",
        "",
        f"`python -m benchmarks.load.measure`: {CLIENTS} clients for {SECONDS:.0f} s each round,"
        " packaged graph, embedded store, two compute slots. Milliseconds. Reference: SHA-256 of"
        " 100 MB in the same run.",
        "",
        "| round | answers a second | p50 | p95 | health p50 | p99 | statuses | snapshots seen |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(_row(name, one) for name, one in rounds.items()),
        "",
        f"Reference: {before:.3f} s before, {reference_seconds():.3f} s after.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


def _packaged(store: GraphStore) -> None:
    build(store)


def _row(name: str, seen: Round) -> str:
    answers, health = (
        statistics.quantiles(seen.answers, n=20),
        statistics.quantiles(seen.health, n=100),
    )
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
    return (
        f"| {name} | {len(seen.answers) / SECONDS:.0f} | {answers[9]:.0f} | {answers[18]:.0f}"
        f" | {health[49]:.1f} | {health[98]:.1f} | {statuses} | {len(seen.snapshots)} |"
    )


def _round(port: int, folder: Path | None, same: bool) -> Round:
    seen, over = Round(), threading.Event()
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        for client in range(CLIENTS):
            pool.submit(_ask, port, over, seen, 0 if same else client)
        pool.submit(_check_health, port, over, seen)
        time.sleep(SECONDS / 2)
        if folder:
            _exchange(folder)
        time.sleep(SECONDS / 2)
        over.set()
    return seen


def _ask(port: int, over: threading.Event, seen: Round, client: int) -> None:
    """Ask one text after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    number = 0
    while not over.is_set():
        text = f"{TEXTS[number % len(TEXTS)]}，{client}号产线{number}"
        started = time.perf_counter()
        connection.request(
            "POST", "/v1/match", json.dumps({"text": text}), {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        answer = json.loads(response.read())
        seen.answers.append((time.perf_counter() - started) * 1000)
        seen.statuses[response.status] += 1
        seen.snapshots.add(answer.get("snapshot", ""))
        number += 1


def _check_health(port: int, over: threading.Event, seen: Round) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while not over.wait(HEALTH_EVERY):
        started = time.perf_counter()
        connection.request("GET", "/health/live")
        connection.getresponse().read()
        seen.health.append((time.perf_counter() - started) * 1000)


def _exchange(folder: Path) -> None:
    """Teach a word, which makes a new snapshot beside the one in use."""
    words = folder / "own.csv"
    words.write_text(
        "kind,term,means,source,author\nstop,号产线,,a plant,a benchmark\n", encoding="utf-8"
    )
    plan = IndexPlan(folder / "snapshots", packaged_model(), words=folder / "vocabulary")
    with open_store(f"sqlite:///{folder / 'graph.sqlite'}") as store:
        apply_words(store, plan, Change((words,)))


if __name__ == "__main__":
    main()
