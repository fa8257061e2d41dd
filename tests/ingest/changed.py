"""Copies of the packaged tables with one thing changed, to see what a change does."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from ingest.packaged.library import FOLDER, Library
from ingest.tables import Mapped

Rows = list[dict[str, str]]
TABLES = ("instances", "factories", "solutions", "standards")


def rows_of(name: str, folder: Path = FOLDER) -> Rows:
    """Return the rows of a packaged table, read without any of our own code."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_bytes(rows: Rows) -> bytes:
    """Return rows as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def copied(folder: Path, **changes: Callable[[Rows], Rows]) -> Path:
    """Copy the packaged sources into `folder`, each named table changed by its function."""
    copy = folder / "sources"
    shutil.copytree(FOLDER, copy)
    for name, change in changes.items():
        (copy / f"{name}.csv").write_bytes(as_bytes(change(rows_of(name))))
    return copy


def with_cell(key: str, column: str, value: str) -> Callable[[Rows], Rows]:
    """Return a change of one cell of the row with that key (its first column)."""

    def change(rows: Rows) -> Rows:
        key_column = next(iter(rows[0]))
        return [row | {column: value} if row[key_column] == key else row for row in rows]

    return change


def shuffled(seed: int) -> Callable[[Rows], Rows]:
    """Return a change that puts the rows in another order."""

    def change(rows: Rows) -> Rows:
        random.Random(seed).shuffle(rows)
        return rows

    return change


def read(source: str, folder: Path = FOLDER) -> Mapped:
    """Return what a packaged source says."""
    return next(one for one in Library(folder).sources() if one.source.id == source).read()
