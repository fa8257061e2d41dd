"""Two segments or two scenes where the form asks for one."""

from __future__ import annotations

import re

from ingest.annex4.names import Nomenclature, Term
from ingest.annex4.separators import cuts

_WITH = re.compile(r"[与和及]")
_EDGES = " \t,，、;；。.—–:：/／|="


def are_segments(text: str, names: Nomenclature) -> bool:
    """Tell whether a text is two segments in one: 仓储物流与计划调度."""
    return any(
        names.is_segment(text[: sign.start()]) and names.is_segment(text[sign.end() :])
        for sign in _WITH.finditer(text)
    )


def second_scene(
    scene: str, rest: str, names: Nomenclature
) -> tuple[str, tuple[Term, ...], str] | None:
    """Return both scenes and the instance where another scene stands before the instance."""
    cut = next(iter(cuts(rest)), None)
    if cut is None or not cut.strong:
        return None
    first, term = names.scene(scene.strip(_EDGES)), names.scene(rest[: cut.start])
    if term.how != "name" or "brackets" in term.repairs:
        return None
    if not first.known or first.senses == term.senses:
        return None
    return f"{scene}—{term.written}", (first, term), rest[cut.end :]
