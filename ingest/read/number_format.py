"""Number formats: a number of a spreadsheet as its sheet shows it, and whether it is a date."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ingest.read.numerals import chinese, written

# Formats by number that mean something else, or anything at all, only in a Chinese Excel.
_CHINESE = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
# What a section is made of: quoted and escaped characters, brackets, fillers, fields of a date,
# the place of the number with all its figures, anything else.
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*].|'
    r"(?P<noon>AM/PM|A/P|上午/下午)|(?P<field>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)|"
    r"(?P<number>[0#?][0#?,.]*(?:E[+-][0#?]+)?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = "一二三四五六日"
_ELAPSED = re.compile("[hms]+", re.IGNORECASE)
_KEPT = ("quoted", "escaped", "other")  # characters that are shown as they are
Token = tuple[str, str]  # what it is, and its characters


def format_by_number(number: int) -> str:
    """Return one of the formats that files name by number alone."""
    return _CHINESE.get(number) or BUILTIN_FORMATS.get(number) or "General"


@lru_cache(maxsize=1000)
def _tokens(form: str) -> tuple[Token, ...]:
    """Return what the section for positive numbers is made of, nothing for the general format."""
    if form.lower() in ("general", "g/通用格式", ""):
        return ()
    found: list[Token] = []
    for match in _TOKENS.finditer(form):
        kind = match.lastgroup or "filler"
        text = match.group(kind) if match.lastgroup else ""
        if (kind, text) == ("other", ";"):
            break
        found.append((kind, text))
    return tuple(found)


def is_date(form: str) -> bool:
    """Whether a format shows numbers as dates or times."""
    return any(
        kind in ("noon", "field") or (kind == "bracket" and _ELAPSED.fullmatch(text))
        for kind, text in _tokens(form)
    )


def shown(number: Decimal, form: str) -> str:
    """Return a number with all its figures, and with the unit, sign or zeros its format adds.

    Rounding and separators of thousands are left out: what stands in the file counts.
    """
    tokens = _tokens(form)
    patterns = [text for kind, text in tokens if kind == "number"]
    if len(patterns) != 1 or "E" in patterns[0].upper():  # general, a fraction, an exponent
        return plain(number)
    percent = ("other", "%") in tokens
    figures = plain(number * 100 if percent else number)
    if re.fullmatch("0{2,}", patterns[0]) and figures.isdigit():
        figures = figures.zfill(len(patterns[0]))
    made = ""
    for kind, text in tokens:
        if kind == "number":
            made, figures = made + figures, ""
        elif kind in _KEPT:
            made += text
        elif kind == "bracket" and text.startswith("$"):
            made += text[1:].partition("-")[0]
    return made.strip()


def plain(number: Decimal) -> str:
    """Return a number without exponent, and without decimals where they are all zero."""
    whole = number.to_integral_value()
    if whole == number:
        return str(int(whole))
    return f"{number.normalize():f}"


def shown_date(number: float, form: str, since_1904: bool) -> str | None:
    """Return the date or time a number stands for as its format shows it, nothing for none."""
    try:
        if any(kind == "bracket" and _ELAPSED.fullmatch(text) for kind, text in _tokens(form)):
            return _elapsed(timedelta(days=number))
        when = from_excel(number, MAC_EPOCH if since_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return None
    if isinstance(when, time):
        when = datetime.combine(datetime(1900, 1, 1), when)
    return written_date(when, form) if isinstance(when, datetime) else None


def date_of(written: str) -> datetime | None:
    """Return the moment that a date written out in the file names."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _elapsed(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def written_date(when: datetime, form: str) -> str:
    """Return a moment as a format for dates shows it, by the calendar where it is none."""
    if not is_date(form):
        form = "yyyy-mm-dd"
    tokens = _tokens(form)
    half_days = any(kind == "noon" for kind, _ in tokens)
    fields = [text.lower() for kind, text in tokens if kind == "field"]
    made: list[str] = []
    met = 0
    for kind, text in tokens:
        if kind == "field":
            # An m next to hours or seconds is minutes, any other is months.
            is_minute = fields[met][0] == "m" and (
                fields[met - 1 : met] in (["h"], ["hh"])
                or fields[met + 1 : met + 2] in (["s"], ["ss"])
            )
            made.append(_field(when, fields[met], is_minute, half_days))
            met += 1
        elif kind == "noon":
            made.append(text.split("/")[when.hour >= 12])
        elif kind in _KEPT:
            made.append(text)
    if ("bracket", "DBNum1") in tokens:
        made = [_spoken(part) for part in made]
    return "".join(made).strip()


def _field(when: datetime, field: str, is_minute: bool, half_days: bool) -> str:
    """Return a field of a date; one letter is as short as can be, two have two figures."""
    letter, width = field[0], len(field)
    if letter == "e" or (letter == "y" and width > 2):
        return str(when.year)
    if (letter == "d" and width > 2) or letter == "a":
        return f"{'' if field == 'aaa' else '星期'}{_DAYS[when.weekday()]}"
    if letter == "m" and width > 2 and not is_minute:
        return _MONTHS[when.month - 1]
    number = {
        "y": when.year % 100,
        "m": when.minute if is_minute else when.month,
        "d": when.day,
        "h": (when.hour - 1) % 12 + 1 if half_days else when.hour,
        "s": when.second,
    }[letter]
    return f"{number:02}" if width > 1 else str(number)


def _spoken(part: str) -> str:
    """Return the figures in the characters of Chinese: years one by one, others as said."""
    if not part.isdigit():
        return part
    return written(int(part), "ideographDigital") if len(part) == 4 else chinese(int(part))
