"""Values of xlsx cells: what is written in a cell, and what the file says of it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.read.number_format import date_of, is_date, shown, shown_date, written_date
from ingest.read.xlsx_styles import Look
from ingest.read.xlsx_text import Run, Runs, unescaped

EXACT = 15  # figures of a number that a spreadsheet keeps
_NUMBER = re.compile(r"[+-]?(?P<whole>\d+)(?:\.(?P<rest>\d*))?(?:[eE]\+?(?P<exponent>\d{1,3}))?")
_SHORTENED = re.compile(r"\s*\d(?:[.．]\d+)?[eE][+＋]\d{2,3}\s*")


@dataclass(frozen=True)
class Value:
    """What is written in a cell."""

    runs: Runs
    typed: str = "text"
    lost: bool = False  # figures of its number are


NOTHING = Value(())


def text_value(runs: Runs) -> Value:
    """Return a string as a value; one as 1.38E+10 was a number when it still had its figures."""
    return Value(runs, lost=len(runs) == 1 and _SHORTENED.fullmatch(runs[0].text) is not None)


def value_of(kind: str, written: str, look: Look, since_1904: bool) -> Value:
    """Return what a cell of a kind shows, by what is written in the file."""
    if kind == "b":
        return Value((Run("TRUE" if written.strip() in ("1", "true") else "FALSE"),), "bool")
    if kind == "d" and (when := date_of(written.strip())) is not None:
        return Value((Run(written_date(when, look.form)),), "date")
    if kind != "n":
        return text_value((Run(unescaped(written)),)) if written else NOTHING
    return _number(written.strip(), look.form, since_1904)


def _number(written: str, form: str, since_1904: bool) -> Value:
    try:
        number = float(written)
    except ValueError:
        return Value((Run(written),)) if written else NOTHING
    if not math.isfinite(number):
        return Value((Run(written),))
    if is_date(form) and (date := shown_date(number, form, since_1904)) is not None:
        return Value((Run(date),), "date")
    if _is_lost(written):
        return Value((Run(written),), "number", lost=True)
    # Figures beyond those that are kept are noise: 0.30000000000000004 is 0.3.
    exact = (
        Decimal(written)
        if re.fullmatch(r"[+-]?\d{1,40}", written)
        else Decimal(f"{number:.{EXACT}g}")
    )
    return Value((Run(shown(exact, form)),), "number")


def _is_lost(written: str) -> bool:
    """Whether a number has fewer figures than places before its point.

    An exponent leaves places open, and so do the zeros after the fifteenth figure of a long one.
    """
    match = _NUMBER.fullmatch(written)
    if match is None:
        return False
    figures = match["whole"] + (match["rest"] or "")
    places = len(match["whole"]) + int(match["exponent"] or 0)
    if match["exponent"] is not None:
        return places > len(figures)
    return places > EXACT and not match["whole"][EXACT:].strip("0")
