"""Values between separators (CSV and its kin) as one table."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from math import log2
from typing import Literal, Protocol

from ingest.document import Cell, Document, Kind, Line, Place, Severity, Table
from ingest.read.decode import Decoded, decode, note_implausible, note_lost
from ingest.read.limits import Limits
from ingest.read.notes import Notes
from kg.store.csv_export import unguarded
from ontology.errors import UnreadableFile
from ontology.sentence import Sentence

SEPARATORS = "\t;,|"
SAMPLE = 200  # records looked at to find the separator
_SAID = re.compile(r'\A"?sep=([^\s\w"]|\t)"?[ ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
# Line breaks within a quoted value, as the programs of the world write them.
_BREAK = re.compile(r"\r\n|_x000D_\r?\n?|[\n\r\x0b\x85\u2028\u2029]|<br\s*/?>", re.IGNORECASE)
_MARK = "\ue000"  # ends what is read, to see whether an open quote swallowed the end
_END = f"\n{_MARK}"


class _Reader(Protocol):
    """What `csv.reader` returns, which the standard library leaves without a public type."""

    line_num: int

    def __next__(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str]]: ...


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read values between separators; a blank record keeps its row, a short one stays short."""
    place = Place(name)
    decoded = decode(data)
    text, said = _without_said(decoded.text)
    separator = said or separator_of(text)
    records, open_at = _records(text, separator, name, limits)
    table = Table(tuple(_cells(records, place)), place)
    notes = _notes(place, decoded, records, open_at)
    return Document(name, Kind.CSV, (table,), notes.findings)


def separator_of(text: str) -> str:
    """Return the separator by which most records have the same number of values.

    The share of such records counts with how many values they have: where commas give six values
    in most records, a semicolon within each cell of a column weighs less.
    """
    # The first of the best: a decimal comma in each of two columns must not win over `;`.
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> float:
    widths: list[int] = []
    with suppress(csv.Error):  # a value longer than one may be; what came before it tells enough
        widths += (len(row) for row in islice(_parsed(text, separator), SAMPLE) if any(row))
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0
    width, times = max(counts.items(), key=lambda count: (count[1], count[0]))
    return times / len(widths) * log2(width)


def _without_said(text: str) -> tuple[str, str | None]:
    """Take off the line by which Excel is told the separator."""
    said = _SAID.match(text)
    return (text[said.end() :], said[1]) if said else (text, None)


def _records(
    text: str, separator: str, name: str, limits: Limits
) -> tuple[list[list[str]], int | None]:
    """Return the records, and in which one a quote is never closed, if one is not.

    What follows such a quote is read again with quotes as ordinary characters, so that one
    forgotten quote does not swallow the rest of the file.
    """
    records: list[list[str]] = []
    open_at = None
    cells = lines = 0
    reading = _parsed(text + _END, separator)
    while (row := _next(reading, open_at, name, len(records) + 1)) is not None:
        if row and row[-1].endswith(_END):
            open_at = len(records) + 1
            rest = "".join(_lines(text)[lines:])
            reading = _parsed(rest + "\n", separator, csv.QUOTE_NONE)
            continue
        lines = reading.line_num
        records.append(row)
        cells += len(row)
        limits.check("rows", len(records), name)
        limits.check("cells", cells, name, f"row {len(records)}")
    return _without_end(records), open_at


def _parsed(text: str, separator: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> _Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)


def _lines(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()


def _next(reading: _Reader, open_at: int | None, name: str, row: int) -> list[str] | None:
    try:
        return next(reading, None)
    except csv.Error as error:  # a value longer than one may be
        if open_at is None:
            return [_END]  # most likely a quote is open
        raise UnreadableFile(name, f"row {row}: {error}") from error


def _without_end(records: list[list[str]]) -> list[list[str]]:
    """Drop the mark and the blank records at the end."""
    while records and not any(value.strip(_MARK + " ") for value in records[-1]):
        records.pop()
    return records


def _cells(records: list[list[str]], place: Place) -> Iterator[Cell]:
    for row, values in enumerate(records):
        for column, value in enumerate(values):
            text = unguarded(value).strip(" ")
            lines = tuple(Line(line) for line in _BREAK.split(text)) if text else ()
            yield Cell(lines, place.at(row=row + 1, column=column + 1), row, column)


def _notes(place: Place, decoded: Decoded, records: list[list[str]], open_at: int | None) -> Notes:
    notes = Notes(place.file)
    if not decoded.plausible:
        note_implausible(notes, place, decoded)
    if open_at is not None:
        message = Sentence(
            "此处的引号没有闭合，其后每行按一行读取",
            "a quotation mark opens here and never closes; from here on each line is a row",
        )
        notes.add("quote_not_closed", Severity.WARNING, place.at(row=open_at), message)
    for row, values in enumerate(records, 1):
        for column, value in enumerate(values, 1):
            note_lost(notes, place.at(row=row, column=column), value)
    _note_ragged(notes, place, records)
    return notes


def _note_ragged(notes: Notes, place: Place, records: list[list[str]]) -> None:
    """Note the rows with more values than most rows: a separator stands in a value.

    Rows with fewer values are left alone: titles, notes and cut-off ends are common and harmless.
    """
    widths = Counter(len(row) for row in records if len(row) > 1)
    if not widths:
        return
    usual = max(widths.items(), key=lambda count: (count[1], count[0]))[0]
    for row, values in enumerate(records, 1):
        if any(value.strip() for value in values[usual:]):
            message = Sentence(
                f"这一行有{len(values)}个值，多数行有{usual}个；是否有含分隔符的值缺了引号？",
                f"this row has {len(values)} values, most rows have {usual}; "
                "is a value with a separator in it missing its quotation marks?",
            )
            notes.add("more_values_than_columns", Severity.WARNING, place.at(row=row), message)
