"""Remarks of the packaged tables, which are written in English, in Chinese for those who read it.

The graph keeps a remark as its table has it. `remarks.csv` says what a part of one means, `{}`
standing for whatever the two have in common; parts stand between semicolons.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("remarks.csv")
SOURCE = "出处："  # what origin.described_source puts before a source without an address
_SEPARATOR = "; "


def in_chinese(remark: str) -> str:
    """Return a remark in Chinese, parts that the table does not know as they are."""
    head = SOURCE if remark.startswith(SOURCE) else ""
    parts = remark.removeprefix(head).split(_SEPARATOR)
    return head + "；".join(_part(part) for part in parts)


def _part(part: str) -> str:
    for pattern, zh in _patterns():
        if found := pattern.fullmatch(part):
            return zh.format(*map(_part, found.groups()))
    return part


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rows, of which the first that fits counts: those that say most come first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["en"], row["zh"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: -len(row[0].replace("{}", "")))
    return tuple((re.compile("(.+)".join(map(re.escape, en.split("{}")))), zh) for en, zh in rows)
