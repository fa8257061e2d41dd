"""Loading with an account: what it took to make a store say what a source says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.records import Record, Source
from kg.store import loading
from kg.store.protocol import GraphStore, LoadState
from ontology.errors import StoreError


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading a source came to; `resumed` counts parts that an earlier load had left."""

    source: str
    records: int
    changed: bool
    resumed: int = 0


def state_of(store: GraphStore, source_id: str) -> LoadState | None:
    """Return the source as the store knows it, None where it does not."""
    return next((state for state in store.sources() if state.source.id == source_id), None)


def is_loaded(state: LoadState | None, source: Source) -> bool:
    """Whether the store holds exactly this source with this content, completely."""
    return bool(state and state.complete and source.content and state.source == source)


def load_with_account(store: GraphStore, source: Source, records: Iterable[Record]) -> LoadResult:
    """Make these records all that the source says; do nothing where it says just that already.

    Large sources go in by numbered parts. Their records must come in the same order again for the
    same content, so that a load that broke off goes on at the first part that is missing.
    """
    before = state_of(store, source.id)
    if before and is_loaded(before, source):
        return LoadResult(source.id, before.records, changed=False)
    left = before.parts if before and before.source.content == source.content else ()
    loading.load_source(store, source, records)
    after = state_of(store, source.id)
    if after is None or not after.complete:
        raise StoreError(f"the source {source.id} was loaded and is not complete in the store")
    return LoadResult(source.id, after.records, changed=True, resumed=len(left))
