"""The tables of the embedded store and what of the graph's schema its filters depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.ids import content_hash
from kg.records import Node
from ontology.schema import Label, Property, Scalar, Schema

APPLICATION_ID: Final = 0x53464B47  # "SFKG" in the file's header
VERSION: Final = 1  # of the tables; a file of another version is refused, never changed

TABLES = (
    """CREATE TABLE state (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        token INTEGER NOT NULL,
        snapshot TEXT NOT NULL,
        filterable TEXT NOT NULL
    )""",
    "INSERT INTO state VALUES (1, 0, '', '')",
    """CREATE TABLE source (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        date TEXT NOT NULL,
        url TEXT NOT NULL,
        terms TEXT NOT NULL,
        content TEXT NOT NULL,
        complete INTEGER NOT NULL,
        generation INTEGER NOT NULL
    )""",
    """CREATE TABLE part (
        source INTEGER NOT NULL REFERENCES source,
        number INTEGER NOT NULL,
        PRIMARY KEY (source, number)
    ) WITHOUT ROWID""",
    # A node without label is a placeholder: edges end there, but no record describes it.
    """CREATE TABLE node (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        label TEXT,
        properties TEXT NOT NULL DEFAULT '{}'
    )""",
    # The values that filters ask for, single or one of many, each as the type it has: a column
    # without type keeps integers, decimals and texts as they are given.
    """CREATE TABLE held (
        label TEXT NOT NULL,
        property TEXT NOT NULL,
        value NOT NULL,
        node INTEGER NOT NULL REFERENCES node,
        PRIMARY KEY (label, property, value, node)
    ) WITHOUT ROWID""",
    """CREATE TABLE record (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        source INTEGER NOT NULL REFERENCES source,
        generation INTEGER NOT NULL,
        subject INTEGER NOT NULL REFERENCES node,
        content TEXT NOT NULL
    )""",
    """CREATE TABLE edge (
        start INTEGER NOT NULL REFERENCES node,
        relation TEXT NOT NULL,
        end INTEGER NOT NULL REFERENCES node,
        properties TEXT NOT NULL,
        PRIMARY KEY (start, relation, end)
    ) WITHOUT ROWID""",
    "CREATE INDEX record_source ON record (source, generation)",
    "CREATE INDEX record_subject ON record (subject)",
    "CREATE INDEX node_label ON node (label, id) WHERE label IS NOT NULL",
    "CREATE INDEX edge_end ON edge (end, relation)",
)

Held = tuple[str, str, Scalar]  # label, property, value


def filterable(schema: Schema) -> str:
    """Return a hash of the properties whose values the store must hold for filters."""
    return content_hash(
        [[label.name, prop.name, prop.kind] for label in schema.labels for prop in _asked(label)]
    )


def held_values(node: Node, schema: Schema) -> Iterator[Held]:
    """Return the values of a node that filters ask for."""
    for prop in _asked(schema.label(node.label)):
        value = node.properties.get(prop.name, ())
        for part in value if isinstance(value, tuple) else (value,):
            yield node.label, prop.name, part


def _asked(label: Label) -> Iterator[Property]:
    return (prop for prop in label.properties if prop.filterable)
