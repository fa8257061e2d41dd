"""Imports killed at random moments: `python -m tests.faults --kills 200` for many of them.

Two versions of a programme replace each other again and again. Each time the importer is killed
somewhere, what it left is looked at, and then the import goes on; in the end the graph must be the
one of an undisturbed import.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from kg.records import Link, Record, Source
from kg.store.protocol import GraphStore
from ontology.errors import UnknownId
from ontology.schema import schema
from tests.contract.stores import STORES
from tests.world import source_of, world

PARTS, PART_RECORDS = 6, 40


def import_all(store: GraphStore, version: int) -> None:
    """Make a store hold one of the two versions, going on where an import was cut off."""
    for source_id, records in world().items():
        said = [replace(record, date=f"202{version}") for record in records]
        store.load(source_of(source_id, said), said)
    large = Source("large", "A source in parts", "table", content=f"version {version}")
    there = store.start(large)
    for part in range(PARTS):
        if part not in there:
            store.put("large", part, _part(version, part))
    store.finish("large")
    extra = Source(f"extra-{version}", "Only in one version", "table", content="one")
    store.load(extra, _part(version, PARTS, extra.id))
    with suppress(UnknownId):
        store.delete(f"extra-{1 - version}")


def _part(version: int, part: int, source_id: str = "large") -> list[Record]:
    """Return records of organisations, some alike in both versions, and what they belong to."""
    numbers = range(part * PART_RECORDS, (part + 1) * PART_RECORDS)
    return [
        Record(
            source=source_id,
            locator=f"row {number}",
            subject=f"factory-{number}",
            label="Factory",
            properties={"name": f"工厂{number}", "keys": (f"F{number}", f"v{version}"),
                        "year": 2020 + number % 3 * version},
            links=(Link("OF_ENTERPRISE", f"org-{number % 7 + version}"),
                   Link("IN_PLACE", "gbt2260-320000")),
        )
        for number in numbers
    ]  # fmt: skip


def _importer(store_name: str, folder: str, version: int, told: Connection) -> None:
    with STORES[store_name](Path(folder), schema()) as store:
        told.send("begun")
        import_all(store, version)
    told.send("done")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many importers were killed before their end, and how many had ended."""

    killed: int
    ended: int


def soak(store_name: str, folder: Path, kills: int, seed: int = 399) -> Outcome:
    """Kill so many importers and raise AssertionError where one of them leaves other than it must.

    `kills` counts importers that had not ended.
    """
    chance = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.soak", "neo4j"])
    killed = ended = 0
    with STORES[store_name](folder, schema()) as store:
        hashes, seconds = _undisturbed(store)
        while killed < kills:
            version = (killed + ended) % 2
            listening, told = context.Pipe(duplex=False)
            importer = context.Process(
                target=_importer, args=(store_name, str(folder), version, told)
            )
            importer.start()
            told.close()  # so that hearing from one that died ends
            assert listening.recv() == "begun"
            # Servers grow faster with use: where importers end too early, the moments come earlier.
            time.sleep(chance.uniform(0, seconds * (killed + 1) / (killed + ended + 1)))
            importer.kill()
            importer.join()
            if _has_ended(listening):
                ended += 1
            else:
                killed += 1
            _look(store)
            import_all(store, version)
            assert store.state().graph_hash == hashes[version], f"after {killed} kills"
    return Outcome(killed, ended)


def _has_ended(listening: Connection) -> bool:
    """Return whether an importer that is gone had said that it was done."""
    with suppress(EOFError):
        return bool(listening.recv())
    return False


def _undisturbed(store: GraphStore) -> tuple[list[str], float]:
    """Return the hash of each version and the seconds of an import that replaces the other."""
    hashes, begin = [], 0.0
    for version in (1, 0, 1):
        begin = time.perf_counter()
        import_all(store, version)
        hashes.append(store.state().graph_hash)
    assert hashes[0] == hashes[2] != hashes[1]
    return [hashes[1], hashes[0]], time.perf_counter() - begin


def _look(store: GraphStore) -> None:
    """Look at what a killed importer left: no source is called complete that is not."""
    sizes = {source_id: len(records) for source_id, records in world().items()}
    sizes |= {"large": PARTS * PART_RECORDS, "extra-0": PART_RECORDS, "extra-1": PART_RECORDS}
    sources = store.sources()
    for one in sources:
        if one.complete:
            assert one.records == sizes[one.source.id], one.source.id
    state = store.state()
    assert state.records == sum(one.records for one in sources)
    held = sum(total for _, total in store.count("Factory", (), "keys"))
    factories = store.find("Factory", limit=1000).nodes
    assert held == sum(len(node.texts("keys")) for node in factories)
    assert len(factories) == state.labels["Factory"]
