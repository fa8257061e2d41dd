"""Whole tables in a small notation, with what must be found of them; see the top of tables.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from ingest.document import Cell, Document, Finding, Kind, Line, Paragraph, Place, Severity, Table
from tests.quality.annex4.bases import bases
from tests.quality.annex4.measures import Check
from tests.quality.annex4.rows import Expected
from tests.quality.annex4.sheets import HEADER, LABEL, NOTE, TITLE, cell

CASES = Path(__file__).parent / "tables.yaml"
SECOND_CASES = CASES.parent / "second" / CASES.name
FOURTH_CASES = CASES.parent / "fourth" / CASES.name
WHOLE = {"TITLE": f"{TITLE} | <<", "LABEL": f"{LABEL} | <<", "NOTE": f"{NOTE} | <<",
         "HEADER": " | ".join(HEADER)}  # fmt: skip
PLAIN = re.compile(r"\*(\d+)")
NAMED = re.compile(r"\[(\w+)\] ?")
LEFT, ABOVE, REST, HIDDEN = "<", "^", "<<", "(hidden) "


class Entry(BaseModel):
    """A case as its file holds it."""

    model_config = ConfigDict(extra="forbid")

    id: str
    pattern: str
    set: str
    what: str
    edition: str = "2024"
    kind: Kind = Kind.XLSX
    above: list[str] = []
    table: str = ""
    sheets: dict[str, str] = {}
    finds: list[str] = []
    also: list[str] = []
    rows: int | None = None


@dataclass(frozen=True)
class Wanted:
    """A finding that must come, and where: sheet and row, or anywhere."""

    expected: Expected
    row: tuple[str | None, int] | None

    def met_by(self, finding: Finding) -> bool:
        """Return whether a finding is this one, at its place."""
        at = (finding.place.sheet, finding.place.row)
        return self.expected.met_by(finding) and self.row in (None, at)


@dataclass(frozen=True)
class Case:
    """A document, what must be found of it and how many of its rows are data."""

    entry: Entry
    document: Document
    wanted: tuple[Wanted, ...]

    def missed(self, findings: Iterable[Finding]) -> list[Wanted]:
        """Return what was not found."""
        found = list(findings)
        return [want for want in self.wanted if not any(map(want.met_by, found))]

    def alarms(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the errors and warnings that are neither wanted nor excused."""
        excused = {*self.entry.also}
        return [
            one
            for one in findings
            if one.severity is not Severity.NOTICE
            and one.code not in excused
            and not any(want.met_by(one) for want in self.wanted)
        ]


@dataclass(frozen=True)
class TableOutcome:
    """What a checker said of a case."""

    case: Case
    missed: tuple[Wanted, ...]
    alarms: tuple[Finding, ...]


def tables_measured(cases: Iterable[Case], check: Check) -> list[TableOutcome]:
    """Check every case and return what was missed and what was false."""
    results = []
    for case in cases:
        found = list(check(case.document))
        results.append(TableOutcome(case, tuple(case.missed(found)), tuple(case.alarms(found))))
    return results


def load_tables(path: Path = CASES) -> tuple[Case, ...]:
    """Read every case of a file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(case(Entry.model_validate(entry)) for entry in entries)


def case(entry: Entry) -> Case:
    """Build a case's document and find the rows that its findings name."""
    name = f"{entry.id}.{entry.kind}"
    parts = entry.sheets or {"推荐汇总表": entry.table}
    blocks: list[Paragraph | Table] = [
        Paragraph(Line(text), Place(name, line=at)) for at, text in enumerate(entry.above, 1)
    ]
    rows: dict[str, tuple[str | None, int]] = {}
    for at, (sheet, text) in enumerate(parts.items(), 1):
        workbook = entry.kind is Kind.XLSX
        place = Place(name, sheet=sheet) if workbook else Place(name, table=at)
        drawing = _Drawing(place, entry.edition, start=20 * (at - 1))
        blocks.append(drawing.table(text))
        rows |= {label: (place.sheet, row) for label, row in drawing.labels.items()}
    wanted = tuple(_wanted(text, rows) for text in entry.finds)
    return Case(entry, Document(name, entry.kind, tuple(blocks)), wanted)


@dataclass
class _Drawing:
    """The table being read from its notation: running numbers and the rows that have a label."""

    place: Place
    edition: str
    start: int
    number: int = 0
    labels: dict[str, int] = field(default_factory=dict)

    def table(self, text: str) -> Table:
        """Read a block of rows."""
        rows: list[tuple[list[str], bool]] = []
        for line in text.splitlines():
            self._read(line, rows)
        width = max(len(texts) for texts, _ in rows)
        grid = [(_filled(texts, width), hidden) for texts, hidden in rows]
        return Table(tuple(self._cells(grid)), self.place)

    def _read(self, line: str, rows: list[tuple[list[str], bool]]) -> None:
        several = PLAIN.fullmatch(line.strip())
        if several:
            for _ in range(int(several[1])):
                self._read("{n} | . | . | . | . | .", rows)
            return
        label = NAMED.match(line)
        if label:
            self.labels[label[1]] = len(rows) + 1
            line = line[label.end() :]
        hidden = line.startswith(HIDDEN)
        line = WHOLE.get(line.strip(), line.removeprefix(HIDDEN))
        texts = [text.strip() for text in line.split("|")]
        if len(texts) > 1 and texts[-1] != REST:
            self.number += 1 if any(text in (".", "{n}") for text in texts) else 0
            texts = [self._plain(text, column) for column, text in enumerate(texts)]
        rows.append((texts, hidden))

    def _plain(self, text: str, column: int) -> str:
        """Put in what a plain row has where a cell is a dot, its number and its own words."""
        every = bases(self.edition)
        place = self.start + self.number
        base = every[place * 7 % len(every)]
        said = base.words(place)
        usual = (str(self.number), said["enterprise"], f"{base.product}智能工厂", said["line"],
                 "甲某", f"{{mobile:{place}}}")  # fmt: skip
        shown = usual[column] if text == "." else text.replace("{n}", str(self.number))
        for name in ("line", "segment", "scene", "instance", "enterprise", "product"):
            shown = shown.replace(f"{{{name}}}", said[name])
        return shown.replace("{mobile}", f"{{mobile:{place}}}")

    def _cells(self, grid: Sequence[tuple[list[str], bool]]) -> Iterator[Cell]:
        for row, (texts, hidden) in enumerate(grid):
            for column, text in enumerate(texts):
                if text in (LEFT, ABOVE):
                    continue
                right = _run([t == LEFT for t in texts[column + 1 :]])
                below = _run([later[column] == ABOVE for later, _ in grid[row + 1 :]])
                yield cell(text, self.place, row, column, row_span=1 + below,
                           column_span=1 + right, hidden=hidden)  # fmt: skip


def _filled(texts: list[str], width: int) -> list[str]:
    if texts[-1] == REST:
        return [*texts[:-1], *[LEFT] * (width - len(texts) + 1)]
    return [*texts, *[""] * (width - len(texts))]


def _run(flags: Sequence[bool]) -> int:
    """How many are true before the first that is not."""
    return next((at for at, flag in enumerate(flags) if not flag), len(flags))


def _wanted(text: str, rows: dict[str, tuple[str | None, int]]) -> Wanted:
    codes, _, label = text.partition("@")
    return Wanted(Expected.from_text(codes), rows[label] if label else None)
