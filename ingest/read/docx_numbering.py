"""Automatic numbering of a docx file: the label Word prints before a paragraph, never its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.read.docx_styles import VAL, W, value
from ingest.read.numerals import written
from ingest.read.office_xml import is_on, whole

LEVELS = 9
LONGEST = 100  # characters of the text round the numbers of a label
_PLACE = re.compile(r"%([1-9])")
# Bullets of the fonts Symbol and Wingdings have no characters of their own.
_PRIVATE = range(0xE000, 0xF900)


@dataclass(frozen=True)
class Level:
    """How paragraphs of one level of a list are numbered."""

    form: str = "decimal"
    text: str = ""  # 第%1条, %1.%2
    start: int = 0  # as the format has it where nothing is said
    restart: int | None = None  # the level, from one, after which it begins anew; 0 for never
    decimal: bool = False  # all numbers in it are written as decimals


@dataclass
class Numbering:
    """The lists of a document, and how far each has been counted."""

    lists: dict[str, str] = field(default_factory=dict)  # the plan each list follows
    plans: dict[str, dict[int, Level]] = field(default_factory=dict)
    changes: dict[str, dict[int, Level]] = field(default_factory=dict)  # a list's own levels
    starts: dict[str, dict[int, int]] = field(default_factory=dict)  # a list's own first numbers
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def from_part(cls, root: etree._Element | None) -> Numbering:
        """Read the part of the numbering, which a document may lack."""
        numbering = cls()
        if root is None:
            return numbering
        links: dict[str, str] = {}  # plans that are only the name of a style
        styles: dict[str, str] = {}
        for plan in root.iterfind(f"{W}abstractNum"):
            id = plan.get(f"{W}abstractNumId", "")
            numbering.plans[id] = _levels(plan)
            if (link := value(plan, "numStyleLink")) is not None:
                links[id] = link
            if (style := value(plan, "styleLink")) is not None:
                styles[style] = id
        for one in root.iterfind(f"{W}num"):
            plan_id = value(one, "abstractNumId") or ""
            plan_id = styles.get(links.get(plan_id, ""), plan_id)
            numbering._add(one.get(f"{W}numId", ""), plan_id, one)
        return numbering

    def _add(self, id: str, plan: str, element: etree._Element) -> None:
        self.lists[id] = plan
        overrides = {_number(one, "ilvl"): one for one in element.iterfind(f"{W}lvlOverride")}
        self.changes[id] = {
            level: _level(own)
            for level, one in overrides.items()
            if (own := one.find(f"{W}lvl")) is not None
        }
        self.starts[id] = {
            level: whole(start)
            for level, one in overrides.items()
            if (start := value(one, "startOverride")) is not None
        }

    def label(self, list_id: str | None, level: int) -> str | None:
        """Count a paragraph of a list and return its label, or nothing where it has none."""
        plan = self.lists.get(list_id or "")
        if list_id is None or plan is None or not 0 <= level < LEVELS:
            return None
        levels = self.plans.get(plan, {}) | self.changes.get(list_id, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(plan, [None] * LEVELS)
        self._count(list_id, levels, counts, level)
        return _label(levels, counts, level) or None

    def _count(
        self, list_id: str, levels: dict[int, Level], counts: list[int | None], level: int
    ) -> None:
        own_start = self.starts.get(list_id, {}).get(level)
        begins = own_start is not None and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        count = counts[level]
        if begins or count is None:
            counts[level] = levels[level].start if own_start is None else own_start
        else:
            counts[level] = count + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        for below in range(level + 1, LEVELS):
            restart = levels.get(below, Level()).restart
            if restart is None or level < restart:
                counts[below] = None


def _label(levels: dict[int, Level], counts: list[int | None], level: int) -> str:
    how = levels[level]
    if how.form == "bullet":
        return "".join("•" if ord(sign) in _PRIVATE else sign for sign in how.text)

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        form = "decimal" if how.decimal else levels.get(place, Level()).form
        return written(counts[place] or 0, form)

    return _PLACE.sub(number, how.text).strip()


def _levels(plan: etree._Element) -> dict[int, Level]:
    found = {_number(one, "ilvl"): _level(one) for one in plan.iterfind(f"{W}lvl")}
    return {number: level for number, level in found.items() if number < LEVELS}


def _level(element: etree._Element) -> Level:
    text = element.find(f"{W}lvlText")
    restart = value(element, "lvlRestart")
    return Level(
        form=value(element, "numFmt") or "decimal",
        text="" if text is None else text.get(VAL, "")[:LONGEST],
        start=whole(value(element, "start")),
        restart=None if restart is None else whole(restart),
        decimal=is_on(element.find(f"{W}isLgl"), VAL),
    )


def _number(element: etree._Element, attribute: str) -> int:
    return whole(element.get(f"{W}{attribute}"))
