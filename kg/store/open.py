"""Stores by their address: `sqlite:///path`, or the path of a file."""

from __future__ import annotations

import re
from pathlib import Path

from kg.store.protocol import GraphStore
from ontology.errors import InvalidValue, MissingPart
from ontology.schema import Schema, schema

KNOWN = "sqlite:///PATH or the path of a file"
TO_COME = ("neo4j", "bolt")


def open_store(url: str, read_only: bool = False, known: Schema | None = None) -> GraphStore:
    """Open the store at an address; one that may be written is made where there is none."""
    from kg.store.sqlite.store import SqliteStore

    return SqliteStore(_path(url), known or schema(), read_only=read_only)


def _path(url: str) -> Path:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", url)
    if scheme is None:
        path = url
    elif scheme[1].partition("+")[0].lower() in TO_COME:
        raise MissingPart(f"stores at {scheme[1]}:// are not built in yet; use {KNOWN}")
    elif not url.startswith("sqlite:///"):
        raise InvalidValue("store", url, f"is no address of a store; use {KNOWN}")
    else:
        path = url.removeprefix("sqlite:///")
    if not path.strip() or "\0" in path:
        raise InvalidValue("store", url, f"names no file; use {KNOWN}")
    return Path(path)
