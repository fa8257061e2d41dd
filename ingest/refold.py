"""Paragraphs folded back into the table that they were: pages copied so hold a cell in each.

序号, 申报单位 … 1, 甲公司 … 2 … stand one below the other. Which of them are titles, the reader of
the list knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.document import Cell, Paragraph, Table

Group = Sequence[Paragraph]


def groups_of(
    paragraphs: Sequence[Paragraph], width: int, number_of: Callable[[str], int | None]
) -> list[Group]:
    """Return the groups of a width, as long as each begins with the next number; any is the first.

    What goes on behind the last one is none; that itself is shorter where it was cut off.
    """
    groups: list[Group] = []
    expected: int | None = None
    for start in range(0, len(paragraphs), width):
        number = number_of(paragraphs[start].line.text.strip())
        if number is None or number != (expected or number):
            break
        groups.append(paragraphs[start : start + width])
        expected = number + 1
    return groups


def table_of(groups: Sequence[Group]) -> Table:
    """Return the table that has these groups as rows, its titles among them."""
    cells = [
        Cell((paragraph.line,), paragraph.place, row, column)
        for row, group in enumerate(groups)
        for column, paragraph in enumerate(group)
    ]
    return Table(tuple(cells), groups[0][0].place)
