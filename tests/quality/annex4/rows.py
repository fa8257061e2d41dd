"""Rows of recommendation tables with what must be found of each, read from their files."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Finding, Severity
from tests.quality.annex4.codes import SEVERITIES

FOLDER = Path(__file__).parent
FILES = ("rows.csv", "written.csv")
SECOND = ("second/rows.csv", "second/written.csv")  # by a second author
THIRD = ("third/written.csv",)  # by a third author, all of it by hand
FOURTH = ("fourth/written.csv",)  # by a fourth author, as clerks of many offices write
CELLS = ("number", "enterprise", "project", "scene", "person", "contact")
ANY = "*"
MARKS = {"⏎": "\n", "␣": " ", "⍽": "\u00a0", "□": "\u3000", "⇥": "\t"}
CODE_POINT = re.compile(r"\[U\+([0-9A-F]{4})\]")
CONTACT = re.compile(r"\{(mobile|office|mail):(\d+)(?:\|(\w+))?\}")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
IN_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Expected:
    """A thing that must be found; any one of its codes will do, each at its severity."""

    codes: tuple[tuple[str, Severity | None], ...]

    @classmethod
    def from_text(cls, text: str) -> Expected:
        """Read `x|y:error`, or raise ValueError for a code that is none."""
        pairs = [one.partition(":") for one in text.split("|")]
        unknown = [code for code, _, _ in pairs if code not in SEVERITIES]
        if unknown:
            raise ValueError(f"{text}: there is no code {unknown[0]!r}")
        return cls(tuple((code, Severity(how) if how else None) for code, _, how in pairs))

    def met_by(self, finding: Finding) -> bool:
        """Return whether a finding is this, at the severity stated or at one the code may have."""
        return any(
            finding.code == code
            and (finding.severity is how if how else finding.severity in SEVERITIES[code])
            for code, how in self.codes
        )


@dataclass(frozen=True)
class Item:
    """An item that must be read: ids that will do ('-' for none, '*' for all), instance name."""

    segments: tuple[str, ...]
    scenes: tuple[str, ...]
    instance: str

    @classmethod
    def from_text(cls, text: str) -> Item:
        """Read `E07/S17|-/轮毂X光缺陷判读`."""
        segments, scenes, instance = text.split("/", 2)
        return cls(tuple(segments.split("|")), tuple(scenes.split("|")), instance)

    def allows(self, segment: str | None, scene: str | None, instance: str) -> bool:
        """Return whether this item was read; blanks and breaks in the name are no matter."""
        return (
            (ANY in self.segments or (segment or "-") in self.segments)
            and (ANY in self.scenes or (scene or "-") in self.scenes)
            and (self.instance == ANY or _bare(instance) == _bare(self.instance))
        )


@dataclass(frozen=True)
class Row:
    """A row as written, with marks and placeholders, and what must be found and read of it."""

    id: str
    group: str  # rows of one group stand together, in order
    pattern: str
    part_of: str  # tune or report
    edition: str  # of the table round it
    hidden: bool
    cells: tuple[str, ...]
    expected: tuple[Expected, ...]
    excused: frozenset[str]  # codes that are no false alarm here
    items: tuple[Item, ...] | None  # None where reasonable readers differ

    @property
    def enterprise(self) -> str:
        """The enterprise as written."""
        return self.cells[CELLS.index("enterprise")]

    @property
    def scene(self) -> str:
        """The scene cell as written."""
        return self.cells[CELLS.index("scene")]


def load_rows(files: Sequence[str] = FILES) -> tuple[Row, ...]:
    """Read every row, or raise ValueError naming the file and the row at fault."""
    rows = []
    for name in files:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            for fields in csv.DictReader(file):
                try:
                    rows.append(_row(fields))
                except (ValueError, KeyError) as fault:
                    raise ValueError(f"{name}, row {fields.get('id')}: {fault}") from fault
    return tuple(rows)


def groups(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Return the rows by group, in the order in which the groups begin."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row.group, []).append(row)
    return [tuple(group) for group in together.values()]


def expanded(text: str) -> str:
    """Return text with its marks as the signs they stand for and contacts as made-up numbers."""
    for mark, sign in MARKS.items():
        text = text.replace(mark, sign)
    text = CODE_POINT.sub(lambda found: chr(int(found[1], 16)), text)
    return CONTACT.sub(lambda found: contact(found[1], int(found[2]), found[3]), text)


def contact(kind: str, place: int, form: str | None = None) -> str:
    """Return an invented contact; `place` tells the contacts of a file apart."""
    if kind == "mail":
        return f"person{place}@example.invalid"
    if kind == "office":
        return f"0571-{place:08d}"
    digits = "138" + f"{place:08d}"
    parts = (digits[:3], digits[3:7], digits[7:])
    forms = {
        None: digits, "dashed": "-".join(parts), "blanks": " ".join(parts),
        "plus": f"+86 {digits}", "full": digits.translate(FULL_WIDTH), "float": f"{digits}.0",
        "quote": f"'{digits}", "short": digits[:-1], "nine": digits[:-2], "long": f"{digits}0",
        "letters": digits.replace("0", "O", 3), "stars": f"{digits[:3]}****{digits[7:]}",
        "second": "139" + f"{place:08d}", "dots": ".".join(parts), "zero": f"0086{digits}",
        "break": "\n".join((digits[:7], digits[7:])), "han": digits.translate(IN_HAN),
        "el": digits.replace("1", "l").replace("0", "o"),
    }  # fmt: skip
    return forms[form]


def _row(fields: dict[str, str]) -> Row:
    items = fields["items"]
    return Row(
        id=fields["id"],
        group=fields["group"],
        pattern=fields["pattern"],
        part_of=fields["set"],
        edition=fields["edition"],
        hidden=fields["hidden"] == "yes",
        cells=tuple(fields[name] for name in CELLS),
        expected=tuple(map(Expected.from_text, fields["codes"].split())),
        excused=frozenset(_known(code) for code in fields["also"].split()),
        items=None if items == "unsaid" else tuple(map(Item.from_text, _lines(items))),
    )


def _known(code: str) -> str:
    if code not in SEVERITIES:
        raise ValueError(f"there is no code {code!r}")
    return code


def _lines(text: str) -> list[str]:
    return [line for line in text.split("⏎") if line]


def _bare(text: str) -> str:
    return "".join(text.split())
