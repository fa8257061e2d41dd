"""Printed lines: characters in reading order, blanks as far as their distance shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from ingest.read.page import Box, Sign, around
from kg.text import is_han

# Distances between characters in sizes of a character. Word sets 0.25 between Chinese and Latin
# without a blank; justified Chinese is spaced evenly, so its own usual distance is taken off.
_BLANK_IN_LATIN = 0.15
_BLANK_BESIDE_HAN = 0.4
_BLANK_IN_HAN = 0.6
# What begins an item; a line that begins so is never the rest of the line above.
LABEL = re.compile(
    r"\s*(?:[（(]?[0-9０-９]{1,3}[.．、)）](?![0-9])|[①-⑳⑴-⑽⒈-⒛㈠-㈩●◆■√•]|[（(]?[一二三四五六七八九十]{1,3}[、)）])"
)


@dataclass(frozen=True)
class Printed:
    """A line as printed."""

    text: str
    box: Box
    size: float
    confidence: float
    signs: tuple[Sign, ...]  # blanks included


def printed_lines(signs: Iterable[Sign]) -> list[Printed]:
    """Return the lines that characters make, from top to bottom."""
    rows: list[list[Sign]] = []
    middle = 0.0
    for sign in sorted(signs, key=lambda sign: (sign.box.down, sign.box.left)):
        if rows and sign.box.down - middle <= sign.size / 2:
            rows[-1].append(sign)
        else:
            rows.append([sign])
        middle = fmean(one.box.down for one in rows[-1][-20:])
    lines = (line_of(row) for row in rows)
    return [line for line in lines if line is not None]


def line_of(signs: Sequence[Sign]) -> Printed | None:
    """Return the line of characters of one height; none where only blanks are printed."""
    ordered = _once(sorted(signs, key=lambda sign: sign.box.left))
    written = [sign for sign in ordered if not sign.text.isspace()]
    if not written:
        return None
    usual = _usual_gap(written)
    text = written[0].text
    blank = False
    place = 0
    for sign in ordered:
        if sign.text.isspace():
            blank = place > 0
        elif place == 0:
            place = 1
        else:
            text += (" " if _apart(written[place - 1], sign, usual, blank) else "") + sign.text
            blank = False
            place += 1
    box = around([sign.box for sign in written])
    size = median(sign.size for sign in written)
    sure = fmean(sign.confidence for sign in written)
    return Printed(text, box, size, sure, tuple(ordered))


def pieces(line: Printed, gap: float) -> list[Printed]:
    """Cut a line where its characters stand further apart than a gap."""
    rows: list[list[Sign]] = [[]]
    end = line.box.left
    for sign in line.signs:
        if not sign.text.isspace():
            if sign.box.left - end > gap:
                rows.append([])
            end = sign.box.right
        rows[-1].append(sign)
    return [piece for row in rows if (piece := line_of(row)) is not None]


def joined(one: str, other: str) -> str:
    """Join two lines that were one: Latin words with a blank between them, Chinese without."""
    between = " " if _is_word(one[-1:]) and _is_word(other[:1]) else ""
    return one + between + other


def unwrapped(lines: Sequence[Printed], left: float, right: float) -> list[str]:
    """Return the lines of a cell, those broken only because the cell was full made one again."""
    texts: list[str] = []
    margin = min((line.box.left for line in lines), default=left) - left
    for before, line in zip([None, *lines], lines, strict=False):
        full = before is not None and right - margin - before.box.right < line.size
        if full and not LABEL.match(line.text):
            texts[-1] = joined(texts[-1], line.text)
        else:
            texts.append(line.text)
    return texts


def _once(signs: list[Sign]) -> list[Sign]:
    """Drop what is printed twice in one place to look bold."""
    kept: list[Sign] = []
    for sign in signs:
        twice = any(
            one.text == sign.text and abs(one.box.left - sign.box.left) < sign.size / 5
            for one in kept[-2:]
        )
        if not twice:
            kept.append(sign)
    return kept


def _usual_gap(signs: Sequence[Sign]) -> float:
    gaps = [
        other.box.left - one.box.right
        for one, other in pairwise(signs)
        if is_han(one.text) and is_han(other.text)
    ]
    return max(0.0, median(gaps)) if len(gaps) > 2 else 0.0


def _apart(one: Sign, other: Sign, usual: float, blank: bool) -> bool:
    gap = (other.box.left - one.box.right) / max(one.size, other.size, 0.1)
    usual = usual / max(one.size, 0.1)
    if _is_word(one.text) and _is_word(other.text):
        return blank or gap > _BLANK_IN_LATIN
    if is_han(one.text) and is_han(other.text):
        return gap > _BLANK_IN_HAN + usual
    return gap > _BLANK_BESIDE_HAN + usual or (blank and gap > _BLANK_IN_LATIN)


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum()
