"""A table of which every cell became a paragraph of its own, folded back by its numbers.

Pages copied so hold 序号, 申报单位 … 1, 甲公司 … 2 … one below the other. It is folded only where
the titles stand together and every group behind them begins with the next number.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annex4.numbering import number_of
from ingest.annex4.titles import INSTANCE, INSTANCES, ORDER, SCENE, title_role
from ingest.document import Cell, Paragraph, Table

LEAST_COLUMNS = 3


def refolded(paragraphs: Sequence[Paragraph]) -> tuple[Table, int] | None:
    """Return the table that paragraphs hold and how many stand before it, None where none does."""
    for start, paragraph in enumerate(paragraphs):
        role = title_role(paragraph.line.text)
        if role is None or role[0] != ORDER:
            continue
        width = _width(paragraphs[start:])
        rows = _rows(paragraphs[start + width :], width) if width >= LEAST_COLUMNS else []
        if rows:
            return _table([list(paragraphs[start : start + width]), *rows]), start
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


def _rows(paragraphs: Sequence[Paragraph], width: int) -> list[list[Paragraph]]:
    """Return the groups that begin with 1, 2, 3 …; what goes on behind the last is no row."""
    rows: list[list[Paragraph]] = []
    for start in range(0, len(paragraphs) - width + 1, width):
        group = list(paragraphs[start : start + width])
        if number_of(group[0].line.text.strip()) != len(rows) + 1:
            break
        rows.append(group)
    return rows


def _table(rows: Sequence[Sequence[Paragraph]]) -> Table:
    cells = [
        Cell((paragraph.line,), paragraph.place, row, column)
        for row, group in enumerate(rows)
        for column, paragraph in enumerate(group)
    ]
    return Table(tuple(cells), rows[0][0].place)
