"""What one place in one source says of one thing; and how such records become the graph.

Records are the truth: nodes, their property values and edges are the projection of all records of
a subject by the pure function `project`. Deleting a source deletes its records and projects again.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from kg.ids import content_hash
from ontology.errors import InvalidValue
from ontology.schema import FORBIDDEN, Label, Property, Scalar, Schema, Value

# From the surest to the least sure: the order in which contradicting records are believed.
Method = Literal["official", "published", "reported", "target", "claimed", "assigned", "inferred"]
METHODS: tuple[Method, ...] = (
    "official",  # an official document or list says so
    "published",  # the publisher of the thing says so (a catalogue, an announcement)
    "reported",  # an article or company news says so
    "target",  # a figure that is to be reached, not a result
    "claimed",  # a vendor says so of itself
    "assigned",  # annotators of this project judged so
    "inferred",  # derived from other statements
)
GRADES = ("A", "B", "C", "")  # quality of the source; C are reposts; "" is ungraded
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Link:
    """An outgoing edge of a record's subject."""

    relation: str
    end: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What one place (`locator`) in one `source` says of the thing `subject`.

    `url` is the public address the statement was seen at, `date` the date or year it speaks of
    (ISO, possibly only a year), both "" where unknown. `grade` rates the source.
    """

    source: str
    locator: str
    subject: str
    label: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    method: Method = "reported"
    grade: str = ""
    url: str = ""
    date: str = ""
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The record's content as a hash: equal content is one record."""
        if not self._id:  # hashed once, because projecting asks for it at every step
            object.__setattr__(self, "_id", self.written()[0])
        return self._id

    def written(self) -> tuple[str, str]:
        """Return the id and the JSON text in its one canonical form that the id is the hash of."""
        text = CANONICAL.encode(self.to_dict())
        return hashlib.sha256(text.encode()).hexdigest()[:32], text

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain JSON, links and many-valued properties in one order."""
        return {
            "source": self.source,
            "locator": self.locator,
            "subject": self.subject,
            "label": self.label,
            "properties": _plain(self.properties),
            "links": [
                [link.relation, link.end, _plain(link.properties)]
                for link in _links_in_order(self.links)
            ],
            "method": self.method,
            "grade": self.grade,
            "url": self.url,
            "date": self.date,
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, object], known_id: str = "") -> Record:
        """Return the record that `to_dict` wrote; its id is taken over where it is known."""
        links = cast("Sequence[tuple[str, str, Mapping[str, object]]]", row["links"])
        record = cls(
            source=str(row["source"]),
            locator=str(row["locator"]),
            subject=str(row["subject"]),
            label=str(row["label"]),
            properties=_typed(cast("Mapping[str, object]", row["properties"])),
            links=tuple(Link(relation, end, _typed(more)) for relation, end, more in links),
            method=cast("Method", row["method"]),
            grade=str(row["grade"]),
            url=str(row["url"]),
            date=str(row["date"]),
        )
        object.__setattr__(record, "_id", known_id)
        return record


def _plain(properties: Mapping[str, Value]) -> dict[str, object]:
    return {
        name: _in_order(value) if isinstance(value, tuple) else value
        for name, value in sorted(properties.items())
    }


def _in_order(values: Collection[Scalar]) -> list[Scalar]:
    """Return values without repetition, by type and value (texts by code point)."""
    if len(values) < 2:
        return list(values)
    # Adding zero makes -0.0 the same as 0.0, which it equals.
    unsigned = (value + 0.0 if isinstance(value, float) else value for value in values)
    return [value for _, value in sorted({(type(value).__name__, value) for value in unsigned})]


def _links_in_order(links: Collection[Link]) -> list[Link]:
    """Return links by relation and end; two to one end by their properties."""
    in_order = sorted(links, key=lambda link: (link.relation, link.end))
    if len({(link.relation, link.end) for link in links}) == len(in_order):
        return in_order
    return sorted(links, key=lambda link: (link.relation, link.end, repr(_plain(link.properties))))


def _typed(properties: Mapping[str, object]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else cast("Value", value)
        for name, value in properties.items()
    }


@dataclass(frozen=True, slots=True)
class Source:
    """A document or table that was loaded as one: the unit of loading and of deleting."""

    id: str
    title: str
    kind: str
    date: str = ""
    url: str = ""
    terms: str = ""
    content: str = ""  # hash of what was loaded; an equal hash means there is nothing to do


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph with its resolved property values."""

    id: str
    label: str
    properties: Mapping[str, Value]

    @property
    def name(self) -> str:
        """The name to show; the id where no source gives one."""
        return str(self.properties.get("name") or self.id)

    def text(self, name: str) -> str:
        """Return a single text property, "" where it is missing."""
        value = self.properties.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a many-valued text property, empty where it is missing."""
        value = self.properties.get(name, ())
        return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

    def year(self) -> int | None:
        """Return the year, None where no source gives one."""
        value = self.properties.get("year")
        return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two things with its resolved property values."""

    start: str
    relation: str
    end: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several single values of one property, the believed one first."""

    subject: str
    property: str
    values: tuple[tuple[Scalar, str], ...]  # value, record id


@dataclass(frozen=True, slots=True)
class Projection:
    """A node with its outgoing edges, and what its records contradict each other in."""

    node: Node
    edges: tuple[Edge, ...]
    conflicts: tuple[Conflict, ...]


def belief(record: Record) -> tuple[int, int, str, str]:
    """Return the sort key of precedence: method, then grade, then the later date, then the id."""
    grade = GRADES.index(record.grade) if record.grade in GRADES else len(GRADES)
    later_first = "".join(chr(0x10FFFF - ord(character)) for character in record.date.ljust(10))
    return METHODS.index(record.method), grade, later_first, record.id


def project(records: Iterable[Record], schema: Schema) -> Projection:
    """Return what all records of ONE subject amount to, whatever order they come in.

    The label is that of the most believed record; records of another label add nothing but a
    conflict. A single-valued property takes the value of the most believed record that has one, a
    many-valued one the union; edges are the union, each with the properties of its most believed
    record. A many-valued property without values is a missing one.
    """
    ordered = list(records)
    if len(ordered) > 1:  # most things have one record, which need not be weighed
        ordered.sort(key=belief)
    subject, label = ordered[0].subject, schema.label(ordered[0].label)
    fitting = [record for record in ordered if record.label == label.name]
    collected = _collect(fitting)
    values = {name: _resolve(label.property(name), found) for name, found in collected.items()}
    return Projection(
        Node(subject, label.name, dict(sorted(values.items()))),
        _edges(fitting),
        tuple(_conflicts(subject, label, {**collected, "label": _labels(ordered)})),
    )


Found = Sequence[tuple[Scalar, str]]  # values with the ids of their records, most believed first


def _collect(records: Iterable[Record]) -> Mapping[str, Found]:
    collected: dict[str, list[tuple[Scalar, str]]] = defaultdict(list)
    for record in records:
        for name, value in record.properties.items():
            for part in _in_order(value) if isinstance(value, tuple) else [value]:
                collected[name].append((part, record.id))
    return dict(collected)


def _labels(records: Iterable[Record]) -> Found:
    return [(record.label, record.id) for record in records]


def _edges(records: Iterable[Record]) -> tuple[Edge, ...]:
    edges: dict[tuple[str, str], Edge] = {}
    for record in records:
        for link in _links_in_order(record.links):
            edge = Edge(record.subject, link.relation, link.end, _settled(link.properties))
            edges.setdefault((link.relation, link.end), edge)
    return tuple(edges[key] for key in sorted(edges))


def _settled(properties: Mapping[str, Value]) -> dict[str, Value]:
    """Return properties by name, many-valued ones in order, those without values left out."""
    return {
        name: tuple(_in_order(value)) if isinstance(value, tuple) else value
        for name, value in sorted(properties.items())
        if value != ()
    }


def _resolve(prop: Property, found: Found) -> Value:
    if not prop.many:
        return found[0][0]
    return tuple(_in_order([value for value, _ in found]))


def _conflicts(subject: str, label: Label, collected: Mapping[str, Found]) -> Iterable[Conflict]:
    for name, found in sorted(collected.items()):
        if len(found) == 1 or (name != "label" and label.property(name).many):
            continue
        surest = dict(reversed(found))  # value -> its most believed record
        if len(surest) > 1:
            order = dict.fromkeys(value for value, _ in found)
            yield Conflict(subject, name, tuple((value, surest[value]) for value in order))


def check_record(record: Record, schema: Schema) -> None:
    """Raise InvalidValue or UnknownId where a record does not fit the schema."""
    label = schema.label(record.label)
    for field_name in ("source", "locator", "subject", "url", "date"):
        check_text(field_name, getattr(record, field_name), empty=field_name in {"url", "date"})
    if record.method not in METHODS:
        raise InvalidValue("method", record.method, f"is none of {', '.join(METHODS)}")
    if record.grade not in GRADES:
        raise InvalidValue("grade", record.grade, "is none of A, B, C")
    for name, value in record.properties.items():
        _check_value(label.property(name), value)
    for link in record.links:
        _check_link(link, label, schema)


def _check_link(link: Link, label: Label, schema: Schema) -> None:
    relation = schema.relation(link.relation)
    if label.name not in {start for start, _ in relation.pairs}:
        raise InvalidValue("relation", link.relation, f"does not start at {label.name}")
    check_text(f"end of {link.relation}", link.end)
    known = {prop.name: prop for prop in relation.properties}
    for name, value in link.properties.items():
        if name not in known:
            raise InvalidValue(name, str(value), f"is no property of {link.relation}")
        _check_value(known[name], value)


def _check_value(prop: Property, value: Value) -> None:
    prop.check(value)
    for part in value if isinstance(value, tuple) else (value,):
        if isinstance(part, float) and not math.isfinite(part):
            raise InvalidValue(prop.name, part, "is not finite")


def check_text(field_name: str, text: str, *, empty: bool = False) -> None:
    """Raise InvalidValue where a text is empty or holds a character that no store keeps."""
    if not text and not empty:
        raise InvalidValue(field_name, "", "must not be empty")
    if found := FORBIDDEN.search(text):
        raise InvalidValue(field_name, text, f"holds the character U+{ord(found[0]):04X}")


def graph_hash(record_ids: Iterable[str]) -> str:
    """Return the hash of a graph: SHA-256 over the sorted ids of all its records."""
    return content_hash(sorted(record_ids))
