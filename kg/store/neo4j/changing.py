"""What must change in the database so that some things are as their records say now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.records import Edge, Node, Projection
from kg.store.neo4j.matching import as_stored
from kg.store.neo4j.schema import MISSING, held
from ontology.schema import Schema, Value

Row = list[object]


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing as the database holds it: `node` is None where it is only an end of edges."""

    node: Node | None
    edges: Mapping[str, Edge]  # by the database's own key


@dataclass(slots=True)
class Rows:
    """What the one statement of a change writes, each a parameter of that name."""

    cut: list[str] = field(default_factory=list)  # keys of edges
    let_go: list[Row] = field(default_factory=list)  # id, property, value no longer held
    made: list[Row] = field(default_factory=list)  # label, properties
    changed: list[Row] = field(default_factory=list)  # id, label before, label, properties
    undescribed: list[Row] = field(default_factory=list)  # id, label before
    ends: list[str] = field(default_factory=list)  # of new edges
    joined: list[Row] = field(default_factory=list)  # start, relation, end, properties
    held: list[Row] = field(default_factory=list)  # id, property, value to be held
    idle: list[str] = field(default_factory=list)  # things at which perhaps no edge ends now
    gone: list[str] = field(default_factory=list)  # ids of records
    said: list[Row] = field(default_factory=list)  # id, subject, content of records
    renewed: list[str] = field(default_factory=list)  # ids of records of the present load
    sources: list[dict[str, object]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)  # ids of sources

    def parameters(self) -> dict[str, object]:
        """Return the rows by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return any(self.parameters().values())


def compare(
    rows: Rows,
    before: Mapping[str, Stored],
    after: Mapping[str, Projection | None],
    schema: Schema,
) -> None:
    """Add what leads from what is stored (by id) to what the records say (None: nothing)."""
    old: set[tuple[str, str, object]] = set()
    new: set[tuple[str, str, object]] = set()
    for thing, projection in after.items():
        stored = before.get(thing)
        _compare_node(rows, thing, stored, projection)
        _compare_edges(rows, stored.edges if stored else {}, projection)
        old.update(_held(stored.node if stored else None, schema))
        new.update(_held(projection.node if projection else None, schema))
    rows.let_go = [list(row) for row in old - new]
    rows.held = [list(row) for row in new - old]
    described = {thing for thing, projection in after.items() if projection}
    rows.ends = sorted({*rows.ends} - described)
    rows.idle = sorted({*rows.idle} - described - {*rows.ends})


def _compare_node(
    rows: Rows, thing: str, stored: Stored | None, projection: Projection | None
) -> None:
    was = stored.node if stored else None
    if projection is None:
        if was is not None:
            rows.undescribed.append([thing, was.label])
            rows.idle.append(thing)
        return
    node = projection.node
    row = plain(node.properties) | {"id": thing}
    if stored is None:
        rows.made.append([node.label, row])
    elif was is None or (was.label, was.properties) != (node.label, node.properties):
        rows.changed.append([thing, was.label if was else MISSING, node.label, row])


def _compare_edges(rows: Rows, stored: Mapping[str, Edge], projection: Projection | None) -> None:
    wanted = {(edge.relation, edge.end): edge for edge in projection.edges} if projection else {}
    there = set()
    for key, edge in stored.items():
        if wanted.get((edge.relation, edge.end)) == edge:
            there.add((edge.relation, edge.end))
        else:
            rows.cut.append(key)
            rows.idle.append(edge.end)
    for (relation, end), edge in wanted.items():
        if (relation, end) not in there:
            rows.joined.append([edge.start, relation, end, plain(edge.properties)])
            rows.ends.append(end)


def _held(node: Node | None, schema: Schema) -> Iterator[tuple[str, str, object]]:
    if node is None:
        return
    for prop in held(schema.label(node.label)):
        value = node.properties.get(prop.name, ())
        for part in value if isinstance(value, tuple) else (value,):
            yield node.id, f"{node.label}.{prop.name}", as_stored(part)


def plain(properties: Mapping[str, Value]) -> dict[str, object]:
    """Return property values as the database takes them."""
    return {
        name: _in_list(value) if isinstance(value, tuple) else as_stored(value)
        for name, value in properties.items()
    }


def _in_list(value: Iterable[object]) -> list[object]:
    return [part + 0.0 if isinstance(part, float) else part for part in value]
