"""The systems that are compared, the environment of each, and a run of one on every split."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
ENVIRONMENTS = ROOT / ".venv-peers"
OURS = "ours"
# One thread everywhere, no hub, and the same order of sets in every run.
QUIET = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
         "RAYON_NUM_THREADS"), "1"),
    **dict.fromkeys(
        ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY",
         "HF_HUB_DISABLE_PROGRESS_BARS", "PYTHONNOUSERSITE"), "1"),
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONHASHSEED": "0",
}  # fmt: skip
# What would let a peer see the project or its settings.
HIDDEN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class System:
    """One system: how the report names it, the script that runs it, how it was tuned.

    `environment` is the name of its requirements in `peers/` (the project's own for ours);
    `shown` are the libraries whose versions the report tells.
    """

    name: str
    title: str
    script: str
    environment: str
    shown: tuple[str, ...]
    tuned: str
    needs_model: bool = False


INNER = "on the texts learnt alone, leaving out the enterprise or author of each text judged"
HELD_OUT = "on a third of the enterprises and authors of the texts learnt, held out"
SYSTEMS = (
    System(
        OURS, "ours", "ours.py", "", ("scikit-learn", "numpy"),
        "classifier settings as shipped: they were chosen by hand on these same cases and queries"
        " (docs/evaluation.md), which is kind to ours; calibration is refitted within each split",
    ),
    System(
        "tfidf", "TF-IDF + logistic regression", "tfidf.py", "tfidf", ("scikit-learn",),
        "not tuned: strength and the weight of a real case are what ours was tuned to",
    ),
    System(
        "bm25", "bm25s + jieba, votes", "bm25.py", "bm25", ("bm25s", "jieba"),
        f"voters and sharpness of the vote {INNER}; BM25 as it comes",
    ),
    System(
        "txtai", "txtai hybrid, votes", "hybrid.py", "txtai", ("txtai", "torch"),
        f"voters and sharpness of the vote {INNER}; index as it comes",
        needs_model=True,
    ),
    System(
        "bge-nearest", "bge-small-zh-v1.5, votes", "bge.py", "bge", ("onnxruntime", "tokenizers"),
        f"voters and sharpness of the vote {INNER}",
        needs_model=True,
    ),
    System(
        "bge-regression", "bge-small-zh-v1.5 + logistic regression", "bge.py", "bge",
        ("onnxruntime", "scikit-learn"),
        f"strength {HELD_OUT}; a real case weighs as in ours",
        needs_model=True,
    ),
    System(
        "annif-mllm", "Annif MLLM", "trees.py", "annif", ("annif", "jieba"),
        "not tuned: Annif's own settings",
    ),
    System(
        "annif-omikuji", "Annif Omikuji", "trees.py", "annif", ("annif", "omikuji", "jieba"),
        f"parabel or bonsai, and whether a real case is repeated by its weight in ours, {HELD_OUT}",
    ),
    System(
        "annif-ensemble", "Annif ensemble of both", "trees.py", "annif",
        ("annif", "omikuji", "jieba"),
        f"the trees as above, and the share of MLLM in the average, {HELD_OUT}",
    ),
)  # fmt: skip


class Failed(Exception):
    """A system or its environment came to nothing; the message is the last line it said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Folders for splits and answers and for what splits share; the sentence model, if any."""

    work: Path
    kept: Path
    model: Path | None = None
    weights: Path | None = None


def python_of(environment: str, peers: Path = PEERS) -> Path:
    """Return the Python of an environment, made where it is missing or its pins have changed.

    The pins lie in the folder of the peers that it is for.
    """
    if not environment:
        return Path(sys.executable)
    folder, pins = ENVIRONMENTS / environment, peers / f"{environment}.txt"
    python, made = folder / "bin" / "python", folder / "made-from"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not made.is_file() or made.read_text(encoding="utf-8") != wanted:
        ENVIRONMENTS.mkdir(exist_ok=True)
        (ENVIRONMENTS / ".gitignore").write_text("*\n", encoding="utf-8")
        venv.create(folder, clear=True, with_pip=True)
        said([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--no-deps", "--requirement", pins], ROOT)  # fmt: skip
        made.write_text(wanted, encoding="utf-8")
    return python


def versions(system: System) -> dict[str, str]:
    """Return the versions of the libraries that a system stands on."""
    code = ("import sys; from importlib.metadata import version; "
            "print(*map(version, sys.argv[1:]))")  # fmt: skip
    told = said([python_of(system.environment), "-c", code, *system.shown], ROOT)
    return dict(zip(system.shown, told.split(), strict=True))


def try_on(system: System, split: Path, place: Place) -> Path:
    """Run a system on a split in a process of its own and return the file of its answers."""
    out = place.work / f"{system.name}-{split.stem}-said.json"
    if system.needs_model and place.weights is None:
        raise Failed("no sentence model was given: make model builds it, --model names its folder")
    options: list[str | Path] = ["--kept", place.kept]
    if place.model and place.weights:
        options += ["--model", place.model, "--weights", place.weights]
    python = python_of(system.environment)
    if system.name == OURS:
        said([python, "-m", "benchmarks.matching.ours", system.name, split, out, *options], ROOT)
    else:
        said([python, PEERS / system.script, system.name, split, out, *options], place.work)
    return out


def said(command: Sequence[str | Path], folder: Path) -> str:
    """Return what a command prints, or raise Failed and show the end of what it complained of."""
    done = subprocess.run(
        [str(part) for part in command],
        check=False, cwd=folder, env=_environment(os.environ), capture_output=True, text=True,
        errors="replace",
    )  # fmt: skip
    if done.returncode:
        lines = [line.strip() for line in re.split(r"[\r\n]+", done.stderr) if line.strip()]
        print(*lines[-20:], sep="\n", file=sys.stderr)
        raise Failed(lines[-1] if lines else f"ended with {done.returncode} and said nothing")
    return done.stdout


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in given.items()
        if name not in HIDDEN and not name.startswith("SFKG_")
    }
    return kept | QUIET
