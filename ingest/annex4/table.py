"""Recommendation tables found in a document: what stands above each, its rows, what is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.annex4.header import Header, cell_text, find_header, header_at
from ingest.annex4.numbering import number_of
from ingest.annex4.refold import refolded
from ingest.annex4.titles import INSTANCES, ORDER, PROJECT, SCENE, UNIT
from ingest.annex4.wording import plain
from ingest.document import Cell, Document, Kind, Paragraph, Place, Table

LEVEL_WORDS = ("基础级", "先进级", "卓越级", "领航级")
LONGEST_GROUP = 40
WITHOUT_MERGES = (Kind.CSV, Kind.TEXT, Kind.MARKDOWN, Kind.PDF, Kind.IMAGE)
_TITLE = re.compile(r"汇总表|推荐表|申报表|推荐名单|一览表|(?:基础|先进|卓越|领航)级智能工厂")
_UNIT = re.compile(
    r"(?:推荐|报送|填报)(?:单位|部门|机关)\s*(?:[（(][^）)]*[)）])?\s*[:：]?[ \t]*([^\n]*)"
)
_NOTE = re.compile(
    r"\A(?:[*＊※]|(?:附?注|备注|说明|填表说明|填报说明|合计|总计|小计|共计|总数|填表|填报|制表|审核|经办|报送|推荐单位|"
    r"联系人|联系电话|电话|手机|传真|邮箱|地址|附件|日期|时间|打印|单位负责人|分管领导)(?:$|[\s:：\d（(人日时])|共\s*\d+\s*(?:家|个|项)|附[:：]"
    r"|第\s*\d+\s*页|[—–-]\s*\d{1,3}\s*[—–-]\Z)"
)
_DATE = re.compile(
    r"\A(?:日期[:：])?\s*(?:20\d\d|二[〇○零]\S\S)?\s*年\s*\S{0,3}\s*月\s*\S{0,3}\s*日?\s*\Z"
)
_STAMP = re.compile(r"盖章|公章|签章|签字")
_SIGNED = re.compile(r"\S{2,12}?\s*[（(]\s*(?:签字|签章|签名|盖章)\s*[）)]\s*[:：]")
_BLANK_BELOW = re.compile(r"[（(\[]?\s*以下(?:空白|为空|无正文|无内容)\s*[）)\]]?")
_DOTS = re.compile(r"\A[\s.．。…·•—\-_*]+\Z")
_PLACES = "(?:市|州|县|区|盟|师|集团|行业|类)"
_NUMBER = "[0-9０-９]+|[一二三四五六七八九十]+"
_COUNT = re.compile(
    rf"[（(]\s*(?:共|合计)?\s*({_NUMBER})\s*(?:家|个|户|项)[^）)]*[）)]"
    rf"|(?:[:：\s共荐计]|{_PLACES})\s*({_NUMBER})\s*(?:家|个|户|项)|{_PLACES}\s*[（(]\s*({_NUMBER})\s*[）)]"
)
_GROUP = re.compile(
    rf"\A(?:[（(]?[一二三四五六七八九十]+[）)]?[、.．\s]|\S{{2,12}}{_PLACES}\s*(?:(?:共|小计|推荐)?\s*(?:{_NUMBER})\s*[家个户项]"
    rf"|[（(]\s*(?:{_NUMBER})\s*[）)])?\s*\Z)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with data: its cells by what they hold, merged ones as often as they cover a row."""

    number: int  # in the table, from zero
    place: Place
    cells: Mapping[str, tuple[Cell, ...]]

    def text(self, role: str) -> str:
        """Return what the first column of a role holds."""
        return cell_text(self.cells[role][0]) if self.cells.get(role) else ""

    @property
    def hidden(self) -> bool:
        """Whether nobody sees the row in the program it was written with."""
        own = [cell for cells in self.cells.values() for cell in cells if cell.row == self.number]
        return bool(own) and all(cell.hidden for cell in own)


@dataclass(frozen=True, slots=True)
class Group:
    """A row that heads others; `count` is how many enterprises it announces."""

    row: int
    place: Place
    text: str
    count: int | None


@dataclass(frozen=True, slots=True)
class RawTable:
    """A recommendation table as it stands: nothing of it is interpreted beyond rows and columns.

    `unit` stands behind the label 推荐单位, None where there is no such label; `head` is above.
    """

    place: Place
    header: Header
    head: str
    title: str
    unit: str | None
    unit_place: Place
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    not_data: tuple[tuple[Place, str], ...] = field(default=())
    keeps_merges: bool = True  # the file's kind says which cells are merged

    @property
    def level(self) -> str | None:
        """The level in the title, else in the header's own words."""
        for text in (self.title, *self.header.titles.values()):
            if found := [word for word in LEVEL_WORDS if word in plain(text)]:
                return found[0] if len(found) == 1 else None
        return None


def find_tables(document: Document) -> tuple[RawTable, ...]:
    """Return the recommendation tables of a document, those of every sheet and within cells."""
    keeps_merges = document.kind not in WITHOUT_MERGES
    found: list[RawTable] = []
    above: list[tuple[str, Place]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append((block.line.text, block.place))
            continue
        tables = list(_tables_in(block, above))
        found += [replace(one, keeps_merges=keeps_merges) for one in tables]
        if tables:
            above = []
        else:
            above += [(cell_text(cell), cell.place) for cell in block.cells if cell_text(cell)]
    return tuple(found) or tuple(_in_paragraphs(document))


def _in_paragraphs(document: Document) -> Iterator[RawTable]:
    """Yield the table that stands in paragraphs, a cell in each, where there is one."""
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph) and b.line.text.strip()]
    folded = refolded(paragraphs)
    if folded is not None:
        table, before = folded
        yield from _tables_in(table, [(p.line.text, p.place) for p in paragraphs[:before]])


def _tables_in(table: Table, above: Sequence[tuple[str, Place]]) -> Iterator[RawTable]:
    header = find_header(table)
    if header is None:
        for cell in table.cells:
            for inner in cell.nested:
                yield from _tables_in(inner, above)
        return
    head = [*above, *_texts(table, 0, header.first)]
    while header is not None:
        stop, following = _next_table(table, header)
        yield _read(table, header, head, stop)
        if following:
            head = _texts(table, stop, following.first)
        header = following


def _next_table(table: Table, header: Header) -> tuple[int, Header | None]:
    """Return where a table ends, and the header of the one behind it.

    A header of the same columns is one repeated on a new page, unless a title stands above it.
    """
    for row in range(header.last + 1, table.height):
        again = header_at(table, row)
        if again is None:
            continue
        start = row
        while start - 1 > header.last and _is_head(table, start - 1):
            start -= 1
        if not again.same_as(header) or start < row:
            return start, again
    return table.height, None


def _is_head(table: Table, row: int) -> bool:
    texts = [text for text, _ in _texts(table, row, row + 1)]
    return len(texts) in (1, 2) and bool(
        _TITLE.search(plain(texts[0])) or _UNIT.match(plain(texts[0]))
    )


def _texts(table: Table, start: int, stop: int) -> list[tuple[str, Place]]:
    return [
        (cell_text(cell), cell.place)
        for cell in sorted(table.cells, key=lambda one: (one.row, one.column))
        if start <= cell.row < stop and cell_text(cell)
    ]


def _read(table: Table, header: Header, head: Sequence[tuple[str, Place]], stop: int) -> RawTable:
    rows: list[Row] = []
    groups: list[Group] = []
    aside: list[tuple[Place, str]] = []
    for number in range(header.last + 1, stop):
        own = _own_cells(table, number)
        if not own or _is_empty(own, header) or _repeats(table, number, header):
            continue
        place = _row_place(own[0])
        text = cell_text(own[0])
        if _is_not_data(own, header, table.width):
            aside.append((place, "\n".join(map(cell_text, own))))
        elif _is_group(own, header, table.width):
            groups.append(Group(number, place, text, _announced(text)))
        else:
            rows.append(Row(number, place, _by_role(table, number, header)))
    unit = _unit(head) or _unit([(text, place) for place, text in aside])
    title = next((text for text, _ in reversed(head) if _TITLE.search(plain(text))), "")
    return RawTable(
        table.place, header, "\n".join(text for text, _ in head), title,
        unit[0] if unit else _unit_column(rows), unit[1] if unit else table.place,
        tuple(rows), tuple(groups), tuple(aside),
    )  # fmt: skip


def _own_cells(table: Table, number: int) -> list[Cell]:
    """Return the cells with text that begin in a row, in their order."""
    cells = {id(cell): cell for column in range(table.width)
             if (cell := table.covering(number, column)) and cell.row == number}  # fmt: skip
    return [cell for cell in cells.values() if cell_text(cell) or cell.formula]


def _row_place(cell: Cell) -> Place:
    return cell.place.at(column=None)


def _is_empty(own: Sequence[Cell], header: Header) -> bool:
    """Tell whether a row holds numbers of the form only, which nothing was written behind."""
    orders = header.columns.get(ORDER, ())
    if all(cell.column in orders for cell in own):
        return all(number_of(_bare(cell_text(cell))) is not None for cell in own)
    numbers = [number_of(_bare(cell_text(cell))) for cell in own]
    return len(own) > 2 and numbers == list(range(1, len(own) + 1))


def _bare(text: str) -> str:
    return text.removesuffix(".0")


def _repeats(table: Table, number: int, header: Header) -> bool:
    again = header_at(table, number)
    if again is not None:
        return True
    lower = header.last > header.first and {
        cell_text(cell) for cell in _own_cells(table, number)
    } <= {cell_text(cell) for cell in _own_cells(table, header.last)}
    return lower


def _is_not_data(own: Sequence[Cell], header: Header, width: int) -> bool:
    texts = [plain(cell_text(cell)) for cell in own]
    if all(_DOTS.match(text) for text in texts) and not _is_placeholder_row(own, header):
        return True
    if (_NOTE.match(texts[0]) or _SIGNED.match(texts[0])) and own[0].column <= 1:
        return True
    if len(own) > 2:
        return False
    whole = "".join(texts)
    if _BLANK_BELOW.fullmatch(whole):
        return True
    dated, stamped = _DATE.match(whole), _STAMP.search(whole) and len(whole) <= LONGEST_GROUP
    if dated or stamped:
        return True
    wide = own[0].column_span > max(1, width // 2)
    return len(own) == 1 and wide and not _is_group(own, header, width)


def _is_placeholder_row(own: Sequence[Cell], header: Header) -> bool:
    """Tell whether a dash stands in the scene column alone, as a placeholder and no filler."""
    return len(own) == 1 and own[0].column in header.columns.get(INSTANCES, ())


def _is_group(own: Sequence[Cell], header: Header, width: int) -> bool:
    if len(own) != 1 or len(text := plain(cell_text(own[0]))) > LONGEST_GROUP:
        return False
    data = {*header.columns.get(INSTANCES, ()), *header.columns.get(SCENE, ()),
            *header.columns.get(PROJECT, ())}  # fmt: skip
    if own[0].column in data and own[0].column_span == 1:
        return False
    wide = own[0].column_span > max(1, width // 2)
    return bool(_COUNT.search(text) or _GROUP.match(text)) and (wide or own[0].column <= 1)


def _announced(text: str) -> int | None:
    match = _COUNT.search(plain(text))
    return number_of(match[match.lastindex or 0]) if match else None


def _by_role(table: Table, number: int, header: Header) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, tuple[Cell, ...]] = {}
    for role, columns in header.columns.items():
        cells = {id(cell): cell for column in columns
                 if (cell := table.covering(number, column))}  # fmt: skip
        found[role] = tuple(cells.values())
    return found


def _unit(texts: Sequence[tuple[str, Place]]) -> tuple[str, Place] | None:
    """Return what stands behind the label 推荐单位, in its cell or in the next one."""
    for place, (text, where) in enumerate(texts):
        if match := _UNIT.search(plain(text)):
            named = text[match.start(1) : match.end(1)].strip(" ：:")
            if not named and place + 1 < len(texts) and texts[place + 1][1].row == where.row:
                named = texts[place + 1][0] if where.row is not None else ""
            return named, where
    return None


def _unit_column(rows: Sequence[Row]) -> str | None:
    named = {row.text(UNIT) for row in rows if row.text(UNIT)}
    return named.pop() if len(named) == 1 else None
