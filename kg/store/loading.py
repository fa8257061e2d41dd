"""Sources of any size into a store: at once where they are small, in numbered parts otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from kg.records import Record, Source
from kg.store.protocol import PART_SIZE, GraphStore


def load_source(store: GraphStore, source: Source, records: Iterable[Record]) -> None:
    """Make these records all that the source says; a load that was cut off goes on where it was.

    Parts are known by their number, so the same `content` must mean the same records in the same
    order. A source that is in with this content is left alone, its records are not even asked for.
    """
    is_in = any(state.complete and state.source == source for state in store.sources())
    if source.content and is_in:
        return
    stream = iter(records)
    first, following = list(islice(stream, PART_SIZE)), list(islice(stream, PART_SIZE))
    if not following:
        store.load(source, first)
        return
    already_in = store.start(source)
    part, rows = 1, first
    while rows:
        if part not in already_in:
            store.put(source.id, part, rows)
        part, rows, following = part + 1, following, list(islice(stream, PART_SIZE))
    store.finish(source.id)
