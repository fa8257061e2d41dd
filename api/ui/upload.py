"""A file that somebody drops on a page, as the text it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.document import Document, Table

# What a browser offers to choose from; what a file is, its content tells.
ACCEPTED = (".txt", ".md", ".csv", ".docx", ".xlsx", ".pdf", ".html", ".doc", ".xls", ".wps", ".et")


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file without contacts of persons; raise UnreadableFile."""
    from ingest.masked_document import masked_document
    from ingest.read.limits import SENT
    from ingest.read.reader import read_document

    return running_text(masked_document(read_document(name, content, SENT)))


def running_text(document: Document) -> str:
    """Return what a document says: a line for each paragraph and each row of a table."""
    from ingest.document import Paragraph

    lines: list[str] = []
    for block in document.blocks:
        lines += [block.line.text] if isinstance(block, Paragraph) else _rows(block)
    return "\n".join(line for line in lines if line.strip())


def _rows(table: Table) -> list[str]:
    """Return the rows in sight, each cell told where it begins."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if not (table.hidden or cell.hidden) and cell.text.strip():
            rows.setdefault(cell.row, []).append(cell.text.strip())
    return ["，".join(cells) for _, cells in sorted(rows.items())]
