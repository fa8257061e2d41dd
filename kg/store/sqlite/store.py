"""The embedded store: the whole graph in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from kg.records import Edge, Node, Record, Source, check_text
from kg.store.checks import (
    check_after,
    check_limit,
    check_longest,
    check_part,
    check_relations,
    check_source,
    checked,
)
from kg.store.conditions import filterable_property
from kg.store.protocol import (
    Condition,
    Direction,
    LoadState,
    Page,
    StoreState,
)
from kg.store.sqlite import paths, reading
from kg.store.sqlite.connections import Connections
from kg.store.sqlite.schema import filterable
from kg.store.sqlite.writing import Writer
from ontology.errors import InvalidFile
from ontology.schema import Scalar, Schema

TIMEOUT_SECONDS = 10.0  # how long a change waits for another process to end its own


class SqliteStore:
    """A graph store in one file; made where there is none."""

    def __init__(
        self,
        path: Path,
        schema: Schema,
        *,
        read_only: bool = False,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._schema = schema
        self._connections = Connections(path, read_only=read_only, timeout=timeout_seconds)
        self._state: StoreState | None = None
        self._stood = (0, "")  # token and snapshot that the state was counted at
        self._check_filters(path)

    def _check_filters(self, path: Path) -> None:
        """Bring the values kept for filters in line with this version's schema."""
        wanted = filterable(self._schema)
        with self._connections.reading() as connection:
            (found,) = connection.execute("SELECT filterable FROM state").fetchone()
        if found == wanted:
            return
        if self._connections.read_only:
            raise InvalidFile(f"{path} was built for other filters; run `sfkg build` first")
        with self._connections.writing() as connection:
            Writer(connection, self._schema).hold_again()
            connection.execute("UPDATE state SET filterable = ?", (wanted,))

    def get(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that exist, in id order, each once."""
        with self._connections.reading() as connection:
            return reading.get(connection, ids)

    def find(
        self, label: str, where: Sequence[Condition] = (), after: str = "", limit: int = 100
    ) -> Page:
        """Return the first `limit` nodes of a label beyond id `after` that meet all conditions."""
        check_limit(limit)
        check_after(after)
        wanted = self._schema.label(label)
        with self._connections.reading() as connection:
            return reading.find(connection, self._schema, wanted, where, after, limit)

    def count(
        self, label: str, where: Sequence[Condition], by: str
    ) -> tuple[tuple[Scalar, int], ...]:
        """Return how many nodes have each value of a property or each end of a relation."""
        wanted = self._schema.label(label)
        with self._connections.reading() as connection:
            if by.isupper():
                relation = self._schema.relation(by).name
                return reading.count_ends(connection, self._schema, wanted, where, relation)
            prop = filterable_property(wanted, by)
            return reading.count_values(connection, self._schema, wanted, where, prop)

    def edges(
        self,
        ids: Sequence[str],
        relations: Sequence[str] = (),
        direction: Direction = "both",
        limit: int | None = None,
    ) -> tuple[Edge, ...]:
        """Return the edges that touch these ids, by relation, start, end; () means every one."""
        check_limit(limit)
        check_relations(self._schema, relations)
        with self._connections.reading() as connection:
            return reading.edges(connection, ids, relations, direction, limit)

    def paths(
        self, start: str, end: str, relations: Sequence[str] = (), longest: int = 4
    ) -> tuple[tuple[str, ...], ...]:
        """Return all shortest paths as id sequences, edges walked either way."""
        check_relations(self._schema, relations)
        check_longest(longest)
        with self._connections.reading() as connection:
            return paths.paths(connection, (start, end), relations, longest)

    def records(
        self, subjects: Sequence[str] = (), source: str | None = None
    ) -> tuple[Record, ...]:
        """Return all records of these subjects, or of a source; by subject, then record id."""
        with self._connections.reading() as connection:
            if source is not None:
                return reading.records_of_source(connection, source)
            return reading.records(connection, subjects)

    def sources(self) -> tuple[LoadState, ...]:
        """Return every source, by id."""
        with self._connections.reading() as connection:
            return reading.sources(connection)

    def state(self) -> StoreState:
        """Return where the store stands; counted again only after a change."""
        with self._connections.reading() as connection:
            stands = reading.stands(connection)
            if self._state is None or stands != self._stood:
                self._state, self._stood = reading.counted(connection), stands
            return self._state

    def load(self, source: Source, records: Sequence[Record]) -> None:
        """Make these records all that the source says."""
        check_source(source)
        entries = checked(self._schema, source.id, records)
        with self._writing() as writer:
            writer.load(source, entries)

    def start(self, source: Source) -> tuple[int, ...]:
        """Begin a source of several parts and return the parts of this content that are in."""
        check_source(source)
        check_text("content", source.content)
        with self._writing() as writer:
            return writer.start(source)

    def put(self, source_id: str, part: int, records: Sequence[Record]) -> None:
        """Add one part of a source that was begun."""
        check_part(part)
        entries = checked(self._schema, source_id, records)
        with self._writing() as writer:
            writer.put(source_id, part, entries)

    def finish(self, source_id: str) -> None:
        """End a source: records of an earlier load go, the source is complete."""
        with self._writing() as writer:
            writer.finish(source_id)

    def delete(self, source_id: str) -> None:
        """Delete a source with all it said."""
        with self._writing() as writer:
            writer.delete(source_id)

    def point_to(self, snapshot: str) -> None:
        """Make a snapshot the active one."""
        check_text("snapshot", snapshot, empty=True)
        with self._connections.writing() as connection:
            connection.execute("UPDATE state SET snapshot = ?", (snapshot,))

    def close(self) -> None:
        """Give back connections and files."""
        self._connections.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close the store."""
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with self._connections.writing() as connection:
            writer = Writer(connection, self._schema)
            yield writer
            if writer.changed:
                connection.execute("UPDATE state SET token = token + 1")
                # A sample suffices, and looking at every row would take longer than small loads.
                connection.execute("PRAGMA analysis_limit = 1000")
                connection.execute("ANALYZE")
