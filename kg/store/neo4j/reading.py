"""The questions to a Neo4j database, each within one read transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from kg.records import Edge, Node, Record, Source, graph_hash
from kg.store.checks import SOURCE_FIELDS
from kg.store.conditions import filterable_property, sayable
from kg.store.neo4j.gate import Look
from kg.store.neo4j.matching import Match, match, misordered
from kg.store.neo4j.statements import (
    ALL_EDGES,
    COUNT_ENDS,
    COUNT_HELD,
    COUNT_VALUES,
    EDGES_BOTH,
    EDGES_IN,
    EDGES_OUT,
    FIND,
    FIRST_EDGES,
    GET,
    NEIGHBOURS,
    NEIGHBOURS_AMONG,
    RECORD_IDS,
    RECORDS,
    RECORDS_OF_SOURCE,
    SOURCES,
    STANDS,
    VALUES,
    relation_types,
    totals,
)
from kg.store.protocol import Condition, Direction, LoadState, Page, StoreState
from kg.store.shortest import shortest
from ontology.schema import LARGEST_INTEGER, Label, Property, Scalar, Schema, Value

BY_DIRECTION: Mapping[Direction, str] = {"out": EDGES_OUT, "in": EDGES_IN, "both": EDGES_BOTH}
Counts = tuple[tuple[Scalar, int], ...]


class Reading:
    """The questions over one schema; each takes the transaction to ask in."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._totals = totals(schema)

    def get(self, look: Look, ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that exist, in id order."""
        return _nodes(look.ask(GET, ids=sayable(ids)))

    def find(
        self, look: Look, label: Label, conditions: Sequence[Condition], after: str, limit: int
    ) -> Page:
        """Return a page of the nodes that meet all conditions, and how many do."""
        met = self._match(look, label, conditions)
        if met.is_empty:
            return Page((), 0)
        # Where Neo4j might order ids otherwise, it gives more and the rest is sorted out here.
        lowest, most = _before(after), LARGEST_INTEGER if misordered(after) else limit
        rows = look.ask(
            FIND.format(
                all_of_them=met.clauses(),
                beyond=met.clauses("n.id >= $lowest" if lowest != after else "n.id > $lowest"),
                distinct="DISTINCT " * met.has_patterns,
            ),
            **met.parameters, lowest=lowest, limit=min(most, LARGEST_INTEGER),
        )  # fmt: skip
        if not rows:
            return Page((), 0)
        total, page = cast("tuple[int, list[list[object]]]", rows[0])
        beyond = tuple(node for node in _nodes(page) if node.id > after)
        return Page(beyond[:limit], total)

    def count_values(
        self, look: Look, label: Label, conditions: Sequence[Condition], prop: Property
    ) -> Counts:
        """Return how many of the nodes have each value of a property."""
        if prop.many and not conditions:
            return _counts(look.ask(COUNT_HELD, of=f"{label.name}.{prop.name}"))
        met = self._match(look, label, conditions)
        if met.is_empty:
            return ()
        distinct = "DISTINCT " * met.has_patterns
        statement = COUNT_VALUES.format(
            matched=met.clauses(f"n.{prop.name} IS NOT NULL"),
            name=prop.name,
            distinct=distinct,
            taking="UNWIND" if prop.many else "WITH",
        )
        return _counts(look.ask(statement, **met.parameters))

    def count_ends(
        self, look: Look, label: Label, conditions: Sequence[Condition], relation: str
    ) -> Counts:
        """Return how many of the nodes have an edge of a relation to each end."""
        met = self._match(look, label, conditions)
        if met.is_empty:
            return ()
        statement = COUNT_ENDS.format(
            matched=met.clauses(),
            relation=relation,
            distinct="DISTINCT " * met.has_patterns,
        )
        return _counts(look.ask(statement, **met.parameters))

    def edges(
        self,
        look: Look,
        ids: Sequence[str],
        relations: Sequence[str],
        direction: Direction,
        limit: int | None,
    ) -> tuple[Edge, ...]:
        """Return the edges that touch these ids, by relation, start, end."""
        types = relation_types(self._schema, tuple(relations))
        found = BY_DIRECTION[direction].format(relations=types)
        rows = look.ask(
            found + (ALL_EDGES if limit is None else FIRST_EDGES),
            ids=sayable(ids),
            limit=min(limit or 0, LARGEST_INTEGER),
        )
        edges = (Edge(*cast("tuple[str, str, str]", row[:3]), values(row[3])) for row in rows)
        return tuple(sorted(edges, key=lambda edge: (edge.relation, edge.start, edge.end)))

    def paths(
        self, look: Look, ends: tuple[str, str], relations: Sequence[str], longest: int
    ) -> tuple[tuple[str, ...], ...]:
        """Return all shortest paths, the smallest sequence of ids first, up to the limit."""
        types = relation_types(self._schema, tuple(relations))

        def neighbours(near: set[str], far: set[str] | None) -> Iterable[tuple[str, str]]:
            statement = (NEIGHBOURS if far is None else NEIGHBOURS_AMONG).format(relations=types)
            rows = look.ask(statement, near=list(near), far=list(far or ()))
            for one, others in cast("list[tuple[str, list[str]]]", rows):
                yield from ((one, other) for other in others)

        if len(self.get(look, ends)) < len(set(ends)):
            return ()
        return shortest(*ends, longest, neighbours)

    def records(
        self, look: Look, subjects: Sequence[str], source: str | None
    ) -> tuple[Record, ...]:
        """Return all records of these subjects, or of a source; by subject, then record id."""
        if source is None:
            found = look.ask(RECORDS, subjects=sayable(subjects))
        else:
            found = look.ask(RECORDS_OF_SOURCE, sources=sayable([source]))
        rows = cast("list[list[str]]", found)
        return tuple(
            Record.from_dict(json.loads(content), known) for _, known, content in sorted(rows)
        )

    def sources(self, look: Look) -> tuple[LoadState, ...]:
        """Return every source, by id."""
        rows = cast("list[Mapping[str, object]]", look.ask(SOURCES))
        return tuple(sorted(map(load_state, rows), key=lambda state: state.source.id))

    def state(self, look: Look, known: StoreState | None) -> StoreState:
        """Return where the store stands: what is known, where that is still so, or counted anew."""
        rows = look.ask(STANDS)
        token, snapshot, hashed, stored_hash = cast("tuple[int, str, int, str]", rows[0])
        if known is not None and (known.token, known.snapshot) == (token, snapshot):
            return known
        records = sum(state.records for state in self.sources(look))
        if known is not None and known.token == token:
            graph = known.graph_hash
        elif hashed == token:
            graph = stored_hash
        else:
            graph = graph_hash(cast("list[str]", look.ask(RECORD_IDS)))
        return StoreState(graph, token, snapshot, *self._counted(look), records)

    def _counted(self, look: Look) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return how many things and edges are shown, by label and by relation."""
        found: dict[str, dict[str, int]] = {"label": {}, "relation": {}, "hidden": {}}
        for kind, name, total in cast("list[tuple[str, str, int]]", look.ask(self._totals)):
            found[kind][name] = total
        shown = {name: total - found["hidden"].get(name, 0)
                 for name, total in found["relation"].items()}  # fmt: skip
        return _positive(found["label"]), _positive(shown)

    def _match(self, look: Look, label: Label, conditions: Sequence[Condition]) -> Match:
        def values_of(label: Label, prop: Property) -> Sequence[Scalar]:
            statement = VALUES.format(label=label.name, name=prop.name)
            return cast("list[Scalar]", look.ask(statement))

        return match(self._schema, label, conditions, values_of)

    def counting(
        self, label: Label, conditions: Sequence[Condition], by: str
    ) -> Callable[[Look], Counts]:
        """Return the question how many of the nodes have each value of a property or each end."""
        if by.isupper():
            relation = self._schema.relation(by).name
            return lambda look: self.count_ends(look, label, conditions, relation)
        prop = filterable_property(label, by)
        return lambda look: self.count_values(look, label, conditions, prop)


def values(properties: object) -> Mapping[str, Value]:
    """Return the property values that a node or an edge holds, by name."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in sorted(cast("Mapping[str, Value | list[Scalar]]", properties).items())
    }


def node(labels: Iterable[str], properties: Mapping[str, object]) -> Node:
    """Return a thing that a record describes."""
    own = {name: value for name, value in properties.items() if name != "id"}
    (label,) = (name for name in labels if not name.startswith("Sfkg"))
    return Node(str(properties["id"]), label, values(own))


def load_state(row: Mapping[str, object]) -> LoadState:
    """Return a source as its node holds it."""
    return LoadState(
        Source(str(row["id"]), *(str(row[name]) for name in SOURCE_FIELDS)),
        bool(row["complete"]),
        tuple(sorted(cast("list[int]", row["parts"]))),
        cast("int", row["records"]),
    )


def _nodes(rows: Iterable[Sequence[object]]) -> tuple[Node, ...]:
    found = (node(*cast("tuple[list[str], dict[str, object]]", row)) for row in rows)
    return tuple(sorted(found, key=lambda one: one.id))


def _counts(rows: Iterable[Sequence[object]]) -> Counts:
    """Return values with their totals, most first, then by value."""
    found: Counter[Scalar] = Counter()
    for value, total in cast("Iterable[tuple[Scalar, int]]", rows):
        if total:
            found[value] += total
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _positive(totals_by_name: Mapping[str, int]) -> dict[str, int]:
    return {name: total for name, total in sorted(totals_by_name.items()) if total}


def _before(text: str) -> str:
    """Return the longest beginning of a text that Neo4j orders by code point."""
    for place, character in enumerate(text):
        if misordered(character):
            return text[:place]
    return text
