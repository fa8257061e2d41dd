"""What is fuzzed of each reader, and what must hold of every document it makes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module

from ingest.document import Document, Table
from ingest.read.limits import MEGABYTE, Limits
from ontology.errors import UnreadableFile
from tests.ingest.read.office_files import docx, xlsx

LARGEST = 64 * 1024  # bytes of an input
LIMITS = Limits(
    expanded_bytes=20 * MEGABYTE,
    cells=20_000,
    rows=20_000,
    squares=50_000,
    pages=20,
    recognised_pages=0,
)


def _same(data: bytes) -> bytes:
    return data


@dataclass(frozen=True)
class Target:
    """A reader, and how an input becomes a file of its kind and back."""

    module: str
    wrap: Callable[[bytes], bytes] = _same
    unwrap: Callable[[bytes], bytes] = _same

    def run(self, data: bytes) -> None:
        """Read an input; anything but a document or `UnreadableFile` is a fault."""
        read = import_module(f"ingest.read.{self.module}").read
        with suppress(UnreadableFile):
            check(read("fuzzed", self.wrap(data), LIMITS))


def check(document: Document) -> None:
    """Raise for a document that breaks a promise of its type."""
    for block in document.blocks:
        if isinstance(block, Table):
            _check_table(block)
    for finding in document.findings:
        if not finding.message or not str(finding.place).startswith(document.name):
            raise AssertionError(finding)


def _check_table(table: Table) -> None:
    covered = sum(cell.row_span * cell.column_span for cell in table.cells)
    seen = sum(square is not None for row in table.rows() for square in row)
    if covered != seen:
        raise AssertionError(f"{covered} squares are covered, {seen} of them once")
    for cell in table.cells:
        for nested in cell.nested:
            _check_table(nested)


def _member(path: str) -> Callable[[bytes], bytes]:
    """Return what takes a part out of an Office file; nothing where it is not there."""

    def unwrap(data: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                return file.read(path)
        except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
            return b""

    return unwrap


# Random bytes in a zip file break its sums and little else, so the main part is what is fuzzed.
_DOCUMENT, _SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
TARGETS = {
    target.module: target
    for target in (
        Target("docx", lambda part: docx("", more={_DOCUMENT: part}), _member(_DOCUMENT)),
        Target("xlsx", lambda part: xlsx("", more={_SHEET: part}), _member(_SHEET)),
        Target("separated"),
        Target("html"),
        Target("text"),
        Target("markdown"),
        Target("pdf"),
        Target("image"),
    )
}
