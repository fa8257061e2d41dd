"""Excel workbooks: the sheets of an xlsx file as tables, each value as it is shown.

The parts are read from the package itself. A library that builds the workbook needs it sound in
all it does not matter here, styles, names and charts, and gives a formula or its value, not both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.document import Document, Kind, Place, Severity, Table
from ingest.read.limits import Limits
from ingest.read.notes import Notes
from ingest.read.office_xml import (
    RELATIONSHIP,
    is_on,
    main_part,
    optional_tree,
    related,
    relationships,
    tree,
)
from ingest.read.package import Package
from ingest.read.xlsx_drawings import drawings
from ingest.read.xlsx_sheet import Workbook, read_sheet
from ingest.read.xlsx_styles import S, looks
from ingest.read.xlsx_table import table_of
from ingest.read.xlsx_text import shared_strings
from ontology.errors import UnreadableFile
from ontology.sentence import Sentence

USUAL = "xl/workbook.xml"


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read an xlsx or xlsm file; sheets without anything written are left out."""
    package = Package(name, data, limits)
    part = main_part(package, USUAL)
    root = tree(package, part)
    if root.tag != f"{S}workbook":
        raise UnreadableFile(name, f"{part} is no Excel workbook")
    styles = optional_tree(package, related(package, part, "styles"))
    strings = shared_strings(package, related(package, part, "sharedStrings"))
    since_1904 = is_on(root.find(f"{S}workbookPr[@date1904]"), "date1904")
    reading = _Reading(package, Workbook(strings, looks(styles), since_1904), Notes(name))
    tables = tuple(reading.tables(root, part))
    return Document(name, Kind.XLSX, tables, reading.notes.findings)


@dataclass
class _Reading:
    """A workbook on the way through."""

    package: Package
    book: Workbook
    notes: Notes

    def tables(self, root: etree._Element, part: str) -> Iterator[Table]:
        """Yield a table for each sheet something is written in, hidden sheets marked."""
        parts = {one.id: one for one in relationships(self.package, part)}
        for element in root.iterfind(f"{S}sheets/{S}sheet"):
            place = Place(self.package.name, sheet=element.get("name", ""))
            sheet = parts.get(element.get(f"{RELATIONSHIP}id", ""))
            if sheet is None:
                raise UnreadableFile(self.package.name, f"sheet {place.sheet} is missing")
            if sheet.kind != "worksheet":  # a chart or a macro on a sheet of its own
                self._note_drawing(Sentence(f"{sheet.kind}页", f"a {sheet.kind}"), place)
                continue
            hidden = element.get("state", "visible") != "visible"
            yield from self._table(sheet.path, place, hidden)

    def _table(self, path: str, place: Place, hidden: bool) -> Iterator[Table]:
        for one in drawings(self.package, path):
            self._note_drawing(one.what, place.at(row=one.row, column=one.column))
        sheet = read_sheet(self.package, path, self.book)
        if sheet.entries:
            if hidden:
                message = Sentence(
                    "工作表被隐藏，仍已读取", "the sheet is hidden; it was read all the same"
                )
                self.notes.add("hidden_sheet", Severity.WARNING, place, message)
            yield table_of(sheet, place, hidden, self.notes, self.package.meter)

    def _note_drawing(self, what: Sentence, place: Place) -> None:
        self.notes.add(
            "drawing_ignored",
            Severity.NOTICE,
            place,
            Sentence(f"{what}未读取", f"{what.en} is not read"),
        )
