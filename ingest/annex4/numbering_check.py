"""Whether the numbers go on by one: 序号 of the rows, and the labels of the items in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.annex4.reading import Entry, ReadItem, ReadTable
from ingest.annex4.remarks import remark
from ingest.annex4.titles import ORDER
from ingest.document import Finding, Place


def check_order(table: ReadTable) -> Iterator[Finding]:
    """Yield where 序号 does not go on by one; it may begin anywhere, and anew in each group."""
    if ORDER not in table.raw.header.columns:
        return
    rows = [entry for entry in table.entries if not _is_within_merge(entry)]
    if rows and all(entry.order is None for entry in rows):
        if not any(_is_formula(entry) for entry in rows):
            yield remark("numbering", rows[0].row.place, "the rows have no numbers")
        return
    heads = [group.row for group in table.raw.groups]
    before: Entry | None = None
    struck = 0  # rows struck out since: their numbers may be given to the next or left out
    for entry in rows:
        if entry.struck:
            struck += 1
            continue
        if entry.order is None:
            goes_on = entry.continues or entry.applicant_basis == "above"
            if not _is_formula(entry) and not goes_on:
                yield remark("numbering", _order_place(entry), "this row has no number")
                before = None
            continue
        if before and not _follows(entry, before, heads, struck):
            said = f"{entry.order} follows {before.order}; the order of rows is the priority"
            yield remark("numbering", _order_place(entry), said, entry.row.text(ORDER))
        before, struck = entry, 0


def _follows(entry: Entry, before: Entry, heads: Sequence[int], struck: int) -> bool:
    if before.order is None or entry.order is None:
        return True
    if before.order < entry.order <= before.order + 1 + struck:
        return True
    grouped = any(before.row.number < head < entry.row.number for head in heads)
    return grouped and entry.order == 1


def _is_within_merge(entry: Entry) -> bool:
    """Tell whether a row's number is that of a merged cell that begins above it."""
    cells = entry.row.cells[ORDER]
    return bool(cells) and cells[0].row < entry.row.number


def _is_formula(entry: Entry) -> bool:
    return any(cell.formula for cell in entry.row.cells[ORDER])


def _order_place(entry: Entry) -> Place:
    cells = entry.row.cells[ORDER]
    return entry.row.place.at(column=cells[0].place.column) if cells else entry.row.place


def check_labels(items: Sequence[ReadItem]) -> Iterator[Finding]:
    """Yield where the numbers of a cell's items leave one out, repeat one or run backwards."""
    yield from _unlabelled(items)
    for before, item in pairwise(items):
        one, other = before.label, item.label
        if not (one and other and one.kind == other.kind and one.number and other.number):
            continue
        anew = other.number == 1 and (item.heading, item.head) != (before.heading, before.head)
        if other.number != one.number + 1 and not anew:
            said = f"item {other.number} follows item {one.number}"
            yield remark("numbering", item.place, said, str(other.number), str(one.number + 1))


def _unlabelled(items: Sequence[ReadItem]) -> Iterator[Finding]:
    """Yield the items without a number between two whose numbers leave out just theirs."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        one, other = before.label, after.label
        if item.label or not (one and other and one.number and other.number):
            continue
        if one.kind == other.kind and other.number == one.number + 2:
            missing = str(one.number + 1)
            yield remark("numbering", item.place, f"item {missing} has no number", "", missing)
