"""Word documents: paragraphs and tables of a docx file as they would read printed.

The parts are read from the package itself: what matters here, merged cells, numbering, content
controls and changes, has no place in the models of documents that libraries offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.document import Cell, Document, Kind, Line, Paragraph, Place, Severity, Table
from ingest.read.docx_grid import Square, squares
from ingest.read.docx_numbering import Numbering
from ingest.read.docx_styles import Styles, W
from ingest.read.docx_text import CHANGES, Piece, content, lines, unwrapped
from ingest.read.limits import Limits, Meter
from ingest.read.notes import HIDDEN, STRUCK, Notes
from ingest.read.office_xml import main_part, optional_tree, related, tree
from ingest.read.package import Package
from ontology.errors import UnreadableFile
from ontology.sentence import Sentence

USUAL = "word/document.xml"


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a docx file; headers, footers, footnotes and comments are left out."""
    package = Package(name, data, limits)
    part = main_part(package, USUAL)
    body = tree(package, part).find(f"{W}body")
    if body is None:
        raise UnreadableFile(name, f"{part} is no Word document")

    def side(kind: str) -> etree._Element | None:
        return optional_tree(package, related(package, part, kind))

    story = _Story(
        Place(name),
        package.meter,
        Styles.from_part(side("styles")),
        Numbering.from_part(side("numbering")),
        Notes(name),
    )
    story.note_changes(body)
    blocks = tuple(story.blocks(body))
    return Document(name, Kind.DOCX, blocks, story.notes.findings)


@dataclass
class _Story:
    """A document on the way through: what was counted so far, and what was noted."""

    file: Place
    meter: Meter
    styles: Styles
    numbering: Numbering
    notes: Notes
    tables: int = 0
    paragraphs: int = 0
    carried: list[Piece] = field(default_factory=list)  # up to an end that was not deleted

    def blocks(self, body: etree._Element) -> Iterator[Paragraph | Table]:
        """Yield the paragraphs and tables of the body in order, empty paragraphs left out."""
        for element in unwrapped(body):
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._rest()
                self.tables += 1
                yield self._table(element, self.file.at(table=self.tables), depth=1)
            elif element.tag == f"{W}altChunk":
                self._note_chunk(self.file)
        yield from self._rest()

    def _rest(self) -> Iterator[Paragraph]:
        """Yield what is left of paragraphs whose end was deleted with none after them."""
        for line in self._settled(None):
            yield Paragraph(line, self.file.at(line=self.paragraphs))

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        self.paragraphs += 1
        self.meter.use("paragraphs", 1)
        place = self.file.at(line=self.paragraphs)
        heading = self.styles.of(element.find(f"{W}pPr")).heading or None
        for line in self._lines(element, place):
            yield Paragraph(line, place, heading)

    def _lines(self, element: etree._Element, place: Place) -> list[Line]:
        """Return the lines of a paragraph that have something to read in them."""
        style = self.styles.of(element.find(f"{W}pPr"))
        held = content(element, style, self.styles)
        self._note_drawings(held.boxes, held.pictures, place)
        self._note_marks(held.pieces, place)
        self.carried += held.pieces
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            return []
        return self._settled(self.numbering.label(style.number, style.level or 0))

    def _settled(self, label: str | None) -> list[Line]:
        """Return what was carried up to here as lines, those with nothing to read left out."""
        made = [one for one in lines(self.carried, label) if one.label or one.text.strip()]
        self.carried = []
        self.meter.use("characters", sum(len(one.text) + len(one.label or "") for one in made))
        return made

    def _table(self, element: etree._Element, place: Place, depth: int) -> Table:
        self.meter.limits.check("nesting", depth, self.file.file, str(place))
        cells: list[Cell] = []
        for square in self._squares(element, place):
            where = place if depth > 1 else place.at(row=square.row + 1, column=square.column + 1)
            written, nested = self._cell(square.element, where, depth)
            cells.append(
                Cell(
                    written,
                    where,
                    square.row,
                    square.column,
                    square.row_span,
                    square.column_span,
                    hidden=square.hidden or _all_hidden(written),
                    nested=nested,
                )
            )
        return Table(tuple(cells), place)

    def _squares(self, element: etree._Element, place: Place) -> list[Square]:
        """Return the cells of a table, once it is known to be no larger than the limits."""
        found = squares(element)
        height = max((one.row + one.row_span for one in found), default=0)
        width = max((one.column + one.column_span for one in found), default=0)
        for what, count in (("rows", height), ("cells", len(found)), ("squares", height * width)):
            self.meter.use(what, count, str(place))
        return found

    def _cell(
        self, element: etree._Element, place: Place, depth: int
    ) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
        """Return the lines of a cell, those of tables within it included, and those tables."""
        made: list[Line] = []
        nested: list[Table] = []
        for child in unwrapped(element):
            if child.tag == f"{W}p":
                made += self._lines(child, place)
            elif child.tag == f"{W}tbl":
                nested.append(self._table(child, place, depth + 1))
                made += nested[-1].flattened()
            elif child.tag == f"{W}altChunk":
                self._note_chunk(place)
        made += self._settled(None)
        return tuple(made), tuple(nested)

    def note_changes(self, body: etree._Element) -> None:
        """Note that changes were tracked and nobody accepted or refused them."""
        count = sum(1 for _ in body.iter(*CHANGES))
        if count:
            self.notes.add(
                "unaccepted_changes",
                Severity.WARNING,
                self.file,
                Sentence(
                    f"有{count}处修订尚未接受，已按接受后读取",
                    f"{count} tracked changes are not accepted; they were read as if they were",
                ),
            )

    def _note_drawings(self, boxes: int, pictures: int, place: Place) -> None:
        if boxes:
            message = Sentence("文本框中的文字未读取", "the text of a text box is not read")
            self.notes.add("drawing_ignored", Severity.NOTICE, place, message)
        if pictures:
            message = Sentence("图片或图形未读取", "a picture or drawing is not read")
            self.notes.add("drawing_ignored", Severity.NOTICE, place, message)

    def _note_chunk(self, place: Place) -> None:
        message = Sentence(
            "此处嵌入的另一个文件未读取，请把文字粘贴进来",
            "another file embedded here as text is not read; paste it in as text",
        )
        self.notes.add("embedded_ignored", Severity.WARNING, place, message)

    def _note_marks(self, pieces: list[Piece], place: Place) -> None:
        written = [piece for piece in pieces if piece.text.strip()]
        if any(piece.struck for piece in written):
            self.notes.add("struck_out", Severity.WARNING, place, STRUCK)
        if any(piece.hidden for piece in written):
            self.notes.add("hidden_text", Severity.WARNING, place, HIDDEN)


def _all_hidden(written: tuple[Line, ...]) -> bool:
    return bool(written) and all(line.hidden for line in written)
