"""Items in one line: the marks that part them, and what makes a text look like an item."""

from __future__ import annotations

import re

from ingest.annex4.names import Nomenclature
from ingest.annex4.separators import cuts, strong_cuts

_SEMICOLON = re.compile(r"[；;]")
_LIST_MARKS = " 、，,；;"
_COMMA = re.compile(r"[，、,]\s*")


def comma_items(text: str, names: Nomenclature) -> list[str]:
    """Return the items of a line; a comma divides where segment, scene and more follow it."""
    parts, start = [], 0
    for comma in _COMMA.finditer(text):
        if _is_whole(text[start : comma.start()], names) and _is_whole(text[comma.end() :], names):
            parts.append(text[start : comma.start()])
            start = comma.end()
    return [*parts, text[start:]]


def _is_whole(text: str, names: Nomenclature) -> bool:
    """Tell whether a text is segment, scene and instance with dashes between them."""
    cuts = strong_cuts(text)
    if len(cuts) < 2 or not names.is_segment(text[: cuts[0].start]):
        return False
    return names.is_scene(text[cuts[0].end : cuts[1].start]) and cuts[1].end < len(text)


def begins_pair(text: str, names: Nomenclature) -> bool:
    """Tell whether a text begins with a segment and a scene, marks between and behind them."""
    marks = [cut for cut in cuts(text) if cut.mark not in _LIST_MARKS]
    if len(marks) < 2 or not names.is_segment(text[: marks[0].start]):
        return False
    return any(names.is_scene(text[marks[0].end : cut.start]) for cut in marks[1:])


def is_item(text: str, names: Nomenclature) -> bool:
    """Tell whether a text has the marks of an item, whatever its names are worth.

    Two marks that are none of lists and codes part it in three, or a segment leads it.
    """
    marks = [cut for cut in cuts(text) if cut.mark not in _LIST_MARKS and not cut.in_code]
    if not marks:
        return False
    return len(marks) > 1 or bool(names.segment(text[: marks[0].start]).senses)


def outside_brackets(text: str) -> list[str]:
    """Return the parts of a text between semicolons that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "(（") - (sign in ")）" and depth > 0)
        if not depth and _SEMICOLON.match(sign):
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]
