"""The numbers of a list's rows: read in every form, and what a break in their sequence means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_WHOLE = re.compile(r"^0*(\d{1,6})(?:\.0+)?$")
_CHINESE = re.compile(r"^[〇零一二两三四五六七八九十百千]+$")
_FRAME = re.compile(r"^[（(\[【]?(.*?)[）)\]】]?[、.．,，]?$")
MOST_MISSING = 20  # numbers that a sentence lists


def read_number(text: str) -> int | None:
    """Return the number that a cell holds (`１`, `1.0`, `一`, `①`, `（3）`), None for others."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    framed = _FRAME.match(folded)
    inner = framed[1] if framed else folded
    if found := _WHOLE.match(inner):
        return int(found[1])
    return chinese_number(inner)


def chinese_number(text: str) -> int | None:
    """Return the value of a number in Han characters up to 9,999, None where it is none."""
    if not _CHINESE.match(text):
        return None
    if len(text) > 1 and not set(text) & set("十百千"):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    value, digit = 0, 0
    for sign in text:
        if sign in "十百千":
            value += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return value + digit


@dataclass(frozen=True, slots=True)
class Breaks:
    """How numbers depart from 1, 2, 3 …; `extract` says that rows were cut out of a longer list."""

    missing: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    disordered: bool = False
    extract: bool = False


def breaks_of(numbers: Sequence[int]) -> Breaks:
    """Return the departures of printed numbers from a sequence that starts anywhere."""
    if not numbers:
        return Breaks()
    seen = set(numbers)
    first, last = min(seen), max(seen)
    repeated = tuple(sorted(number for number in seen if numbers.count(number) > 1))
    extract = first > 1 and last - first + 1 > len(seen)
    missing = () if extract else tuple(sorted(set(range(first, last + 1)) - seen))
    return Breaks(missing, repeated, list(numbers) != sorted(numbers), first > 1)


def told(numbers: Sequence[int]) -> str:
    """Return numbers as people list them, a long row of them cut short."""
    shown = "、".join(map(str, numbers[:MOST_MISSING]))
    return f"{shown} …" if len(numbers) > MOST_MISSING else shown
