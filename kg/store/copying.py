"""Copying a graph from one store into another: every record of every source, checked by hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile

from kg.records import Record, Source
from kg.store.loading import load_source
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead, GraphStore, LoadState
from ontology.errors import StoreError
from ontology.schema import Schema

PAGE = 200  # things whose records are read at once
FILES = 200  # sources that are copied in one go, each with a file open meanwhile


def copy(source: GraphRead, target: GraphStore, schema: Schema) -> str:
    """Make a target hold what a source holds, and nothing else; return the hash of both.

    A copy that was cut off goes on where it was; sources that are there already are left alone.
    """
    before = source.state()
    wanted = {state.source.id: state for state in source.sources()}
    for state in wanted.values():
        if not state.complete:
            raise StoreError(f"source {state.source.id} is not loaded completely; load it first")
    held = {state.source.id: state for state in target.sources()}
    for source_id in held.keys() - wanted.keys():
        target.delete(source_id)
    missing = [
        state.source for name, state in wanted.items() if not _is_there(held.get(name), state)
    ]
    for first in range(0, len(missing), FILES):
        batch = missing[first : first + FILES]
        with _records_of(batch, source, schema) as records:
            for one in batch:
                load_source(target, one, records(one.id))
    if source.state().token != before.token:
        raise StoreError("the graph was changed while it was copied; copy it again")
    copied = target.state()
    if copied.graph_hash != before.graph_hash:
        raise StoreError(
            f"the copy holds {copied.records} records, the original {before.records}, and their "
            "hashes differ; the copy must not be used"
        )
    return copied.graph_hash


def _is_there(held: LoadState | None, wanted: LoadState) -> bool:
    if held is None or not held.complete or not wanted.source.content:
        return False
    return (held.source, held.records) == (wanted.source, wanted.records)


@contextmanager
def _records_of(
    sources: Sequence[Source], read: GraphRead, schema: Schema
) -> Iterator[Callable[[str], Iterator[Record]]]:
    """Lend what each source says, in an order that is the same each time.

    Things are read once for all these sources, and their records wait in a file for each source: a
    graph may be larger than memory, and reading it for every source would take as often as long.
    """
    with ExitStack() as opened:
        files = {one.id: opened.enter_context(TemporaryFile("w+", encoding="utf-8"))
                 for one in sources}  # fmt: skip
        for record in _records(read, schema):
            if record.source in files:
                files[record.source].write(record.written()[1] + "\n")

        def records(source_id: str) -> Iterator[Record]:
            files[source_id].seek(0)
            return (Record.from_dict(json.loads(line)) for line in files[source_id])

        yield records


def _records(read: GraphRead, schema: Schema) -> Iterator[Record]:
    for label in schema.labels:
        for nodes in pages_of(read, label.name, PAGE):
            yield from read.records([node.id for node in nodes])
