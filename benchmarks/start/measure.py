"""Measure `make run` from a fresh clone: seconds and megabytes to the first answer, and latencies.

Run as `python -m benchmarks.start.measure`; it clones HEAD of the repository into a temporary
folder, uses a data folder and a port of its own, and writes `benchmarks/start/report.md`.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUESTS = 200
TEXTS = ("用相机在线检查轮毂表面缺陷，替代人工目检", "多品种小批量，换型太慢，停线时间长",
         "空压机老是突然停机，想提前知道哪里要坏", "仓库找料慢，账实不符",
         "把各工序能耗数据接上来，自动平衡蒸汽和电")  # fmt: skip


def megabytes(folder: Path) -> float:
    """Return the size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def reference_seconds() -> float:
    """Return the seconds for SHA-256 over 100 MB: how fast this machine was in this run."""
    block = bytes(1_000_000)
    started = time.perf_counter()
    digest = hashlib.sha256()
    for _ in range(100):
        digest.update(block)
    return time.perf_counter() - started


def post(port: int, path: str, body: dict[str, object]) -> dict[str, object]:
    """Return the answer to a JSON request."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        found: dict[str, object] = json.load(answer)
    return found


@contextmanager
def served(clone: Path, environment: dict[str, str], port: int) -> Iterator[dict[str, float]]:
    """Run `make run` and yield the seconds until the first match came back."""
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "-s", "run"], cwd=clone, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while True:
            try:
                post(port, "/v1/match", {"text": TEXTS[0]})
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("make run ended before it answered") from None
                time.sleep(0.05)
        yield {"seconds": time.perf_counter() - started, "group": float(process.pid)}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def server_memory(group: int) -> float:
    """Return the resident megabytes of the largest process of the group."""
    found = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                for line in status.read_text().splitlines():
                    if line.startswith("VmRSS"):
                        found.append(int(line.split()[1]) / 1024)
        except (OSError, ProcessLookupError):
            continue
    return max(found)


def latencies(ask: Callable[[str], object]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    taken = []
    for index in range(REQUESTS):
        started = time.perf_counter()
        ask(TEXTS[index % len(TEXTS)])
        taken.append((time.perf_counter() - started) * 1000)
    return {"p50_ms": statistics.median(taken), "p95_ms": sorted(taken)[int(0.95 * REQUESTS)]}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(work: Path) -> dict[str, object]:
    """Clone, run, ask, run again."""
    clone, data, port = work / "clone", work / "data", free_port()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SFKG_")}
    environment = kept | {"SFKG_DATA": str(data), "SFKG_PORT": str(port)}
    before = reference_seconds()
    with served(clone, environment, port) as first:
        pass
    with served(clone, environment, port) as second:
        match = latencies(lambda text: post(port, "/v1/match", {"text": text}))
        cases = latencies(lambda text: post(port, "/v1/cases", {"text": text}))
        memory = server_memory(int(second["group"]))
    return {
        "reference: SHA-256 of 100 MB, s": [round(before, 3), round(reference_seconds(), 3)],
        "make run from nothing to the first answer, s": round(first["seconds"], 1),
        "environment, MB": round(megabytes(clone / ".venv"), 1),
        "data folder, MB": round(megabytes(data), 1),
        "second make run to the first answer, s": round(second["seconds"], 2),
        "one match over HTTP, ms": {name: round(value, 1) for name, value in match.items()},
        "one cases request over HTTP, ms": {name: round(value, 1) for name, value in cases.items()},
        "server memory, MB": round(memory, 1),
    }


def main() -> None:
    """Measure and write the report."""
    with tempfile.TemporaryDirectory() as work:
        found = measure(Path(work))
    lines = ["# Start and first answers", "", f"{REQUESTS} requests of each kind, one at a time, on"
             f" {os.cpu_count()} cores that others share.", "", "| measured | value |",
             "| --- | --- |"]  # fmt: skip
    for name, value in found.items():
        shown = json.dumps(value).strip('"{}[]').replace('"', "")
        lines.append(f"| {name} | {shown} |")
    report = "\n".join(lines) + "\n"
    (Path(__file__).parent / "report.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
