"""The four levels of a check as a ladder in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from api.ui.drawings.ladder import Rung, ladder
from api.ui.drawings.svg import Caption
from api.ui.reader import Reader
from kg.levels.verdict import VERDICTS, LevelCheck
from ontology.conditions import load_conditions


def drawn_ladder(reader: Reader, levels: Sequence[LevelCheck], target: str) -> str:
    """Draw the levels; each rung leads to what is told of it further down the page."""
    names: dict[str, str] = {verdict: reader.code("verdict", verdict) for verdict in VERDICTS}
    rungs = [_rung(reader, level, names, level.id == target) for level in levels]
    text = ". ".join(rung.words for rung in rungs)
    return ladder(Caption("ladder", reader.say("levels.ladder"), text), rungs, names)


def _rung(reader: Reader, level: LevelCheck, names: dict[str, str], aimed_at: bool) -> Rung:
    known = load_conditions().level(level.id)
    name = known.name if reader.language == "zh" else known.name_en
    counts = {str(verdict): count for verdict, count in level.counts.items()}
    told = reader.say("common.comma").join(
        f"{names[verdict]} {counts[verdict]}" for verdict in VERDICTS if counts[verdict]
    )
    return Rung(
        name,
        level.verdict,
        names[level.verdict],
        counts,
        f"{name}: {names[level.verdict]} ({told})",
        f"#{level.id}",
        reader.say("levels.aim") if aimed_at else "",
    )
