"""Projects that list no scene instance, or whose contact lacks name or number, where asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.annex4.header import Header, cell_text
from ingest.annex4.numbering import number_of
from ingest.annex4.reading import Entry
from ingest.annex4.remarks import remark
from ingest.annex4.table import Row
from ingest.annex4.titles import CONTACT, INSTANCE, INSTANCES, PERSONAL, PHONE, SCENE
from ingest.contacts import find_contacts, without_contacts
from ingest.document import Cell, Finding, Place
from kg.text import is_han
from ontology.sentence import Sentence

SAME_ENTERPRISE = ("merged", "above")  # a second project: the number stands with the first
_LISTS = (INSTANCES, SCENE, INSTANCE)


def check_filled(entries: Sequence[Entry], header: Header) -> Iterator[Finding]:
    """Yield the projects with nothing in the scene columns or in the column of the number."""
    projects = list(_projects(entries))
    lists = [role for role in _LISTS if role in header.columns]
    if lists:
        for rows in projects:
            if not any(entry.items for entry in rows) and _is_empty(rows, lists):
                place = _place(rows[0].row, lists[0], header)
                said = Sentence(
                    "此项目没有列出场景实例", "no scene instance is listed for this project"
                )
                yield remark("instance_missing", place, said)
    if PHONE in header.columns:
        yield from _numbers(projects, header)
    if CONTACT in header.columns and PHONE in header.columns:
        yield from _persons(projects, header)


def _numbers(projects: Sequence[Sequence[Entry]], header: Header) -> Iterator[Finding]:
    """Yield projects without a number; once where none has one: the column was taken out."""
    own = [rows for rows in projects if rows[0].applicant_basis not in SAME_ENTERPRISE]
    empty = [rows[0] for rows in own if not _is_reachable(rows)]
    if len(empty) > 1 and len(empty) == len(own):
        said = Sentence("各行都没有填联系电话", "the contact's number is missing in every row")
        yield remark("contact_shape", _place(empty[0].row, PHONE, header), said)
        return
    for entry in empty:
        yield remark(
            "contact_shape",
            _place(entry.row, PHONE, header),
            Sentence("没有填联系电话", "the contact's number is missing"),
        )


def _persons(projects: Sequence[Sequence[Entry]], header: Header) -> Iterator[Finding]:
    """Yield projects with a number but nobody's name; none where no row has one."""
    own = [rows for rows in projects if rows[0].applicant_basis not in SAME_ENTERPRISE]
    nameless = [rows[0] for rows in own if _is_reachable(rows) and not _names_somebody(rows)]
    if len(nameless) == len(own) > 1:
        return
    for entry in nameless:
        said = Sentence("没有填联系人姓名", "the contact's name is missing")
        yield remark("contact_shape", _place(entry.row, CONTACT, header), said)


def _names_somebody(rows: Sequence[Entry]) -> bool:
    """Tell whether anything stands in the person's column, or a name beside the number."""
    cells = {role: [cell for entry in rows for cell in entry.row.cells.get(role, ())]
             for role in (CONTACT, PHONE)}  # fmt: skip
    written = any(cell.formula or cell_text(cell) for cell in cells[CONTACT])
    beside = (_besides_number(cell_text(cell)) for cell in cells[PHONE])
    return written or any(beside)


def _besides_number(text: str) -> bool:
    return any(map(is_han, without_contacts(text))) or "person" in {
        contact.kind for contact in find_contacts(text, Place(""))
    }


def _projects(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the rows of each project that counts: one, and those that only go on with it."""
    group: list[Entry] = []
    for entry in entries:
        if not entry.counts:
            continue
        if group and not entry.continues:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _is_reachable(rows: Sequence[Entry]) -> bool:
    """Tell whether anything stands in the number's column, or a number beside the person's name."""
    cells = {role: [cell for entry in rows for cell in entry.row.cells.get(role, ())]
             for role in PERSONAL}  # fmt: skip
    beside = [cell_text(cell) for role in PERSONAL - {PHONE} for cell in cells[role]]
    written = any(cell.formula or cell_text(cell) for cell in cells[PHONE])
    found = (contact.kind for text in beside for contact in find_contacts(text, Place("")))
    return written or any(kind != "person" for kind in found)


def _is_empty(rows: Sequence[Entry], roles: Sequence[str]) -> bool:
    """Tell whether nothing stands in these columns; a formula without a value is told elsewhere."""
    cells = [cell for entry in rows for role in roles for cell in entry.row.cells.get(role, ())]
    return not any(_holds_content(cell) for cell in cells)


def _holds_content(cell: Cell) -> bool:
    """Tell whether a cell holds more than the form's own 1. and 2."""
    lines = [line for line in cell_text(cell).split("\n") if line.strip()]
    unlabelled = any(number_of(line.strip(" ()（）.．、")) is None for line in lines)
    return unlabelled or bool(cell.formula or cell.nested)


def _place(row: Row, role: str, header: Header) -> Place:
    """Return where a row's cell of a role is, or would be: an empty one need not be in the file."""
    if cells := row.cells.get(role):
        return row.place.at(column=cells[0].place.column)
    for cell in (cell for cells in row.cells.values() for cell in cells):
        if cell.place.column is not None:
            shift = cell.place.column - cell.column
            return row.place.at(column=header.columns[role][0] + shift)
    return row.place
