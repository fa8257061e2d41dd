"""Limits: how large a file may be and become, so that none can exhaust the machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ontology.errors import UnreadableFile

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a reader takes at most; a real table is far below each of them.

    Tables compress well, so what counts is what a file expands to, never the ratio.
    """

    raw_bytes: int = 50 * MEGABYTE
    expanded_bytes: int = 200 * MEGABYTE  # all that is read of the members of a zip
    members: int = 10_000  # of a zip
    cells: int = 500_000
    rows: int = 200_000
    squares: int = 5_000_000  # rows times columns of a table, empty ones counted
    paragraphs: int = 200_000  # or lines, outside of tables
    characters: int = 50_000_000  # of all cells and paragraphs
    pages: int = 500
    recognised_pages: int = 200  # scans and pictures; a page takes seconds
    nesting: int = 10  # tables within tables
    elements: int = 3_000_000  # of a part of a docx or xlsx file
    depth: int = 200  # elements within elements of XML or HTML
    seconds: int = 90  # for LibreOffice to convert a file, or to read a PDF file
    # Of the process that reads PDF files: text takes 50 MB, recognition with its models 1.4 GB.
    memory_bytes: int = 2048 * MEGABYTE

    def check(self, what: str, count: int, name: str, place: str = "") -> None:
        """Raise for a file that has more of something than its limit, a field by its name."""
        limit: int = getattr(self, what)
        if count > limit:
            kind = what.replace("_", " ")
            where = f"{place}: " if place else ""
            raise UnreadableFile(name, f"{where}more than the limit of {limit} {kind}")


LIMITS = Limits()
CHECKED = Limits(raw_bytes=20 * MEGABYTE)
# Over HTTP somebody waits for the answer, and others for their turn.
SENT = Limits(raw_bytes=20 * MEGABYTE, recognised_pages=10)


@dataclass(frozen=True)
class Meter:
    """How much of each limit a file has used so far."""

    name: str
    limits: Limits
    _used: Counter[str] = field(default_factory=Counter)

    def use(self, what: str, amount: int, place: str = "") -> None:
        """Use some more; raise where that is too much."""
        self._used[what] += amount
        self.limits.check(what, self._used[what], self.name, place)
