"""Where an item can be cut: the marks that people write between segment, scene and instance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Never inside a part: two and more dashes, a long dash, a dash with blanks, an arrow, a stroke.
_STRONG = re.compile(
    r"\s*(?:[-－]{2,}>?|[–‐‑−]{2,}|[:：]{2,}|/{2,}|[>＞]{2,}|[—―─━﹘⸺⸻]+|[-=－]>|[→➔➜➡⇒⟶»|｜¦]+)\s*|\s+[-－–‐‑−~～/／:：>＞]\s+"
)
_WEAK = re.compile(r"\s*(?:[-－–‐‑‒−﹣/／\\:：>＞·•・‧∙~～〜∼ー,，、+&＆；;]|[_＿]+)\s*|\s+")
_WORD = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A separator; `strong` ones cut wherever they stand, others beside known names only.

    `in_code` says that it may join a word such as 5G-A, GB/T, X光-CT.
    """

    start: int
    end: int
    mark: str
    strong: bool
    in_code: bool


def cuts(text: str) -> Iterator[Cut]:
    """Yield the separators of a text in order; those within brackets are none."""
    depth, place = 0, 0
    while place < len(text):
        if text[place] in "(（[【《":
            depth += 1
        elif text[place] in ")）]】》":
            depth = max(0, depth - 1)
        strong = _STRONG.match(text, place)
        match = strong or _WEAK.match(text, place)
        if not match or depth:
            place += 1
            continue
        if place:
            mark = match.group().strip()[:1] or " "
            yield Cut(place, match.end(), mark, strong is not None, _in_code(text, match))
        place = match.end()


def strong_cuts(text: str) -> list[Cut]:
    """Return the separators that cut wherever they stand."""
    return [cut for cut in cuts(text) if cut.strong]


def _in_code(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a single mark joins Latin words or digits: GB/T, 39116-2020, AGV-12, X光-CT."""
    if len(mark.group()) > 1 or mark.end() >= len(text):
        return False
    before, after = _WORD.match(text[mark.start() - 1]), _WORD.match(text[mark.end()])
    hyphen = mark.group() in "-‐‑"
    return bool(after) and (bool(before) or hyphen)
