"""The contract in plain Python: dictionaries, and every answer worked out from nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from kg.records import Edge, Node, Projection, Record, Source, check_record, graph_hash, project
from kg.store.protocol import (
    LONGEST_PATH,
    MOST_PATHS,
    PART_SIZE,
    Between,
    Condition,
    Direction,
    Has,
    Linked,
    LoadState,
    Page,
    StartsWith,
    StoreState,
)
from ontology.errors import InvalidValue, UnknownId
from ontology.schema import FORBIDDEN, Label, Scalar, Schema


@dataclass
class Said:
    """What a source says; `fresh` are the records of its present content."""

    source: Source
    complete: bool
    parts: set[int]
    records: dict[str, Record]
    fresh: set[str]


class Oracle:
    """A store that is right because it is simple."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.said: dict[str, Said] = {}
        self.token = 0
        self.snapshot = ""

    # What is there

    def nodes(self) -> dict[str, Node]:
        return {subject: projection.node for subject, projection in self._projected().items()}

    def all_edges(self) -> list[Edge]:
        projected = self._projected()
        edges = [edge for projection in projected.values() for edge in projection.edges]
        shown = [edge for edge in edges if edge.end in projected]
        return sorted(shown, key=lambda edge: (edge.relation, edge.start, edge.end))

    def all_records(self) -> list[Record]:
        records = [record for said in self.said.values() for record in said.records.values()]
        return sorted(records, key=lambda record: (record.subject, record.id))

    def _projected(self) -> dict[str, Projection]:
        by_subject: dict[str, list[Record]] = {}
        for record in self.all_records():
            by_subject.setdefault(record.subject, []).append(record)
        return {key: project(records, self.schema) for key, records in by_subject.items()}

    # Questions

    def get(self, ids: Sequence[str]) -> tuple[Node, ...]:
        nodes = self.nodes()
        return tuple(nodes[key] for key in sorted(set(ids)) if key in nodes)

    def find(
        self, label: str, where: Sequence[Condition] = (), after: str = "", limit: int = 100
    ) -> Page:
        check_limit(limit)
        met = self._meeting(label, where)
        return Page(tuple(node for node in met if node.id > after)[:limit], len(met))

    def count(
        self, label: str, where: Sequence[Condition], by: str
    ) -> tuple[tuple[Scalar, int], ...]:
        met = self._meeting(label, where)
        if by.isupper():
            self.schema.relation(by)
            ids = {node.id for node in met}
            edges = [edge for edge in self.all_edges() if edge.relation == by]
            found = Counter[Scalar](edge.end for edge in edges if edge.start in ids)
        else:
            check_filterable(self.schema.label(label), by)
            found = Counter(value for node in met for value in values(node, by))
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def edges(
        self,
        ids: Sequence[str],
        relations: Sequence[str] = (),
        direction: Direction = "both",
        limit: int | None = None,
    ) -> tuple[Edge, ...]:
        check_limit(limit)
        for name in relations:
            self.schema.relation(name)
        found = [
            edge
            for edge in self.all_edges()
            if (not relations or edge.relation in relations)
            and (
                (edge.start in ids and direction != "in")
                or (edge.end in ids and direction != "out")
            )
        ]
        return tuple(found[:limit])

    def paths(
        self, start: str, end: str, relations: Sequence[str] = (), longest: int = 4
    ) -> tuple[tuple[str, ...], ...]:
        if not 0 <= longest <= LONGEST_PATH:
            raise InvalidValue("longest", longest, "is out of range")
        steps = {
            step
            for edge in self.edges(list(self.nodes()), relations)
            for step in ((edge.start, edge.end), (edge.end, edge.start))
        }
        if not {start, end} <= self.nodes().keys():
            return ()
        paths: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        for _ in range(longest):
            if end in seen:
                break
            paths = [(*path, there) for path in paths for here, there in steps
                     if here == path[-1] and there not in seen]  # fmt: skip
            seen |= {path[-1] for path in paths}
        return tuple(sorted(path for path in paths if path[-1] == end)[:MOST_PATHS])

    def records(
        self, subjects: Sequence[str] = (), source: str | None = None
    ) -> tuple[Record, ...]:
        return tuple(
            record
            for record in self.all_records()
            if (record.subject in subjects if source is None else record.source == source)
        )

    def sources(self) -> tuple[LoadState, ...]:
        return tuple(
            LoadState(said.source, said.complete, tuple(sorted(said.parts)), len(said.records))
            for _, said in sorted(self.said.items())
        )

    def state(self) -> StoreState:
        records = self.all_records()
        return StoreState(
            graph_hash(record.id for record in records),
            self.token,
            self.snapshot,
            dict(Counter(node.label for node in self.nodes().values())),
            dict(Counter(edge.relation for edge in self.all_edges())),
            len(records),
        )

    def _meeting(self, label: str, where: Sequence[Condition]) -> list[Node]:
        wanted = self.schema.label(label)
        for condition in where:
            if isinstance(condition, Linked):
                self.schema.relation(condition.relation)
            else:
                check_filterable(wanted, condition.property)
        nodes = [node for _, node in sorted(self.nodes().items()) if node.label == label]
        return [node for node in nodes if all(self._meets(node, part) for part in where)]

    def _meets(self, node: Node, condition: Condition) -> bool:
        if not isinstance(condition, Linked):
            return any(fits(value, condition) for value in values(node, condition.property))
        edges = [edge for edge in self.all_edges() if edge.relation == condition.relation]
        if condition.direction == "out":
            return any(edge.start == node.id and edge.end in condition.ids for edge in edges)
        return any(edge.end == node.id and edge.start in condition.ids for edge in edges)

    # Changes

    def load(self, source: Source, records: Sequence[Record]) -> None:
        checked = self._checked(source.id, records)
        before = self._seen()
        self.said[source.id] = Said(source, True, set(), checked, set(checked))
        self._note_change(before)

    def start(self, source: Source) -> tuple[int, ...]:
        if not source.content:
            raise InvalidValue("content", "", "must not be empty")
        before = self._seen()
        said = self.said.setdefault(source.id, Said(source, False, set(), {}, set()))
        if said.source.content != source.content:
            said.parts, said.fresh = set(), set()
        said.source, said.complete = source, False
        self._note_change(before)
        return tuple(sorted(said.parts))

    def put(self, source_id: str, part: int, records: Sequence[Record]) -> None:
        if part < 0:
            raise InvalidValue("part", part, "is no number of a part")
        checked = self._checked(source_id, records)
        said = self._known(source_id)
        if said.complete:
            raise InvalidValue("source", source_id, "was not begun")
        before = self._seen()
        said.parts.add(part)
        said.records.update(checked)
        said.fresh.update(checked)
        self._note_change(before)

    def finish(self, source_id: str) -> None:
        said = self._known(source_id)
        if said.complete:
            return
        before = self._seen()
        said.records = {key: said.records[key] for key in said.records if key in said.fresh}
        said.complete = True
        self._note_change(before)

    def delete(self, source_id: str) -> None:
        self._known(source_id)
        del self.said[source_id]
        self.token += 1

    def point_to(self, snapshot: str) -> None:
        self.snapshot = snapshot

    def _known(self, source_id: str) -> Said:
        if source_id not in self.said:
            raise UnknownId("source", source_id)
        return self.said[source_id]

    def _checked(self, source_id: str, records: Sequence[Record]) -> dict[str, Record]:
        if len(records) > PART_SIZE:
            raise InvalidValue("records", len(records), "are too many")
        for record in records:
            check_record(record, self.schema)
            if record.source != source_id:
                raise InvalidValue("source", record.source, f"is not {source_id}")
        return {record.id: record for record in records}

    def _seen(self) -> list[tuple[object, ...]]:
        return [
            (key, said.source, said.complete, set(said.parts), set(said.records))
            for key, said in sorted(self.said.items())
        ]

    def _note_change(self, before: list[tuple[object, ...]]) -> None:
        self.token += before != self._seen()

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        pass


def values(node: Node, name: str) -> Iterable[Scalar]:
    value = node.properties.get(name, ())
    return value if isinstance(value, tuple) else (value,)


def fits(value: Scalar, condition: Has | Between | StartsWith) -> bool:
    """Return whether one value meets a condition."""
    if isinstance(condition, Has):
        return any(alike(value, wanted) and value == wanted for wanted in condition.values)
    if isinstance(condition, StartsWith):
        return isinstance(value, str) and value.startswith(condition.prefixes)
    low, high = condition.low, condition.high
    return (low is None or (alike(value, low) and value >= low)) and (  # type: ignore[operator]
        high is None or (alike(value, high) and value <= high)  # type: ignore[operator]
    )


def alike(value: Scalar, other: Scalar) -> bool:
    """Return whether two values compare; a text that no store holds compares with none."""
    if isinstance(value, str) and isinstance(other, str):
        return not FORBIDDEN.search(other)
    return not isinstance(value, str) and not isinstance(other, str) and (
        isinstance(value, bool) == isinstance(other, bool)
    )  # fmt: skip


def check_limit(limit: int | None) -> None:
    if limit is not None and limit < 0:
        raise InvalidValue("limit", limit, "is negative")


def check_filterable(label: Label, name: str) -> None:
    if not label.property(name).filterable:
        raise InvalidValue("property", name, "is not filterable")
