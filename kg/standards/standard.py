"""A standard as an answer: what it is, whether it is current, what it stands with."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.entities import Evidence, Ref, by_subject, evidence_for_link, evidence_of
from kg.records import Edge, Record
from kg.standards.status import Currency, branch_of, degree_of, kind_of
from kg.standards.table import StandardTable
from kg.store.protocol import GraphRead

# How sure a link is by who made it; in the middle where a source states it of the standard.
CONFIDENCE = {"published": "high", "adopted": "high", "assigned": "medium", "text": "low"}


@dataclass(frozen=True, slots=True)
class StandardLink:
    """Why a standard goes with a scene or segment.

    `basis`: published (a document says so), adopted (`enterprises` of its cases apply it), assigned
    (by this project) or text (only its title speaks of the scene, with `share`). A link to a
    segment says less than one to a scene. `correspondence` tells how the scene of the link
    corresponds to the one asked for.
    """

    end: Ref
    basis: str
    confidence: str
    correspondence: str = ""
    enterprises: int = 0
    share: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedStandard:
    """A standard that another adopts or replaces, or that adopts or replaces it.

    `relation`: adopts, adopted_by, replaces, replaced_by; `basis` stated, inferred or planned;
    `degree` identical, modified, not_equivalent or "" where the source does not tell.
    """

    relation: str
    standard: Ref
    currency: Currency | None
    in_force_from: str
    basis: str
    degree: str
    as_found: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard with status, relations, links and evidence.

    `kind` is what its code says (GB, GB/T, ISO …), `branch_group` the part of the national system.
    `status` is the source's (`unknown` where none says it) as of `status_as_of`; `currency` is
    ours for the day asked about. `role` is assigned by this project. `verified` is False where the
    row is only recalled. `applied_by` counts the enterprises that sources say apply it.
    """

    id: str
    code: str
    kind: str
    name: str
    name_en: str
    level: str
    branch: str
    branch_group: str
    role: str
    second_role: str
    body: str
    year: int | None
    status: str
    status_as_of: str
    in_force_from: str
    currency: Currency
    verified: bool
    applied_by: int
    related: tuple[RelatedStandard, ...]
    links: tuple[StandardLink, ...]
    notes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A standard with the links it is shown with, the evidence of the links still to come."""

    id: str
    links: tuple[StandardLink, ...]


def describe_standards(
    read: GraphRead, table: StandardTable, wanted: Sequence[Linked], day: datetime.date
) -> tuple[Standard, ...]:
    """Return the standards in the order given, with all evidence; one question to the graph."""
    records = by_subject(read.records(sorted(one.id for one in wanted)))
    return tuple(_standard(table, one, records.get(one.id, ()), day) for one in wanted)


def _standard(
    table: StandardTable, one: Linked, records: Sequence[Record], day: datetime.date
) -> Standard:
    node = table.nodes[one.id]
    code = node.text("code")
    # The role is ours whatever the source is; the row itself is recalled where no other record is.
    stating = [record for record in records if record.method not in {"assigned", "inferred"}]
    return Standard(
        id=one.id,
        code=code,
        kind=kind_of(code),
        name=node.text("name") or node.text("name_en"),
        name_en=node.text("name_en"),
        level=node.text("level"),
        branch=node.text("branch"),
        branch_group=branch_of(node.text("branch")),
        role=node.text("role"),
        second_role=node.text("second_role"),
        body=node.text("body"),
        year=node.year(),
        status=node.text("status") or "unknown",
        status_as_of=node.text("status_as_of"),
        in_force_from=node.text("in_force_from"),
        currency=table.currency(one.id, day),
        verified=bool(stating),
        applied_by=len(table.application.everywhere.get(one.id, ())),
        related=related(table, one.id, day),
        links=tuple(_proved(link, records) for link in one.links),
        notes=node.texts("note"),
        evidence=evidence_of(records),
    )


def related(table: StandardTable, standard: str, day: datetime.date) -> tuple[RelatedStandard, ...]:
    """Return what the standard replaces, adopts, is replaced or adopted by."""
    sides: tuple[tuple[str, Mapping[str, tuple[Edge, ...]], bool], ...] = (
        ("replaced_by", table.replaced, True),
        ("replaces", table.replaces, False),
        ("adopts", table.adopts, False),
        ("adopted_by", table.adopted, True),
    )
    return tuple(
        _related(table, relation, edge, edge.start if reverse else edge.end, day)
        for relation, edges, reverse in sides
        for edge in edges.get(standard, ())
    )


def _related(
    table: StandardTable, relation: str, edge: Edge, other: str, day: datetime.date
) -> RelatedStandard:
    node = table.nodes.get(other)
    as_found = str(edge.properties.get("as_found", ""))
    ref = Ref(other, "Standard", node.text("code") if node else other)
    return RelatedStandard(
        relation,
        ref,
        table.currency(other, day) if node else None,
        node.text("in_force_from") if node else "",
        str(edge.properties.get("basis", "")),
        degree_of(as_found) if relation.startswith("adopt") else "",
        as_found,
    )


def _proved(link: StandardLink, records: Iterable[Record]) -> StandardLink:
    """Return a link with the records that state it."""
    evidence = evidence_for_link(records, "COVERS", link.end.id)
    return replace(link, evidence=evidence)
