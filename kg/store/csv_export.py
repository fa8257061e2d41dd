"""The graph as tables for spreadsheets: a file per label and relation, the sources, the evidence.

Nothing in a cell runs as a formula: a cell that would begin as one gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from ontology.schema import Label, Property, Relation, Schema, Value, schema

PAGE = 500
BETWEEN_VALUES = "; "
# What spreadsheets take for the beginning of a formula, full width included, and our own mark
# before it, so that taking one apostrophe off gives every text back.
FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; a fixed date keeps it reproducible

Row = Iterable[str | int | float]
Open = Callable[[str], AbstractContextManager[IO[bytes]]]


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def write_csv(read: GraphRead, target: Path, known: Schema | None = None) -> None:
    """Write the tables into a folder, or into one zip file where the name ends in .zip."""
    if target.suffix.lower() == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _write(read, known or schema(), lambda name: archive.open(_entry(name), "w"))
        return
    target.mkdir(parents=True, exist_ok=True)
    _write(read, known or schema(), lambda name: (target / name).open("wb"))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _write(read: GraphRead, known: Schema, opening: Open) -> None:
    for name, rows in _tables(read, known):
        with opening(name) as file, io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
            writer = csv.writer(text)
            writer.writerows(map(_cells, rows))


def _cells(row: Row) -> list[str | int | float]:
    return [guarded(cell) if isinstance(cell, str) else cell for cell in row]


def _tables(read: GraphRead, known: Schema) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "sources.csv", _sources(read)
    yield "evidence.csv", _evidence(read, known)
    state = read.state()
    for label in known.labels:
        if label.name in state.labels:
            yield f"{label.path}.csv", _nodes(read, label)
    for relation in known.relations:
        if relation.name in state.relations:
            yield f"relation_{relation.name.lower()}.csv", _edges(read, known, relation)


def _sources(read: GraphRead) -> Iterator[Row]:
    yield ("id", "title", "kind", "date", "url", "terms", "complete", "records")
    for state in read.sources():
        source = state.source
        yield (source.id, source.title, source.kind, source.date, source.url, source.terms,
               str(state.complete).lower(), state.records)  # fmt: skip


def _evidence(read: GraphRead, known: Schema) -> Iterator[Row]:
    yield ("subject", "label", "record", "source", "locator", "method", "grade", "url", "date")
    for label in known.labels:
        for nodes in pages_of(read, label.name, PAGE):
            for record in read.records([node.id for node in nodes]):
                yield (record.subject, record.label, record.id, record.source, record.locator,
                       record.method, record.grade, record.url, record.date)  # fmt: skip


def _nodes(read: GraphRead, label: Label) -> Iterator[Row]:
    yield ("id", *(prop.name for prop in label.properties))
    for nodes in pages_of(read, label.name, PAGE):
        for node in nodes:
            yield (node.id, *_values(label.properties, node.properties.get))


def _edges(read: GraphRead, known: Schema, relation: Relation) -> Iterator[Row]:
    yield ("start", "start_name", "end", "end_name", *(prop.name for prop in relation.properties))
    starts = {start for start, _ in relation.pairs}
    for label in (label for label in known.labels if label.name in starts):
        for nodes in pages_of(read, label.name, PAGE):
            edges = read.edges([node.id for node in nodes], [relation.name], "out")
            names = {node.id: node.name for node in (*nodes, *read.get([e.end for e in edges]))}
            for edge in edges:
                yield (edge.start, names[edge.start], edge.end, names.get(edge.end, ""),
                       *_values(relation.properties, edge.properties.get))  # fmt: skip


def _values(properties: Iterable[Property], get: Callable[[str], Value | None]) -> Row:
    for prop in properties:
        value = get(prop.name)
        if value is None:
            yield ""
        elif isinstance(value, tuple):
            yield BETWEEN_VALUES.join(map(_text, value))
        else:
            yield _text(value) if isinstance(value, bool) else value


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
