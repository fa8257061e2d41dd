"""The parts that drawings are made of: elements, text that fits, and the frame with its caption."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

SMALL, NORMAL = 12, 14  # sizes of type, in units of the drawing; small unless said
NARROW = 0.56  # width of a Latin letter beside a Han character, on the wide side
STEPS = 5  # of shade, from few to most


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing is called and says, for those who do not see it; `id` is unique on a page."""

    id: str
    title: str
    description: str


def element(name: str, attributes: Mapping[str, object], *parts: str) -> str:
    """Return an element; attributes are escaped, parts are SVG already, None leaves one out."""
    given = "".join(
        f' {key}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(parts)}</{name}>" if parts else f"<{name}{given}/>"


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def rectangle(x: float, y: float, width: float, height: float, **more: object) -> str:
    """Return a rectangle; `kind` is its class."""
    place = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", {**place, **_classed(more)})


def label(x: float, y: float, words: str, **more: object) -> str:
    """Return a line of text that starts at x, or with `anchor` ends or is centred there."""
    if "anchor" in more:
        more["text-anchor"] = more.pop("anchor")
    return element("text", {"x": x, "y": y, **_classed(more)}, escape(words))


def _classed(given: dict[str, object]) -> dict[str, object]:
    return {"class" if name == "kind" else name: value for name, value in given.items()}


def linked(address: str, words: str, *parts: str) -> str:
    """Return the parts as a link that is called `words`; without an address as a group."""
    told = element("title", {}, escape(words)) if words else ""
    if not address:
        return element("g", {}, told, *parts)
    return element("a", {"href": address}, told, *parts)


def frame(
    caption: Caption, width: float, height: float, *parts: str, links: bool = False
) -> Markup:
    """Return the whole drawing; one that holds links is a group, any other a single image."""
    named = {"aria-labelledby": f"{caption.id}-title", "aria-describedby": f"{caption.id}-text"}
    told = (
        element("title", {"id": f"{caption.id}-title"}, escape(caption.title)),
        element("desc", {"id": f"{caption.id}-text"}, escape(caption.description)),
    )
    size = {
        "viewBox": f"0 0 {_plain(float(width))} {_plain(float(height))}",
        "width": float(width),
        "height": float(height),
        "font-size": SMALL,
    }
    role = "group" if links else "img"
    drawn = element("svg", {"class": "drawing", **size, "role": role, **named}, *told, *parts)
    return Markup(drawn)  # noqa: S704 - every text went through `escape`


def width_of(words: str, size: float) -> float:
    """Return about how wide a line of text is: a Han character is as wide as it is high."""
    wide = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in words)
    return size * (wide + NARROW * (len(words) - wide))


def fitted(words: str, width: float, size: float) -> str:
    """Return the text, cut and marked with an ellipsis where it is wider than `width`."""
    if width_of(words, size) <= width:
        return words
    room, kept = width - width_of("…", size), ""
    for sign in words:
        room -= width_of(sign, size)
        if room < 0:
            break
        kept += sign
    return f"{kept.rstrip()}…"


def shade(count: float, most: float) -> int:
    """Return the step of shade of a count: 0 for none, STEPS for the most.

    By the square root: counts of cases are skewed, and on a straight scale all but the largest
    province look alike.
    """
    if count <= 0 or most <= 0:
        return 0
    share: float = (min(count, most) / most) ** 0.5
    return max(1, round(share * STEPS))
