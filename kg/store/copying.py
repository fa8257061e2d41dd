"""Copying a graph from one store into another: every record of every source, checked by hash."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Record
from kg.store.loading import load_source
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead, GraphStore, LoadState
from ontology.errors import StoreError
from ontology.schema import Schema

PAGE = 200  # things whose records are read at once


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
    for source_id, state in wanted.items():
        if not _is_there(held.get(source_id), state):
            load_source(target, state.source, _records(source, source_id, schema))
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


def _records(read: GraphRead, source_id: str, schema: Schema) -> Iterator[Record]:
    """Return what a source says, in an order that is the same each time."""
    for label in schema.labels:
        for nodes in pages_of(read, label.name, PAGE):
            for record in read.records([node.id for node in nodes]):
                if record.source == source_id:
                    yield record
