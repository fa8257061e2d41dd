"""The parts that answers are made of: references to things and the evidence behind a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.records import GRADES, METHODS, Edge, Node, Record


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing as it is mentioned in an answer."""

    id: str
    label: str
    name: str

    @classmethod
    def of(cls, node: Node) -> Ref:
        """Return a mention of the node."""
        return cls(node.id, node.label, node.name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands and how sure it is.

    `method` says who states it (official, published, reported, target, claimed, assigned,
    inferred), `grade` rates the source (A best, C a repost, "" not rated), `date` is ISO or a
    year, "" where unknown.
    """

    record: str
    source: str
    locator: str
    url: str
    date: str
    method: str
    grade: str

    @classmethod
    def of(cls, record: Record) -> Evidence:
        """Return the record as evidence."""
        return cls(
            record.id,
            record.source,
            record.locator,
            record.url,
            record.date,
            record.method,
            record.grade,
        )


@dataclass(frozen=True, slots=True)
class Path:
    """Why an answer is one: the steps from it to the scene, with the evidence of the first step.

    `basis` says who made the link to the scene (awarded, published, assigned) and `rank` whether it
    is an instance's primary or an alternative scene; `correspondence` how the scene of the link
    corresponds to the scene asked for.
    """

    steps: tuple[Ref, ...]
    basis: str
    rank: str
    correspondence: str
    evidence: tuple[Evidence, ...]


def evidence_of(records: Iterable[Record]) -> tuple[Evidence, ...]:
    """Return the records as evidence, the surest first."""

    def surety(record: Record) -> tuple[int, int, str]:
        return METHODS.index(record.method), GRADES.index(record.grade), record.id

    return tuple(Evidence.of(record) for record in sorted(records, key=surety))


def evidence_for_link(records: Iterable[Record], relation: str, end: str) -> tuple[Evidence, ...]:
    """Return those of the records that state the link, as evidence, the surest first."""
    return evidence_of(
        record
        for record in records
        if any(link.relation == relation and link.end == end for link in record.links)
    )


def by_start(edges: Iterable[Edge]) -> Mapping[str, tuple[Edge, ...]]:
    """Return the edges grouped by the thing they start at, each group in the order given."""
    grouped: dict[str, list[Edge]] = {}
    for edge in edges:
        grouped.setdefault(edge.start, []).append(edge)
    return {start: tuple(found) for start, found in grouped.items()}


def by_subject(records: Iterable[Record]) -> Mapping[str, tuple[Record, ...]]:
    """Return the records grouped by what they speak of."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.subject, []).append(record)
    return {subject: tuple(found) for subject, found in grouped.items()}
