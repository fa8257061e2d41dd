"""What an import changes: things that say something else afterwards, records that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.entities import by_subject
from kg.records import Projection, Record, project
from kg.store.protocol import GraphRead
from ontology.schema import Schema

How = Literal["added", "changed", "removed"]
AT_ONCE = 500  # things whose records are read together


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing that comes, goes or says something else; `properties` and relations that differ."""

    how: How
    id: str
    label: str
    name: str
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """The things that differ, and how many records come and go."""

    things: tuple[ThingChange, ...] = ()
    records_added: int = 0
    records_removed: int = 0

    def count(self, how: How) -> int:
        """Return how many things are added, changed or removed."""
        return sum(one.how == how for one in self.things)

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.things or self.records_added or self.records_removed)


def changes_of(
    read: GraphRead, records: Iterable[Record], replaced: Iterable[str], schema: Schema
) -> Changes:
    """Return what changes when these records take the place of all that some sources say."""
    new = {record.id: record for record in records}
    old = {record.id: record for source in replaced for record in read.records(source=source)}
    coming = by_subject(record for key, record in new.items() if key not in old)
    going = {key: record for key, record in old.items() if key not in new}
    subjects = sorted(coming.keys() | {record.subject for record in going.values()})
    things = []
    for start in range(0, len(subjects), AT_ONCE):
        some = subjects[start : start + AT_ONCE]
        before = by_subject(read.records(some))
        for subject in some:
            was = before.get(subject, ())
            then = [*(one for one in was if one.id not in going), *coming.get(subject, ())]
            if change := _change(was, then, schema):
                things.append(change)
    return Changes(tuple(things), len(new.keys() - old.keys()), len(going))


def _change(was: Sequence[Record], then: Sequence[Record], schema: Schema) -> ThingChange | None:
    """Return how a thing differs between two sets of records, None where nothing shows."""
    before = project(was, schema) if was else None
    after = project(then, schema) if then else None
    if before and after:
        differing = _differing(before, after)
        node = after.node
        return (
            ThingChange("changed", node.id, node.label, node.name, differing) if differing else None
        )
    if shown := after or before:
        node = shown.node
        return ThingChange("added" if after else "removed", node.id, node.label, node.name)
    return None


def _differing(before: Projection, after: Projection) -> tuple[str, ...]:
    """Return the names of the properties and relations that are not the same."""
    was, then = before.node.properties, after.node.properties
    names = {name for name in {*was, *then} if was.get(name) != then.get(name)}
    edges = {(edge.relation, edge.end): edge for edge in before.edges}
    edges_then = {(edge.relation, edge.end): edge for edge in after.edges}
    ends = {end for end in {*edges, *edges_then} if edges.get(end) != edges_then.get(end)}
    label = {"label"} if before.node.label != after.node.label else set()
    return tuple(sorted(names | label | {relation for relation, _ in ends}))
