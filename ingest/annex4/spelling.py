"""How a known name may be spelt: with words of the form around it, or with one slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annex4.wording import plain

ROLE_WORDS = ("环节名称", "场景名称", "实例名称", "环节名", "场景名", "实例名")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_FULL = r"(?:环\s*节|场\s*景|实\s*例)\s*名\s*(?:称)?"
_ONE = r"(?:所属|典型|涉及)?(?:环\s*节|场\s*景|实\s*例)(?:\s*名\s*称?)?"
_OPEN, _CLOSE = r"[(（\[【〔<＜〈《“\"「『]", r"[)）\]】〕>＞〉》”\"」』]"
_ROLE = re.compile(
    rf"{_OPEN}\s*{_ONE}(?:\s*[-—–、/]+\s*{_ONE})*\s*(?:{_CLOSE}|(?=[-—–]|\Z))|{_FULL}\s*[:：]"
    rf"|(?:\A|(?<=[-—–；;]))(?:典型)?(?:环节|场景|实例)\s*[:：]"
    # 环节名质量管控—…, 环节名-质量管控—…, 质量管控环节名—…, 质量管控/环节名—…
    rf"|(?:\A|(?<=[-—–；;，,\s])){_FULL}\s*[-—–\s]?(?=[\u3400-\u9fff])"
    rf"|(?<=[\u3400-\u9fff])[\s/／]*{_FULL}(?=\s*[-—–；;]|\s*\Z)"
)
WITHIN_REACH = 2  # characters behind which one is typed again: 质量质精准追溯
_TITLE_WORDS = ("典型场景", "场景名称", "环节名称", "场景", "环节")


def without_role_words(written: str) -> str:
    """Return a text without the words of the form that say what stands where."""
    parts, done = [], 0
    for role in _ROLE.finditer(plain(written)):  # each sign stays one sign
        parts.append(written[done : role.start()])
        done = role.end()
    return "".join([*parts, written[done:]])


def repaired(written: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a name as it stands, then without role words, brackets and a title word behind it."""
    text = written
    repairs: tuple[str, ...] = ()
    yield text, repairs
    for repair, shorter in (
        ("role_words", without_role_words),
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
        if plain(bare).endswith(word):
            return bare[: -len(word)]
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
