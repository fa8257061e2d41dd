"""How far what was done once was taken over elsewhere, as far as sources say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.entities import Evidence, Ref, by_start, by_subject, evidence_of
from kg.records import Edge, Node, Record
from kg.store.protocol import GraphRead

TAKEN_OVER = "REPLICATED_TO"
LONGEST_CHAIN = 6  # steps; further on, ask from the last place


@dataclass(frozen=True, slots=True)
class Replication:
    """Where an instance was taken over: a chain of places, or only the words of a source.

    `chain` leads from the instance over each place that took it over from the one before; it is the
    instance alone where the source names no place. A factory that others took over from is their
    mother factory (母工厂). `told` are words of the sources of the first step.
    """

    chain: tuple[Ref, ...]
    told: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def replications(read: GraphRead, instances: Sequence[Node]) -> tuple[Replication, ...]:
    """Return where these instances were taken over, by instance, then as the chains go on.

    A place that several ways lead to stands in the first of them; no chain comes back to itself.
    """
    onward = _onward(read, [node.id for node in instances])
    said = [node for node in instances if node.id in onward or node.texts("replication")]
    if not said:
        return ()
    records = by_subject(read.records(sorted({*onward, *(node.id for node in said)})))
    ends = {edge.end for edges in onward.values() for edge in edges}
    nodes = {node.id: node for node in (*read.get(sorted(ends)), *said)}
    return tuple(
        _told(node, chain, nodes, records)
        for node in sorted(said, key=lambda node: node.id)
        for chain in _chains(node.id, onward)
    )


def _onward(read: GraphRead, ids: Sequence[str]) -> Mapping[str, tuple[Edge, ...]]:
    """Return the steps from these things on, by where they start."""
    found: dict[str, tuple[Edge, ...]] = {}
    ahead, seen = sorted(ids), set(ids)
    for _ in range(LONGEST_CHAIN):
        edges = read.edges(ahead, (TAKEN_OVER,), "out") if ahead else ()
        found.update(by_start(edges))
        ahead = sorted({edge.end for edge in edges} - seen)
        seen.update(ahead)
    return found


def _chains(start: str, onward: Mapping[str, Sequence[Edge]]) -> Iterator[tuple[Edge, ...]]:
    """Yield the ways from a thing to where nothing further is known, the empty one for none."""
    ways: list[tuple[Edge, ...]] = [()]
    reached = {start}
    while ways:
        way = ways.pop(0)
        here = way[-1].end if way else start
        further = [edge for edge in onward.get(here, ()) if edge.end not in reached]
        reached.update(edge.end for edge in further)
        ways += [(*way, edge) for edge in further]
        if not further:
            yield way


def _told(
    start: Node,
    way: Sequence[Edge],
    nodes: Mapping[str, Node],
    records: Mapping[str, Sequence[Record]],
) -> Replication:
    steps: list[tuple[str, Edge | None]] = [(edge.start, edge) for edge in way]
    first = str(way[0].properties.get("as_found", "")) if way else ""
    return Replication(
        (Ref.of(start), *(Ref.of(nodes[edge.end]) for edge in way)),
        (first,) if first else start.texts("replication"),
        evidence_of(
            record
            for thing, edge in steps or [(start.id, None)]
            for record in records.get(thing, ())
            if _says(record, edge)
        ),
    )


def _says(record: Record, edge: Edge | None) -> bool:
    """Whether a record says the step; without one, that something was taken over at all."""
    if edge is None:
        return "replication" in record.properties
    return any(link.relation == TAKEN_OVER and link.end == edge.end for link in record.links)
