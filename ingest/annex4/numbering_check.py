"""Whether the numbers go on by one: 序号 of the rows, and the labels of the items in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.annex4.reading import Entry, ReadItem, ReadTable
from ingest.annex4.remarks import remark
from ingest.annex4.titles import ORDER
from ingest.document import Finding, Place
from ontology.sentence import Sentence

LEAST_NUMBERED = 2  # items of a cell from which on each should have a number


def check_order(table: ReadTable) -> Iterator[Finding]:
    """Yield where 序号 does not go on by one; it may begin anywhere, and anew in each group."""
    if ORDER not in table.raw.header.columns:
        return
    rows = [entry for entry in table.entries if not _is_within_merge(entry)]
    if rows and all(entry.order is None for entry in rows):
        if not any(_is_formula(entry) for entry in rows):
            yield remark(
                "numbering", rows[0].row.place, Sentence("各行没有序号", "the rows have no numbers")
            )
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
                yield remark(
                    "numbering",
                    _order_place(entry),
                    Sentence("此行没有序号", "this row has no number"),
                )
                before = None
            continue
        if before and not _follows(entry, before, heads, struck):
            said = Sentence(
                f"序号{before.order}之后是{entry.order}；行的次序即推荐的优先次序",
                f"{entry.order} follows {before.order}; the order of rows is the priority",
            )
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


def check_labels(table: ReadTable) -> Iterator[Finding]:
    """Yield where the numbers of a cell's items leave one out, repeat one or run backwards."""
    last: int | None = None  # the last number of the cell before
    for entry in table.entries:
        yield from _unlabelled(entry.items)
        yield from _late_start(entry, last)
        yield from _jumps(entry.items)
        numbers = [item.label.number for item in entry.items if item.label and item.label.number]
        last = numbers[-1] if numbers else last if entry.continues else None


def _late_start(entry: Entry, last: int | None) -> Iterator[Finding]:
    """Yield a cell whose first number is none to begin with, unless it goes on one above."""
    first = next(iter(entry.items), None)
    if first is None or first.label is None or not first.label.number or entry.continues:
        return
    number = first.label.number
    if number > 1 and number != (last or 0) + 1:
        yield remark(
            "numbering",
            first.place,
            Sentence(f"第一项的编号是{number}", f"the first item is item {number}"),
            str(number),
            "1",
        )


def _jumps(items: Sequence[ReadItem]) -> Iterator[Finding]:
    """Yield where a number follows neither the item before nor the last one of its own kind."""
    of_kind: dict[str, int] = {}
    before: ReadItem | None = None
    for item in items:
        number = item.label.number if item.label else None
        if item.label is None or number is None:
            continue
        kind = item.label.kind
        if before is not None and before.label is not None and before.label.number is not None:
            follows = {before.label.number + 1, of_kind.get(kind, 0) + 1}
            anew = number == 1 and (item.heading, item.head) != (before.heading, before.head)
            if number not in follows and not anew:
                said = Sentence(
                    f"第{before.label.number}项之后是第{number}项",
                    f"item {number} follows item {before.label.number}",
                )
                proposal = str(before.label.number + 1)
                yield remark("numbering", item.place, said, str(number), proposal)
        of_kind[kind], before = number, item


def _unlabelled(items: Sequence[ReadItem]) -> Iterator[Finding]:
    """Yield the items without a number where the others' leave out just theirs, or end before.

    Between 1 and 2 a line without a number may belong to the first.
    """
    numbers = [item.label.number if item.label else None for item in items]
    if sum(map(bool, numbers)) < LEAST_NUMBERED:
        return
    for place, item in enumerate(items):
        if item.label is not None or not item.parts.scene.senses:
            continue
        before = numbers[place - 1] if place else 0
        after = numbers[place + 1] if place + 1 < len(items) else None
        last = place + 1 == len(items)
        if before is not None and (last or (after is not None and after == before + 2)):
            missing = str(before + 1)
            yield remark(
                "numbering",
                item.place,
                Sentence(f"第{missing}项没有编号", f"item {missing} has no number"),
                "",
                missing,
            )
