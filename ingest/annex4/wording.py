"""The wording of a cell: its lines as they were meant, without what only software sees."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.text import is_han, simplified_characters

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]|_x000[dD]_\n?|<br\s*/?>|&#10;", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
# Characters lost in a conversion: `？018年`, `生产?业`, `28。4%`.
_LOST = re.compile(
    r"\ufffd|(?<=[\u3400-\u9fff])[?？]{1,2}(?=[\u3400-\u9fff0-9])|[?？](?=\d{3}年)"
    r"|(?:\A|(?<=[-—–]))[?？]{1,2}(?=[\u3400-\u9fff])"
    r"|\d[。]\d|锟斤拷|烫烫烫|屯屯屯|ï»¿|â€|Ã.|&#\d{2,6};?|\\u[0-9a-fA-F]{4}|[\ue000-\uf8ff▯]"
    # UTF-8 or GBK taken for a Western code: é˜€ä½“, ÖÊÁ¿
    r"|[\u00c0-\u00ff][\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u02c6\u02dc\u2018-\u2026\u2030"
    r"\u2039\u203a\u20ac\u2122]{2}"
)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, however they were broken, without invisible characters."""
    return [meant(line) for line in _BREAK.split(text)]


def meant(line: str) -> str:
    """Return a line without invisible characters; blanks of every kind become plain ones.

    Tabs and ideographic blanks stay two blanks: they separate more than one does.
    """
    if line.isprintable():  # nothing invisible, no blank but the plain one
        return line.strip()
    kept = []
    for sign in line:
        if unicodedata.category(sign) in ("Cf", "Cs"):
            continue
        if sign in "\t\u3000":
            kept.append("  ")
        elif sign.isspace() or unicodedata.category(sign) == "Cc":
            kept.append(" ")
        else:
            kept.append(sign)
    return "".join(kept).strip()


def plain(text: str) -> str:
    """Return a text in simplified characters and plain width, sign by sign, as long as it was.

    Words are looked for in it; what is found is taken from the text itself.
    """
    return text.translate(_plain_signs())


@cache
def _plain_signs() -> dict[int, str]:
    widths = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return {**simplified_characters(), **widths}


def joined(first: str, second: str) -> str:
    """Return a wrapped line with its continuation, a blank between Latin words only."""
    if first and second and _is_word(first[-1]) and _is_word(second[0]):
        return f"{first} {second}"
    return first + second


def damaged(text: str) -> bool:
    """Tell whether characters of a text were lost in a conversion."""
    return _LOST.search(plain(text)) is not None


def _is_word(sign: str) -> bool:
    return sign.isalnum() and not is_han(sign)
