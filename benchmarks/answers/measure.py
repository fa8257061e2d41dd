"""Measure the answers through HTTP: milliseconds per question on one graph, beside a reference.

Run as `python -m benchmarks.answers.measure --report benchmarks/answers/report.md [--instances N]`:
the packaged graph, and with N an invented one of so many instances, each served by a process of its
own on the embedded store. A new index of 100,000 instances takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.build.measure import build_invented
from benchmarks.start.measure import reference_seconds
from ingest.pipeline import build
from kg.index.holder import publish
from kg.index.snapshot import IndexPlan
from kg.match import packaged_model
from kg.store.open import open_store
from kg.store.protocol import GraphStore

REQUESTS = 100
TEXTS = ("轮毂表面缺陷靠人工目检，漏检多", "多品种小批量，换型太慢", "空压机老是突然停机",
         "仓库找料慢，账实不符", "炼钢一键控制")  # fmt: skip
QUESTIONS = {
    "cases": "/v1/cases?q={text}",
    "cases, who asks": "/v1/cases?q={text}&for_industry=C31",
    "cases, filtered": "/v1/cases?q={text}&industry=C36&year_from=2020",
    "cases, one of each enterprise": "/v1/cases?q={text}&by_enterprise=true",
    "recommendations for a text": "/v1/recommendations?q={text}",
    "recommendations for a scene": "/v1/recommendations?scene=S17",
}


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--instances", type=int)
    given = parser.parse_args()
    lines = [
        "# Answers through HTTP",
        "",
        f"`python -m benchmarks.answers.measure`: {REQUESTS} requests each, one after the other, on"
        " the embedded store; milliseconds. Reference: SHA-256 of 100 MB in the same run.",
        "",
        "| graph | question | p50 | p95 |",
        "| --- | --- | --- | --- |",
    ]
    before = reference_seconds()
    for name, instances in (("packaged", None), ("invented", given.instances)):
        if name == "packaged" or instances:
            lines += _rows(f"{name}, {instances:,}" if instances else name, instances)
    lines += ["", f"Reference: {before:.3f} s before, {reference_seconds():.3f} s after."]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


def _rows(name: str, instances: int | None) -> list[str]:
    def make(store: GraphStore) -> None:
        if instances:
            build_invented(store, instances)
        else:
            build(store)

    with tempfile.TemporaryDirectory() as folder, served(Path(folder), make) as port:
        return [
            f"| {name} | {question} | {p50:.1f} | {p95:.1f} |"
            for question, address in QUESTIONS.items()
            for p50, p95 in (times(port, address),)
        ]


def times(port: int, address: str, bodies: Sequence[str] = ()) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds; `bodies` are posted in turn."""
    spent = []
    for number in range(REQUESTS):
        text = urllib.parse.quote(TEXTS[number % len(TEXTS)])
        body = bodies[number % len(bodies)].encode() if bodies else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{address.format(text=text, number=number % 40 + 1)}",
            body,
            {"Content-Type": "application/json"} if body else {},
        )
        started = time.perf_counter()
        with urllib.request.urlopen(request) as got:  # noqa: S310 - our own service
            got.read()
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


@contextmanager
def served(folder: Path, make: Callable[[GraphStore], None]) -> Iterator[int]:
    """Make a graph with its index, serve it and yield the port."""
    with open_store(f"sqlite:///{folder / 'graph.sqlite'}") as store:
        make(store)
        publish(store, IndexPlan(folder / "snapshots", packaged_model()))
    with service({"SFKG_DATA": str(folder)}) as port:
        yield port


@contextmanager
def service(settings: Mapping[str, str]) -> Iterator[int]:
    """Run the service with these settings until it is no longer needed; yield the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
        env={**os.environ, **settings}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _await(process, port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the service is ready and has settled on the state of its graph."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as got:
                if json.loads(got.read())["settled"]:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the service ended before it answered")


if __name__ == "__main__":
    main()
