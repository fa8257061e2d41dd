"""How a known name may be spelt: with words of the form around it, or with one slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

ROLE_WORDS = ("环节名称", "场景名称", "实例名称", "环节名", "场景名", "实例名")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_ONE = f"(?:{'|'.join(ROLE_WORDS)}|环节|场景|实例)"
_ROLE = re.compile(
    rf"[(（\[【]\s*{_ONE}(?:\s*[-—–、/]+\s*{_ONE})*\s*[)）\]】]|(?:{'|'.join(ROLE_WORDS)})\s*[:：]"
    r"|(?:\A|(?<=[-—–；;]))(?:典型)?(?:环节|场景|实例)\s*[:：]"
)
WITHIN_REACH = 2  # characters behind which one is typed again: 质量质精准追溯
_TITLE_WORDS = ("典型场景", "场景名称", "环节名称", "场景", "环节")


def without_role_words(written: str) -> str:
    """Return a text without the words of the form that say what stands where."""
    return _ROLE.sub("", written)


def repaired(written: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a name as it stands, then without role words, brackets and a title word behind it."""
    text = written
    repairs: tuple[str, ...] = ()
    yield text, repairs
    for repair, shorter in (
        ("role_words", lambda one: _ROLE.sub("", one)),
        ("brackets", lambda one: _BRACKETS.sub("", one)),
        ("title_word", _without_title_word),
    ):
        done = shorter(text)
        if done != text and done.strip():
            text, repairs = done, (*repairs, repair)
            yield text, repairs


def _without_title_word(text: str) -> str:
    bare = text.strip(" :：")
    for word in _TITLE_WORDS:
        if bare.endswith(word):
            return bare.removesuffix(word)
    return text


def is_slip(key: str, known: str) -> bool:
    """Tell whether one slip leads from a name to a text.

    A slip is a wrong character, one left out, one typed again, or two neighbours exchanged. A new
    character put in makes another name: 正在线智能检测 is not how someone errs on 在线智能检测.
    """
    short, length = len(key), len(known)
    if short == length:
        wrong = [place for place in range(length) if key[place] != known[place]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            first, second = wrong
            return key[first] == known[second] and key[second] == known[first]
        return len(wrong) == 1
    if short == length - 1:
        return any(key == known[:place] + known[place + 1 :] for place in range(length))
    if short == length + 1:
        return any(
            key == known[:place] + again + known[place:]
            for place in range(1, length + 1)
            for again in known[max(0, place - WITHIN_REACH) : place]
        )
    return False
