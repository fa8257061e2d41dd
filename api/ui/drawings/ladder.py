"""The ladder of levels: of each, how many conditions are met, not met and unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import (
    NORMAL,
    SMALL,
    Caption,
    element,
    fitted,
    frame,
    label,
    linked,
    rectangle,
    width_of,
)

WIDTH, RUNG, BAR, INDENT, KEY = 440, 70, 20, 14, 22
BOLD = 1.2  # how much wider bold letters are
# In this order from the left; each has a pattern of its own, so that colour alone says nothing.
VERDICTS = ("met", "not_met", "not_met_exception_possible", "unknown")


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: its name, the verdict on it in words, and its conditions by verdict."""

    name: str
    verdict: str
    verdict_words: str
    counts: Mapping[str, int]
    words: str
    address: str = ""
    aimed_at: str = ""


def ladder(caption: Caption, rungs: Sequence[Rung], names: Mapping[str, str]) -> Markup:
    """Draw the rungs, the first at the foot; `names` are the verdicts in words."""
    height = len(rungs) * RUNG
    drawn = (
        _rung(rung, caption.id, place, height - (place + 1) * RUNG)
        for place, rung in enumerate(rungs)
    )
    shown = [one for one in VERDICTS if any(rung.counts.get(one) for rung in rungs)]
    return frame(
        caption,
        WIDTH,
        height + 8 + KEY * len(shown),
        _patterns(caption.id),
        *drawn,
        *(_key(caption.id, one, names[one], height + 8 + KEY * n) for n, one in enumerate(shown)),
        links=any(rung.address for rung in rungs),
    )


def _fill(drawing: str, verdict: str) -> str:
    return f"url(#{drawing}-{verdict})"


def _patterns(drawing: str) -> str:
    """Return a pattern for each verdict: full, crossed, striped one way, dotted."""
    strokes = {
        "met": "",
        "not_met": "M0 0L8 8M8 0L0 8",
        "not_met_exception_possible": "M0 8L8 0",
        "unknown": "M3 4h2",
    }
    made = (
        element(
            "pattern",
            {"id": f"{drawing}-{verdict}", "width": 8, "height": 8,
             "patternUnits": "userSpaceOnUse"},
            rectangle(0, 0, 8, 8, kind=f"verdict-{verdict}"),
            element("path", {"d": stroke, "class": f"stroke-{verdict}"}) if stroke else "",
        )
        for verdict, stroke in strokes.items()
    )  # fmt: skip
    return element("defs", {}, *made)


def _rung(rung: Rung, drawing: str, place: int, y: float) -> str:
    x, total = float(place * INDENT), sum(rung.counts.values())
    room = WIDTH - x
    said = f"{rung.aimed_at} · {rung.verdict_words}" if rung.aimed_at else rung.verdict_words
    beside = x + BOLD * width_of(rung.name, NORMAL) + 12
    parts = [
        label(x, y + 18, rung.name, kind="strong", **{"font-size": NORMAL}),
        label(beside, y + 18, fitted(said, WIDTH - beside, SMALL), kind="muted"),
    ]
    for verdict in VERDICTS:
        count = rung.counts.get(verdict, 0)
        if not count:
            continue
        width = room * count / total
        fill = _fill(drawing, verdict)
        parts.append(rectangle(x, y + 26, max(width - 2, 1.0), BAR, fill=fill, kind="part"))
        if width > width_of(str(count), SMALL):
            middle = x + width / 2
            parts.append(label(middle, y + 60, str(count), anchor="middle", kind="number"))
        x += width
    return linked(rung.address, rung.words, *parts)


def _key(drawing: str, verdict: str, name: str, y: float) -> str:
    box = rectangle(0, y, 16, 16, fill=_fill(drawing, verdict), kind="part")
    return element("g", {}, box, label(24, y + 13, name))
