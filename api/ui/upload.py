"""A file that somebody drops on a page, as the text it holds."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from ontology.errors import InvalidValue

if TYPE_CHECKING:
    from ingest.document import Document, Table

TEXTS = (".txt", ".md", ".csv")
DOCUMENTS = (".docx", ".xlsx")
ACCEPTED = (*TEXTS, *DOCUMENTS)
# GB 18030 holds what older Chinese programs write; every text of theirs is read with it.
ENCODINGS = ("utf-8-sig", "gb18030")


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file; raise InvalidValue or UnreadableFile where it cannot be read."""
    ending = PurePath(name).suffix.lower()
    if ending in DOCUMENTS:
        from ingest.read.reader import read_document

        return running_text(read_document(name, content))
    if ending not in TEXTS:
        known = ", ".join(ACCEPTED)
        raise InvalidValue("file", name[-60:], f"is of a kind that is not read here; use {known}")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidValue("file", name[-60:], "is no text in UTF-8 or GB 18030")


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
