"""A segment that no edition has, told by the known scene that stands behind it."""

from __future__ import annotations

from ingest.annex4.names import Nomenclature
from ingest.annex4.separators import Cut, cuts

LONGEST_PART = 30  # characters of an unknown segment or scene; longer ones are sentences
LONGEST_SEGMENT = 12
SURE, UNSURE = ("id", "name"), ("slip", "candidate")
_LIST_MARKS = " 、，,；;+&＆"


def scene_between(text: str, names: Nomenclature) -> tuple[Cut, Cut] | None:
    """Return the cuts before and behind a scene that stands behind a short unknown part.

    Marks of lists and sentences are no such cuts; a name with a slip stands between equal ones.
    """
    found = [cut for cut in cuts(text) if cut.mark not in _LIST_MARKS]
    for place, first in enumerate(found):
        if first.start > LONGEST_SEGMENT:
            return None
        for second in reversed(found[place + 1 :]):
            scene = text[first.end : second.start]
            if len(scene) > LONGEST_PART:
                continue
            how = names.scene(scene).how
            if how in SURE or (how in UNSURE and first.mark == second.mark):
                return first, second
    return None
