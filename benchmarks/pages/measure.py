"""Measure how long pages take and how large they are, beside a reference.

Run as `python -m benchmarks.pages.measure --report benchmarks/pages/report.md [--instances N]`:
through HTTP on the packaged graph, and with N on an invented one of so many instances.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.answers.measure import REQUESTS, served, times
from benchmarks.build.measure import build_invented
from benchmarks.start.measure import reference_seconds
from ingest.pipeline import build
from kg.store.protocol import GraphStore

# `text` and `number` change from request to request.
PAGES = {
    "ask, empty": "/",
    "ask, answered": "/?q={text}",
    "cases": "/cases",
    "cases, searched": "/cases?q={text}",
    "cases, filtered": "/cases?scene=S{number:02}",
    "scene": "/thing/S{number:02}",
    "guide": "/guide",
    "clusters": "/clusters",
    "cluster of a scene": "/clusters?kind=scene&of=S{number:02}",
    "levels": "/levels",
    "provider": "/provider",
    "recommendation table": "/annex4",
    "data": "/data",
}


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--instances", type=int)
    given = parser.parse_args()
    lines = [
        "# Pages",
        "",
        f"`python -m benchmarks.pages.measure`: {REQUESTS} requests each, one after the other,"
        " through HTTP on the embedded store; milliseconds. Bytes are those of the page with style"
        " sheet and script, not compressed. Reference: SHA-256 of 100 MB.",
        "",
        "| graph | page | p50 | p95 | bytes |",
        "| --- | --- | --- | --- | --- |",
    ]
    before = reference_seconds()
    graphs: dict[str, Callable[[GraphStore], None]] = {"packaged": _packaged}
    if given.instances:
        invented = partial(build_invented, instances=given.instances)
        graphs[f"invented, {given.instances:,}"] = invented
    for name, make in graphs.items():
        with tempfile.TemporaryDirectory() as folder, served(Path(folder), make) as port:
            lines += _rows(port, name)
    reference = f"Reference: {before:.3f} s before, {reference_seconds():.3f} s after."
    text = "\n".join([*lines, "", reference]) + "\n"
    print(text)
    if given.report:
        given.report.write_text(text, encoding="utf-8")


def _packaged(store: GraphStore) -> None:
    build(store)


def _rows(port: int, graph: str) -> list[str]:
    found = []
    for page, address in PAGES.items():
        p50, p95 = times(port, address)
        size = _size(port, address)
        found.append(f"| {graph} | {page} | {p50:.1f} | {p95:.1f} | {size:,} |")
    return found


def _size(port: int, address: str) -> int:
    """Return the bytes of a page with everything it loads."""
    text = urllib.parse.quote("轮毂表面缺陷靠人工目检，漏检多")
    page = _read(port, address.format(text=text, number=17))
    assets = set(re.findall(rb'"(/assets/[^"]+)"', page))
    return len(page) + sum(len(_read(port, asset.decode())) for asset in assets)


def _read(port: int, address: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}") as got:
        return bytes(got.read())


if __name__ == "__main__":
    main()
