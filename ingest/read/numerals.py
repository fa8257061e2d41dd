"""Numerals: a number written as the automatic numbering of Word writes it."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
MOST = 32767  # what a list of Word counts to at most


def written(number: int, form: str) -> str:
    """Return the number in a form by its name in the file; decimal where the form is unknown."""
    if not 0 <= number <= MOST:
        return str(number)
    return _FORMS.get(form, str)(number)


def chinese(number: int) -> str:
    """Return the number as it is said: 十二, 二十, 一百零五."""
    return _said(number, _DIGITS.replace("〇", "零"), "十百千", spoken=True)


def _formal(number: int) -> str:
    return _said(number, _FORMAL_DIGITS, "拾佰仟", spoken=False)


def _said(number: int, digits: str, units: str, spoken: bool) -> str:
    if number >= 10_000:
        head = _said(number // 10_000, digits, units, spoken) + ("万" if spoken else "萬")
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        return head + gap + (_said(rest, digits, units, spoken) if rest else "")
    if number == 0:
        return digits[0]
    said = ""
    places = str(number)
    for place, figure in enumerate(places):
        unit = len(places) - place - 1
        if figure != "0":
            said += digits[int(figure)] + (units[unit - 1] if unit else "")
        elif not said.endswith(digits[0]):
            said += digits[0]
    said = said.rstrip(digits[0])
    # Ten to nineteen begin with 十, not with 一十.
    return said.removeprefix(digits[1]) if spoken and 10 <= number < 20 else said


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    said = ""
    for amount, letters in _ROMAN:
        said += letters * (number // amount)
        number %= amount
    return said


def _letters(number: int) -> str:
    """Return a, b … z, aa, bb: the letter once more after each alphabet, as Word does."""
    if number == 0:
        return "0"
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Return a form with a sign of its own for each of the first so many numbers."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if 21 <= number <= 35:
        return chr(ord("㉑") + number - 21)
    return chr(ord("㊱") + number - 36) if 36 <= number <= 50 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else "0"


def _full_width(number: int) -> str:
    return "".join(chr(ord(figure) + 0xFEE0) for figure in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": _signs("㊀", 10),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}
