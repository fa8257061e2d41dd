"""A time line: how many there are of each year, those without a year apart at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import Caption, frame, label, linked, rectangle

COLUMN, GAP, HEIGHT = 30, 4, 120
ABOVE, BELOW = 20, 24  # room for the counts and for the years
APART = 10  # of what has no year, whose word is wider than a year


@dataclass(frozen=True, slots=True)
class Year:
    """A year, or a word for what has none, with how many there are and that in words."""

    name: str
    count: int
    words: str
    address: str = ""
    dated: bool = True


def time_line(caption: Caption, years: Sequence[Year]) -> Markup:
    """Draw a column for each year in the order given; years without any keep their place."""
    most = max((year.count for year in years), default=0)
    undated = any(not year.dated for year in years)
    width = max(len(years) * (COLUMN + GAP) - GAP, COLUMN) + 2 * APART * undated
    base = ABOVE + HEIGHT
    line = rectangle(0, base, width, 1, kind="axis")
    columns = (
        _column(
            year,
            place * (COLUMN + GAP) + (0 if year.dated else APART),
            HEIGHT * year.count / most if most else 0.0,
        )
        for place, year in enumerate(years)
    )
    links = any(year.address for year in years)
    return frame(caption, width, base + BELOW, line, *columns, links=links)


def _column(year: Year, x: float, height: float) -> str:
    base, middle = ABOVE + HEIGHT, x + COLUMN / 2
    kind = "bar" if year.dated else "bar undated"
    return linked(
        year.address,
        year.words,
        rectangle(x, base - height, COLUMN, height, kind=kind),
        label(middle, base - height - 6, str(year.count), anchor="middle", kind="number"),
        label(middle, base + 17, year.name, anchor="middle", kind="muted"),
    )
