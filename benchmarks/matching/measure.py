"""Measures our matcher and other programs on the same splits and writes what they reach.

python -m benchmarks.matching.measure --report benchmarks/matching/report.md [--model FOLDER]
                                      [--only NAME…] [--sample TEXTS]

`--only` runs these systems alone and reports all; with no name after it, it only reports anew.
`--sample` tries every system on a few texts and keeps nothing. The peers' environments are made in
`.venv-peers` on the first run. FOLDER is the sentence model that `make model` builds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from benchmarks.matching.draw import draw
from benchmarks.matching.report import Comparison, plain, report
from benchmarks.matching.results import (
    FOLDER,
    Cost,
    Result,
    StaleResult,
    Verdict,
    cost_of,
    read_result,
    verdict_of,
    write_result,
)
from benchmarks.matching.splits import Split, Trial, load_trial, write_split
from benchmarks.matching.systems import (
    SYSTEMS,
    Failed,
    Place,
    System,
    try_on,
    versions,
)
from benchmarks.start.measure import reference_seconds
from ontology.guide import Guide, load_guide
from tools.model.artifact import fetch, unpack


def main() -> None:
    """Run the systems that are asked for and report on all."""
    given = _arguments()
    guide = load_guide()
    trial = load_trial(guide, given.sample)
    chosen = [system for system in SYSTEMS if given.only is None or system.name in given.only]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        results = Path(name) / "results" if given.sample else FOLDER
        if chosen:
            place = _place(Path(name), given.model)
            splits = _written(trial, guide, place)
            for system in chosen:
                write_result(_run(system, trial, splits, place), results)
        comparison = compared(trial, results)
    _write(comparison, given.report)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [system.name for system in SYSTEMS]
    parser.add_argument("--report", type=Path, help="where to write the report; else it is printed")
    parser.add_argument("--only", nargs="*", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--sample", type=int, metavar="TEXTS")
    parser.add_argument("--model", type=Path, metavar="FOLDER")
    return parser.parse_args()


def _place(work: Path, model: Path | None) -> Place:
    kept = work / "kept"
    kept.mkdir()
    # The weights that the folder was built from, as ONNX: its vectors without torch.
    weights = unpack(fetch(model.resolve().parent), work).weights if model else None
    return Place(work, kept, model and model.resolve(), weights)


def _written(trial: Trial, guide: Guide, place: Place) -> dict[str, Path]:
    paths = {split.name: place.work / f"{split.name}.json" for split in trial.splits}
    for split in trial.splits:
        write_split(split, guide, paths[split.name])
    return paths


def _run(system: System, trial: Trial, splits: Mapping[str, Path], place: Place) -> Result:
    """Return what a system says of all splits, or that it failed."""
    verdicts: defaultdict[str, dict[str, Verdict]] = defaultdict(dict)
    costs: dict[str, Cost] = {}
    before = reference_seconds()
    try:
        libraries = versions(system)
        for split in trial.splits:
            said, cost = _tried(system, split, splits[split.name], place)
            verdicts[split.file].update(said)
            costs[split.name] = cost
            print(f"{system.name}, {split.name}: fit {cost.fit_seconds:.0f} s", file=sys.stderr)
    except Failed as fault:
        print(f"{system.name} failed: {fault}", file=sys.stderr)
        return Result(system.name, trial.fingerprint, failed=str(fault))
    references = (round(before, 4), round(reference_seconds(), 4))
    return Result(system.name, trial.fingerprint, libraries, references, verdicts, costs)


def _tried(
    system: System, split: Split, path: Path, place: Place
) -> tuple[dict[str, Verdict], Cost]:
    said = json.loads(try_on(system, path, place).read_text(encoding="utf-8"))
    verdicts = said.pop("verdicts")
    rows = zip(split.judge, verdicts, strict=True)
    return (
        {row.id: verdict_of(one["scenes"], one["off_topic"]) for row, one in rows},
        cost_of({**said, "learnt": len(split.learn), "judged": len(split.judge)}),
    )


def compared(trial: Trial, folder: Path) -> Comparison:
    """Return the results of a folder that belong to the trial, and why the others are missing."""
    results, missing = {}, {}
    for system in SYSTEMS:
        path = folder / f"{system.name}.json"
        try:
            result = read_result(path, trial.fingerprint)
        except FileNotFoundError:
            missing[system.name] = "not run yet"
        except StaleResult as fault:
            missing[system.name] = f"stale: {fault}"
        else:
            if result.failed:
                missing[system.name] = f"failed: {result.failed}"
            else:
                results[system.name] = result
    return Comparison(trial, results, missing)


def _write(comparison: Comparison, path: Path | None) -> None:
    figures = comparison.figures()
    text = report(comparison, figures)
    print(text)
    if path:
        path.write_text(text, encoding="utf-8")
        held = plain(comparison, figures)
        told = json.dumps(held, ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(told + "\n", encoding="utf-8")
        draw(held, path.with_name("chart.svg"))


if __name__ == "__main__":
    main()
