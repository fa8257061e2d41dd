"""The rows of a list's table: entries, group rows that count them, and what is no data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.contacts import holds_contact, without_contacts
from ingest.document import Cell, Finding, Place, Severity, Table
from ingest.lists.columns import Column, Header, titles_at
from ingest.lists.heading import level_of
from ingest.lists.listing import NO_LEVEL, Entry
from ingest.lists.sequence import chinese_number, read_number
from ingest.lists.spelling import Name, plain, read_name
from kg.text import bare_name
from ontology.sentence import Sentence

_NOTE = re.compile(
    r"^(?:注[:：0-9]|备注|说明|合计|总计|小计|共计|共\d|填表|附件|（盖章|[.…·]{2,}|-+$"
    r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?$|第\d+页)"
)
_GROUP = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|.{2,12}[（(]共?\d)")
_GROUP_COUNT = re.compile(r"[（(]共?(\d{1,4}|[一二三四五六七八九十百]{1,4})[家个项户][）)]")
_NOTHING = frozenset(("", "/", "-", "—", "——", "无", "\\"))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by what their columns mean, each text once."""

    place: Place
    cells: dict[Column, Cell]
    filled: tuple[Cell, ...]  # every cell with text, each once

    def text(self, column: Column) -> str:
        """Return a cell as one line, "" where it is empty or says that there is nothing."""
        cell = self.cells.get(column)
        text = " ".join(cell.text.split("\n")).strip() if cell else ""
        return "" if text in _NOTHING else text


@dataclass(slots=True)
class Reading:
    """What the rows of a table come to; it grows as they are read."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    group: tuple[Place, int, int] | None = None  # place, announced, entries before it
    nameless: list[tuple[Place, int]] = field(default_factory=list)  # numbers since the last entry

    def note(
        self, code: str, severity: Severity, place: Place, said: Sentence, found: str = ""
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, severity, place, said, found))


def read_rows(table: Table, header: Header) -> Reading:
    """Return the entries of a table below its header."""
    reading = Reading()
    level = _general_level(table, header)
    for index in range(header.last + 1, table.height):
        row = _row(table, header, index)
        if not row.filled or _only_numbered(row):
            _note_number(row, reading)
        elif _is_header(table, header, index):
            continue
        elif not _set_apart(row, reading, table.width):
            _add(row, reading, level)
    _close_group(reading)
    return reading


def _row(table: Table, header: Header, index: int) -> Row:
    covering = [table.covering(index, column) for column in range(table.width)]
    cells = {
        column: cell
        for column, position in header.columns.items()
        if (cell := covering[position]) is not None
    }
    filled = tuple(dict.fromkeys(cell for cell in covering if cell and cell.text.strip()))
    place = next((cell.place for cell in covering if cell and cell.row == index), table.place)
    return Row(place.at(column=None), cells, filled)


def _is_header(table: Table, header: Header, index: int) -> bool:
    """Whether the header is repeated here, as at the top of each page."""
    titles = titles_at(table, index, index)
    wanted = {bare_name(part) for title in header.titles for part in title.split("/")} - {""}
    said = {bare_name(title) for title in titles} - {""}
    return bool(said) and said <= wanted


def _only_numbered(row: Row) -> bool:
    number = row.cells.get(Column.NUMBER)
    numbered = number is not None and read_number(number.text) is not None
    return numbered and row.filled == (number,)


def _note_number(row: Row, reading: Reading) -> None:
    """Keep a number without a name in mind: between entries a name was lost, at the end of a table
    it is an empty row of the form.
    """
    number = read_number(row.text(Column.NUMBER))
    if number is not None:
        reading.nameless.append((row.place, number))


def _tell_nameless(reading: Reading) -> None:
    for place, number in reading.nameless:
        said = Sentence(
            f"第{number}号没有写名称，可能丢失了",
            f"row number {number} names nobody; its name may have been lost",
        )
        reading.note("number_without_name", Severity.WARNING, place, said, str(number))
        reading.numbers.append(number)
    reading.nameless.clear()


def _set_apart(row: Row, reading: Reading, width: int) -> bool:
    """Whether a row is a note, a total, a date or the heading of a group, and no entry."""
    first = "".join(row.filled[0].text.split())
    alone = len(row.filled) == 1 and (width > 1)
    if _NOTE.match(first):
        reading.note(
            "not_data",
            Severity.NOTICE,
            row.place,
            Sentence("这是附注、合计或日期行", "a note, total or date"),
            first[:40],
        )
        return True
    if alone and _GROUP.match(first):
        _close_group(reading)
        found = _GROUP_COUNT.search(first)
        count = (read_number(found[1]) or chinese_number(found[1])) if found else None
        reading.group = (row.place, count, len(reading.entries)) if count else None
        return True
    if alone and row.filled[0].column_span > 1:
        reading.note(
            "not_data",
            Severity.NOTICE,
            row.place,
            Sentence("这是横贯各列的一行文字", "a line over all columns"),
            first[:40],
        )
        return True
    return False


def _close_group(reading: Reading) -> None:
    """Compare what a group row announced with the entries that followed."""
    if reading.group is None:
        return
    place, announced, before = reading.group
    reading.group = None
    if (there := len(reading.entries) - before) != announced:
        reading.note(
            "group_count_wrong",
            Severity.WARNING,
            place,
            Sentence(
                f"写明{announced}个，其下列出{there}个", f"announces {announced} and {there} follow"
            ),
            str(announced),
        )


def _add(row: Row, reading: Reading, level: str) -> None:
    entry = _entry(row, reading, level)
    if not entry.key:
        reading.note(
            "not_data",
            Severity.NOTICE,
            row.place,
            Sentence("这一行没有写名称", "a row that names nobody"),
        )
        return
    _tell_nameless(reading)
    if entry.number is not None:
        reading.numbers.append(entry.number)
    reading.findings += _findings(row, entry)
    reading.entries.append(entry)


def _entry(row: Row, reading: Reading, level: str) -> Entry:
    texts = {column: _safe(row, column, reading) for column in row.cells}

    def text(column: Column) -> str:
        return plain(texts.get(column, ""))

    enterprise = read_name(texts.get(Column.ENTERPRISE, ""))
    factory = read_name(texts.get(Column.FACTORY, ""))
    return Entry(
        row.place,
        read_number(row.text(Column.NUMBER)),
        enterprise,
        factory,
        text(Column.SEGMENT),
        text(Column.SCENE),
        text(Column.INSTANCE),
        level_of(text(Column.LEVEL)) or level,
        text(Column.PROVINCE),
        text(Column.CITY),
        text(Column.INDUSTRY),
        _doubt(row, enterprise, factory),
    )


def _safe(row: Row, column: Column, reading: Reading) -> str:
    """Return a cell without personal contacts, which have no place in it."""
    text = row.text(column)
    if holds_contact(text):
        reading.note(
            "contact_misplaced",
            Severity.ERROR,
            row.cells[column].place,
            Sentence(
                "这一列中写有电话或邮箱，已删去",
                "a telephone number or mail address stands in this column; it was taken out",
            ),
        )
        return without_contacts(text)
    return text


def _doubt(row: Row, *names: Name) -> str:
    """Return why a row must not enter the graph as it stands, "" where it may."""
    if any(name.damaged for name in names):
        return "damaged_text"
    named = [row.cells[column] for column in (Column.ENTERPRISE, Column.FACTORY)
             if column in row.cells]  # fmt: skip
    if any(cell.struck for cell in named):
        return "struck_out"
    return "hidden_row" if any(cell.hidden for cell in named) else ""


_DOUBTS = {
    "damaged_text": Sentence(
        "此处有字符丢失；这一行只显示，不写入图谱",
        "characters were lost here; the row is shown and kept out of the graph",
    ),
    "struck_out": Sentence(
        "名称划有删除线；这一行不写入图谱",
        "the name is struck out; the row is kept out of the graph",
    ),
    "hidden_row": Sentence(
        "这一行被隐藏或筛选掉；不写入图谱",
        "the row is hidden or filtered out; it is kept out of the graph",
    ),
}


def _findings(row: Row, entry: Entry) -> Iterator[Finding]:
    if entry.doubted:
        said = _DOUBTS[entry.doubted]
        yield Finding(entry.doubted, Severity.WARNING, row.place, said, entry.enterprise.printed)
    for name in (entry.enterprise, entry.factory):
        if name.repaired and not name.damaged:
            yield Finding(
                "name_repaired",
                Severity.NOTICE,
                row.place,
                Sentence(
                    "名称按还原排版后的写法读取，同时保留原样",
                    "the name is read without what the page did to it; the printed form is kept",
                ),
                name.printed,
                name.text,
            )
        if name.doubtful:
            yield Finding(
                "name_to_review",
                Severity.NOTICE,
                row.place,
                Sentence(
                    "空格之间有单个字母，是否属于名称请您判断",
                    "a single letter stands between blanks; whether they belong is for you to say",
                ),
                name.printed,
            )
    written = row.text(Column.LEVEL)
    if written and not level_of(written):
        yield Finding(
            "unknown_level", Severity.WARNING, row.place,
            NO_LEVEL, written,
        )  # fmt: skip


def _general_level(table: Table, header: Header) -> str:
    """Return the level that the rows above the header name, as a title within the table does."""
    said = titles_at(table, 0, header.first - 1) if header.first else ()
    return level_of(" ".join(said))
