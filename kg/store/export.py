"""The graph into a file or folder: Turtle, JSON-LD or tables; whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kg.store.csv_export import write_csv
from kg.store.protocol import GraphRead
from kg.store.rdf import write_jsonld, write_turtle
from ontology.errors import InvalidValue, StoreError, StoreUnavailable

FORMATS = ("ttl", "jsonld", "csv")
STREAMED: dict[str, Callable[[GraphRead, TextIO], None]] = {
    "ttl": write_turtle,
    "jsonld": write_jsonld,
}


def write_export(read: GraphRead, form: str, target: Path | TextIO) -> None:
    """Write the graph in one of FORMATS; `csv` goes into a folder or a .zip file.

    A file is put in place when it is complete, so that no half of one is ever taken for the graph.
    """
    if form not in FORMATS:
        raise InvalidValue("format", form, f"is none of {', '.join(FORMATS)}")
    if isinstance(target, Path) and target.exists() and not (target.is_file() or target.is_dir()):
        raise InvalidValue("output", target, "is neither a file nor a folder")
    before = read.state().token
    if not isinstance(target, Path):
        _stream(read, form, target)
        _check_unchanged(read, before)
        return
    try:
        # Through a link the file it leads to is replaced, not the link.
        _write(read, form, target.resolve(), before)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}") from error


def _stream(read: GraphRead, form: str, target: TextIO) -> None:
    if form not in STREAMED:
        raise InvalidValue("format", form, "is several files; name a folder or a .zip file")
    STREAMED[form](read, target)


def _write(read: GraphRead, form: str, target: Path, before: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as folder:
        made = Path(folder) / target.name
        if form == "csv":
            write_csv(read, made)
        else:
            with made.open("w", encoding="utf-8", newline="\n") as stream:
                STREAMED[form](read, stream)
        _check_unchanged(read, before)
        _put_in_place(made, target)


def _check_unchanged(read: GraphRead, before: int) -> None:
    # The pages are questions of their own: together they are one graph only if none came between.
    if read.state().token != before:
        raise StoreUnavailable("the graph changed while it was exported; export it again")


def _put_in_place(made: Path, target: Path) -> None:
    if made.is_file():
        made.replace(target)
        return
    target.mkdir(exist_ok=True)
    for file in sorted(made.iterdir()):
        file.replace(target / file.name)
