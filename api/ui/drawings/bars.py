"""Bars of contributions: what speaks for something goes right, what speaks against it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import SMALL, Caption, fitted, frame, label, linked, rectangle, width_of

WIDTH, NAME, ROW, BAR = 520, 170, 26, 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A contribution: what it is of, how much, and that as it is printed and in words."""

    name: str
    value: float
    printed: str
    words: str


def bars(caption: Caption, given: Sequence[Bar]) -> Markup:
    """Draw a bar for each contribution, all by one scale, from one line."""
    widest = max((width_of(bar.printed, SMALL) for bar in given), default=0.0) + 12
    low = min((bar.value for bar in given), default=0.0)
    high = max((bar.value for bar in given), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    room = WIDTH - NAME - widest * (2 if low < 0 else 1)
    scale = room / (high - low) if high > low else 0.0
    zero = NAME + (widest if low < 0 else 0) - low * scale
    axis = rectangle(zero, 0, 1, max(len(given) * ROW, ROW), kind="axis")
    drawn = (_bar(bar, zero, scale, place * ROW) for place, bar in enumerate(given))
    return frame(caption, WIDTH, max(len(given) * ROW, ROW), axis, *drawn)


def _bar(bar: Bar, zero: float, scale: float, y: float) -> str:
    length, against = abs(bar.value) * scale, bar.value < 0
    start = zero - length if against else zero
    beside = (start - 5, "end") if against else (zero + length + 5, "start")
    return linked(
        "",
        bar.words,
        label(NAME - 10, y + 17, fitted(bar.name, NAME - 14, SMALL), anchor="end"),
        rectangle(start, y + 5, length, BAR, kind="bar against" if against else "bar"),
        label(beside[0], y + 17, bar.printed, anchor=beside[1], kind="number"),
    )
