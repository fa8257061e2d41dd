"""The registry of published ids: an id that was once built stays, or names what replaced it.

`python -m ingest.packaged.registry` adds the ids of the present build to sources/ids.csv.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from ingest.packaged.library import FOLDER, Library
from kg.records import Projection, Record, project
from ontology.schema import schema

REGISTRY = FOLDER / "ids.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """One published id, what it was made from in words, and the id that took its place if any."""

    id: str
    label: str
    identity: str
    replaced_by: str = ""


def built_entries(folder: Path = FOLDER) -> tuple[Entry, ...]:
    """Return an entry for each thing that the packaged sources describe, by id."""
    grouped: dict[str, list[Record]] = defaultdict(list)
    for source in Library(folder).sources():
        for record in source.read().records:
            grouped[record.subject].append(record)
    known = schema()
    things = {subject: project(records, known) for subject, records in grouped.items()}
    return tuple(
        Entry(subject, thing.node.label, _identity(thing, things, grouped[subject]))
        for subject, thing in sorted(things.items())
    )


def read_registry(path: Path = REGISTRY) -> tuple[Entry, ...]:
    """Return the published ids."""
    text = path.read_text(encoding="utf-8")
    return tuple(Entry(**row) for row in csv.DictReader(io.StringIO(text)))


def write_registry(path: Path = REGISTRY, folder: Path = FOLDER) -> None:
    """Add the ids of the present build; what is in the registry already is never changed."""
    published = {entry.id: entry for entry in read_registry(path)} if path.exists() else {}
    built = {entry.id: entry for entry in built_entries(folder)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Entry)])
    writer.writerows(astuple(entry) for _, entry in sorted((built | published).items()))
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _identity(
    thing: Projection, things: Mapping[str, Projection], records: Iterable[Record]
) -> str:
    """Say what the id was made from: the names of its owners and its own, or code, or address."""
    owners = [
        things[edge.end].node.name
        for edge in thing.edges
        if edge.relation in ("OF_ENTERPRISE", "PROVIDED_BY")
    ]
    own = thing.node.text("code") or thing.node.text("name")
    if not own and thing.node.label == "Factory":
        own = next(
            (_found(edge.properties) for edge in thing.edges if edge.relation == "IN_PLACE"), ""
        )
    if thing.node.label == "Instance" and not (own and owners):
        own = " ".join((own, *sorted({record.url for record in records}))).strip()
    return "｜".join((*owners, own))


def _found(properties: Mapping[str, object]) -> str:
    return str(properties.get("as_found", ""))


if __name__ == "__main__":
    write_registry()
