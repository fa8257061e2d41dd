"""Where sources contradict each other, over the whole graph."""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities import Evidence, Ref, by_subject
from kg.records import project
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from ontology.schema import Scalar, schema

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the statement that holds it."""

    value: Scalar
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of one property of a thing that sources do not agree in, the believed one first."""

    thing: Ref
    property: str
    values: tuple[Said, ...]


def contradictions(read: GraphRead) -> tuple[Contradiction, ...]:
    """Return all contradictions, kind of thing by kind, by id."""
    found: list[Contradiction] = []
    for label in schema().labels:
        for page in pages_of(read, label.name, PAGE):
            refs = {node.id: Ref.of(node) for node in page}
            for subject, records in by_subject(read.records(list(refs))).items():
                if len(records) < 2:  # nobody contradicts himself
                    continue
                known = {record.id: Evidence.of(record) for record in records}
                found += [
                    Contradiction(
                        refs[subject],
                        one.property,
                        tuple(Said(value, known[record]) for value, record in one.values),
                    )
                    for one in project(records, schema()).conflicts
                ]
    return tuple(found)
