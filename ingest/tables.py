"""Tables: a CSV file with known columns read into rows, what cannot be used held back by place.

A bad value is held back, not its row; only a row that nothing identifies is held back whole.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Record
from ontology.errors import InvalidFile, InvalidValue
from ontology.schema import FORBIDDEN, Kind, Property, Scalar
from ontology.sentence import Sentence

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100  # outside of these a year is a slip of the pen
# str.strip() leaves zero-width characters and byte order marks, which pages copied from carry.
_EDGE = r"[\s\u200b-\u200f\u2060\ufeff]+"
_EDGES = re.compile(rf"\A{_EDGE}|{_EDGE}\Z")
_BLANK = re.compile(_EDGE)
_SEPARATORS = re.compile(r"[;；]")
_ADDRESS = re.compile(r"https?://[^\s{}<>\"|\\^]+")
NO_YEAR = Sentence(
    f"不是{EARLIEST_YEAR}至{LATEST_YEAR}年之间的年份",
    f"is no year from {EARLIEST_YEAR} to {LATEST_YEAR}",
)
_KINDS_ZH: Mapping[Kind, str] = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "boolean": "是非值（true或false）",
    "date": "日期（如2024-10-28）",
}


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A value that was not taken over, or a whole row where `column` is ""; the header is row 1."""

    file: str
    row: int
    column: str
    value: str
    reason: Sentence  # goes on from the value, or from the row

    @property
    def whole(self) -> bool:
        """Whether the whole row was held back."""
        return not self.column

    @property
    def told(self) -> Sentence:
        """The finding with its place, for people."""
        zh, en = f"{self.file}第{self.row}行", f"{self.file}, row {self.row}"
        if self.whole:
            return Sentence(f"{zh}未能收录：{self.reason}", f"{en}: the row {self.reason.en}")
        value = self.value[:80]
        return Sentence(
            f"{zh}，{self.column}列：“{value}”未能收录：{self.reason}",
            f"{en}, column {self.column}: {value!r} {self.reason.en}",
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table looks like: its file, its columns, the column that identifies a row."""

    file: str
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts as a spreadsheet does, the header being row 1."""

    file: str
    number: int
    key: str
    cells: Mapping[str, str]

    @property
    def locator(self) -> str:
        """The row's place by its key, so that the order of the rows does not matter."""
        return f"{self.file}#{self.key}"


@dataclass(frozen=True, slots=True)
class Table:
    """The usable rows of a file, how many it holds, and which were held back whole."""

    layout: Layout
    rows: tuple[Row, ...]
    rows_in: int
    held_back: tuple[HeldBack, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the rows of a table say: rows in = represented + rows held back whole."""

    records: tuple[Record, ...]
    rows_in: int
    represented: int
    held_back: tuple[HeldBack, ...]


def _none_of(known: Sequence[str]) -> Sentence:
    """Say that a value is none of those that are known."""
    return Sentence(f"不在{'、'.join(known)}之中", f"is none of {', '.join(known)}")


def _with_character(character: str) -> Sentence:
    code = f"U+{ord(character):04X}"
    return Sentence(f"含有字符{code}", f"holds the character {code}")


class Cells:
    """The values of one row, parsed as the schema says; what cannot be used is held back."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self._held_back: dict[HeldBack, None] = {}

    @property
    def held_back(self) -> tuple[HeldBack, ...]:
        """What was held back of this row so far, each finding once."""
        return tuple(self._held_back)

    def hold(self, column: str, value: str, reason: Sentence) -> None:
        """Hold a value back, or the whole row where `column` is ""."""
        self._held_back[HeldBack(self.row.file, self.row.number, column, value, reason)] = None

    def text(self, column: str) -> str:
        """Return the cell without blanks around it, "" where it is empty or held back."""
        value = _EDGES.sub("", self.row.cells[column])
        if found := FORBIDDEN.search(value):
            self.hold(column, value, _with_character(found[0]))
            return ""
        return value

    def value(self, column: str, prop: Property) -> Scalar | None:
        """Return the cell as a value of the property, None where it is empty or held back."""
        text = self.text(column)
        if not text:
            return None
        try:
            value = prop.parse(unicodedata.normalize("NFKC", text))
        except InvalidValue as error:
            self.hold(column, text, Sentence(f"不是可用的{_KINDS_ZH[prop.kind]}", error.reason))
            return None
        if prop.name == "year" and not EARLIEST_YEAR <= int(value) <= LATEST_YEAR:
            self.hold(column, text, NO_YEAR)
            return None
        return value

    def choice(self, column: str, known: Iterable[str], default: str = "") -> str:
        """Return the cell where it is one of the known values, else hold it back."""
        text, allowed = self.text(column), tuple(known)
        if text in allowed:
            return text
        if text:
            self.hold(column, text, _none_of(allowed))
        return default

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that are separated by semicolons, each once, in order."""
        parts = (_EDGES.sub("", part) for part in _SEPARATORS.split(self.row.cells[column]))
        kept = []
        for part in parts:
            if found := FORBIDDEN.search(part):
                self.hold(column, part, _with_character(found[0]))
            elif part:
                kept.append(part)
        return tuple(dict.fromkeys(kept))

    def address(self, column: str) -> str:
        """Return the cell where it is a web address, else hold it back."""
        text = self.text(column)
        if not text or _ADDRESS.fullmatch(text):
            return text
        self.hold(column, text, Sentence("不是网址", "is no web address"))
        return ""


def read_table(content: bytes, layout: Layout) -> Table:
    """Return the rows of a CSV file, or raise InvalidFile where it is no such table."""
    rows = list(_records(content, layout.file))
    if not rows:
        raise InvalidFile(f"{layout.file} is empty; it needs a row of column names")
    header = [_BLANK.sub("", name) for name in rows[0]]
    _check_header(header, layout)
    found: list[Row] = []
    held_back: list[HeldBack] = []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(_EDGES.sub("", cell) for cell in cells):
            continue
        outcome = _row(number, cells, header, layout)
        if isinstance(outcome, Row):
            found.append(outcome)
        else:
            held_back.append(outcome)
    rows_in = len(found) + len(held_back)
    kept, repeated = _without_repetition(found, layout)
    return Table(layout, kept, rows_in, (*held_back, *repeated))


def map_rows(table: Table, mapping: Callable[[Cells], Iterable[Record]]) -> Mapped:
    """Return what `mapping` makes of each row, in an order that the rows' order does not touch."""
    records: list[Record] = []
    held_back = list(table.held_back)
    represented = 0
    for row in table.rows:
        cells = Cells(row)
        made = list(mapping(cells))
        records += made
        held_back += cells.held_back
        represented += bool(made)
    return Mapped(
        tuple(sorted(records, key=lambda record: (record.locator, record.subject, record.id))),
        table.rows_in,
        represented,
        tuple(sorted(held_back, key=lambda found: (found.row, found.column, found.value))),
    )


def _records(content: bytes, file: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidFile(f"{file}, line {line}: this is no UTF-8 text") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise InvalidFile(f"{file}, line {reader.line_num}: {error}") from None


def _check_header(header: list[str], layout: Layout) -> None:
    repeated = [name for name, count in Counter(header).items() if count > 1]
    missing = [name for name in layout.columns if name not in header]
    unknown = [name for name in header if name not in layout.columns]
    for names, fault in ((repeated, "repeated"), (missing, "missing"), (unknown, "unknown")):
        if names:
            raise InvalidFile(f"{layout.file}, row 1: {fault} columns: {', '.join(names)}")


def _row(number: int, cells: list[str], header: list[str], layout: Layout) -> Row | HeldBack:
    if len(cells) != len(header):
        reason = Sentence(
            f"有{len(cells)}格，而表头有{len(header)}格",
            f"has {len(cells)} cells where the header has {len(header)}",
        )
        return HeldBack(layout.file, number, "", "", reason)
    values = dict(zip(header, cells, strict=True))
    key = _EDGES.sub("", values[layout.key])
    if not key or FORBIDDEN.search(key):
        reason = Sentence(f"没有可用的{layout.key}", f"has no usable {layout.key}")
        return HeldBack(layout.file, number, "", key, reason)
    return Row(layout.file, number, key, values)


def _without_repetition(
    rows: list[Row], layout: Layout
) -> tuple[tuple[Row, ...], tuple[HeldBack, ...]]:
    """Keep one of equal rows; of rows that differ under one key keep none, whatever their order."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    kept: list[Row] = []
    held_back: list[HeldBack] = []
    for key, same in by_key.items():
        agree = all(row.cells == same[0].cells for row in same)
        kept += same[:1] if agree else []
        for row in same[1:] if agree else same:
            others = [str(other.number) for other in same if other is not row]
            what, what_zh = ("repeats", "相同") if agree else ("differs from", "不同")
            reason = Sentence(
                f"与第{'、'.join(others)}行的{layout.key}同为“{key}”，内容{what_zh}",
                f"{what} row {', '.join(others)} under the {layout.key} {key!r}",
            )
            held_back.append(HeldBack(layout.file, row.number, "", key, reason))
    return tuple(kept), tuple(held_back)
