"""A recommendation table of which every cell became a paragraph of its own, folded back.

It is folded only where its titles stand together, scenes among them, and the rows begin with 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annex4.numbering import number_of
from ingest.annex4.titles import INSTANCE, INSTANCES, ORDER, SCENE, title_role
from ingest.document import Paragraph, Table
from ingest.refold import groups_of, table_of

LEAST_COLUMNS = 3


def refolded(paragraphs: Sequence[Paragraph]) -> tuple[Table, int] | None:
    """Return the table that paragraphs hold and how many stand before it, None where none does."""
    for start, paragraph in enumerate(paragraphs):
        role = title_role(paragraph.line.text)
        if role is None or role[0] != ORDER:
            continue
        width = _width(paragraphs[start:])
        if width < LEAST_COLUMNS:
            continue
        behind = paragraphs[start + width :]
        rows = [row for row in groups_of(behind, width, number_of) if len(row) == width]
        if rows and number_of(rows[0][0].line.text.strip()) == 1:
            return table_of([paragraphs[start : start + width], *rows]), start
    return None


def _width(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many titles stand together, 0 where scenes are not among them: a public list."""
    roles: list[str] = []
    for paragraph in paragraphs:
        role = title_role(paragraph.line.text)
        if role is None:
            break
        roles.append(role[0])
    return len(roles) if {INSTANCES, SCENE, INSTANCE} & set(roles) else 0
