"""Signs that stand where a dash belongs: the numeral 一 of scans, stars, dots, or none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.annex4.names import Nomenclature

LONGEST_NAMES = 60  # characters of segment and scene together
LEAST_INSTANCE = 3  # characters that must follow where no sign stands between
NAME_LENGTHS = range(14, 3, -1)
ONE = "一"
# No mark that `separators` knows; a list mark among these would cut lists of scenes.
_ODD = re.compile(r"\s*(?:[一丨亠丶之]|[*＊…‖¦▪●□■◆◇★☆○◎^#$%=＝┃┆│∣⁻ˉ¯.．。‥]{1,8}|[>＞]{2,4})\s*")


def with_dashes(text: str, names: Nomenclature) -> str:
    """Return a text with dashes for what stands between segment, scene and instance instead."""
    marks = list(_ODD.finditer(text[:LONGEST_NAMES]))
    for first in marks:
        if not names.is_segment(text[: first.start()]):
            continue
        if names.is_scene(text[first.end() :]):
            return f"{text[: first.start()]}—{text[first.end() :]}"
        for second in marks:
            scene = text[first.end() : second.start()]
            if second.start() >= first.end() and _is_scene(scene, second.group(), names):
                return f"{text[: first.start()]}—{scene}—{text[second.end() :]}"
    return _run_together(text, names) or text


def _is_scene(text: str, mark: str, names: Nomenclature) -> bool:
    """Tell whether a text is a scene; beside the numeral, which scans write, with a slip too."""
    if mark.strip() == ONE:
        return bool(names.scene(text).senses)
    return names.is_scene(text) or bool(names.several(text))


def _run_together(text: str, names: Nomenclature) -> str | None:
    """Return segment, scene and instance with dashes where they stand in one word."""
    if not names.begins_known(text):
        return None
    for segment in _leading(text):
        if not names.is_segment(segment):
            continue
        rest = text[len(segment) :]
        for scene in _leading(rest):
            instance = rest[len(scene) :]
            if names.is_scene(scene) and len(instance) >= LEAST_INSTANCE and instance[0].isalnum():
                return f"{segment}—{scene}—{instance}"
    return None


def _leading(text: str) -> Iterator[str]:
    """Yield what may be a name at the beginning of a text, the longest first; words only."""
    for length in NAME_LENGTHS:
        if len(text) > length and text[:length].isalnum():
            yield text[:length]
