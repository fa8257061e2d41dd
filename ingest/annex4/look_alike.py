"""The Han numeral one that scans and hurried hands put where a dash belongs."""

from __future__ import annotations

from ingest.annex4.names import Nomenclature

ONE = "一"
LONGEST_NAMES = 60  # characters of segment and scene together


def with_dashes(text: str, names: Nomenclature) -> str:
    """Return a text with dashes for the numeral where it stands between segment and scene."""
    places = [place for place, sign in enumerate(text[:LONGEST_NAMES]) if sign == ONE]
    for first in places:
        if not names.is_segment(text[:first]):
            continue
        for second in places:
            scene = text[first + 1 : second]
            if second > first and names.scene(scene).senses:
                return f"{text[:first]}—{scene}—{text[second + 1 :]}"
    return text
