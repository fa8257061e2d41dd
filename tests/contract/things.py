"""Records of the contract's own schema, short enough to be read in a test."""

from __future__ import annotations

from dataclasses import replace

from kg.records import Link, Record, Source
from kg.store.protocol import Condition, GraphStore
from ontology.schema import Value

LIST = Source("list", "A list", "table", content="one")
OTHER = Source("other", "Another list", "table", content="one")


def said(subject: str, source: str = "list", label: str = "Thing", **properties: Value) -> Record:
    return Record(source, f"row {subject}", subject, label, properties)


def linked(subject: str, *ends: str, source: str = "list", relation: str = "NEXT") -> Record:
    return replace(said(subject, source), links=tuple(Link(relation, end) for end in ends))


def found(store: GraphStore, *where: Condition, label: str = "Thing") -> list[str]:
    return [node.id for node in store.find(label, where).nodes]
