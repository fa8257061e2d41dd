"""Soaks the stores that there are: `python -m tests.faults --kills 200 [--store NAME]`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.contract.stores import STORES
from tests.faults.soak import soak
from tests.servers.servers import RELEASES


def main() -> None:
    """Soak the stores, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", action="append", choices=sorted(STORES))
    given = parser.parse_args()
    for name in given.store or sorted(STORES):
        if name in RELEASES and (missing := RELEASES[name].missing()):
            sys.stdout.write(f"NOT RUN: {name}: {missing}\n")
            continue
        seed = random.randrange(10**6)
        sys.stdout.write(f"{name}, seed {seed}: ")
        sys.stdout.flush()
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            outcome = soak(name, Path(folder), given.kills, seed)
            seconds = time.perf_counter() - begin
        sys.stdout.write(f"{outcome} in {seconds:.0f} s, every graph as if undisturbed\n")


if __name__ == "__main__":
    main()
