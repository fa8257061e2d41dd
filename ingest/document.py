"""A file as a reader leaves it: paragraphs and tables in order, each cell with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ontology.sentence import Sentence


class Kind(StrEnum):
    """What a file is, by its content."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    PDF = "pdf"
    IMAGE = "image"


class Severity(StrEnum):
    """How much a finding matters to whoever files the document."""

    ERROR = "error"  # wrong as it stands
    WARNING = "warning"  # likely wrong: look
    NOTICE = "notice"  # worth knowing


@dataclass(frozen=True)
class Place:
    """Where something stands in a file; rows, columns, pages, lines and items count from one."""

    file: str
    page: int | None = None
    sheet: str | None = None
    table: int | None = None  # the how-manieth table of a document without sheets
    row: int | None = None
    column: int | None = None
    line: int | None = None  # the how-manieth line or paragraph outside tables
    item: int | None = None  # the how-manieth item within a cell

    def at(self, **more: int | str | None) -> Place:
        """Return the place within this one."""
        return Place(**(vars(self) | more))

    def __str__(self) -> str:
        """Return the place in words: `list.xlsx, sheet 汇总, row 4, column 3`."""
        names = ("page", "sheet", "table", "row", "column", "line", "item")
        said = [
            f"{name} {getattr(self, name)}" for name in names if getattr(self, name) is not None
        ]
        return ", ".join([self.file, *said])


@dataclass(frozen=True)
class Finding:
    """Something about a place that someone should know, with what to do about it where known."""

    code: str
    severity: Severity
    place: Place
    message: Sentence  # for the person who filed it
    found: str = ""
    proposal: str | None = None


@dataclass(frozen=True)
class Line:
    """A paragraph or line; `label` is what automatic numbering prints before it."""

    text: str
    label: str | None = None
    struck: bool = False  # all of it
    hidden: bool = False  # all of it is formatted as hidden text


@dataclass(frozen=True)
class Cell:
    """A cell where it begins, with how many rows and columns it covers."""

    lines: tuple[Line, ...]
    place: Place
    row: int  # in the table, from zero
    column: int
    row_span: int = 1
    column_span: int = 1
    hidden: bool = False  # its row, column or sheet is, or all that is written in it
    formula: str | None = None  # what works out the value shown, or nothing where none is kept
    typed: str = "text"  # text, number, date or bool: what the file says of the value
    confidence: float = 1.0  # of recognised characters, 0 to 1; below 1 only in scans
    nested: tuple[Table, ...] = ()

    @property
    def text(self) -> str:
        """The lines, one below the other, automatic labels left out."""
        return "\n".join(line.text for line in self.lines)

    @property
    def struck(self) -> bool:
        """Whether all that is written in it is struck out."""
        written = [line for line in self.lines if line.text.strip()]
        return bool(written) and all(line.struck for line in written)


@dataclass(frozen=True)
class Table:
    """Cells on a grid; a merged cell is there once, and `covering` finds it from any square."""

    cells: tuple[Cell, ...]
    place: Place
    hidden: bool = False  # its whole sheet is

    @cached_property
    def _squares(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    @cached_property
    def height(self) -> int:
        """How many rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def covering(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a square, counted from zero."""
        return self._squares.get((row, column))

    def flattened(self) -> list[Line]:
        """Return each row as one line, its cells apart by tabs; as a cell holds a nested table."""
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            labelled = (f"{line.label or ''}{line.text}" for line in cell.lines)
            rows.setdefault(cell.row, []).append(" ".join(labelled))
        return [Line("\t".join(filter(None, row))) for _, row in sorted(rows.items()) if any(row)]

    def rows(self) -> Iterator[list[Cell | None]]:
        """Yield each row as what covers its squares."""
        for row in range(self.height):
            yield [self.covering(row, column) for column in range(self.width)]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph outside tables; `heading` is its depth from one, or nothing for running text."""

    line: Line
    place: Place
    heading: int | None = None


@dataclass(frozen=True)
class Document:
    """A file read: what it is, its paragraphs and tables in order, what was odd about it."""

    name: str
    kind: Kind
    blocks: tuple[Paragraph | Table, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order; those within cells are not among them."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def text(self) -> str:
        """All running text, a paragraph per line, tables left out."""
        return "\n".join(b.line.text for b in self.blocks if isinstance(b, Paragraph))
