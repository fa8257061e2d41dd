"""The questions to the embedded store, each over one connection inside one transaction."""

# ruff: noqa: S608  (only names from the schema are written into SQL, values are parameters)
from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from kg.records import Edge, Node, Record, Source, graph_hash
from kg.store.conditions import sayable
from kg.store.protocol import Condition, Direction, LoadState, Page, StoreState
from kg.store.sqlite.statements import OF_RELATIONS, as_list, held, where
from ontology.schema import LARGEST_INTEGER, Label, Property, Scalar, Schema, Value

NO_PROPERTIES = "{}"
VISIBLE_EDGES = """
    SELECT start.id, edge.relation, end.id, edge.properties
    FROM json_each(:wanted) AS wanted
    CROSS JOIN node AS {near} ON {near}.id = wanted.value
    CROSS JOIN edge ON edge.{near} = {near}.key
    CROSS JOIN node AS {far} ON {far}.key = edge.{far}
    WHERE start.label IS NOT NULL AND end.label IS NOT NULL {of_relations}
"""


def get(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Node, ...]:
    """Return the nodes of these ids that exist, in id order."""
    rows = connection.execute(
        "SELECT id, label, properties FROM node "
        "WHERE id IN (SELECT value FROM json_each(?)) AND label IS NOT NULL ORDER BY id",
        (as_list(sayable(ids)),),
    )
    return tuple(_node(*row) for row in rows)


def find(
    connection: sqlite3.Connection,
    schema: Schema,
    label: Label,
    conditions: Sequence[Condition],
    after: str,
    limit: int,
) -> Page:
    """Return a page of the nodes that meet all conditions, and how many do."""
    met = where(schema, label, conditions)
    total = connection.execute(f"SELECT count(*) FROM node AS n WHERE {met.sql}", met.parameters)
    rows = connection.execute(
        f"SELECT n.id, n.label, n.properties FROM node AS n WHERE {met.sql} AND n.id > ? "
        "ORDER BY n.id LIMIT ?",
        (*met.parameters, after, min(limit, LARGEST_INTEGER)),
    )
    return Page(tuple(_node(*row) for row in rows), int(total.fetchone()[0]))


def count_values(
    connection: sqlite3.Connection,
    schema: Schema,
    label: Label,
    conditions: Sequence[Condition],
    prop: Property,
) -> tuple[tuple[Scalar, int], ...]:
    """Return how many of the nodes have each value of a property."""
    met = where(schema, label, conditions)
    # Without conditions the table of values alone answers, from its index.
    among = f"AND held.node IN (SELECT n.key FROM node AS n WHERE {met.sql})" if conditions else ""
    rows = connection.execute(
        f"SELECT held.value, count(*) FROM held WHERE {held(label, prop)} {among} "
        "GROUP BY held.value ORDER BY count(*) DESC, held.value",
        met.parameters,
    )
    # SQLite has no truth values: it keeps them as 0 and 1.
    return tuple((bool(found) if prop.kind == "boolean" else found, total) for found, total in rows)


def count_ends(
    connection: sqlite3.Connection,
    schema: Schema,
    label: Label,
    conditions: Sequence[Condition],
    relation: str,
) -> tuple[tuple[Scalar, int], ...]:
    """Return how many of the nodes have an edge of a relation to each end."""
    met = where(schema, label, conditions)
    rows = connection.execute(
        "SELECT other.id, found.total FROM (SELECT edge.end AS end, count(*) AS total "
        "FROM node AS n CROSS JOIN edge ON edge.start = n.key AND edge.relation = ? "
        f"WHERE {met.sql} GROUP BY edge.end) AS found "
        "CROSS JOIN node AS other ON other.key = found.end WHERE other.label IS NOT NULL "
        "ORDER BY found.total DESC, other.id",
        (relation, *met.parameters),
    )
    return tuple(rows)


def edges(
    connection: sqlite3.Connection,
    ids: Sequence[str],
    relations: Sequence[str],
    direction: Direction,
    limit: int | None,
) -> tuple[Edge, ...]:
    """Return the edges that touch these ids, by relation, start, end."""
    sides = {"out": (("start", "end"),), "in": (("end", "start"),)}
    parts = [
        VISIBLE_EDGES.format(near=near, far=far, of_relations=OF_RELATIONS if relations else "")
        for near, far in sides.get(direction, (*sides["out"], *sides["in"]))
    ]
    given = {
        "wanted": as_list(sayable(ids)),
        "relations": as_list(relations),
        "limit": LARGEST_INTEGER if limit is None else min(limit, LARGEST_INTEGER),
    }
    rows = connection.execute(f"{' UNION '.join(parts)} ORDER BY 2, 1, 3 LIMIT :limit", given)
    return tuple(Edge(start, name, end, values(more)) for start, name, end, more in rows)


def records(connection: sqlite3.Connection, subjects: Sequence[str]) -> tuple[Record, ...]:
    """Return all records of these subjects, by subject, then record id."""
    rows = connection.execute(
        "SELECT record.content FROM node CROSS JOIN record ON record.subject = node.key "
        "WHERE node.id IN (SELECT value FROM json_each(?)) ORDER BY node.id, record.id",
        (as_list(sayable(subjects)),),
    )
    return tuple(Record.from_dict(json.loads(content)) for (content,) in rows)


def records_of_source(connection: sqlite3.Connection, source: str) -> tuple[Record, ...]:
    """Return all records that a source says, by subject, then record id."""
    rows = connection.execute(
        "SELECT record.content FROM source CROSS JOIN record ON record.source = source.key "
        "JOIN node ON node.key = record.subject "
        "WHERE source.id IN (SELECT value FROM json_each(?)) ORDER BY node.id, record.id",
        (as_list(sayable([source])),),
    )
    return tuple(Record.from_dict(json.loads(content)) for (content,) in rows)


def sources(connection: sqlite3.Connection) -> tuple[LoadState, ...]:
    """Return every source, by id."""
    rows = connection.execute(
        "SELECT id, title, kind, date, url, terms, content, complete, "
        "(SELECT json_group_array(number) FROM (SELECT number FROM part "
        "WHERE part.source = source.key ORDER BY number)), "
        "(SELECT count(*) FROM record WHERE record.source = source.key) "
        "FROM source ORDER BY id"
    )
    return tuple(
        LoadState(Source(*fields), bool(complete), tuple(json.loads(parts)), total)
        for *fields, complete, parts, total in rows
    )


def stands(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the change token and the active snapshot."""
    token, snapshot = connection.execute("SELECT token, snapshot FROM state").fetchone()
    return token, snapshot


def counted(connection: sqlite3.Connection) -> StoreState:
    """Return the whole state, counted anew."""
    token, snapshot = stands(connection)
    ids = [row[0] for row in connection.execute("SELECT id FROM record ORDER BY id")]
    labels = connection.execute(
        "SELECT label, count(*) FROM node WHERE label IS NOT NULL GROUP BY label ORDER BY label"
    )
    return StoreState(
        graph_hash(ids), token, snapshot, dict(labels.fetchall()), _relations(connection), len(ids)
    )


def _relations(connection: sqlite3.Connection) -> Mapping[str, int]:
    all_edges = "SELECT relation, count(*) FROM edge GROUP BY relation ORDER BY relation"
    found = dict(connection.execute(all_edges).fetchall())
    # Placeholders are few, so their edges are taken off instead of looking at both ends of all.
    hidden = connection.execute(
        "SELECT edge.relation, count(*) FROM node CROSS JOIN edge ON edge.end = node.key "
        "WHERE node.label IS NULL GROUP BY edge.relation"
    )
    for relation, total in hidden:
        found[relation] -= total
    return {relation: total for relation, total in found.items() if total}


def _node(node_id: str, label: str, properties: str) -> Node:
    return Node(node_id, label, values(properties))


def values(properties: str) -> Mapping[str, Value]:
    """Return the property values that a row holds."""
    if properties == NO_PROPERTIES:  # as most edges have none
        return {}
    found: Iterable[tuple[str, object]] = json.loads(properties).items()
    return {
        name: tuple(value) if isinstance(value, list) else cast("Value", value)
        for name, value in found
    }
