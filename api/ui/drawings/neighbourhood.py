"""A thing amid what it is linked to: groups left and right, every neighbour a link.

Read like a table of contents: what leads to the thing stands on its left, what it leads to on its
right, a group for each relation. Boxes are stacked, so no text covers another, and the order in
the drawing is the order in which the keyboard walks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import SMALL, Caption, element, fitted, frame, label, linked, rectangle

BOX, BETWEEN, ROW, HEAD = 250, 90, 32, 28  # widths of a box and of the space for lines; heights
HIGH = 26  # of a box
CENTRE_HIGH = 48


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing at the other end: its name, a word that says how it stands, and where it leads."""

    name: str
    kind: str
    address: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All neighbours by one relation; `more` says in words how many are not drawn."""

    relation: str
    inward: bool
    neighbours: tuple[Neighbour, ...]
    more: str = ""
    more_address: str = ""


def neighbourhood(caption: Caption, name: str, kind: str, groups: Sequence[Group]) -> Markup:
    """Draw the thing in the middle, with what leads to it on the left and the rest on the right."""
    left = [group for group in groups if group.inward]
    right = [group for group in groups if not group.inward]
    height = max(_height(left), _height(right), CENTRE_HIGH + 2.0 * HEAD)
    columns = (BOX + BETWEEN if left else 0, BOX + BETWEEN if right else 0)
    middle, width = float(columns[0]), float(sum(columns) + BOX)
    centre = height / 2
    lines: list[str] = []
    boxes = [_centre(name, kind, middle, centre)]
    for side, start in ((left, 0.0), (right, middle + BOX + BETWEEN)):
        y = (height - _height(side)) / 2
        for group in side:
            drawn, ends = _group(group, start, y)
            boxes += drawn
            for end in ends:
                lines.append(_curve(group.inward, start, end, middle, centre))
            y += _height([group])
    return frame(
        caption, width, height, element("g", {"class": "edges"}, *lines), *boxes, links=True
    )


def _height(groups: Sequence[Group]) -> float:
    return float(sum(HEAD + ROW * (len(one.neighbours) + bool(one.more)) for one in groups))


def _group(group: Group, x: float, y: float) -> tuple[list[str], list[float]]:
    """Return the boxes of a group and the heights at which lines reach them."""
    head = fitted(group.relation, BOX, SMALL)
    drawn = [label(x, y + HEAD - 8, head, kind="muted")]
    ends: list[float] = []
    for place, one in enumerate(group.neighbours):
        top = y + HEAD + place * ROW
        drawn.append(_box(one, x, top))
        ends.append(top + HIGH / 2)
    if group.more:
        top = y + HEAD + len(group.neighbours) * ROW
        told = label(x + 8, top + 17, group.more, kind="more")
        drawn.append(linked(group.more_address, group.more, told))
    return drawn, ends


def _box(one: Neighbour, x: float, y: float) -> str:
    words = fitted(one.name, BOX - 16, SMALL)
    return linked(
        one.address,
        one.words or one.name,
        rectangle(x, y, BOX, HIGH, rx=4, kind=f"node node-{one.kind.lower()}"),
        label(x + 8, y + 17, words),
    )


def _centre(name: str, kind: str, x: float, y: float) -> str:
    """Return the thing itself, its name on two lines where one is too short."""
    first, second = _two_lines(name)
    parts = [
        rectangle(
            x, y - CENTRE_HIGH / 2, BOX, CENTRE_HIGH, rx=4, kind=f"node centre node-{kind.lower()}"
        )
    ]
    middle = x + BOX / 2
    if second:
        parts.append(label(middle, y - 4, first, anchor="middle", kind="strong"))
        parts.append(label(middle, y + 13, second, anchor="middle", kind="strong"))
    else:
        parts.append(label(middle, y + 4, first, anchor="middle", kind="strong"))
    return element("g", {}, *parts)


def _two_lines(name: str) -> tuple[str, str]:
    whole = fitted(name, BOX - 16, SMALL)
    if whole == name:
        return name, ""
    first = whole.removesuffix("…")
    return first, fitted(name[len(first) :].strip(), BOX - 16, SMALL)


def _curve(inward: bool, start: float, end: float, middle: float, centre: float) -> str:
    """Return a line between the thing and a box, leaving and reaching them level."""
    ours, theirs = (middle, start + BOX) if inward else (middle + BOX, start)
    half = (ours + theirs) / 2
    bend = f"{half:.0f} {centre:.0f} {half:.0f} {end:.0f}"
    path = f"M{ours:.0f} {centre:.0f}C{bend} {theirs:.0f} {end:.0f}"
    return element("path", {"d": path})
