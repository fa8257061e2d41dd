"""Building the graph: the packaged sources into a store, and any source out of it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.load import is_loaded, load_with_account, state_of
from ingest.packaged.library import FOLDER, Library, PackagedSource
from ingest.tables import HeldBack
from kg.store.protocol import GraphStore


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What building one source came to.

    rows_in = represented + rows held back whole; all three are None where the store held the
    source already, because then no row is read.
    """

    id: str
    title: str
    changed: bool
    records: int
    rows_in: int | None = None
    represented: int | None = None
    held_back: tuple[HeldBack, ...] = ()

    @property
    def rows_held_back(self) -> int:
        """How many rows were held back whole."""
        return sum(found.whole for found in self.held_back)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build came to: each source, and the graph afterwards."""

    sources: tuple[SourceReport, ...]
    graph_hash: str
    labels: Mapping[str, int]
    relations: Mapping[str, int]

    @property
    def changed(self) -> bool:
        """Whether the build changed the graph's sources at all."""
        return any(source.changed for source in self.sources)

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain JSON."""
        return {
            "changed": self.changed,
            "graph_hash": self.graph_hash,
            "labels": dict(self.labels),
            "relations": dict(self.relations),
            "sources": [
                asdict(source) | {"rows_held_back": source.rows_held_back}
                for source in self.sources
            ],
        }


def packaged_sources(
    folder: Path = FOLDER, guides: Path | None = None
) -> tuple[PackagedSource, ...]:
    """Return the sources that ship with the project, or those of another folder laid out alike.

    `guides` is the folder of guide editions whose text was imported.
    """
    return Library(folder, guides).sources()


def build(
    store: GraphStore,
    progress: Callable[[SourceReport], None] | None = None,
    folder: Path = FOLDER,
    guides: Path | None = None,
) -> BuildReport:
    """Bring the packaged sources in the store up to date; what did not change is left alone."""
    reports = []
    for packaged in packaged_sources(folder, guides):
        report = _build(store, packaged)
        reports.append(report)
        if progress:
            progress(report)
    state = store.state()
    return BuildReport(tuple(reports), state.graph_hash, state.labels, state.relations)


def remove(store: GraphStore, source_id: str) -> None:
    """Delete a source with all that only it says, or raise UnknownId where there is none."""
    store.delete(source_id)


def _build(store: GraphStore, packaged: PackagedSource) -> SourceReport:
    source = packaged.source
    state = state_of(store, source.id)
    if state and is_loaded(state, source):
        return SourceReport(source.id, source.title, False, state.records)
    mapped = packaged.read()
    result = load_with_account(store, source, mapped.records)
    return SourceReport(
        source.id,
        source.title,
        result.changed,
        result.records,
        mapped.rows_in,
        mapped.represented,
        mapped.held_back,
    )
