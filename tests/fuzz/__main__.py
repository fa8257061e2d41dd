"""Fuzzes the readers: `python -m tests.fuzz --minutes 2 [--target NAME] [--report FILE]`.

The corpus begins with what the tests of the readers read; what is found lies in the folder.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.targets import LARGEST, TARGETS

SECONDS_PER_INPUT = 20
MEGABYTES = 2048
# What the fuzzer says of an exception, and of an input that hangs or takes too much memory.
_FAULT = re.compile(r"Uncaught Python exception: ===\n(.+)|ERROR: (libFuzzer: .+)")


@dataclass
class Outcome:
    """What came of fuzzing one reader."""

    target: str
    seeds: int
    seconds: float = 0.0
    inputs: int = 0
    features: int = 0
    faults: dict[str, Path] = field(default_factory=dict)  # last line of each → an input


def record(folder: Path) -> None:
    """Run the tests of the readers and keep what they read."""
    command = ["-m", "pytest", "-q", "-p", "tests.fuzz.recording", f"--recorded={folder}"]
    subprocess.run(
        [sys.executable, *command, "tests/ingest/read"], check=False, stdout=subprocess.DEVNULL
    )


def fuzz(name: str, folder: Path, seconds: float) -> Outcome:
    """Fuzz one reader for so long, over each fault it stumbles on."""
    corpus, found = folder / name, folder / f"{name}.faults"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    outcome = Outcome(name, sum(1 for _ in corpus.iterdir()))
    begin = time.perf_counter()
    while (left := seconds - (time.perf_counter() - begin)) > 1:
        log = _run(name, corpus, found, int(left))
        _note(outcome, log, found)
        if "Done" not in log and not outcome.faults:
            raise SystemExit(f"{name}: the fuzzer did not run\n{log[-2000:]}")
    outcome.seconds = time.perf_counter() - begin
    return outcome


def _run(name: str, corpus: Path, found: Path, seconds: int) -> str:
    options = [
        f"-max_total_time={seconds}", f"-timeout={SECONDS_PER_INPUT}", f"-max_len={LARGEST}",
        f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={found}{os.sep}", "-print_final_stats=1",
    ]  # fmt: skip
    command = [sys.executable, "-m", "tests.fuzz.target", name, *options, str(corpus)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    return done.stdout


def _note(outcome: Outcome, log: str, found: Path) -> None:
    outcome.inputs += max(map(int, re.findall(r"number_of_executed_units: (\d+)", log)), default=0)
    features = map(int, re.findall(r" ft: (\d+)", log))
    outcome.features = max([outcome.features, *features])
    if "Done" in log:
        return
    said = _FAULT.search(log)
    fault = (said[1] or said[2]) if said else log[-200:]
    where = re.findall(r'File "([^"]+)", line (\d+), in (\w+)', log)
    at = f" in {Path(where[-1][0]).name}, line {where[-1][1]}, {where[-1][2]}" if where else ""
    newest = max(found.iterdir(), key=lambda path: path.stat().st_mtime, default=found)
    outcome.faults[f"{fault[:120]}{at}"] = newest


def report(outcomes: list[Outcome]) -> str:
    """Return the outcomes as a table of Markdown, and the faults below."""
    lines = [
        "# Fuzzing the readers", "",
        "`make fuzz` hands coverage-guided inputs to each reader, beginning with what the tests "
        "read. A fault is anything but a document that keeps the promises of its type, or "
        "`UnreadableFile`.", "",
        "| reader | from the tests | seconds | inputs | features | faults |",
        "| --- | --: | --: | --: | --: | --: |",
    ]  # fmt: skip
    lines += [
        f"| {one.target} | {one.seeds} | {one.seconds:.0f} | {one.inputs} | {one.features} "
        f"| {len(one.faults)} |"
        for one in outcomes
    ]
    for one in outcomes:
        lines += [f"\n{one.target}: {fault} ({path.name})" for fault, path in one.faults.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fuzz the readers one after another, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="for each reader")
    parser.add_argument("--target", action="append", choices=sorted(TARGETS))
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    record(given.folder)
    outcomes = []
    for name in given.target or TARGETS:
        outcomes.append(fuzz(name, given.folder, 60 * given.minutes))
        sys.stdout.write(report(outcomes[-1:]).splitlines()[-1] + "\n")
        sys.stdout.flush()
    if given.report:
        given.report.write_text(report(outcomes), encoding="utf-8")
    sys.exit(any(outcome.faults for outcome in outcomes))


if __name__ == "__main__":
    main()
