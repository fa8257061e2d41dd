"""The recommendation table as it is to be filed: put right where that is sure, else as written.

A written name gives way to an attested one only; to a provisional one where that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.annex4.check import Check, CheckedEntry, CheckedItem, CheckedTable
from ingest.annex4.names import Nomenclature
from ingest.annex4.resolution import Meaning
from ingest.annex4.table import LEVEL_WORDS
from ingest.contacts import Contact, Hidden
from ingest.document import Place
from ontology.conditions import TableForm

NOWHERE = Hidden("")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One project of the form; contacts are empty where nobody asked for them."""

    order: int
    applicant: str
    project: str
    items: tuple[str, ...]
    contact: Hidden = field(default=NOWHERE, repr=False)
    phone: Hidden = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed of an item, or that it was left out (`after` is "")."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Form:
    """A recommendation table in the notice's layout, with what was changed on the way there."""

    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Filing:
    """How forms are filled: the printed form, all names, whether provisional ones may be put in."""

    printed: TableForm
    names: Nomenclature
    provisional: bool = False

    def forms(self, check: Check, with_contacts: bool = False) -> tuple[Form, ...]:
        """Return the form of each table of a check."""
        contacts = check.contacts if with_contacts else ()
        return tuple(self._form(table, contacts) for table in check.tables)

    def _form(self, table: CheckedTable, contacts: Sequence[Contact]) -> Form:
        kept = [entry for entry in table.entries if not entry.hidden]
        rows = [
            self._row(number, group, table.edition, contacts)
            for number, group in enumerate(_projects(kept), start=1)
        ]
        level = table.level or LEVEL_WORDS[2]
        columns = [column.name.replace(LEVEL_WORDS[2], level) for column in self.printed.columns]
        return Form(
            self.printed.title.replace(LEVEL_WORDS[2], level),
            f"{self.printed.head}{table.unit or ''}",
            tuple(columns),
            tuple(rows),
            self.printed.notes,
            tuple(self._corrections(table)),
        )

    def _row(
        self,
        order: int,
        entries: Sequence[CheckedEntry],
        edition: str,
        contacts: Sequence[Contact],
    ) -> FormRow:
        own = [c for c in contacts if any(_same_row(c.place, entry.place) for entry in entries)]
        people = dict.fromkeys(c.text.reveal() for c in own if c.kind == "person")
        numbers = dict.fromkeys(c.text.reveal() for c in own if c.kind != "person")
        taken = [item for entry in entries for item in entry.items if item.taken]
        return FormRow(
            order=order,
            applicant=entries[0].applicant_as_found,
            project=entries[0].project,
            items=tuple(self.text(item, edition) for item in taken),
            contact=Hidden("\n".join(people)),
            phone=Hidden("\n".join(numbers)),
        )

    def text(self, item: CheckedItem, edition: str) -> str:
        """Return an item as it is to be filed; what needs a decision stays as it was written."""
        if item.scenes or not (item.segment_written or item.scene_written):
            return item.written
        scene = self._name(item.scene, item.scene_written)
        parts = (self._segment(item, edition), scene, item.instance)
        return "—".join(part for part in parts if part)

    def _name(self, meaning: Meaning | None, written: str) -> str:
        if meaning is None:
            return written
        return meaning.name if meaning.firm or self._may(meaning.status) else written

    def _segment(self, item: CheckedItem, edition: str) -> str:
        """Return the segment: the scene's own where both are sure and it is left out or wrong."""
        scene = item.scene
        own = self._name(item.segment, item.segment_written)
        if item.at_home or scene is None or scene.edition != edition or scene.surety != "name":
            return own
        unsure = item.segment is None and item.segment_written
        elsewhere = item.segment is not None and item.segment.edition != edition
        if unsure or elsewhere or not self._may(scene.status):
            return own
        guide = self.names.guide(edition)
        return guide.segment(guide.scene(scene.id).segment).name

    def _may(self, status: str) -> bool:
        return status == "attested" or self.provisional

    def _corrections(self, table: CheckedTable) -> Iterator[Correction]:
        for entry in table.entries:
            if entry.hidden:
                yield Correction(entry.place, entry.applicant_as_found, "")
                continue
            for item in entry.items:
                after = self.text(item, table.edition) if item.taken else ""
                if after != item.written:
                    yield Correction(item.place, item.written, after)


def _projects(entries: Sequence[CheckedEntry]) -> Iterator[list[CheckedEntry]]:
    """Yield the rows of each project: one, and those that only go on with its items."""
    group: list[CheckedEntry] = []
    for entry in entries:
        if group and not entry.continues:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _same_row(one: Place, other: Place) -> bool:
    return (one.page, one.sheet, one.table, one.row) == (
        other.page, other.sheet, other.table, other.row,
    )  # fmt: skip


def items_text(items: Sequence[str]) -> str:
    """Return the items of a scene cell, numbered, a line for each."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


def notes_text(form: Form) -> str:
    """Return the notes below the form in its own manner."""
    return "注：" + " ".join(f"{number}. {note}" for number, note in enumerate(form.notes, start=1))


def row_cells(row: FormRow) -> tuple[str, ...]:
    """Return what the six columns of a row hold."""
    return (
        str(row.order), row.applicant, row.project, items_text(row.items),
        row.contact.reveal(), row.phone.reveal(),
    )  # fmt: skip
