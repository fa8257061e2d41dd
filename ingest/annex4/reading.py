"""A recommendation table read: enterprises and projects in order, each with its items taken apart.

Contacts are taken out before anything else is read and stand apart from what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from ingest.annex4.edition import TableEdition, edition_of
from ingest.annex4.header import cell_text
from ingest.annex4.items import split_cell
from ingest.annex4.names import Nomenclature
from ingest.annex4.numbering import Label, number_of
from ingest.annex4.parts import Parts, take_apart
from ingest.annex4.placeholders import is_fault, is_placeholder
from ingest.annex4.table import RawTable, Row, find_tables
from ingest.annex4.titles import (
    APPLICANT,
    INSTANCE,
    INSTANCES,
    ORDER,
    PERSONAL,
    PROJECT,
    SCENE,
    SEGMENT,
)
from ingest.annex4.unit import Unit, unit_of
from ingest.annex4.wording import joined, lines_of, meant
from ingest.contacts import (
    Contact,
    Hidden,
    find_contacts,
    holds_contact,
    masked,
    without_contacts,
)
from ingest.document import Cell, Document, Line, Place
from ontology.conditions import Conditions

Basis = Literal["own", "merged", "above", "missing"]
_ROW_FORMULA = re.compile(r"=ROW\(\)([+-]\d+)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s*(?:No\.?|№|第|#)?\s*(\d+|[一二三四五六七八九十]+)\s*[#＃号家项名位]?\s*", re.IGNORECASE
)
_PARTED = re.compile(r"[/／、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item of a scene cell with its place; `written` is free of contacts."""

    place: Place
    written: str
    parts: Parts
    label: Label | None = None
    heading: str = ""
    head: str = ""
    struck: bool = False
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: whose project it is and what it lists.

    `continues` says that it belongs to the project of the row above.
    """

    row: Row = field(repr=False)  # its cells hold contacts
    order: int | None
    applicant: str
    applicant_basis: Basis
    project: str
    items: tuple[ReadItem, ...]
    continues: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is one of the projects that are recommended: neither hidden nor struck out."""
        return not self.row.hidden and not self.struck

    @property
    def struck(self) -> bool:
        """Whether all that is written in the row is struck out."""
        struck = [cell.struck for cells in self.row.cells.values() for cell in cells if cell.text]
        return bool(struck) and all(struck)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A recommendation table with everything known of it as a whole."""

    raw: RawTable = field(repr=False)  # its cells hold contacts
    unit: Unit | None
    edition: TableEdition
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All recommendation tables of a document; contacts are shown by no print of it."""

    name: str
    tables: tuple[ReadTable, ...]
    contacts: tuple[Contact, ...] = field(default=(), repr=False)

    @property
    def items(self) -> tuple[ReadItem, ...]:
        """Every item of every table, in order."""
        return tuple(i for t in self.tables for e in t.entries for i in e.items)


def read_tables(
    document: Document, names: Nomenclature, conditions: Conditions, edition: str | None = None
) -> Reading:
    """Return what the recommendation tables of a document say; `edition` overrules their names."""
    raws = find_tables(document)
    tables = [_read(raw, names, conditions, edition) for raw in raws]
    contacts = [contact for raw in raws for contact in _contacts(raw)]
    return Reading(document.name, tuple(tables), tuple(contacts))


def _read(
    raw: RawTable, names: Nomenclature, conditions: Conditions, asked: str | None
) -> ReadTable:
    entries = tuple(_entries(raw, names))
    parts = [item.parts for entry in entries for item in entry.items]
    edition = edition_of(parts, names, asked, raw.head)
    unit = None if raw.unit is None else unit_of(masked(raw.unit), conditions)
    return ReadTable(raw, unit, edition, entries)


def _entries(raw: RawTable, names: Nomenclature) -> Iterator[Entry]:
    above: Entry | None = None
    seen: set[int] = set()
    for row in raw.rows:
        items = tuple(_items(row, names, seen))
        applicant, basis = _applicant(row, above, raw.keeps_merges)
        project = one_line(row.text(PROJECT))
        continues = above is not None and _continues(row, above)
        if continues and above is not None:
            project = project or above.project
        entry = Entry(row, _order(row), applicant, basis, project, items, continues)
        yield entry
        above = entry


def _applicant(row: Row, above: Entry | None, keeps_merges: bool) -> tuple[str, Basis]:
    """Return whose project a row is; a row with a number of its own has an enterprise of its own.

    Only where a kind of file cannot tell merged cells may such a row belong to the one above.
    """
    written = one_line(row.text(APPLICANT))
    if written:
        return written, "merged" if _shared(row, above, APPLICANT) else "own"
    filled = row.text(PROJECT) or any(row.text(role) for role in (INSTANCES, SCENE, INSTANCE))
    goes_on = APPLICANT in row.cells and not (keeps_merges and row.text(ORDER))
    if above and above.applicant and filled and goes_on:
        return above.applicant, "above"
    return "", "missing"


def _continues(row: Row, above: Entry) -> bool:
    """Tell whether a row only goes on with the items of the project above."""
    if _shared(row, above, PROJECT) or (_shared(row, above, APPLICANT) and not row.text(PROJECT)):
        return True
    return not any(row.text(role) for role in (ORDER, APPLICANT, PROJECT))


def _shared(row: Row, above: Entry | None, role: str) -> bool:
    own = row.cells.get(role)
    return bool(own and above and above.row.cells.get(role) and above.row.cells[role][0] is own[0])


def _order(row: Row) -> int | None:
    """Return the number of a row; a formula left as text says by its own row which it is."""
    formula = _ROW_FORMULA.fullmatch(row.text(ORDER))
    if formula and row.place.row is not None:
        return row.place.row + int(formula[1] or 0)
    written = row.text(ORDER)
    counted = _COUNTED.fullmatch(written)
    return number_of((counted[1] if counted else written).removesuffix(".0").strip(" .．、"))


def one_line(text: str) -> str:
    """Return a cell's text in one line, as it was meant and without contacts."""
    whole = ""
    for line in lines_of(text):
        whole = joined(whole, line) if line else whole
    return without_contacts(whole)


def _items(row: Row, names: Nomenclature, seen: set[int]) -> Iterator[ReadItem]:
    cells = [
        cell for role in (SEGMENT, INSTANCES, SCENE, INSTANCE) for cell in row.cells.get(role, ())
    ]
    fresh = [cell for cell in cells if id(cell) not in seen]
    if not any(cell_text(cell) for cell in fresh):
        return
    seen.update(id(cell) for cell in cells)
    place = (fresh or cells)[0].place
    for number, item in enumerate(split_cell(_lines(row, cells), names), start=1):
        text = without_contacts(item.text.strip())  # joined lines may make a number whole
        yield ReadItem(
            place.at(item=number), text, take_apart(text, names), item.label, item.heading,
            item.head, item.struck, is_placeholder(text) or is_fault(text),
        )  # fmt: skip


def _lines(row: Row, cells: Sequence[Cell]) -> list[Line]:
    """Return the lines of the scene cell; where parts stand in columns of their own, joined."""
    columns = [_without_contacts(list(cell.lines)) for cell in cells]
    columns = [lines for lines in columns if any(line.text for line in lines)]
    if len(columns) == 1:
        return columns[0]
    split = SEGMENT in row.cells or INSTANCE in row.cells or _one_title(row)
    if not split:
        return [line for lines in columns for line in lines]
    return [
        Line("—".join(line.text for line in parts if line and line.text))
        for parts in zip_longest(*columns)
    ]


def _one_title(row: Row) -> bool:
    cells = row.cells.get(INSTANCES, ())
    places = [cell.column for cell in cells]
    return len(places) > 1 and places == list(range(places[0], places[0] + len(places)))


def _without_contacts(lines: list[Line]) -> list[Line]:
    """Return lines without contacts, those that were broken in two included."""
    texts = ["\n".join(lines_of(line.text)) for line in lines]
    whole = "\n".join(texts)
    if not holds_contact(whole):
        return lines
    apart = [without_contacts(text) for text in texts]
    if holds_contact("\n".join(apart)):  # one goes from a line into the next
        return [Line(text) for text in without_contacts(whole).split("\n")]
    return [replace(line, text=text) for line, text in zip(lines, apart, strict=True)]


def _contacts(raw: RawTable) -> Iterator[Contact]:
    """Yield every contact once: all that is written in contact columns, else what is found."""
    seen: set[int] = set()
    for row in raw.rows:
        for role, cells in row.cells.items():
            for cell in cells:
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
                text = cell_text(cell)
                yield from (
                    _of_column(cell, text) if role in PERSONAL else find_contacts(text, cell.place)
                )
    for place, text in raw.not_data:
        yield from find_contacts(text, place)
    yield from find_contacts(raw.head, raw.place)


def _of_column(cell: Cell, text: str) -> Iterator[Contact]:
    found = find_contacts(text, cell.place)
    yield from found
    for part in _PARTED.split(meant(without_contacts(text).replace("\n", " "))):
        if part:
            yield Contact("person", cell.place, Hidden(part))
