"""Public lists as documents, written down the way one sees them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Cell, Document, Kind, Line, Paragraph, Place, Table
from ingest.lists.listing import Listing
from ingest.lists.proposals import Registered
from ingest.lists.reading import read_listing

FILE = "名单.html"
TITLE = "江苏省工业和信息化厅关于公布2025年先进级智能工厂名单的通知"
HEADER = ("序号", "企业名称", "工厂名称", "设区市")
ROWS = (
    ("1", "江城示范机械有限公司", "变速箱智能工厂", "苏州市"),
    ("2", "海滨样例电子有限公司", "主板智能工厂", "无锡市"),
    ("3", "北原试用纺织有限公司", "面料智能工厂", "南通市"),
)
Rows = Sequence[Sequence[str]]


def table(rows: Rows, number: int = 1) -> Table:
    """Return a table; a row of one text stands over all columns."""
    width = max(map(len, rows))
    place = Place(FILE, table=number)
    return Table(
        tuple(
            Cell(
                tuple(Line(part) for part in text.split("\n")),
                place.at(row=row + 1, column=column + 1),
                row,
                column,
                column_span=width if len(cells) == 1 else 1,
            )
            for row, cells in enumerate(rows)
            for column, text in enumerate(cells)
        ),
        place,
    )


def paragraphs(*lines: str) -> tuple[Paragraph, ...]:
    """Return paragraphs."""
    return tuple(
        Paragraph(Line(text), Place(FILE, line=number)) for number, text in enumerate(lines, 1)
    )


def page(
    *rows: Sequence[str],
    title: str = TITLE,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    header: Sequence[str] = HEADER,
) -> Document:
    """Return a page with a title, a table and what stands around it; usual rows where none."""
    inner = (table((header, *(rows or ROWS))),)
    blocks: tuple[Paragraph | Table, ...] = (
        *paragraphs(title, *above),
        *inner,
        *paragraphs(*below),
    )
    return Document(FILE, Kind.HTML, blocks)


def prose(*lines: str) -> Document:
    """Return a page without tables."""
    return Document(FILE, Kind.HTML, paragraphs(*lines))


def read(document: Document, *registered: str) -> Listing:
    """Return the list on a page."""
    return read_listing(document, Registered(registered))


def names(listing: Listing) -> list[str]:
    """Return the enterprises of a list."""
    return [entry.enterprise.text for entry in listing.entries]


def found(listing: Listing, *leaving_out: str) -> list[tuple[str, str]]:
    """Return code and text of each finding."""
    return [(one.code, one.found) for one in listing.findings if one.code not in leaving_out]
