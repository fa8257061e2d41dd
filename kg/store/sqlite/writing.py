"""The changes to the embedded store, each over one connection inside one transaction."""

# ruff: noqa: S608  (only names from the schema are written into SQL, values are parameters)
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.records import Edge, Node, Projection, Record, Source, project
from kg.store.checks import SOURCE_FIELDS, Entry
from kg.store.conditions import sayable
from kg.store.protocol import PART_SIZE
from kg.store.sqlite.reading import values
from kg.store.sqlite.schema import held_values
from kg.store.sqlite.statements import as_list
from ontology.errors import InvalidValue, UnknownId
from ontology.schema import Scalar, Schema, Value

COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Held:
    """A source as its row holds it."""

    key: int
    source: Source
    complete: bool
    generation: int


class Writer:
    """Changes within one transaction; `changed` tells whether there was anything to change."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self._connection = connection
        self._schema = schema
        self.changed = False

    def load(self, source: Source, records: Mapping[str, Entry]) -> None:
        """Make the records all that a source says."""
        held = self._begin(source, complete=True)
        self._forget_parts(held)
        there = self._record_ids(held)
        subjects = self._remove(sorted(there - records.keys()))
        subjects |= self._add(held, {key: records[key] for key in records if key not in there})
        self._renew(held, records)
        self._project(subjects)

    def start(self, source: Source) -> tuple[int, ...]:
        """Begin a source of several parts and return those of this content that are in."""
        before = self._held(source.id)
        held = self._begin(source, complete=False)
        if before is None or before.source.content != source.content:
            self._forget_parts(held)
            self._change("UPDATE source SET generation = generation + 1 WHERE key = ?", held.key)
        rows = self._connection.execute(
            "SELECT number FROM part WHERE source = ? ORDER BY number", (held.key,)
        )
        return tuple(number for (number,) in rows)

    def put(self, source_id: str, part: int, records: Mapping[str, Entry]) -> None:
        """Add one part of a source that was begun."""
        held = self._known(source_id)
        if held.complete:
            raise InvalidValue("source", source_id, "was not begun, so it takes no parts")
        there = self._record_ids_among(records)
        subjects = self._add(held, {key: records[key] for key in records if key not in there})
        self._renew(held, records)
        self._change("INSERT INTO part VALUES (?, ?) ON CONFLICT DO NOTHING", held.key, part)
        self._project(subjects)

    def finish(self, source_id: str) -> None:
        """Take away what only earlier loads of the source said, and call it complete."""
        held = self._known(source_id)
        if held.complete:
            return
        old = self._connection.execute(
            "SELECT id FROM record WHERE source = ? AND generation <> ?",
            (held.key, held.generation),
        )
        self._project(self._remove([record_id for (record_id,) in old]))
        self._change("UPDATE source SET complete = 1 WHERE key = ?", held.key)

    def delete(self, source_id: str) -> None:
        """Take away a source with all it said."""
        held = self._known(source_id)
        self._project(self._remove(sorted(self._record_ids(held))))
        self._forget_parts(held)
        self._change("DELETE FROM source WHERE key = ?", held.key)

    def _begin(self, source: Source, *, complete: bool) -> Held:
        """Write a source's row where it differs, and return it."""
        columns = ("id", *SOURCE_FIELDS)
        names = ", ".join((*columns, "complete"))
        given = ", ".join(f"excluded.{name}" for name in (*columns, "complete"))
        self._change(
            f"INSERT INTO source ({names}, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) "
            f"ON CONFLICT (id) DO UPDATE SET ({names}) = ({given}) "
            f"WHERE ({names}) IS NOT ({given})",
            *(getattr(source, name) for name in columns),
            complete,
        )
        return self._known(source.id)

    def _known(self, source_id: str) -> Held:
        held = self._held(source_id)
        if held is None:
            known = [row[0] for row in self._connection.execute("SELECT id FROM source")]
            raise UnknownId("source", source_id, known)
        return held

    def _held(self, source_id: str) -> Held | None:
        row = self._connection.execute(
            f"SELECT key, complete, generation, id, {', '.join(SOURCE_FIELDS)} FROM source "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (as_list(sayable([source_id])),),
        ).fetchone()
        if row is None:
            return None
        key, complete, generation, *fields = row
        return Held(key, Source(*fields), bool(complete), generation)

    def _forget_parts(self, held: Held) -> None:
        self._change("DELETE FROM part WHERE source = ?", held.key)

    def _record_ids(self, held: Held) -> set[str]:
        rows = self._connection.execute("SELECT id FROM record WHERE source = ?", (held.key,))
        return {record_id for (record_id,) in rows}

    def _record_ids_among(self, ids: Iterable[str]) -> set[str]:
        rows = self._connection.execute(
            "SELECT id FROM record WHERE id IN (SELECT value FROM json_each(?))", (as_list(ids),)
        )
        return {record_id for (record_id,) in rows}

    def _remove(self, ids: Sequence[str]) -> set[int]:
        """Take away records and return their subjects."""
        if not ids:
            return set()
        self.changed = True
        rows = self._connection.execute(
            "DELETE FROM record WHERE id IN (SELECT value FROM json_each(?)) RETURNING subject",
            (as_list(ids),),
        )
        return {subject for (subject,) in rows.fetchall()}

    def _add(self, held: Held, records: Mapping[str, Entry]) -> set[int]:
        """Write records that are not there yet and return their subjects."""
        if not records:
            return set()
        self.changed = True
        keys = self._keys(entry.record.subject for entry in records.values())
        rows = (
            (record_id, held.key, held.generation, keys[entry.record.subject], entry.content)
            for record_id, entry in records.items()
        )
        self._connection.executemany(
            "INSERT INTO record (id, source, generation, subject, content) VALUES (?, ?, ?, ?, ?)",
            rows,
        )
        return set(keys.values())

    def _renew(self, held: Held, ids: Iterable[str]) -> None:
        """Mark records that were there already as said by the present load."""
        self._connection.execute(
            "UPDATE record SET generation = ?2 WHERE generation <> ?2 "
            "AND id IN (SELECT value FROM json_each(?1))",
            (as_list(ids), held.generation),
        )

    def _keys(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the keys of things, making placeholders for those that are new."""
        wanted = as_list(dict.fromkeys(ids))
        self._connection.execute(
            "INSERT INTO node (id) SELECT value FROM json_each(?) WHERE true "
            "ON CONFLICT (id) DO NOTHING",
            (wanted,),
        )
        rows = self._connection.execute(
            "SELECT id, key FROM node WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
        )
        return dict(rows.fetchall())

    def _project(self, subjects: set[int]) -> None:
        """Bring nodes and edges of the touched subjects in line with their records."""
        if not subjects:
            return
        wanted = as_list(subjects)
        freed = self._connection.execute(
            "DELETE FROM edge WHERE start IN (SELECT value FROM json_each(?)) RETURNING end",
            (wanted,),
        )
        perhaps_idle = {end for (end,) in freed.fetchall()}
        before = self._nodes(wanted)
        after = self._write(self._projections(wanted))
        self._hold(before, after)
        undescribed = subjects - after.keys()
        self._connection.execute(
            "UPDATE node SET label = NULL, properties = '{}' "
            "WHERE key IN (SELECT value FROM json_each(?))",
            (as_list(undescribed),),
        )
        self._drop_idle(perhaps_idle | undescribed)

    def _projections(self, subjects: str) -> Iterator[tuple[int, Projection]]:
        rows = self._connection.execute(
            "SELECT subject, id, content FROM record "
            "WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY subject",
            (subjects,),
        )
        for subject, group in groupby(rows, key=lambda row: int(row[0])):
            found = [Record.from_dict(json.loads(content), known) for _, known, content in group]
            yield subject, project(found, self._schema)

    def _nodes(self, keys: str) -> dict[int, Node]:
        """Return the nodes of these keys that records describe so far."""
        rows = self._connection.execute(
            "SELECT key, id, label, properties FROM node "
            "WHERE key IN (SELECT value FROM json_each(?)) AND label IS NOT NULL",
            (keys,),
        )
        return {key: Node(node_id, label, values(text)) for key, node_id, label, text in rows}

    def _write(self, projections: Iterable[tuple[int, Projection]]) -> dict[int, Node]:
        """Write nodes with their edges and return the nodes by key."""
        nodes: dict[int, Node] = {}
        edges: list[tuple[int, Edge]] = []
        for key, projection in projections:
            nodes[key] = projection.node
            edges += [(key, edge) for edge in projection.edges]
        self._connection.executemany(
            "UPDATE node SET label = ?, properties = ? WHERE key = ?",
            ((node.label, as_text(node.properties), key) for key, node in nodes.items()),
        )
        self._write_edges(edges)
        return nodes

    def _hold(self, before: Mapping[int, Node], after: Mapping[int, Node]) -> None:
        """Bring the values that filters ask for in line with the nodes."""
        old, new = self._held_values(before), self._held_values(after)
        self._connection.executemany(
            "DELETE FROM held WHERE label = ? AND property = ? AND value = ? AND node = ?",
            old - new,
        )
        self._connection.executemany("INSERT INTO held VALUES (?, ?, ?, ?)", new - old)

    def _held_values(self, nodes: Mapping[int, Node]) -> set[tuple[str, str, Scalar, int]]:
        return {
            (*value, key)
            for key, node in nodes.items()
            for value in held_values(node, self._schema)
        }

    def hold_again(self) -> None:
        """Hold the values that filters ask for from nothing, after the schema changed."""
        self._connection.execute("DELETE FROM held")
        keys = [key for (key,) in self._connection.execute("SELECT key FROM node")]
        for begin in range(0, len(keys), PART_SIZE):
            self._hold({}, self._nodes(as_list(keys[begin : begin + PART_SIZE])))

    def _write_edges(self, edges: Sequence[tuple[int, Edge]]) -> None:
        keys = self._keys(edge.end for _, edge in edges)
        self._connection.executemany(
            "INSERT INTO edge (start, relation, end, properties) VALUES (?, ?, ?, ?)",
            (
                (start, edge.relation, keys[edge.end], as_text(edge.properties))
                for start, edge in edges
            ),
        )

    def _drop_idle(self, keys: set[int]) -> None:
        """Take away placeholders that no edge ends at any more."""
        self._connection.execute(
            "DELETE FROM node WHERE key IN (SELECT value FROM json_each(?)) AND label IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.end = node.key)",
            (as_list(keys),),
        )

    def _change(self, sql: str, *parameters: str | int) -> None:
        if self._connection.execute(sql, parameters).rowcount > 0:
            self.changed = True


def as_text(properties: Mapping[str, Value]) -> str:
    """Return property values as compact JSON, many-valued ones as lists."""
    return COMPACT.encode(properties)
