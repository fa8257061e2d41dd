"""Remarks of the packaged tables, which are written in English, in Chinese for those who read it.

The graph keeps a remark as its table has it. `remarks.csv` says what a part of one means, `{}`
standing for a code, a date or a part that it knows as well; parts stand between semicolons. Other
people's remarks are left as they are.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from ingest.packaged.origin import DESCRIBED

TABLE = Path(__file__).with_name("remarks.csv")
_SEPARATOR = "; "
_WORD = re.compile(r"(?:^| )[a-z]+(?:$|[ ,])")  # codes, dates and addresses have none


def in_chinese(remark: str) -> str:
    """Return a remark in Chinese, as it is where the table does not know all of its parts."""
    head = DESCRIBED if remark.startswith(DESCRIBED) else ""
    told = [_told(part) for part in remark.removeprefix(head).split(_SEPARATOR)]
    known = [part for part in told if part is not None]
    return head + "；".join(known) if len(known) == len(told) else remark


def _told(part: str) -> str | None:
    """Return a part in Chinese, None where the table does not know it."""
    for pattern, zh in _patterns():
        if found := pattern.fullmatch(part):
            held = [_told(one) or one for one in found.groups()]
            if not any(map(_WORD.search, held)):
                return zh.format(*held)
    return None if _WORD.search(part) else part


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rows, of which the first that fits counts: those that say most come first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["en"], row["zh"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: -len(row[0].replace("{}", "")))
    return tuple((re.compile("(.+)".join(map(re.escape, en.split("{}")))), zh) for en, zh in rows)
