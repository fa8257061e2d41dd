"""A checked recommendation table as it is shown: each finding beside what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from api.annex4_answers import Annex4Answer, Written
from ingest.annex4.check import CheckedEntry, CheckedItem, CheckedTable
from ingest.annex4.form import Correction
from ingest.document import Finding, Place

Row = tuple[int | None, str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item with what is to be said of it."""

    item: CheckedItem
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A row with its items, and what is to be said of the row as a whole."""

    entry: CheckedEntry
    items: tuple[ItemShown, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table with its rows."""

    table: CheckedTable
    entries: tuple[EntryShown, ...]


@dataclass(frozen=True, slots=True)
class Handled:
    """A file checked and its tables written anew by ending; `provisional` names were allowed."""

    answer: Annex4Answer
    written: Mapping[str, Written]
    edition: str
    provisional: bool

    @property
    def rows(self) -> int:
        """How many rows its tables have."""
        return sum(len(table.entries) for table in self.answer.tables)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was changed in what was written."""
        return next(iter(self.written.values())).corrections if self.written else ()


@dataclass(frozen=True, slots=True)
class FileShown:
    """The tables of a file, and the findings that are about none of their rows."""

    tables: tuple[TableShown, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> int:
        """How many rows are shown."""
        return sum(len(table.entries) for table in self.tables)


def beside(tables: Iterable[CheckedTable], findings: Iterable[Finding]) -> FileShown:
    """Put every finding beside the item or row that it is about; none is lost, none shown twice."""
    by_row: dict[Row, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_row[_row(finding.place)].append(finding)
    shown = tuple(
        TableShown(table, tuple(_entry(entry, by_row) for entry in table.entries))
        for table in tables
    )
    return FileShown(shown, tuple(one for left in by_row.values() for one in left))


def window(file: FileShown, offset: int, limit: int) -> FileShown:
    """Return some rows of a file, counted through all tables; what is of none comes first."""
    tables, before = [], 0
    for shown in file.tables:
        rows = shown.entries[max(0, offset - before) : max(0, offset + limit - before)]
        if rows or not shown.entries:
            tables.append(replace(shown, entries=rows))
        before += len(shown.entries)
    return FileShown(tuple(tables), file.findings if offset == 0 else ())


def _entry(entry: CheckedEntry, by_row: dict[Row, list[Finding]]) -> EntryShown:
    own = by_row.pop(_row(entry.place), [])
    items = tuple(
        ItemShown(item, tuple(one for one in own if _within(one.place, item.place)))
        for item in entry.items
    )
    told = {id(one) for shown in items for one in shown.findings}
    return EntryShown(entry, items, tuple(one for one in own if id(one) not in told))


def _row(place: Place) -> Row:
    return (place.page, place.sheet, place.table, place.row)


def _within(place: Place, item: Place) -> bool:
    """Whether a place is that of an item or lies in it."""
    return (place.item, place.column) == (item.item, item.column) and place.item is not None
