"""A program that writes to a store until it is killed: `python -m tests.contract.interrupted`."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.records import Record, Source
from kg.store.protocol import PART_SIZE
from tests.contract.kinds import KINDS
from tests.contract.stores import STORES
from tests.contract.things import linked

PARTS = 6
SOURCE = Source("list", "A list", "table", content="one")


def part(number: int, size: int) -> list[Record]:
    """Return the records of a part, each pointing at the next part's."""
    return [linked(f"{number}-{row}", f"{number + 1}-{row}") for row in range(size)]


def main(store_name: str, folder: str, what: str) -> None:
    """Load a large source at once, or a source in small parts, saying how far it is."""
    with STORES[store_name](Path(folder), KINDS) as store:
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        if what == "load":
            store.load(SOURCE, part(0, PART_SIZE))
        else:
            store.start(SOURCE)
            for number in range(PARTS):
                store.put(SOURCE.id, number, part(number, 200))
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
            store.finish(SOURCE.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
