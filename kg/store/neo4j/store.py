"""The store in a Neo4j database: the whole graph under labels and relations of the schema."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Self

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
from kg.store.neo4j import schema as layout
from kg.store.neo4j.gate import Gate
from kg.store.neo4j.reading import Reading
from kg.store.neo4j.sessions import Access, Sessions
from kg.store.neo4j.statements import NOTE_HASH
from kg.store.neo4j.writing import Writer
from kg.store.protocol import PART_SIZE, Condition, Direction, LoadState, Page, StoreState
from ontology.errors import InvalidFile, MissingPart, StoreError
from ontology.schema import Scalar, Schema

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

STANDING = f"""
OPTIONAL MATCH (state:{layout.STATE})
RETURN state.version AS version, state.filterable AS filterable
"""
POINT = f"MATCH (state:{layout.STATE}) SET state.snapshot = $snapshot"


def open_neo4j(
    url: str, schema: Schema, access: Access | None = None, *, read_only: bool = False
) -> Neo4jStore:
    """Open the store in a Neo4j database; one that may be written is made ready where it is new."""
    return Neo4jStore(Sessions(url, access or Access(), read_only=read_only), schema)


class Neo4jStore:
    """A graph store in one Neo4j database."""

    def __init__(self, sessions: Sessions, schema: Schema) -> None:
        layout.check_names(schema)
        self._schema = schema
        self._sessions = sessions
        self._gate = Gate(sessions)
        self._reading = Reading(schema)
        self._state: StoreState | None = None
        self._lock = threading.Lock()  # of writers: those waiting hold no connection meanwhile
        try:
            self._make_ready()
        except BaseException:
            self.close()
            raise

    def _make_ready(self) -> None:
        """Make a new database ready, and refuse one that is not ours."""
        wanted = layout.filterable(self._schema)
        version, filterable = self._sessions.read(_standing)
        if version not in {None, layout.VERSION}:
            raise self._sessions.address.error(
                f"it holds a store of version {version}, this program reads version "
                f"{layout.VERSION}; empty the database and run `sfkg build`"
            )
        if filterable == wanted:
            return
        if self._sessions.read_only:
            raise self._unready(version)
        if version is None and self._sessions.read(_is_foreign):
            raise self._sessions.address.error("it holds data of another program, left as it is")
        self._build(wanted, is_new=version is None)

    def _unready(self, version: int | None) -> MissingPart | InvalidFile:
        url = self._sessions.address.url
        if version is None:
            return MissingPart(f"there is no store at {url}; `sfkg build` makes one")
        return InvalidFile(f"{url} was built for other filters; run `sfkg build` first")

    def _build(self, filterable: str, *, is_new: bool) -> None:
        with self._sessions.session(write=True) as session:
            layout.make_indexes(session, self._schema)
        self._sessions.write(lambda transaction: transaction.run(layout.BEGIN).consume())
        if not is_new:
            with self._sessions.session(write=True) as session:
                layout.hold_again(session, self._schema)
        self._sessions.write(
            lambda transaction: transaction.run(
                layout.NOTE_FILTERABLE, filterable=filterable
            ).consume()
        )

    def get(self, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that exist, in id order, each once."""
        return self._gate.read(lambda look: self._reading.get(look, ids))

    def find(
        self, label: str, where: Sequence[Condition] = (), after: str = "", limit: int = 100
    ) -> Page:
        """Return the first `limit` nodes of a label beyond id `after` that meet all conditions."""
        check_limit(limit)
        check_after(after)
        wanted = self._schema.label(label)
        return self._gate.read(lambda look: self._reading.find(look, wanted, where, after, limit))

    def count(
        self, label: str, where: Sequence[Condition], by: str
    ) -> tuple[tuple[Scalar, int], ...]:
        """Return how many nodes have each value of a property or each end of a relation."""
        return self._gate.read(self._reading.counting(self._schema.label(label), where, by))

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
        return self._gate.read(
            lambda look: self._reading.edges(look, ids, relations, direction, limit)
        )

    def paths(
        self, start: str, end: str, relations: Sequence[str] = (), longest: int = 4
    ) -> tuple[tuple[str, ...], ...]:
        """Return all shortest paths as id sequences, edges walked either way."""
        check_relations(self._schema, relations)
        check_longest(longest)
        return self._gate.read(
            lambda look: self._reading.paths(look, (start, end), relations, longest)
        )

    def records(
        self, subjects: Sequence[str] = (), source: str | None = None
    ) -> tuple[Record, ...]:
        """Return all records of these subjects, or of a source; by subject, then record id."""
        return self._gate.read(lambda look: self._reading.records(look, subjects, source))

    def sources(self) -> tuple[LoadState, ...]:
        """Return every source, by id."""
        return self._gate.read(self._reading.sources)

    def state(self) -> StoreState:
        """Return where the store stands; counted again only after a change."""
        known = self._state
        state = self._gate.read(lambda look: self._reading.state(look, known))
        self._state = state
        is_new = known is None or known.token != state.token
        if is_new and state.records > PART_SIZE and not self._sessions.read_only:
            with suppress(StoreError):  # the state is known, only the next process counts again
                self._sessions.once(NOTE_HASH, token=state.token, graph_hash=state.graph_hash)
        return state

    def load(self, source: Source, records: Sequence[Record]) -> None:
        """Make these records all that the source says."""
        check_source(source)
        entries = checked(self._schema, source.id, records)
        self._change(source.id, lambda writer: writer.load(source, entries))

    def start(self, source: Source) -> tuple[int, ...]:
        """Begin a source of several parts and return the parts of this content that are in."""
        check_source(source)
        check_text("content", source.content)
        return self._change(source.id, lambda writer: writer.start(source))

    def put(self, source_id: str, part: int, records: Sequence[Record]) -> None:
        """Add one part of a source that was begun."""
        check_part(part)
        entries = checked(self._schema, source_id, records)
        self._change(source_id, lambda writer: writer.put(part, entries))

    def finish(self, source_id: str) -> None:
        """End a source: records of an earlier load go, the source is complete."""
        self._change(source_id, Writer.finish)

    def delete(self, source_id: str) -> None:
        """Delete a source with all it said."""
        self._change(source_id, Writer.delete)

    def point_to(self, snapshot: str) -> None:
        """Make a snapshot the active one."""
        check_text("snapshot", snapshot, empty=True)
        self._sessions.write(
            lambda transaction: transaction.run(POINT, snapshot=snapshot).consume()
        )

    def close(self) -> None:
        """Give back connections."""
        self._sessions.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close the store."""
        self.close()

    def _change(
        self, source_id: str, change: Callable[[Writer], tuple[int, ...] | None]
    ) -> tuple[int, ...]:
        """Make a change in one transaction and return the source's parts that were in before."""
        operation = uuid.uuid4().hex
        with self._lock, self._gate.changing() as begin:

            def work(transaction: ManagedTransaction) -> tuple[int, ...]:
                writer = Writer(transaction, self._schema, source_id)
                if writer.operation == operation:
                    return writer.parts()  # made already, only the answer to it was lost
                parts = change(writer)
                writer.end(operation)
                if writer.changed:
                    begin()
                return parts or ()

            return self._sessions.write(work)


def _standing(transaction: ManagedTransaction) -> tuple[int | None, str | None]:
    row = transaction.run(STANDING).single(strict=True)
    return row["version"], row["filterable"]


def _is_foreign(transaction: ManagedTransaction) -> bool:
    return bool(transaction.run(layout.FOREIGN).single(strict=True)["found"])
