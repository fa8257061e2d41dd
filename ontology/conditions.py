"""The notice as data: levels, conditions, indicators, quotas, dates and the filing forms."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypeVar

from ontology.errors import UnknownId

CONDITIONS = Path(__file__).parent / "conditions.yaml"
NOTICE = Path(__file__).parent / "notice_399.txt"
LEVEL_IDS = ("L1", "L2", "L3", "L4")

Kind = Literal["base", "floor", "content", "result", "application", "duty"]
Check = Literal["coverage", "maturity", "comparison", "assessment", "statement", "other_conditions"]
Strictness = Literal["stated", "in_principle", "must", "at_least", "encouraged"]
Scope = Literal["province", "country", "world"]
Standing = Literal["above_average", "leading"]
UnitKind = Literal["province", "planned_city", "corps", "central_enterprise"]
Form = Literal["level", "change"]
Direction = Literal["up", "down", "none"]


@dataclass(frozen=True, slots=True)
class NoticePlace:
    """Where in the notice a text stands; `annex` 0 is the notice itself."""

    annex: int
    part: str
    section: str = ""
    item: int | None = None

    @property
    def text(self) -> str:
        """The place as people cite it."""
        steps = [f"附件{self.annex}" if self.annex else "通知", self.part, self.section]
        if self.item is not None:
            steps.append(f"第{self.item}项")
        return " ".join(step for step in steps if step)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whom the figures are compared with, and how they must stand beside them.

    `of` says which figures: those of the indicators, or the level of maturity.
    """

    scope: Scope
    standing: Standing
    of: Literal["kpis", "maturity"] = "kpis"


@dataclass(frozen=True, slots=True)
class Condition:
    """One single thing to check, in the notice's words.

    `levels` are those that ask for it; `scenes` (2024) can serve it and are assigned by us;
    `areas` are those that a floor asks for; `maturity` is the least GB/T 39116 level.
    """

    id: str
    clause: str
    text: str
    place: NoticePlace
    kind: Kind
    levels: tuple[str, ...]
    check: Check = "statement"
    strictness: Strictness = "stated"
    area: str | None = None
    areas: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    comparison: Comparison | None = None
    maturity: int | None = None
    exception: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered item of the notice in full, with the single conditions in it."""

    id: str
    text: str
    place: NoticePlace
    conditions: tuple[Condition, ...]
    heading: str = ""
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One of the four levels; `floor` says which construction areas must be covered."""

    id: str
    name: str
    name_en: str
    order: int
    summary: str
    place: NoticePlace
    floor: Clause
    content: tuple[Clause, ...]
    results: tuple[Clause, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The level's own conditions: floor, content, results (base requirements apart)."""
        clauses = (self.floor, *self.content, *self.results)
        return tuple(condition for clause in clauses for condition in clause.conditions)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key performance indicator: `direction` is where its quantity should go by its name.

    `better` says how two printed figures compare, which is our reading: the larger is better.
    """

    id: str
    name: str
    name_en: str
    unit: str
    group: str
    quantity: str
    form: Form
    direction: Direction
    better: Literal["higher"]
    order: int


@dataclass(frozen=True, slots=True)
class Quota:
    """How many projects one recommending unit of a kind may recommend at most."""

    kind: UnitKind
    limit: int
    words: str


@dataclass(frozen=True, slots=True)
class NoticeDate:
    """A date of the notice with its words, which say 前 (before) of the two deadlines."""

    id: str
    date: datetime.date
    words: str
    part: str


@dataclass(frozen=True, slots=True)
class RecommendingUnit:
    """A unit that recommends; `code` is GB/T 2260, None for the Corps, which has none there."""

    id: str
    kind: UnitKind
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class RecommendingKind:
    """A kind of recommending unit; central enterprises are a kind without named units."""

    id: UnitKind
    name: str
    name_en: str
    names_units: bool


@dataclass(frozen=True, slots=True)
class Material:
    """One part of the application of annex 3."""

    order: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of annex 4; `personal` ones hold a person's data."""

    id: str
    name: str
    personal: bool


@dataclass(frozen=True, slots=True)
class PrintedExample:
    """The example that annex 4 prints in its first row, and what must be told from a filing."""

    text: str
    trailing: str
    segment: str
    scene: str
    instance: str
    role_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """The recommendation table of annex 4 as printed."""

    title: str
    head: str
    columns: tuple[Column, ...]
    example: PrintedExample
    numbered_rows: int
    filler: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A standard or document that the notice cites; `code` is its usual spelling."""

    id: str
    words: str
    code: str | None
    title: str
    kind: Literal["standard", "document"]


@dataclass(frozen=True, slots=True)
class Document:
    """The notice itself."""

    number: str
    title: str
    title_en: str
    issuers: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Encouraged:
    """What the notice encourages beyond the five areas and asks of nobody."""

    id: str
    text: str
    segment: str


Found = TypeVar("Found", Level, Kpi, Condition)


# Not slotted: the table of single conditions is built at the first question and kept.
@dataclass(frozen=True)
class Conditions:
    """Everything that the notice asks for, looked up by id."""

    document: Document
    levels: tuple[Level, ...]
    base: tuple[Clause, ...]
    application: tuple[Clause, ...]
    duties: tuple[Clause, ...]
    encouraged: Encouraged
    kpis: tuple[Kpi, ...]
    quotas: tuple[Quota, ...]
    dates: tuple[NoticeDate, ...]
    units: tuple[RecommendingUnit, ...]
    unit_kinds: tuple[RecommendingKind, ...]
    materials: tuple[Material, ...]
    table: TableForm
    cited: tuple[Citation, ...]

    def level(self, key: str) -> Level:
        """Return the level of that id or Chinese name, or raise UnknownId."""
        known = {level.id: level for level in self.levels}
        named = {level.name: level for level in self.levels}
        return _pick({**known, **named}, key, "level")

    def next_level(self, level_id: str) -> Level | None:
        """Return the level above, None above the highest."""
        order = self.level(level_id).order
        return next((level for level in self.levels if level.order == order + 1), None)

    def kpi(self, kpi_id: str) -> Kpi:
        """Return the indicator of that id, or raise UnknownId."""
        return _pick({kpi.id: kpi for kpi in self.kpis}, kpi_id, "indicator")

    def condition(self, condition_id: str) -> Condition:
        """Return the single condition of that id, or raise UnknownId."""
        return _pick(self._conditions, condition_id, "condition")

    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause: base, the levels' in order, application, duties."""
        own = [
            clause
            for level in self.levels
            for clause in (level.floor, *level.content, *level.results)
        ]
        return (*self.base, *own, *self.application, *self.duties)

    def for_level(self, level_id: str) -> tuple[Condition, ...]:
        """Return all that annex 2 asks of a level: base requirements, floor, content, results."""
        level = self.level(level_id)
        base = [
            condition
            for clause in self.base
            for condition in clause.conditions
            if level.id in condition.levels
        ]
        return (*base, *level.conditions)

    def quota(self, kind: str) -> Quota:
        """Return the quota of a kind of recommending unit, or raise UnknownId."""
        for quota in self.quotas:
            if quota.kind == kind:
                return quota
        raise UnknownId("kind of recommending unit", kind, [quota.kind for quota in self.quotas])

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        return {one.id: one for clause in self.clauses() for one in clause.conditions}


@cache
def load_conditions(path: Path = CONDITIONS) -> Conditions:
    """Read the conditions, or raise InvalidFile."""
    from ontology.conditions_yaml import read_conditions

    return read_conditions(path)


def notice_text(path: Path = NOTICE) -> str:
    """Return the notice in full, without telephone numbers and without our header lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#")).strip("\n")


def _pick(known: Mapping[str, Found], key: str, kind: str) -> Found:
    if key not in known:
        raise UnknownId(kind, key, known)
    return known[key]
