"""Sheets of an xlsx file: what is written in their cells, read row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.read.limits import Meter
from ingest.read.office_xml import events, local_name, whole
from ingest.read.package import Package
from ingest.read.xlsx_styles import PLAIN, Look
from ingest.read.xlsx_text import Runs, forget, runs_of
from ingest.read.xlsx_value import NOTHING, Value, text_value, value_of

ROWS, COLUMNS = 1_048_576, 16_384  # what a sheet can have
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True)
class Entry:
    """What is written in a cell; row and column count from one."""

    row: int
    column: int
    value: Value
    formula: str | None = None
    unknown: bool = False  # no value is kept of its formula
    picture: bool = False  # it holds a picture in place of text
    fault: bool = False  # its formula has gone wrong

    @property
    def length(self) -> int:
        """How many characters its text and its formula have."""
        return sum(len(run.text) for run in self.value.runs) + len(self.formula or "")


@dataclass(frozen=True)
class Area:
    """Merged cells, from the first to the last row and column, from one."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many squares."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def squares(self) -> Iterator[tuple[int, int]]:
        """Yield the row and column of each square."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass
class Sheet:
    """The entries of a sheet, and what it says of rows, columns and merged cells."""

    entries: list[Entry] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: bytearray = field(default_factory=lambda: bytearray(COLUMNS + 1))
    areas: list[Area] = field(default_factory=list)
    filtered: bool = False

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether a row or a column is hidden."""
        return row in self.hidden_rows or bool(self.hidden_columns[column])


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a file share."""

    strings: list[Runs]
    looks: list[Look]
    since_1904: bool = False


def read_sheet(package: Package, path: str, book: Workbook) -> Sheet:
    """Read a sheet; its declared dimension is often wrong and does not count."""
    reading = _Reading(package.meter, path, book)
    in_cell = False
    for event, element in events(package, path):
        name = local_name(element)
        if event == "start":
            in_cell = in_cell or name == "c"
            if name == "row":
                reading.begin_row(element)
        elif name == "c":
            reading.cell(element)
            in_cell = False
        else:
            reading.layout(name, element)
        if event == "end" and not in_cell:
            forget(element)
    return reading.sheet


@dataclass
class _Reading:
    """A sheet on the way through."""

    meter: Meter
    path: str
    book: Workbook
    row: int = 0
    column: int = 0
    sheet: Sheet = field(default_factory=Sheet)
    masters: dict[str, str] = field(default_factory=dict)  # formulas shared by several cells

    def begin_row(self, element: etree._Element) -> None:
        self.row = whole(element.get("r")) or self.row + 1
        self.column = 0
        if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
            self.sheet.hidden_rows.add(self.row)

    def cell(self, element: etree._Element) -> None:
        at = address(element.get("r", ""))
        row, column = at or (self.row, self.column + 1)
        self.row, self.column = row, column
        if not (1 <= row <= ROWS and column <= COLUMNS):
            return
        entry = self._entry(element, row, column)
        if entry.formula is not None or any(run.text.strip() for run in entry.value.runs):
            self.meter.use("cells", 1, self.path)
            # A long string or formula may be shared by all cells there are.
            self.meter.use("characters", entry.length, self.path)
            self.sheet.entries.append(entry)

    def layout(self, name: str, element: etree._Element) -> None:
        if name == "col" and (
            element.get("hidden") in ("1", "true") or element.get("width") == "0"
        ):
            first = whole(element.get("min"))
            last = min(whole(element.get("max")), COLUMNS)
            self.sheet.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)
        elif name == "mergeCell":
            corner, _, opposite = element.get("ref", "").partition(":")
            start, end = address(corner), address(opposite or corner)
            if start and end:
                self.sheet.areas.append(Area(*start, *end))
        elif name == "filterColumn":
            self.sheet.filtered = True

    def _entry(self, element: etree._Element, row: int, column: int) -> Entry:
        parts = {local_name(child): child for child in element}
        formula = self._formula(parts.get("f"))
        kind, look = element.get("t", "n"), self._look(element)
        kept = parts["v"].text or "" if "v" in parts else None
        if formula is not None and "DISPIMG(" in formula.upper():  # a picture, as WPS keeps it
            return Entry(row, column, NOTHING, formula, picture=True)
        if formula is not None and (kept is None or (kept == "" and kind != "str")):
            return Entry(row, column, NOTHING, formula, unknown=True)
        if kind == "s":
            value = self._shared(kept or "")
        elif kind == "inlineStr":
            value = text_value(runs_of(parts["is"])) if "is" in parts else NOTHING
        else:
            value = value_of(kind, kept or "", look, self.book.since_1904)
        if look.struck:
            value = replace(value, runs=tuple(replace(run, struck=True) for run in value.runs))
        return Entry(row, column, value, formula, fault=kind == "e")

    def _formula(self, element: etree._Element | None) -> str | None:
        """Return the formula of a cell; cells that share one name it by number alone."""
        if element is None:
            return None
        text, number = element.text or "", element.get("si")
        if number is not None:
            text = self.masters[number] = text or self.masters.get(number, "")
        return f"={text}"

    def _shared(self, written: str) -> Value:
        number = whole(written)
        known = number < len(self.book.strings)
        return text_value(self.book.strings[number]) if written and known else NOTHING

    def _look(self, element: etree._Element) -> Look:
        number = whole(element.get("s"))
        return self.book.looks[number] if number < len(self.book.looks) else PLAIN


def address(written: str) -> tuple[int, int] | None:
    """Return the row and column, from one, of an address as `B4`."""
    match = _ADDRESS.fullmatch(written)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column
