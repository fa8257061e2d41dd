"""Styles of a docx file: what a paragraph or run is by its style and by its own word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.read.office_xml import is_on, whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])|title|标题", re.IGNORECASE)
_LONGEST_CHAIN = 20  # of styles based on each other; Word itself allows eleven


@dataclass(frozen=True)
class Style:
    """What a style says itself; nothing where it leaves that to the style it is based on."""

    id: str = ""
    based_on: str | None = None
    heading: int | None = None  # 0 is running text by its own word
    number: str | None = None  # the list its paragraphs are numbered in
    level: int | None = None
    struck: bool | None = None
    hidden: bool | None = None


NOTHING_SAID = Style()


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""  # the style of paragraphs that name none

    @classmethod
    def from_part(cls, root: etree._Element | None) -> Styles:
        """Read the part of the styles, which a document may lack."""
        if root is None:
            return cls()
        found = [(element, _style(element)) for element in root.iter(f"{W}style")]
        default = next(
            (
                style.id
                for element, style in found
                if element.get(f"{W}type") == "paragraph" and is_on_by_word(element, "default")
            ),
            "",
        )
        return cls({style.id: style for _, style in found}, default)

    def of(self, properties: etree._Element | None, kind: str = "pStyle") -> Style:
        """Return what holds for a paragraph or run with these properties."""
        named = value(properties, kind)
        if named is None and kind == "pStyle":
            named = self.default
        settled = _style_of_properties(properties)
        for _ in range(_LONGEST_CHAIN):
            style = self.by_id.get(named or "")
            if style is None:
                break
            settled = _completed(settled, style)
            named = style.based_on
        return settled


def value(properties: etree._Element | None, name: str) -> str | None:
    """Return the value of a property, or nothing where it is not given."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return None if element is None else element.get(VAL)


def is_on_by_word(element: etree._Element, attribute: str) -> bool:
    """Whether an attribute of Word's namespace says yes; without it, it does not."""
    return element.get(f"{W}{attribute}", "0") in ("1", "true", "on")


def _style(element: etree._Element) -> Style:
    heading = _HEADING.fullmatch(value(element, "name") or "")
    paragraph = element.find(f"{W}pPr")
    run = element.find(f"{W}rPr")
    own = _style_of_properties(paragraph)
    return Style(
        id=element.get(f"{W}styleId", ""),
        based_on=value(element, "basedOn"),
        heading=int(heading[1] or 1) if heading else own.heading,
        number=own.number,
        level=own.level,
        struck=_switch(run, "strike", "dstrike"),
        hidden=_switch(run, "vanish"),
    )


def _style_of_properties(properties: etree._Element | None) -> Style:
    """Return what paragraph properties, or run properties, say themselves."""
    if properties is None or len(properties) == 0:
        return NOTHING_SAID
    numbering = properties.find(f"{W}numPr")
    return Style(
        heading=_heading(value(properties, "outlineLvl")),
        number=value(numbering, "numId"),
        level=None if (level := value(numbering, "ilvl")) is None else whole(level),
        struck=_switch(properties, "strike", "dstrike"),
        hidden=_switch(properties, "vanish"),
    )


def _heading(outline: str | None) -> int | None:
    """Return the depth an outline level stands for; the tenth level, 9, is running text."""
    return None if outline is None else (whole(outline) + 1) % 10


def _switch(properties: etree._Element | None, *names: str) -> bool | None:
    given = [] if properties is None else [properties.find(f"{W}{name}") for name in names]
    written = [one for one in given if one is not None]
    return any(is_on(one, VAL) for one in written) if written else None


def _completed(settled: Style, base: Style) -> Style:
    """Return the style with what it leaves open taken from the one it is based on."""

    def first(name: str) -> object:
        own = getattr(settled, name)
        return getattr(base, name) if own is None else own

    names = ("heading", "number", "level", "struck", "hidden")
    return Style(**{name: first(name) for name in names})  # type: ignore[arg-type]
