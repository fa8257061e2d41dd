"""Application texts of this folder as documents: lines, `#` headings and `|` table rows."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Cell, Document, Kind, Line, Paragraph, Place, Table

APPLICATIONS = Path(__file__).parent / "applications"
# Put together here, so that no tracked file holds anything shaped like a person's contact.
CONTACTS = {
    "{mobile}": "138" + "0" * 8,
    "{phone}": "0571-" + "8" + "0" * 7,
    "{mail}": "nobody" + "@" + "example.com",
}


def document_of(text: str, name: str = "申报书.md") -> Document:
    """Return a text as a document; consecutive rows between bars are one table."""
    for mark, contact in CONTACTS.items():
        text = text.replace(mark, contact)
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    tables = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            tables += 1
            blocks.append(_table(rows, Place(name, table=tables)))
            rows = []
        words = line.lstrip("#")
        heading = len(line) - len(words) or None
        if words.strip():
            blocks.append(Paragraph(Line(words.strip()), Place(name, line=number), heading))
    return Document(name, Kind.MARKDOWN, tuple(blocks))


def application(name: str) -> Document:
    """Return one of the application texts."""
    return document_of((APPLICATIONS / f"{name}.md").read_text(encoding="utf-8"), f"{name}.md")


def _table(rows: list[list[str]], place: Place) -> Table:
    cells = tuple(
        Cell((Line(text),), place.at(row=row + 1, column=column + 1), row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Table(cells, place)
