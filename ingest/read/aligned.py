"""Tables without drawn lines: columns where text stands one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.read.page import Box, Rule, around
from ingest.read.printed import Printed, pieces

GAP = 1.2  # characters between two columns; within a text even justified lines have less
FAR = 3.5  # line heights to the next row of the same table
FEWEST_ROWS = 3
RUNNING_TITLE = 2  # lines above a table that goes on from the page before
SHORT = 12  # characters in the first of two columns on average; more are two columns of text
Column = tuple[float, float]  # from where to where its texts reach

_ITEM = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十①-⑳]+[.．、)）]|[①-⑳●◆■√•·-]")


@dataclass(frozen=True)
class Aligned:
    """A table found: the lines it takes, and the pieces of each row by column."""

    box: Box
    lines: tuple[Printed, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Printed, ...], ...], ...]


@dataclass
class _Run:
    """Lines that may make a table, with the widths their pieces take together."""

    columns: list[Column]
    lines: list[Printed] = field(default_factory=list)
    parts: list[list[Printed]] = field(default_factory=list)
    carried: bool = False  # from the page before, so that a single row is enough


def aligned_tables(
    lines: Sequence[Printed], rules: Sequence[Rule], em: float, before: Sequence[Column] = ()
) -> list[Aligned]:
    """Return the tables among lines that are in no drawn table.

    `before` has the columns of a table that the page before ended with; it may go on after the
    running title of the page.
    """
    found: list[Aligned] = []
    run = _Run(list(before), carried=True) if before else None
    for number, line in enumerate(lines):
        parts = pieces(line, GAP * em)
        if run is not None and _joins(run, line, parts, em):
            continue
        if run is not None and not run.lines and number < RUNNING_TITLE:
            continue
        found += _finished(run, rules, em)
        run = None
        if len(parts) > 1:
            run = _Run([])
            _joins(run, line, parts, em)
    return found + _finished(run, rules, em)


def _joins(run: _Run, line: Printed, parts: list[Printed], em: float) -> bool:
    """Add a line that leaves the columns apart; tell whether it did."""
    if run.lines and line.box.top - run.lines[-1].box.bottom > FAR * em:
        return False
    if run.carried and not run.lines and len(parts) == 1:
        return False  # the running title of the page
    spans = [(part.box.left, part.box.right) for part in parts]
    columns = _union([*run.columns, *spans], GAP * em / 2)
    if len(columns) < len(run.columns):
        return False
    if run.columns and len(columns) > len(run.columns) and (run.carried or len(parts) == 1):
        return False  # a line beside all columns is none of the table's
    run.lines.append(line)
    run.parts.append(parts)
    run.columns = columns
    return True


def _union(spans: list[Column], gap: float) -> list[Column]:
    merged: list[Column] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _finished(run: _Run | None, rules: Sequence[Rule], em: float) -> list[Aligned]:
    if run is None:
        return []
    while run.lines and len(run.parts[-1]) == 1 and run.parts[-1][0].box.left < run.columns[0][1]:
        run.lines.pop()  # the first line of what follows
        run.parts.pop()
    if not _is_table(run):
        return []
    box = around([line.box for line in run.lines])
    rows = tuple(
        tuple(
            tuple(part for parts in group for part in parts if _within(part, column))
            for column in run.columns
        )
        for group in _rows(run, rules, box, em)
    )
    return [Aligned(box, tuple(run.lines), tuple(run.columns), rows)]


def _is_table(run: _Run) -> bool:
    if run.carried:
        return bool(run.lines)
    full = [parts for parts in run.parts if len(parts) > 1]
    if len(full) < FEWEST_ROWS:
        return False
    if len(run.columns) > 2:
        return True
    first = [parts[0].text for parts in full]
    if all(_ITEM.fullmatch(text) for text in first):
        return False  # a list whose labels stand apart
    return sum(map(len, first)) <= SHORT * len(first)


def _rows(run: _Run, rules: Sequence[Rule], box: Box, em: float) -> list[list[list[Printed]]]:
    """Return the lines of each row: between drawn lines, else by what stands in the first column.

    A line with nothing in the first column goes on with the row above.
    """
    bands = _bands(rules, box)
    if len(bands) >= FEWEST_ROWS:
        sorted_in = [
            [p for line, p in zip(run.lines, run.parts, strict=True) if top <= line.box.down < end]
            for top, end in bands
        ]
        return [band for band in sorted_in if band]
    begins = [_within(parts[0], run.columns[0]) for parts in run.parts]
    if sum(begins) * 3 < len(begins):  # the first column says little: each line is a row
        return [[parts] for parts in run.parts]
    rows: list[list[list[Printed]]] = []
    for parts, begun in zip(run.parts, begins, strict=True):
        if begun or not rows:
            rows.append([])
        rows[-1].append(parts)
    return rows


def _bands(rules: Sequence[Rule], box: Box) -> list[tuple[float, float]]:
    """Return the stretches between the lines drawn across most of a table."""
    width = box.right - box.left
    drawn = sorted(
        rule.at
        for rule in rules
        if rule.across
        and box.top < rule.at < box.bottom
        and min(rule.end, box.right) - max(rule.start, box.left) > 0.8 * width
    )
    return list(pairwise([float("-inf"), *drawn, float("inf")]))


def _within(part: Printed, column: Column) -> bool:
    return column[0] <= part.box.across <= column[1]
