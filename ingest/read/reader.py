"""Reader: a file of any kind read into a `Document` by the reader of its kind."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Protocol

from ingest.document import Document, Kind
from ingest.read.kind import Foreign, kind_of
from ingest.read.limits import LIMITS, Limits

# Imported when the first file of the kind comes: each brings libraries of its own.
_MODULES: dict[Kind, str] = {
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
    Kind.CSV: "separated",
    Kind.HTML: "html",
    Kind.TEXT: "text",
    Kind.MARKDOWN: "markdown",
    Kind.IMAGE: "image",
}


class _Reader(Protocol):
    def read(self, name: str, data: bytes, limits: Limits) -> Document: ...


def read_document(name: str, data: bytes, limits: Limits = LIMITS) -> Document:
    """Read a file by what it holds; raise `UnreadableFile` where that cannot be."""
    limits.check("raw_bytes", len(data), name)
    kind = kind_of(name, data, limits)
    if isinstance(kind, Foreign):
        from ingest.read.convert import converted

        made, note = converted(name, data, kind, limits)
        document = read_document(name, made, limits)
        return replace(document, findings=(note, *document.findings))
    if kind is Kind.PDF:
        from ingest.read.apart import read_apart

        return read_apart(name, data, limits)
    reader: _Reader = import_module(f"ingest.read.{_MODULES[kind]}")
    return reader.read(name, data, limits)
