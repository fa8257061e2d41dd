"""The store's own labels, the constraints and indexes it needs, and how a new database is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.ids import content_hash
from ontology.errors import InvalidValue
from ontology.schema import Label, Property, Schema

if TYPE_CHECKING:
    from neo4j import Session

VERSION: Final = 1  # of what is stored how; a database of another version is refused

# Labels and types of the store's own begin alike, so that none is ever one of the schema's.
THING: Final = "SfkgThing"  # every thing; it has a label of the schema too where a record tells one
MISSING: Final = "SfkgMissing"  # a thing at which edges end, but no record describes it
RECORD: Final = "SfkgRecord"
SOURCE: Final = "SfkgSource"
STATE: Final = "SfkgState"  # one node: token, snapshot; every change takes its lock first
GATE: Final = "SfkgGate"  # one node: numbers of the changes that began and ended to be seen
VALUE: Final = "SfkgValue"  # one value of a many-valued property, for filters
HOLDS: Final = "SFKG_HOLDS"

Index = tuple[str, str]  # name and the statement that makes it

OWN: Final = (
    ("sfkg_thing", f"CREATE CONSTRAINT sfkg_thing IF NOT EXISTS FOR (n:{THING}) "
                   "REQUIRE n.id IS UNIQUE"),
    ("sfkg_record", f"CREATE CONSTRAINT sfkg_record IF NOT EXISTS FOR (n:{RECORD}) "
                    "REQUIRE n.id IS UNIQUE"),
    ("sfkg_source", f"CREATE CONSTRAINT sfkg_source IF NOT EXISTS FOR (n:{SOURCE}) "
                    "REQUIRE n.id IS UNIQUE"),
    ("sfkg_state", f"CREATE CONSTRAINT sfkg_state IF NOT EXISTS FOR (n:{STATE}) "
                   "REQUIRE n.only IS UNIQUE"),
    ("sfkg_gate", f"CREATE CONSTRAINT sfkg_gate IF NOT EXISTS FOR (n:{GATE}) "
                  "REQUIRE n.only IS UNIQUE"),
    ("sfkg_value", f"CREATE CONSTRAINT sfkg_value IF NOT EXISTS FOR (n:{VALUE}) "
                   "REQUIRE (n.of, n.value) IS UNIQUE"),
    ("sfkg_record_subject", f"CREATE INDEX sfkg_record_subject IF NOT EXISTS FOR (n:{RECORD}) "
                            "ON (n.subject)"),
    ("sfkg_record_source", f"CREATE INDEX sfkg_record_source IF NOT EXISTS FOR (n:{RECORD}) "
                           "ON (n.source, n.generation)"),
)  # fmt: skip

KNOWN_INDEXES: Final = "SHOW INDEXES YIELD name RETURN collect(name) AS names"
AWAIT_INDEXES: Final = "CALL db.awaitIndexes(600)"
MADE_BY_ANOTHER: Final = {
    f"Neo.ClientError.Schema.{kind}AlreadyExists"
    for kind in ("EquivalentSchemaRule", "Constraint", "Index")
}
FOREIGN: Final = (
    f"MATCH (n) WHERE NOT n:{STATE} AND NOT n:{GATE} WITH n LIMIT 1 "
    f"WHERE NOT EXISTS {{ MATCH (:{STATE}) }} RETURN count(n) AS found"
)
BEGIN: Final = f"""
MERGE (state:{STATE} {{only: 1}})
ON CREATE SET state.token = 0, state.snapshot = '', state.version = {VERSION},
    state.filterable = '', state.operation = ''
MERGE (gate:{GATE} {{only: 1}}) ON CREATE SET gate.begun = 0, gate.done = 0
"""
NOTE_FILTERABLE: Final = f"MATCH (state:{STATE}) SET state.filterable = $filterable"
FORGET_VALUES: Final = f"""
MATCH (value:{VALUE}) CALL (value) {{ DETACH DELETE value }} IN TRANSACTIONS OF 5000 ROWS
"""
HOLD_AGAIN: Final = f"""
MATCH (n:{{label}}) WHERE n.{{name}} IS NOT NULL
CALL (n) {{{{
    UNWIND n.{{name}} AS held
    MERGE (value:{VALUE} {{{{of: '{{label}}.{{name}}', value: held}}}})
    CREATE (n)-[:{HOLDS}]->(value)
}}}} IN TRANSACTIONS OF 5000 ROWS
"""


def check_names(schema: Schema) -> None:
    """Raise InvalidValue where a name of the schema cannot be written into a statement."""
    names = [label.name for label in schema.labels]
    names += [relation.name for relation in schema.relations]
    properties = [prop.name for label in schema.labels for prop in label.properties]
    properties += [prop.name for relation in schema.relations for prop in relation.properties]
    for name in names + properties:
        if not name.isidentifier() or name.lower().startswith("sfkg"):
            raise InvalidValue("name", name, "of the schema cannot be used in Neo4j")
    if "id" in properties:
        raise InvalidValue("property", "id", "is the store's own in Neo4j")


def filterable(schema: Schema) -> str:
    """Return a hash of the properties that filters ask for, on which indexes and values depend."""
    return content_hash(
        [
            [label.name, prop.name, prop.kind, prop.many]
            for label in schema.labels
            for prop in label.properties
            if prop.filterable
        ]
    )


def held(label: Label) -> Iterator[Property]:
    """Return the properties whose values the store holds as nodes: filterable and many-valued.

    Neo4j indexes no single values of a list.
    """
    return (prop for prop in label.properties if prop.filterable and prop.many)


def indexes(schema: Schema) -> Iterator[Index]:
    """Return all constraints and indexes that the store needs for a schema."""
    yield from OWN
    for label in schema.labels:
        name = f"sfkg_{label.name}_id"
        yield (
            name,
            (f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label.name}) REQUIRE n.id IS UNIQUE"),
        )
        for prop in label.properties:
            if prop.filterable and not prop.many:
                name = f"sfkg_{label.name}_{prop.name}"
                yield (
                    name,
                    (f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label.name}) ON (n.{prop.name})"),
                )


def make_indexes(session: Session, schema: Schema) -> None:
    """Make the constraints and indexes that are not there yet, and wait until they serve."""
    (known,) = session.run(KNOWN_INDEXES).single(strict=True)
    missing = [statement for name, statement in indexes(schema) if name not in known]
    for statement in missing:
        _make(session, statement)
    session.run(AWAIT_INDEXES).consume()


def _make(session: Session, statement: str) -> None:
    from neo4j.exceptions import ClientError

    try:
        session.execute_write(lambda transaction: transaction.run(statement).consume())
    except ClientError as error:
        # IF NOT EXISTS does not see what another process is making at the same moment.
        if error.code not in MADE_BY_ANOTHER:
            raise


def hold_again(session: Session, schema: Schema) -> None:
    """Hold the values that filters ask for from nothing, after the schema changed."""
    session.run(FORGET_VALUES).consume()
    for label in schema.labels:
        for prop in held(label):
            session.run(HOLD_AGAIN.format(label=label.name, name=prop.name)).consume()
