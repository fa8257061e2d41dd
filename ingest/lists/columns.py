"""Which column of a list means what: its header among titles and notes, the longest title wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.document import Table
from kg.text import bare_name

SEARCHED_ROWS = 15


class Column(StrEnum):
    """What a column of a public list holds."""

    NUMBER = "number"
    ENTERPRISE = "enterprise"
    FACTORY = "factory"
    SEGMENT = "segment"
    SCENE = "scene"
    INSTANCE = "instance"
    LEVEL = "level"
    PROVINCE = "province"
    CITY = "city"
    INDUSTRY = "industry"
    CONTACT = "contact"
    OTHER = "other"  # known by its title and not taken over


TITLES: Mapping[Column, str] = {
    Column.NUMBER: "序号 编号 序",
    Column.ENTERPRISE: (
        "企业名称 单位名称 申报单位 申报企业 申报主体 企业 单位 公司名称 公司 承担单位 实施单位"
        " 建设单位 所属企业 依托单位"
    ),
    Column.FACTORY: "工厂名称 项目名称 申报项目 项目 智能工厂 工厂 车间名称",
    Column.SEGMENT: "环节名称 环节",
    Column.SCENE: "典型场景 场景名称 场景 典型场景名称 优秀场景名称",
    Column.INSTANCE: "场景实例 实例名称 实例 案例名称 场景实例名称 典型场景实例",
    Column.LEVEL: "级别 层级 等级 培育层级 认定级别 智能工厂等级 智能工厂级别 梯度",
    Column.PROVINCE: "省份 所在省份 所属省份 省 地区 所在地区 所属地区 省市 属地",
    Column.CITY: "设区市 地市 所属地市 所在地市 市州 城市 所在市 地级市 市",
    Column.INDUSTRY: "行业 所属行业 行业类别 所属行业领域",
    Column.CONTACT: (
        "联系人 联系电话 联系人电话 联系方式 手机 手机号 电话 邮箱 电子邮箱 姓名 负责人 地址"
        " 通讯地址 身份证 微信"
    ),
    Column.OTHER: (
        "推荐单位 备注 说明 区县 县市区 所属区县 所在区县 年份 年度 批次 得分 分数 排名 名次"
        " 推荐意见 统一社会信用代码 信用代码 申报类型 类别 状态 区 县"
    ),
}
_TERMS = tuple((term, column) for column, terms in TITLES.items() for term in terms.split())
LONGEST_TITLE = 24  # characters; what is longer is no title but a value or a remark
LEAST_SHARE = 0.3  # of a title that must be known, lest a name that holds 企业 be one
NAMING = (Column.ENTERPRISE, Column.FACTORY, Column.SCENE, Column.INSTANCE)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of a table that hold the titles, and which column stands where."""

    first: int
    last: int
    columns: Mapping[Column, int]
    contacts: tuple[int, ...]
    unknown: tuple[str, ...]  # titles that no column is known by
    repeated: tuple[str, ...]  # titles of a meaning that an earlier column has already
    titles: tuple[str, ...]

    def names(self) -> bool:
        """Whether the table names anybody or anything."""
        return any(column in self.columns for column in NAMING)


def column_of(title: str) -> tuple[Column, int] | None:
    """Return what a title means, with how many of its characters say so; None where none do.

    The longest known title wins (联系人电话 is no 联系人), of two the one that ends last: the last
    word of a Chinese title is what it is about (项目单位 is a 单位).
    """
    key = bare_name(title)
    if not key or len(key) > LONGEST_TITLE:
        return None
    found = [
        (len(term), key.rfind(term) + len(term), column)
        for term, column in _TERMS
        # One character is a title of its own; within others it says nothing.
        if term == key or (len(term) > 1 and term in key and len(term) >= LEAST_SHARE * len(key))
    ]
    if not found:
        return None
    length, _, column = max(found, key=lambda one: one[:2])
    return column, length


def find_header(table: Table) -> Header | None:
    """Return the header among the first rows: the row with the most known titles, two at least."""
    best: Header | None = None
    for row in range(min(table.height, SEARCHED_ROWS)):
        found = _header_at(table, row)
        if found and found.names() and (best is None or _known(found) > _known(best)):
            best = found
    return best if best and _known(best) >= _least(table) else None


def titles_at(table: Table, first: int, last: int) -> tuple[str, ...]:
    """Return the title of each column, those of two levels one behind the other."""
    titles = []
    for column in range(table.width):
        cells = dict.fromkeys(table.covering(row, column) for row in range(first, last + 1))
        titles.append("/".join(cell.text for cell in cells if cell and cell.text.strip()))
    return tuple(titles)


def _header_at(table: Table, row: int) -> Header | None:
    cells = [table.covering(row, column) for column in range(table.width)]
    if any(cell and cell.row < row for cell in cells):
        return None  # the row begins within merged cells of the one above
    last = _last_row(table, row)
    titles = titles_at(table, row, last)
    known: dict[Column, tuple[int, int]] = {}  # column: length of what is known, position
    contacts, unknown, repeated = [], [], []
    for position, title in enumerate(titles):
        found = column_of(title)
        if found is None:
            unknown += [title] if title.strip() else []
            continue
        column, length = found
        if column is Column.CONTACT:
            contacts.append(position)
        elif column is not Column.OTHER:
            before = known.get(column)
            if before and before[0] >= length:
                repeated.append(title)
            else:
                repeated += [titles[before[1]]] if before else []
                known[column] = (length, position)
    columns = {column: position for column, (_, position) in known.items()}
    return Header(
        row, last, columns, tuple(contacts), tuple(unknown), tuple(repeated), titles
    )  # fmt: skip


def _last_row(table: Table, row: int) -> int:
    """Return the last row of the header: as far as its cells reach, and all rows of titles below.

    A title over several columns has its own titles below it, whatever they are.
    """
    begins = [cell for column in range(table.width) if (cell := table.covering(row, column))]
    last = row + max((cell.row_span for cell in begins), default=1) - 1
    if any(1 < cell.column_span < table.width for cell in begins):
        last = max(last, row + 1)
    while last + 1 < table.height and _all_titles(table, last + 1):
        last += 1
    return min(last, table.height - 1)


def _all_titles(table: Table, row: int) -> bool:
    texts = [text for text in titles_at(table, row, row) if text.strip()]
    return len(texts) > 1 and all(map(column_of, texts))


def _known(header: Header) -> int:
    return len(header.columns) + bool(header.contacts)


def _least(table: Table) -> int:
    return min(2, table.width)
