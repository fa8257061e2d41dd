"""The changes to a Neo4j database, each within one write transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from kg.records import Edge, Record, Source, project
from kg.store.checks import SOURCE_FIELDS, Entry
from kg.store.conditions import sayable
from kg.store.neo4j.changing import Rows, Stored, compare
from kg.store.neo4j.reading import load_state, node, values
from kg.store.neo4j.schema import HOLDS, MISSING, RECORD, SOURCE, STATE, THING, VALUE
from kg.store.neo4j.statements import relation_types
from kg.store.protocol import LoadState
from ontology.errors import InvalidValue, UnknownId
from ontology.schema import Schema

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

LOCK: Final = f"MATCH (state:{STATE}) SET state.lock = true"
BEGIN: Final = f"""
MATCH (state:{STATE}) OPTIONAL MATCH (source:{SOURCE} {{id: $source}})
RETURN state.token AS token, state.operation AS operation, properties(source) AS source
"""
SOURCE_IDS: Final = f"MATCH (source:{SOURCE}) RETURN collect(source.id) AS ids"

# An index over two properties serves only where both are asked for.
OF_SOURCE: Final = f"""
MATCH (record:{RECORD}) WHERE record.source = $source AND record.generation >= 0
RETURN record.id AS id, record.subject AS subject, record.generation AS generation
"""
EARLIER: Final = f"""
MATCH (record:{RECORD}) WHERE record.source = $source AND record.generation < $generation
RETURN record.id AS id, record.subject AS subject, record.generation AS generation
"""
AMONG: Final = f"""
MATCH (record:{RECORD}) WHERE record.id IN $ids
RETURN record.id AS id, record.subject AS subject, record.generation AS generation
"""
FOUND: Final = f"""
UNWIND $subjects AS subject
OPTIONAL MATCH (n:{THING} {{{{id: subject}}}})
RETURN subject, labels(n) AS labels, properties(n) AS properties,
    [(n)-[edge:{{relations}}]->(other) | [elementId(edge), type(edge), other.id, properties(edge)]]
        AS edges,
    COLLECT {{{{ MATCH (record:{RECORD}) WHERE record.subject = subject
                RETURN [record.id, record.content] }}}} AS records
"""
# All that a change writes, in one statement, because each statement costs a way there and back;
# and in one parameter, because the server plans anew for each size of a list given by itself.
CHANGE: Final = f"""
CALL () {{ UNWIND $rows.cut AS key MATCH ()-[edge]->() WHERE elementId(edge) = key DELETE edge }}
CALL () {{
    UNWIND $rows.let_go AS row MATCH (n:{THING} {{id: row[0]}})-[holding:{HOLDS}]->(value:{VALUE})
    WHERE value.of = row[1] AND value.value = row[2]
    DELETE holding
    WITH DISTINCT value WHERE NOT EXISTS {{ (value)<--() }} DELETE value
}}
CALL () {{ UNWIND $rows.made AS row CREATE (n:{THING}:$(row[0])) SET n = row[1] }}
CALL () {{
    UNWIND $rows.changed AS row MATCH (n:{THING} {{id: row[0]}})
    REMOVE n:$(row[1]) SET n:$(row[2]), n = row[3]
}}
CALL () {{
    UNWIND $rows.undescribed AS row MATCH (n:{THING} {{id: row[0]}})
    REMOVE n:$(row[1]) SET n:{MISSING}, n = {{id: row[0]}}
}}
CALL () {{ UNWIND $rows.ends AS id MERGE (n:{THING} {{id: id}}) ON CREATE SET n:{MISSING} }}
CALL () {{
    UNWIND $rows.joined AS row
    MATCH (here:{THING} {{id: row[0]}}) MATCH (there:{THING} {{id: row[2]}})
    CREATE (here)-[edge:$(row[1])]->(there) SET edge = row[3]
}}
CALL () {{
    UNWIND $rows.held AS row MATCH (n:{THING} {{id: row[0]}})
    MERGE (value:{VALUE} {{of: row[1], value: row[2]}})
    CREATE (n)-[:{HOLDS}]->(value)
}}
CALL () {{
    MATCH (n:{THING}) WHERE n.id IN $rows.idle AND n:{MISSING} AND NOT EXISTS {{ (n)<--() }}
    DELETE n
}}
CALL () {{ MATCH (record:{RECORD}) WHERE record.id IN $rows.gone DELETE record }}
CALL () {{
    UNWIND $rows.said AS row
    CREATE (:{RECORD} {{id: row[0], subject: row[1], content: row[2],
                        source: $rows.source, generation: $rows.generation}})
}}
CALL () {{
    MATCH (record:{RECORD}) WHERE record.id IN $rows.renewed
    SET record.generation = $rows.generation
}}
CALL () {{
    UNWIND $rows.sources AS row MERGE (source:{SOURCE} {{id: row.id}}) SET source = row
}}
CALL () {{ MATCH (source:{SOURCE}) WHERE source.id IN $rows.forgotten DELETE source }}
MATCH (state:{STATE}) SET state.token = state.token + $rows.step, state.operation = $rows.operation
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A source as its node holds it; `generation` grows with each content that was begun."""

    state: LoadState
    generation: int

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Held:
        """Return the source of a node."""
        return cls(load_state(row), cast("int", row["generation"]))

    def row(self) -> dict[str, object]:
        """Return the properties of the source's node."""
        source = self.state.source
        return {"id": source.id} | {name: getattr(source, name) for name in SOURCE_FIELDS} | {
            "complete": self.state.complete,
            "parts": list(self.state.parts),
            "records": self.state.records,
            "generation": self.generation,
        }  # fmt: skip


class Writer:
    """Changes within one transaction; `changed` tells whether there was anything to change."""

    def __init__(self, transaction: ManagedTransaction, schema: Schema, source_id: str) -> None:
        self._transaction = transaction
        self._schema = schema
        self._source_id = source_id
        self._rows = Rows()
        self.changed = False
        # First of all, so that two writers wait for one another and never cross.
        transaction.run(LOCK).consume()
        # A name that no store keeps is none of a source, as the empty one is.
        named = "".join(sayable([source_id]))
        state = transaction.run(BEGIN, source=named).single(strict=True)
        self.operation = str(state["operation"])
        self._held = Held.of(state["source"]) if state["source"] else None
        self._generation = self._held.generation if self._held else 0

    def end(self, operation: str) -> None:
        """Write all; the operation's name tells it when it is asked for a second time."""
        if self._rows:
            rows = self._rows.parameters() | {
                "source": self._source_id,
                "generation": self._generation,
                "step": int(self.changed),
                "operation": operation,
            }
            self._transaction.run(CHANGE, rows=rows).consume()

    def load(self, source: Source, records: Mapping[str, Entry]) -> None:
        """Make the records all that the source says."""
        there = self._record_rows(OF_SOURCE) if self._held else {}
        gone = {key: there[key] for key in there.keys() - records.keys()}
        self._replace(records, there, gone)
        self._note(LoadState(source, complete=True, parts=(), records=len(records)))

    def start(self, source: Source) -> tuple[int, ...]:
        """Begin a source of several parts and return those of this content that are in."""
        before = self._held
        state = LoadState(source, complete=False, parts=(), records=0)
        if before is not None:
            state = replace(before.state, source=source, complete=False)
        if before is None or before.state.source.content != source.content:
            state = replace(state, parts=())
            self._generation += 1
        self._note(state)
        return state.parts

    def put(self, part: int, records: Mapping[str, Entry]) -> None:
        """Add one part of a source that was begun."""
        state = self._known()
        if state.complete:
            raise InvalidValue("source", self._source_id, "was not begun, so it takes no parts")
        there = self._record_rows(AMONG, ids=list(records))
        self._replace(records, there, {})
        total = state.records + len(records.keys() - there.keys())
        parts = tuple(sorted({*state.parts, part}))
        self._note(replace(state, parts=parts, records=total))

    def finish(self) -> None:
        """Take away what only earlier loads of the source said, and call it complete."""
        state = self._known()
        if state.complete:
            return
        old = self._record_rows(EARLIER, generation=self._generation)
        self._replace({}, {}, old)
        self._note(replace(state, complete=True, records=state.records - len(old)))

    def delete(self) -> None:
        """Take away the source with all it said."""
        self._known()
        self._replace({}, {}, self._record_rows(OF_SOURCE))
        self._rows.forgotten = [self._source_id]
        self.changed = True

    def parts(self) -> tuple[int, ...]:
        """Return the parts of the source that are in."""
        return self._held.state.parts if self._held else ()

    def _known(self) -> LoadState:
        if self._held is None:
            known = self._transaction.run(SOURCE_IDS).single(strict=True)["ids"]
            raise UnknownId("source", self._source_id, known)
        return self._held.state

    def _note(self, state: LoadState) -> None:
        """Write the source's node where it differs."""
        held = Held(state, self._generation)
        if held != self._held:
            self._rows.sources = [held.row()]
            self.changed = True

    def _record_rows(self, statement: str, **parameters: object) -> dict[str, tuple[str, int]]:
        """Return subject and generation of records by id."""
        result = self._transaction.run(statement, parameters, source=self._source_id)
        return {key: (subject, generation) for key, subject, generation in result}

    def _replace(
        self,
        records: Mapping[str, Entry],
        there: Mapping[str, tuple[str, int]],
        gone: Mapping[str, tuple[str, int]],
    ) -> None:
        """Make the records part of the source, take those away that are gone, and project."""
        added = {key: entry for key, entry in records.items() if key not in there}
        same = records.keys() & there.keys()
        self._rows.gone = list(gone)
        self._rows.said = [[key, one.record.subject, one.content] for key, one in added.items()]
        self._rows.renewed = [key for key in same if there[key][1] != self._generation]
        subjects = {subject for subject, _ in gone.values()}
        subjects |= {entry.record.subject for entry in added.values()}
        if subjects:
            self.changed = True
            self._project(subjects, [entry.record for entry in added.values()], gone.keys())

    def _project(self, subjects: set[str], added: Iterable[Record], gone: Collection[str]) -> None:
        """Bring nodes and edges of the touched subjects in line with their records."""
        before: dict[str, Stored] = {}
        records: dict[str, list[Record]] = defaultdict(list)
        for record in added:
            records[record.subject].append(record)
        statement = FOUND.format(relations=relation_types(self._schema))
        for row in self._transaction.run(statement, subjects=list(subjects)):
            subject = str(row["subject"])
            if row["labels"]:
                before[subject] = _stored(subject, row["labels"], row["properties"], row["edges"])
            records[subject] += [
                Record.from_dict(json.loads(content), key)
                for key, content in row["records"]
                if key not in gone
            ]
        after = {
            subject: project(records[subject], self._schema) if records[subject] else None
            for subject in subjects
        }
        compare(self._rows, before, after, self._schema)


def _stored(
    subject: str,
    labels: Iterable[str],
    properties: Mapping[str, object],
    edges: Iterable[tuple[str, str, str, object]],
) -> Stored:
    described = None if MISSING in labels else node(labels, properties)
    joined = {key: Edge(subject, name, end, values(more)) for key, name, end, more in edges}
    return Stored(described, joined)
