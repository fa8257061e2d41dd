"""Files of labelled texts: `id,text,scene,also[,kind,enterprise]`, checked row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.match.corpus import NONE, Example
from kg.match.metrics import Row
from kg.text import squeeze
from ontology.errors import InvalidFile
from ontology.guide import Guide

NEEDED = ("id", "text", "scene", "also")
OPTIONAL = ("kind", "enterprise")

Cells = dict[str | None, str | list[str] | None]


def read_rows(path: Path, guide: Guide) -> tuple[Row, ...]:
    """Return the rows of a file, or raise InvalidFile naming file, row, column and value."""
    rows = tuple(_rows(path, guide))
    if not rows:
        raise InvalidFile(f"{path.name} holds no labelled text")
    return rows


def row_of(example: Example, name: str) -> Row:
    """Return an example as a row to be judged."""
    return Row(name, example.text, example.scene, example.also, example.kind, example.enterprise)


def _rows(path: Path, guide: Guide) -> Iterator[Row]:
    ids: set[str] = set()
    for place, cells in _cells(path):
        row = _row(cells, place)
        if row.id in ids:
            raise InvalidFile(f"{place}, column id: {row.id!r} occurs twice")
        ids.add(row.id)
        yield _checked(row, place, guide)


def _cells(path: Path) -> Iterator[tuple[str, Cells]]:
    """Yield the cells of each row with the place to name; the heading is row 1."""
    reader = csv.DictReader(io.StringIO(_content(path), newline=""), strict=True)
    number = 1
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise InvalidFile(f"{path.name}: there is no column {missing[0]!r} in the first row")
        for number, cells in enumerate(reader, start=2):
            yield f"{path.name}, row {number}", cells
    except csv.Error as fault:
        raise InvalidFile(f"{path.name}: is no CSV after row {number}: {fault}") from fault


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InvalidFile(f"{path.name} is not UTF-8: byte {fault.start} cannot be read") from fault
    except OSError as fault:
        raise InvalidFile(f"{path} cannot be read: {fault.strerror}") from fault


def _row(cells: Cells, place: str) -> Row:
    if None in cells:
        raise InvalidFile(f"{place}: has more cells than the first row: {cells[None]!r:.80}")
    held = {name: cells.get(name) for name in (*NEEDED, *OPTIONAL)}
    absent = [name for name in NEEDED if held[name] is None]
    if absent:
        raise InvalidFile(f"{place}, column {absent[0]}: the row ends before it")
    value = {name: str(cell or "").strip() for name, cell in held.items()}
    also = tuple(part.strip() for part in value["also"].split(";") if part.strip())
    return Row(value["id"], value["text"], value["scene"], also, value["kind"], value["enterprise"])


def _checked(row: Row, place: str, guide: Guide) -> Row:
    if not row.id:
        raise InvalidFile(f"{place}, column id: is empty")
    if not squeeze(row.text):
        raise InvalidFile(f"{place}, column text: {row.text[:40]!r} is empty")
    if row.scene != NONE and not guide.has_scene(row.scene):
        raise InvalidFile(
            f"{place}, column scene: there is no scene {row.scene[:40]!r} in the {guide.edition}"
            " edition"
        )
    for scene in row.also if row.in_scope else ():
        if not guide.has_scene(scene):
            raise InvalidFile(
                f"{place}, column also: there is no scene {scene[:40]!r} in the {guide.edition}"
                " edition"
            )
    return _relabelled(row, guide) if guide.retired else row


def _relabelled(row: Row, guide: Guide) -> Row:
    """Return a row labelled with what its scene is now, and accepted with any that it may be."""
    now = guide.current(row.scene)
    also = (new for one in (row.scene, *row.also) for new in guide.current(one))
    scene = now[0] if now else row.scene
    return replace(row, scene=scene, also=tuple(dict.fromkeys(one for one in also if one != scene)))
