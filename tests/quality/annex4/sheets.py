"""Documents of one recommendation table each, built from rows: title, label, header, notes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.document import Cell, Document, Kind, Line, Paragraph, Place, Table
from tests.quality.annex4.bases import bases
from tests.quality.annex4.rows import FULL_WIDTH, Row, expanded, groups

USUAL_ROWS = 18
MOST_ROWS = 20  # what a province may recommend: no table of ours exceeds it
TITLE = "卓越级智能工厂项目推荐汇总表"
LABEL = "推荐单位（盖章）：浙江省经济和信息化厅"
HEADER = ("序号", "申报单位名称", "卓越级智能工厂项目名称", "涉及典型场景实例（罗列）",
          "联系人", "联系方式（手机号）")  # fmt: skip
NOTE = "注：1.推荐的卓越级智能工厂项目按优先次序排名；2.推荐数量不能超过通知中规定的上限。"
NUMBER = re.compile(r"\{n([+-]\d+)?(?:\|(\w+))?\}")
HAN = "零一二三四五六七八九十"
FORMULA = re.compile(r"(=[^→]*)→(.*)", re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """A document and which of its table's rows, counted from one, is which row of ours."""

    document: Document
    rows: dict[int, Row]


def sheets(rows: Sequence[Row], seed: str = "annex 4") -> list[Sheet]:
    """Return documents that hold every row once, of one edition each, no instance in two groups."""
    packed: list[list[Row]] = []
    for edition in sorted({row.edition for row in rows}):
        mixed = groups([row for row in rows if row.edition == edition])
        random.Random(seed).shuffle(mixed)
        packed += _packed(mixed)
    return [sheet(part, number) for number, part in enumerate(packed, 1)]


def sheet(rows: Sequence[Row], number: int = 1) -> Sheet:
    """Return one table of these rows, in a workbook or, for even numbers, a text document."""
    workbook = number % 2 == 1
    name = f"table-{number}.{'xlsx' if workbook else 'docx'}"
    place = Place(name, sheet="推荐汇总表") if workbook else Place(name, table=1)
    above = [(TITLE,), (LABEL,)] if workbook else []
    written = [*above, HEADER, *numbered(rows), (NOTE,)]
    first = len(above) + 2
    cells = [
        cell
        for at, texts in enumerate(written)
        for cell in _cells(texts, at, place, hidden=_hidden(rows, at + 1 - first))
    ]
    lines = [] if workbook else [Paragraph(Line(text), Place(name, line=at))
                                 for at, text in enumerate((TITLE, LABEL), 1)]  # fmt: skip
    kind = Kind.XLSX if workbook else Kind.DOCX
    document = Document(name, kind, (*lines, Table(tuple(cells), place)))
    return Sheet(document, dict(enumerate(rows, first)))


def numbered(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row with its number put in; a number that jumps carries on."""
    number = 0
    for row in rows:
        number += 1
        found = NUMBER.search(row.cells[0])
        if found:
            number += int(found[1] or 0)
        yield (
            NUMBER.sub(_numeral(number, found[2] if found else None), row.cells[0]),
            *row.cells[1:],
        )


def cell(text: str, place: Place, row: int, column: int, **more: int | bool) -> Cell:
    """Return a cell from text with marks: `~~struck~~`, `=formula→value`, `@2025-01-02` a date."""
    formula = FORMULA.fullmatch(text)
    typed = "date" if re.fullmatch(r"@[\d-]+", text) else "text"
    struck = len(text) > 4 and text.startswith("~~") and text.endswith("~~")
    shown = formula[2] if formula else text.strip("~") if struck else text.removeprefix("@")
    return Cell(
        lines=tuple(Line(line, struck=struck) for line in expanded(shown).split("\n")),
        place=place.at(row=row + 1, column=column + 1),
        row=row,
        column=column,
        formula=formula[1] if formula else None,
        typed=typed,
        **more,  # type: ignore[arg-type]  # names are those of the fields
    )


def _numeral(number: int, form: str | None) -> str:
    tens, ones = divmod(number, 10)
    han = ("" if tens == 0 else HAN[10] if tens == 1 else HAN[tens] + HAN[10]) + (
        HAN[ones] if ones else ""
    )
    forms = {
        None: str(number), "two": f"{number:02d}", "float": f"{number}.0", "han": han,
        "full": str(number).translate(FULL_WIDTH),
        "circled": chr(ord("①") + number - 1) if number <= 20 else f"({number})",
        "formula": f"=ROW()-3→{number}",
    }  # fmt: skip
    return forms[form]


def _cells(texts: Sequence[str], row: int, place: Place, hidden: bool) -> Iterator[Cell]:
    span = len(HEADER) if len(texts) == 1 else 1
    for column, text in enumerate(texts):
        yield cell(text, place, row, column, column_span=span, hidden=hidden)


def _hidden(rows: Sequence[Row], at: int) -> bool:
    return 0 <= at < len(rows) and rows[at].hidden


def _packed(parts: Sequence[tuple[Row, ...]]) -> list[list[Row]]:
    """Put each group into the emptiest table that holds nothing of its own, all nearly full."""
    count = -(-sum(map(len, parts)) // USUAL_ROWS)
    tables: list[tuple[list[Row], set[str]]] = [([], set()) for _ in range(count)]
    for part in parts:
        names = {name for row in part for name in _named(row)}
        fits = [
            table for table in tables
            if len(table[0]) + len(part) <= MOST_ROWS and not names & table[1]
        ]  # fmt: skip
        if not fits:
            tables.append(([], set()))
            fits = tables[-1:]
        rows, held = min(fits, key=lambda table: len(table[0]))
        rows.extend(part)
        held.update(names)
    return [rows for rows, _ in tables if rows]


def _named(row: Row) -> set[str]:
    """The enterprise and the instances of a row: what must not stand twice by chance."""
    plain = row.scene.replace("⏎", "") + row.cells[2]
    return {row.enterprise, *_instances_in(plain)} - {""}


@cache
def _instances_in(text: str) -> tuple[str, ...]:
    return tuple(name for name in _instances() if name in text)


@cache
def _instances() -> tuple[str, ...]:
    return tuple({base.instance for edition in ("2024", "2025") for base in bases(edition)})
