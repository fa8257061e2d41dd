"""Paragraphs folded back into the rows that they were."""

from __future__ import annotations

import pytest

from ingest.annex4.numbering import number_of
from ingest.document import Line, Paragraph, Place
from ingest.refold import groups_of, table_of


def paragraphs(*texts: str) -> list[Paragraph]:
    """Return a paragraph for each text."""
    return [Paragraph(Line(t), Place("page.txt", line=n)) for n, t in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("1", "甲", "2", "乙"), [["1", "甲"], ["2", "乙"]]),
        (("6", "甲", "7", "乙", "附件"), [["6", "甲"], ["7", "乙"]]),
        (("1", "甲", "2"), [["1", "甲"], ["2"]]),
        (("1", "甲", "3", "乙"), [["1", "甲"]]),
        (("甲", "1"), []),
        ((), []),
    ],
)
def test_groups_go_on_as_long_as_their_numbers_do(
    texts: tuple[str, ...], expected: list[list[str]]
) -> None:
    found = groups_of(paragraphs(*texts), 2, number_of)
    assert [[paragraph.line.text for paragraph in group] for group in found] == expected


def test_a_table_keeps_the_places_of_its_paragraphs() -> None:
    titles, row = paragraphs("序号", "企业"), paragraphs("1", "甲公司")
    table = table_of([titles, row])
    assert [[cell.text for cell in cells if cell] for cells in table.rows()] == [
        ["序号", "企业"],
        ["1", "甲公司"],
    ]
    assert table.cells[1].place == titles[1].place
