"""What a system said of every row and what it cost, kept as one file per system."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


class StaleResult(Exception):
    """A result was made from another corpus or other rows than those at hand."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ten best scenes of a text, best first, and how likely none fits (higher: more so)."""

    scenes: tuple[str, ...]
    scores: tuple[float, ...]
    off_topic: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What one split cost: sizes, seconds of fitting and of each pass of judging, peak memory."""

    learnt: int
    judged: int
    fit_seconds: float
    judge_seconds: tuple[float, ...]
    peak_megabytes: int
    chosen: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Result:
    """All of one system: verdicts by file and row id, costs by split; or why there are none.

    `reference_seconds` are those of a fixed operation before and after the run.
    """

    system: str
    fingerprint: str
    libraries: Mapping[str, str] = field(default_factory=dict)
    reference_seconds: tuple[float, ...] = ()
    verdicts: Mapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    costs: Mapping[str, Cost] = field(default_factory=dict)
    failed: str = ""


def write_result(result: Result, folder: Path) -> None:
    """Write a result, one verdict a line."""
    head = {
        "system": result.system,
        "fingerprint": result.fingerprint,
        "failed": result.failed,
        "libraries": dict(result.libraries),
        "reference_seconds": list(result.reference_seconds),
        "costs": {name: asdict(cost) for name, cost in result.costs.items()},
    }
    parts = [_entry(name, _json(value)) for name, value in head.items()]
    said = [_entry(name, _object(_lines(one))) for name, one in result.verdicts.items()]
    parts.append(_entry("verdicts", _object(said)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result.system}.json").write_text(_object(parts) + "\n", encoding="utf-8")


def _lines(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    for row, one in verdicts.items():
        pairs = list(zip(one.scenes, one.scores, strict=True))
        yield _entry(row, _json([one.off_topic, pairs]))


def _entry(name: str, value: str) -> str:
    return f"{_json(name)}: {value}"


def _object(entries: Iterable[str]) -> str:
    return "{\n" + ",\n".join(entries) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_result(path: Path, fingerprint: str) -> Result:
    """Return a result of this fingerprint, or raise StaleResult."""
    held = json.loads(path.read_text(encoding="utf-8"))
    if held["fingerprint"] != fingerprint:
        raise StaleResult(f"{path.name} is of other texts ({held['fingerprint'][:12]})")
    return Result(
        system=held["system"],
        fingerprint=held["fingerprint"],
        libraries=held["libraries"],
        reference_seconds=tuple(held["reference_seconds"]),
        verdicts={
            name: {row: verdict_of(pairs, off_topic) for row, (off_topic, pairs) in said.items()}
            for name, said in held["verdicts"].items()
        },
        costs={name: cost_of(cost) for name, cost in held["costs"].items()},
        failed=held["failed"],
    )


def verdict_of(pairs: list[tuple[str, float]], off_topic: float) -> Verdict:
    """Return the verdict of ranked scenes with their scores."""
    scenes, scores = [scene for scene, _ in pairs], [score for _, score in pairs]
    return Verdict(tuple(scenes), tuple(scores), off_topic)


def cost_of(plain: Mapping[str, Any]) -> Cost:
    """Return the cost from plain values."""
    return Cost(**{**plain, "judge_seconds": tuple(plain["judge_seconds"])})
