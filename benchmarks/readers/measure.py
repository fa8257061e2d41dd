"""Measure the readers: a thousand files of mixed kinds one after another, and a scanned page.

Run as `python -m benchmarks.readers.measure --report benchmarks/readers/report.md`.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks.readers.files import mixed, scan
from benchmarks.start.measure import reference_seconds
from ingest.read.reader import read_document
from ontology.errors import UnreadableFile

EVERY = 100  # files between two looks at the memory
SCANS = 3


def megabytes() -> float:
    """Return the resident memory of this process and of those it started."""
    pids = [os.getpid(), *_children()]
    found = (re.search(r"VmRSS:\s+(\d+)", _status(pid)) for pid in pids)
    return sum(int(one[1]) for one in found if one) / 1000


def _children() -> list[int]:
    tasks = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def _status(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text()


def cpu_seconds() -> float:
    """Return the processor time of this process and of those it started."""
    ticks = os.sysconf("SC_CLK_TCK")
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in _children())
    children = sum(sum(map(int, stat.split()[11:13])) for stat in stats) / ticks
    return time.process_time() + children


def read_all(files: list[tuple[str, bytes]]) -> list[str]:
    """Read the files, and return the rows of the report about them."""
    milliseconds: dict[str, list[float]] = defaultdict(list)
    refused: dict[str, int] = defaultdict(int)
    memory = []
    begin, cpu = time.perf_counter(), cpu_seconds()
    for number, (name, data) in enumerate(files):
        ending = name.rpartition(".")[2]
        start = time.perf_counter()
        try:
            read_document(name, data)
        except UnreadableFile:
            refused[ending] += 1
        milliseconds[ending].append(1000 * (time.perf_counter() - start))
        if number % EVERY == EVERY - 1:
            memory.append(f"{megabytes():.0f}")
    wall, used = time.perf_counter() - begin, cpu_seconds() - cpu
    return [
        f"| {len(files)} files, s (of which on a processor) | {wall:.1f} ({used:.1f}) |",
        f"| memory after each {EVERY} of them, MB | {', '.join(memory)} |",
        *(
            f"| {ending}: files, refused, median and longest ms | "
            f"{len(taken)}, {refused[ending]}, {median(taken):.1f}, {max(taken):.0f} |"
            for ending, taken in sorted(milliseconds.items())
        ),
    ]


def read_scans() -> list[str]:
    """Read a scanned page several times, the first with the models to load."""
    data = scan()
    rows = []
    for number in range(SCANS):
        begin, cpu = time.perf_counter(), time.process_time()
        document = read_document("scan.png", data)
        wall, used = time.perf_counter() - begin, time.process_time() - cpu
        cells = sum(len(table.cells) for table in document.tables)
        which = "first, with models to load" if number == 0 else f"{number + 1}."
        rows.append(
            f"| scanned page ({which}; {cells} cells), s (of which on a processor) "
            f"| {wall:.1f} ({used:.1f}) |"
        )
    return rows


def main() -> None:
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, required=True)
    given = parser.parse_args()
    before, load = reference_seconds(), os.getloadavg()[0]
    rows = read_all(mixed()) + read_scans()
    lines = [
        "# Reading files", "",
        f"One process beside that for PDF files, on {os.cpu_count()} cores that others share; "
        f"{load:.0f} programs wanted them when it began.", "",
        "| measured | value |",
        "| --- | --- |",
        f"| reference: SHA-256 of 100 MB before and after, s "
        f"| {before:.3f}, {reference_seconds():.3f} |",
        *rows,
    ]  # fmt: skip
    given.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
