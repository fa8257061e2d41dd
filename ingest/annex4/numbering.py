"""Labels of numbering and bullets before items: where one stands, its kind and its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_ENCLOSED = "①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⓵-⓾⓫-⓴⑴-⒇⒈-⒛㈠-㈩㊀-㊉"
# Kinds of label. `loose` ones stand directly behind any text; the others need a separator before.
_ENCLOSED_LABEL = re.compile(rf"\s*([{_ENCLOSED}])\s*[.、．:：]?\s*")
_BRACKETED = re.compile(
    rf"\s*[(（\[【〔]\s*([0-9０-９]{{1,2}}|{_HAN_NUMBER}|[a-zA-Z])\s*[)）\]】〕]\s*[.、．:：]?\s*"
)
# A full stop is none where a digit follows: 2.5吨压机, 1.2米辊.
_DOTTED = re.compile(
    r"\s*([0-9０-９]{1,2})\s*(?:[.．](?![0-9０-９])|[、:：](?![0-9０-９]+(?![A-Z]))|[)）])\s*"
)
_DOTTED_AND_BLANK = re.compile(r"\s*([0-9０-９]{1,2})[.．、)）]\s+")
_HAN_LABEL = re.compile(rf"\s*(?:第\s*)?({_HAN_NUMBER})\s*[、.．)）:：]\s*")
_HAN_WITHIN = re.compile(rf"({_HAN_NUMBER})、\s*")
_LETTER = re.compile(r"\s*([a-hA-H])\s*[.．、)）](?![A-Za-z0-9])\s*")
_WORD = re.compile(
    rf"\s*(?:典型)?(?:场景|实例|场景实例|项目)\s*([0-9０-９]{{1,2}}|{_HAN_NUMBER})\s*[:：、.．]\s*"
)
# What may number an item only where a known name stands behind it: 1质量管控, Ⅱ、质量管控, 二是….
_BEFORE_NAME = re.compile(
    rf"\s*(?:第|其|序号|编号|No\.?|№|[#＃])?\s*"
    rf"(?P<number>[0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}})?|{_HAN_NUMBER}|[壹贰叁肆伍陆柒捌玖拾]"
    r"|(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ]|[IVXivx]{1,4})|[A-Za-z](?=[\s.．。、,，:：)）]))"
    r"[\s.．。、,，:：;；)）\]】〕>》°/|是\-—–]*"
)
_BULLET = re.compile(
    r"\s*(?:[●○◎⊙■□◆◇▲△▶►▪▫★☆√✓✔☑➢➤❖※•◦·・*\uf06c\uf0d8\uf0b2]|[\ufffd\ue000-\uf8ff](?=\s)"
    r"|[-–—+＋](?![-–—])(?=\s|[\u3400-\u9fff]))\s*"
)
_BETWEEN = re.compile(r"[\s；;。，,、）)】]\Z")


@dataclass(frozen=True, slots=True)
class Label:
    """A label from `start` to `end`; bullets have no number, `loose` ones need nothing before."""

    kind: str
    number: int | None
    start: int
    end: int
    loose: bool = False


def label_at_start(text: str) -> Label | None:
    """Return the label or bullet that a line begins with."""
    for kind, shape in (
        ("enclosed", _ENCLOSED_LABEL),
        ("bracketed", _BRACKETED),
        ("word", _WORD),
        ("dotted", _DOTTED_AND_BLANK),
        ("dotted", _DOTTED),
        ("han", _HAN_LABEL),
        ("letter", _LETTER),
    ):
        match = shape.match(text)
        if match and number_of(match[1]) != 0:  # nobody counts from nought
            return Label(kind, number_of(match[1]), 0, match.end())
    match = _BULLET.match(text)
    if match and text[match.end() :].strip():
        return Label("bullet", None, 0, match.end())
    return None


def number_before_name(text: str) -> Label | None:
    """Return what numbers a text if a known name follows it; with any mark behind it, or none."""
    match = _BEFORE_NAME.match(text)
    if match is None:
        return None
    if match["roman"]:
        return Label("roman", _roman(match["roman"]), 0, match.end())
    written = re.split(r"[.．]", match["number"])[-1]  # of 1.2 the second counts
    return Label("bare", number_of(written), 0, match.end())


def _roman(written: str) -> int | None:
    """Return a Roman number up to twelve, None for letters that are none."""
    numbers = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    upper = unicodedata.normalize("NFKC", written).upper()
    return numbers.index(upper) + 1 if upper in numbers else None


def labels_within(text: str) -> Iterator[Label]:
    """Yield what may be labels in the middle of a text, in order; loose ones are surely such."""
    place = 1
    while place < len(text):
        if label := _label_within(text, place):
            yield label
            place = label.end
        else:
            place += 1


def _label_within(text: str, place: int) -> Label | None:
    sign = text[place]
    if match := _ENCLOSED_LABEL.match(text, place):
        return Label("enclosed", number_of(match[1]), place, match.end(), loose=True)
    if sign in "(（":
        if match := _BRACKETED.match(text, place):
            return Label("bracketed", number_of(match[1]), place, match.end(), loose=True)
    elif sign.isdigit() and not _goes_back(text, place):
        if match := _DOTTED.match(text, place) or _DOTTED_AND_BLANK.match(text, place):
            loose = _BETWEEN.search(text[:place]) is not None
            return Label("dotted", number_of(match[1]), place, match.end(), loose)
    elif match := _HAN_WITHIN.match(text, place):
        loose = _BETWEEN.search(text[:place]) is not None
        return Label("han", number_of(match[1]), place, match.end(), loose)
    return None


def _goes_back(text: str, place: int) -> bool:
    """Tell whether a digit goes on what stands before it: a number, a word in Latin, a decimal."""
    before = text[place - 1]
    return before.isdigit() or (before.isascii() and (before.isalnum() or before in ".-/_"))


def number_of(written: str) -> int | None:
    """Return the number that is written in digits of any kind, enclosed or Chinese, or letters."""
    text = unicodedata.normalize("NFKC", written).strip("()（）.．、 第")
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and text.isascii() and text.isalpha():
        return ord(text.lower()) - ord("a") + 1
    if len(written) == 1 and (value := unicodedata.numeric(written, None)) and value == int(value):
        return int(value)
    return _han_number(text)


def _han_number(text: str) -> int | None:
    if not re.fullmatch(_HAN_NUMBER, text):
        return None
    if "十" not in text:
        return _HAN_DIGITS.index(text) if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return 10 * (_HAN_DIGITS.index(tens) if tens else 1) + (_HAN_DIGITS.index(ones) if ones else 0)
