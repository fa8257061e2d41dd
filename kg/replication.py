"""Where instances were replicated, as far as sources say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.entities import Evidence, Ref, by_start, by_subject, evidence_for_link, evidence_of
from kg.records import Edge, Node, Record
from kg.store.protocol import GraphRead

REPLICATED_TO = "REPLICATED_TO"
LONGEST_CHAIN = 6  # steps; further on, ask from the last place


@dataclass(frozen=True, slots=True)
class Replication:
    """Where an instance was replicated: a chain of places, or only the words of a source.

    `chain` leads from the instance over each place it was replicated to from the one before; it is
    the instance alone where the source names no place. A factory that others were made after is
    their mother factory (母工厂). `told` are words of the sources of the first step.
    """

    chain: tuple[Ref, ...]
    told: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def replications(read: GraphRead, instances: Sequence[Node]) -> tuple[Replication, ...]:
    """Return where these instances were replicated, by instance, then as the chains go on.

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
        edges = read.edges(ahead, (REPLICATED_TO,), "out") if ahead else ()
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
    """Put a chain together with its evidence, step by step; without a step, that of the words."""
    first = str(way[0].properties.get("as_found", "")) if way else ""
    evidence = [
        one
        for edge in way
        for one in evidence_for_link(records.get(edge.start, ()), REPLICATED_TO, edge.end)
    ] or evidence_of(one for one in records.get(start.id, ()) if "replication" in one.properties)
    return Replication(
        (Ref.of(start), *(Ref.of(nodes[edge.end]) for edge in way)),
        (first,) if first else start.texts("replication"),
        tuple(evidence),
    )
