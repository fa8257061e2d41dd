"""What is to be said of a table as a whole: its groups, quota and layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.annex4.enterprise import enterprise_key
from ingest.annex4.layout_check import check_rows
from ingest.annex4.numbering import number_of
from ingest.annex4.numbering_check import check_labels, check_order
from ingest.annex4.reading import Entry, ReadTable
from ingest.annex4.remarks import remark
from ingest.annex4.wording import plain
from ingest.contacts import masked
from ingest.document import Finding, Place
from kg.ids import name_key
from kg.text import bare_name
from ontology.conditions import Conditions
from ontology.sentence import Sentence

QUOTA_LEVEL = "卓越级"  # the level that the notice's quota is for
_TOTAL = re.compile(
    r"(合计|总计|总数|小计|共计|共)[^\d一二三四五六七八九十]{0,6}?(\d+|[一二三四五六七八九十]+)\s*(?:家|个|项|户)"
)
PART = "小计"  # counts the rows since the last such row, 合计 all


def check_table(table: ReadTable) -> Iterator[Finding]:
    """Yield what is to be said of one table, its items and columns apart."""
    yield from check_rows(table)
    yield from check_order(table)
    yield from _check_groups(table)
    yield from check_labels(table)
    for place, text in table.raw.not_data:
        yield remark(
            "not_data",
            place,
            Sentence("这不是项目行，未计入", "this is no row of a project; it was left out"),
            text,
        )
    unit = table.unit
    if unit and unit.kind is None:
        said = Sentence(
            "推荐单位的类别决定可以推荐几个项目，此处看不出类别",
            "which recommending unit this is decides how many it may recommend; it is not known",
        )
        yield remark("recommending_unit_unknown", table.raw.unit_place, said, unit.written)


def check_quota(tables: Sequence[ReadTable], conditions: Conditions) -> Iterator[Finding]:
    """Yield where a unit recommends more projects than it may, over all its tables together.

    The notice limits 推荐项目数量: an enterprise with two projects counts twice.
    """
    counted: dict[str, list[ReadTable]] = {}
    for table in tables:
        if table.unit and table.unit.kind and table.raw.level in (None, QUOTA_LEVEL):
            counted.setdefault(table.unit.id or name_key(table.unit.written), []).append(table)
    for same in counted.values():
        unit = same[0].unit
        if unit is None or unit.kind is None:
            continue
        quota = conditions.quota(unit.kind)
        number = len({key for table in same for key in _projects(table.entries)})
        if number > quota.limit:
            said = Sentence(
                f"推荐了{number}个项目，最多可推荐{quota.limit}个：{quota.words}",
                f"{number} projects are recommended, {quota.limit} may be: {quota.words}",
            )
            yield remark("quota_exceeded", same[-1].raw.unit_place, said, unit.written)


def _projects(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    return [
        (enterprise_key(entry.applicant), bare_name(entry.project))
        for entry in entries
        if entry.counts and not entry.continues and (entry.applicant or entry.project)
    ]


def _check_groups(table: ReadTable) -> Iterator[Finding]:
    """Yield where a group or a total announces another number than there are rows of it."""
    heads = [*table.raw.groups]
    for place, group in enumerate(heads):
        end = heads[place + 1].row if place + 1 < len(heads) else None
        inside = [e for e in table.entries
                  if e.row.number > group.row and (end is None or e.row.number < end)]  # fmt: skip
        yield from _check_count(group.count, inside, group.place, group.text)
    start = 0
    for where, text in table.raw.not_data:
        if match := _TOTAL.search(plain(text).replace("\n", " ")):
            part = match[1] == PART and where.row is not None
            counted = [e for e in table.entries if not part or start < _row(e) < (where.row or 0)]
            start = where.row or start if part else start
            yield from _check_count(number_of(match[2]), counted, where, masked(text))


def _row(entry: Entry) -> int:
    return entry.row.place.row or 0


def _check_count(
    announced: int | None, entries: Sequence[Entry], place: Place, text: str
) -> Iterator[Finding]:
    enterprises = {enterprise_key(entry.applicant) for entry in entries if entry.applicant}
    filed = [entry for entry in entries if entry.counts]  # who counts leaves out what is struck
    counted = {len(enterprises), len({enterprise_key(e.applicant) for e in filed if e.applicant})}
    counted |= {sum(not e.continues for e in entries), sum(not e.continues for e in filed)}
    if announced is not None and announced not in counted:
        said = Sentence(
            f"写明{announced}个，实际列出{len(enterprises)}家企业",
            f"{announced} are announced, {len(enterprises)} enterprises follow",
        )
        yield remark("group_count_wrong", place, said, text, str(len(enterprises)))
