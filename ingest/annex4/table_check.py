"""What is to be said of a table as a whole: its groups, duplicates, quota and layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.annex4.contacts import masked
from ingest.annex4.enterprise import enterprise_of
from ingest.annex4.layout_check import check_rows
from ingest.annex4.numbering import number_of
from ingest.annex4.numbering_check import check_labels, check_order
from ingest.annex4.reading import Entry, ReadItem, ReadTable
from ingest.annex4.remarks import remark
from ingest.document import Finding, Place
from kg.ids import name_key
from kg.match.names import name_key as term_key
from kg.text import bare_name
from ontology.conditions import Conditions

QUOTA_LEVEL = "卓越级"  # the level that the notice's quota is for
_TOTAL = re.compile(r"(?:合计|总计|共计|共)\D{0,6}?(\d+)\s*(?:家|个|项|户)")
_ENTERPRISES = re.compile(r"[家户]\s*[）)]?")


def check_table(table: ReadTable) -> Iterator[Finding]:
    """Yield what is to be said of one table, its items and columns apart."""
    yield from check_rows(table)
    yield from check_order(table)
    yield from _check_groups(table)
    for entry in table.entries:
        yield from check_labels(entry.items)
    yield from _duplicates(table.entries)
    for place, text in table.raw.not_data:
        yield remark("not_data", place, "this is no row of a project; it was left out", text)
    unit = table.unit
    if unit and unit.kind is None:
        said = "which recommending unit this is decides how many it may recommend; it is not known"
        yield remark("recommending_unit_unknown", table.raw.unit_place, said, unit.written)


def check_quota(tables: Sequence[ReadTable], conditions: Conditions) -> Iterator[Finding]:
    """Yield where a unit recommends more projects than it may, over all its tables together."""
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
            said = f"{number} projects are recommended, {quota.limit} may be: {quota.words}"
            yield remark("quota_exceeded", same[-1].raw.unit_place, said, unit.written)


def enterprise_key(applicant: str) -> str:
    """Return what spellings of one enterprise's full name share, former names left out."""
    return name_key(enterprise_of(applicant).name)


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
    for where, text in table.raw.not_data:
        if match := _TOTAL.search(text.replace("\n", " ")):
            yield from _check_count(number_of(match[1]), table.entries, where, masked(text))


def _check_count(
    announced: int | None, entries: Sequence[Entry], place: Place, text: str
) -> Iterator[Finding]:
    enterprises = {enterprise_key(entry.applicant) for entry in entries if entry.applicant}
    counted = {len(enterprises), len([e for e in entries if not e.continues])}
    if announced is not None and announced not in counted:
        said = f"{announced} are announced, {len(enterprises)} enterprises follow"
        yield remark("group_count_wrong", place, said, text, str(len(enterprises)))


def _duplicates(entries: Sequence[Entry]) -> Iterator[Finding]:
    projects: dict[tuple[str, str], Entry] = {}
    instances: dict[tuple[str, str, str], ReadItem] = {}
    for entry in entries:
        applicant = enterprise_key(entry.applicant) if entry.applicant else ""
        key = applicant, bare_name(entry.project)
        if not entry.continues and all(key):
            first = projects.setdefault(key, entry)
            if first is not entry:
                said = f"the same enterprise and project stand in row {first.row.place.row}"
                yield remark("duplicate_in_table", entry.row.place, said, entry.applicant)
        for item in entry.items:
            if not item.parts.instance or item.placeholder:
                continue
            own = applicant, term_key(item.parts.scene.written), term_key(item.parts.instance)
            earlier = instances.setdefault(own, item)
            if applicant and earlier is not item:
                where = f"row {earlier.place.row}, item {earlier.place.item}"
                said = f"the same instance stands in {where}"
                yield remark("duplicate_in_table", item.place, said, item.parts.instance)
