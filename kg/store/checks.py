"""What a store checks of a question or a change before it asks the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Record, Source, check_record, check_text
from kg.store.protocol import LONGEST_BYTES, LONGEST_PATH, PART_SIZE
from ontology.errors import InvalidValue
from ontology.schema import LARGEST_INTEGER, Schema

SOURCE_FIELDS = ("title", "kind", "date", "url", "terms", "content")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to write, with its canonical JSON."""

    record: Record
    content: str


def check_limit(limit: int | None) -> None:
    """Raise InvalidValue where a limit is below zero."""
    if limit is not None and limit < 0:
        raise InvalidValue("limit", limit, "must not be negative")


def check_after(after: str) -> None:
    """Raise InvalidValue where an id to go on after is no text."""
    if any("\ud800" <= character <= "\udfff" for character in after):
        raise InvalidValue("after", after.encode(errors="replace").decode(), "is no valid text")


def check_longest(longest: int) -> None:
    """Raise InvalidValue where a path may be too long or of no length."""
    if not 0 <= longest <= LONGEST_PATH:
        raise InvalidValue("longest", longest, f"must lie between 0 and {LONGEST_PATH}")


def check_relations(schema: Schema, relations: Sequence[str]) -> None:
    """Raise UnknownId where the schema lacks a relation."""
    for name in relations:
        schema.relation(name)


def check_part(part: int) -> None:
    """Raise InvalidValue where a part's number is none that a store keeps."""
    if not 0 <= part <= LARGEST_INTEGER:
        raise InvalidValue("part", part, "is no number of a part")


def check_source(source: Source) -> None:
    """Raise InvalidValue where a source has no id, too long a one or text that no store keeps."""
    check_text("source", source.id)
    _check_length("source", source.id)
    for name in SOURCE_FIELDS:
        check_text(name, getattr(source, name), empty=True)


def checked(schema: Schema, source_id: str, records: Sequence[Record]) -> Mapping[str, Entry]:
    """Return the records by id, each once, after all were checked."""
    if len(records) > PART_SIZE:
        raise InvalidValue("records", len(records), f"are more than {PART_SIZE} at once")
    for record in records:
        check_record(record, schema)
        _check_lengths(record, schema)
        if record.source != source_id:
            raise InvalidValue("source", record.source, f"of a record is not {source_id}")
    entries = {}
    for record in records:
        record_id, content = record.written()
        entries[record_id] = Entry(record, content)
    return entries


def _check_length(name: str, text: str) -> None:
    """Raise InvalidValue where a text is too long to be looked up by."""
    if len(text) * 4 > LONGEST_BYTES and len(text.encode()) > LONGEST_BYTES:
        raise InvalidValue(name, text, f"is longer than the {LONGEST_BYTES} bytes of an index")


def _check_lengths(record: Record, schema: Schema) -> None:
    """Raise InvalidValue where an id or a value that filters ask for is too long."""
    _check_length("subject", record.subject)
    for link in record.links:
        _check_length(f"end of {link.relation}", link.end)
    for name, text in _filtered(record, schema):
        _check_length(name, text)


def _filtered(record: Record, schema: Schema) -> Iterator[tuple[str, str]]:
    label = schema.label(record.label)
    for name, value in record.properties.items():
        if label.property(name).filterable:
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, str):
                    yield name, part
