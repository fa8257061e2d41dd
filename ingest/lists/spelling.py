"""Names as lists print them: what a page or an extractor did to them, taken back and told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text import is_han, normalise, simplified_characters

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
# A reading in Latin letters behind a character, as in 項(xiàng)目; one letter bears a tone mark.
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_GLOSS = re.compile(rf"[（(](?=[a-zü{_TONED}]*[{_TONED}])[a-zü{_TONED}]{{1,8}}[）)]")
_LONE_LETTER = re.compile(r"(?:^|\s)[A-Za-z](?:\s|$)")
_HAN_OR_DIGIT = re.compile(r"[\u3400-\u9fff0-9]")
_OLD_NAME = re.compile(r"[（(](?:原名?|曾用名|更名前)[:：]?\s*([^（）()]{4,60})[）)]$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: as printed, and `text` with blanks, glosses, radicals and old characters taken back.

    `old` is a former name that stood in brackets behind it.
    """

    printed: str = ""
    text: str = ""
    old: str = ""

    @property
    def repaired(self) -> bool:
        """Whether more than blanks at its ends was taken back."""
        return self.text != _BLANKS.sub(" ", self.printed).strip()

    @property
    def damaged(self) -> bool:
        """Whether characters were lost before it reached us."""
        return is_damaged(self.printed)

    @property
    def doubtful(self) -> bool:
        """Whether a single letter stands between blanks, which may or may not belong together."""
        return bool(_LONE_LETTER.search(self.text))


def read_name(printed: str) -> Name:
    """Return a name with what was done to it taken back."""
    text = plain(printed)
    found = _OLD_NAME.search(text)
    if found:
        return Name(printed, text[: found.start()].strip(), found[1].strip())
    return Name(printed, text)


def plain(printed: str) -> str:
    """Return a text in simplified characters, without glosses and blanks between Han characters.

    Width, case and punctuation stay as printed; they do not tell names apart anyway.
    """
    spaced = _BLANKS.sub(" ", _GLOSS.sub("", printed)).strip()
    letters = [
        "" if sign == " " and _between_han(spaced, place) else _modern(sign)
        for place, sign in enumerate(spaced)
    ]
    return "".join(letters).translate(simplified_characters())


def is_damaged(text: str) -> bool:
    """Tell whether a text lost characters: U+FFFD, or a question mark beside a Han character."""
    if "�" in text:
        return True
    for place, sign in enumerate(text):
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        if sign in "?？" and _HAN_OR_DIGIT.search(beside):
            return True
    return False


def _between_han(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    return all(_is_chinese(sign) for sign in around)


def _is_chinese(sign: str) -> bool:
    return bool(sign) and (is_han(sign) or sign in "（）()、·" or "\u2e80" <= sign <= "\u2fdf")


def _modern(sign: str) -> str:
    """Return a character for a radical that an extractor wrote in its place."""
    return normalise(sign) if "\u2e80" <= sign <= "\u2fdf" else sign
