"""The filter and facet columns of all cases: any filter combines exactly with any ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.effects.effect import Effect, readings
from kg.effects.reading import parse
from kg.entities import by_start
from kg.records import Edge, Node
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from kg.text import NearDuplicates, normalise
from ontology.conditions import Conditions, load_conditions
from ontology.guide import Guide

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
PAGE = 1000
# A case's further scenes count half: in a third of the double-labelled cases the annotators were
# split over which of the two scenes leads.
PRIMARY, ALTERNATIVE = 1.0, 0.5
FACETS = (
    *("scene", "segment", "area", "industry", "province", "level", "grade", "basis"),
    *("kpi", "technology", "has"),
)
UNKNOWN_YEAR = 0
NO_ENTERPRISE = -1
NO_ROWS: Rows = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the cases state of indicators, a position each: `rows` of the table, `names` of what is
    stated (indicator, kind and unit as one text, see `figure_name`), `low` and `high` in that unit,
    float64, NaN where a side is open.
    """

    rows: Rows
    names: NDArray[np.str_]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """One row per instance: `facets[name][value]` holds the sorted rows with that value.

    `years` is int16 with 0 for unknown; `membership` float32 of shape (n, scenes) says how much a
    case belongs to each 2024 scene; `owners` holds the position of its enterprise among
    `enterprises` (organisation ids), NO_ENTERPRISE where unknown. `stories` holds for each row the
    first row that reports the same: itself for most.
    """

    ids: tuple[str, ...]
    enterprises: tuple[str, ...]
    owners: Rows
    years: NDArray[np.int16]
    membership: NDArray[np.float32]
    facets: Mapping[str, Mapping[str, Rows]]
    figures: Figures
    stories: Rows

    def enterprise(self, row: int) -> str:
        """Return the id of a row's enterprise, "" where unknown."""
        owner = int(self.owners[row])
        return "" if owner == NO_ENTERPRISE else self.enterprises[owner]

    def of_enterprise(self, enterprise: str) -> Mask:
        """Return which rows are of an enterprise."""
        known = enterprise in self.enterprises
        owner = self.enterprises.index(enterprise) if known else len(self.enterprises)
        return np.asarray(self.owners == owner, dtype=np.bool_)

    def rows(self, facet: str, value: str) -> Rows:
        """Return the rows that have a value, ascending."""
        return self.facets[facet].get(value, NO_ROWS)

    def mask(self, facet: str, values: Iterable[str]) -> Mask:
        """Return which rows have one of the values."""
        found = np.zeros(len(self.ids), dtype=bool)
        for value in values:
            found[self.rows(facet, value)] = True
        return found

    def stating(self, name: str, low: float | None, high: float | None) -> Mask:
        """Return which rows state a figure of that name within the bounds, as far as it is known.

        An open side (>90%) is nowhere within: 90 % or more may be below 95 %.
        """
        found = np.zeros(len(self.ids), dtype=bool)
        held = self.figures.names == name
        if low is not None:
            held &= self.figures.low >= low
        if high is not None:
            held &= self.figures.high <= high
        found[self.figures.rows[held]] = True
        return found

    def effects_of(self, rows: Rows) -> Iterator[tuple[str, Effect]]:
        """Yield the figures of these rows, each with its enterprise (or case, where unknown)."""
        figures = self.figures
        for place in np.flatnonzero(np.isin(figures.rows, rows)).tolist():
            kpi, kind, unit = figures.names[place].split(" ", 2)
            low, high = (
                None if np.isnan(side[place]) else float(side[place])
                for side in (figures.low, figures.high)
            )
            row = int(figures.rows[place])
            effect = Effect("", kpi=kpi, kind=kind, unit=unit or None, low=low, high=high)
            yield self.enterprise(row) or self.ids[row], effect

    def between(self, first: int | None, last: int | None) -> Mask:
        """Return which rows have a known year in [first, last]; None is open."""
        found = np.ones(len(self.ids), dtype=bool)
        if first is not None or last is not None:
            found &= self.years != UNKNOWN_YEAR
        if first is not None:
            found &= self.years >= first
        if last is not None:
            found &= self.years <= last
        return found


@dataclass(frozen=True, slots=True)
class CaseTexts:
    """The rows of a table with the text that is indexed for each."""

    table: CaseTable
    texts: tuple[str, ...]


def figure_name(kpi: str, kind: str, unit: str | None) -> str:
    """Return indicator, kind and unit as the one text that figures are compared by."""
    return f"{kpi} {kind} {unit or ''}"


def indexed_text(node: Node) -> str:
    """Return the text of an instance that matching and search look at."""
    parts = (node.text("name"), node.text("description"), "；".join(node.texts("technologies")))
    return "。".join(part for part in parts if part)


def read_cases(read: GraphRead, guide: Guide, scenes: Sequence[str]) -> CaseTexts:
    """Return the table of all instances of the graph, in id order.

    `scenes` are those that the matcher learnt, in its order; a case of one that was retired since
    belongs to what took it in.
    """
    known = _Known(_levels_of_enterprises(read), _wider(read), guide, load_conditions())
    columns = {scene: column for column, scene in enumerate(scenes)}
    rows: list[_Row] = []
    for page in pages_of(read, "Instance", PAGE):
        outgoing = by_start(read.edges([node.id for node in page], direction="out"))
        rows += [_row(node, outgoing.get(node.id, ()), known) for node in page]
    membership = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for index, row in enumerate(rows):
        for filed, weight in row.scenes.items():
            for scene in (filed,) if filed in columns else guide.current(filed):
                if scene in columns:
                    place = index, columns[scene]
                    membership[place] = max(membership[place], weight)
    enterprises = tuple(sorted({row.enterprise for row in rows} - {""}))
    owner = {enterprise: place for place, enterprise in enumerate(enterprises)}
    table = CaseTable(
        tuple(row.id for row in rows),
        enterprises,
        np.asarray([owner.get(row.enterprise, NO_ENTERPRISE) for row in rows], dtype=np.int64),
        np.asarray([row.year for row in rows], dtype=np.int16),
        membership,
        _postings(rows),
        _figures(rows),
        _stories(rows),
    )
    return CaseTexts(table, tuple(row.text for row in rows))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows are made with: levels by enterprise, the next wider industry or place."""

    levels: Mapping[str, frozenset[str]]
    wider: Mapping[str, str]
    guide: Guide
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    text: str
    enterprise: str
    year: int
    scenes: Mapping[str, float]
    values: Mapping[str, frozenset[str]]
    effects: tuple[Effect, ...]


def _row(node: Node, outgoing: Sequence[Edge], known: _Known) -> _Row:
    guide = known.guide
    ends: dict[str, list[Edge]] = defaultdict(list)
    for edge in outgoing:
        ends[edge.relation].append(edge)
    scenes = {
        edge.end: PRIMARY if edge.properties.get("rank") == "primary" else ALTERNATIVE
        for edge in ends["IN_SCENE"]
    }
    filed = [guide.scene(scene) for scene in scenes if guide.has_scene(scene)]
    areas = [guide.segment(scene.segment).area for scene in filed]
    enterprise = ends["OF_ENTERPRISE"][0].end if ends["OF_ENTERPRISE"] else ""
    effects = _stated(node, known.conditions)
    values = {
        "scene": frozenset(scenes),
        "segment": frozenset(scene.segment for scene in filed),
        "area": frozenset(area for area in areas if area),
        "industry": _with_wider((edge.end for edge in ends["IN_INDUSTRY"]), known.wider),
        "province": _with_wider((edge.end for edge in ends["IN_PLACE"]), known.wider),
        "level": known.levels.get(enterprise, frozenset()),
        "grade": frozenset(filter(None, [node.text("grade")])),
        "basis": frozenset(str(edge.properties.get("basis", "")) for edge in ends["IN_SCENE"]),
        "kpi": frozenset(one.kpi for one in effects if one.kpi),
        "technology": frozenset(map(normalise, node.texts("technologies"))),
        "has": frozenset(name for name, found in _has(node, ends).items() if found),
    }
    year = node.year() or UNKNOWN_YEAR
    return _Row(node.id, indexed_text(node), enterprise, year, scenes, values, effects)


def _has(node: Node, ends: Mapping[str, Sequence[Edge]]) -> dict[str, bool]:
    """Return what a source tells of the case beyond what was done."""
    return {
        "solution": bool(ends["USES"]),
        "supplier": bool(ends["SUPPLIED_BY"] or node.texts("suppliers_as_found")),
        "effects": bool(node.texts("effects")),
        "standard": bool(ends["APPLIES"]),
        "replication": bool(ends["REPLICATED_TO"] or node.texts("replication")),
    }


def _stated(node: Node, conditions: Conditions) -> tuple[Effect, ...]:
    """Return the node's figures of indicators: those whose indicator and kind can be told."""
    parsed = (parse(statement, conditions) for statement in node.texts("effects"))
    return tuple(one for effect in parsed for one in readings(effect) if one.kpi and one.kind)


def _figures(rows: Sequence[_Row]) -> Figures:
    stated = [(index, effect) for index, row in enumerate(rows) for effect in row.effects]
    sides = [
        [np.nan if side is None else side for side in (effect.low, effect.high)]
        for _, effect in stated
    ]
    bounds = np.asarray(sides, dtype=np.float64).reshape(len(stated), 2)
    names = [figure_name(effect.kpi or "", effect.kind or "", effect.unit) for _, effect in stated]
    return Figures(
        np.asarray([index for index, _ in stated], dtype=np.int64),
        np.asarray(names, dtype=np.str_),
        bounds[:, 0],
        bounds[:, 1],
    )


def _stories(rows: Sequence[_Row]) -> Rows:
    """Return for each row the first row of the same enterprise that says nearly the same."""
    by_enterprise: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.enterprise:
            by_enterprise[row.enterprise].append(index)
    story = np.arange(len(rows), dtype=np.int64)
    for own in by_enterprise.values():
        alike = NearDuplicates(rows[index].text for index in own).within() if own[1:] else []
        for place, others in enumerate(alike):
            earlier = [story[own[other]] for other in others if other < place]
            story[own[place]] = min(earlier, default=own[place])
    return story


def _wider(read: GraphRead) -> dict[str, str]:
    """Return the next wider industry or place of each."""
    found: dict[str, str] = {}
    for label in ("Industry", "Place"):
        for page in pages_of(read, label, PAGE):
            edges = read.edges([node.id for node in page], ("WITHIN",), "out")
            found.update((edge.start, edge.end) for edge in edges)
    return found


def _with_wider(ids: Iterable[str], wider: Mapping[str, str]) -> frozenset[str]:
    found: set[str] = set()
    for start in ids:
        step: str | None = start
        while step is not None and step not in found:
            found.add(step)
            step = wider.get(step)
    return frozenset(found)


def _levels_of_enterprises(read: GraphRead) -> dict[str, frozenset[str]]:
    """Return the levels of the factories of each enterprise: what a case is filtered by."""
    found: dict[str, set[str]] = defaultdict(set)
    for page in pages_of(read, "Factory", PAGE):
        outgoing = by_start(
            read.edges([node.id for node in page], ("AT_LEVEL", "OF_ENTERPRISE"), "out")
        )
        for edges in outgoing.values():
            owners = [edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"]
            reached = [edge.end for edge in edges if edge.relation == "AT_LEVEL"]
            for owner in owners:
                found[owner].update(reached)
    return {owner: frozenset(reached) for owner, reached in found.items()}


def _postings(rows: Sequence[_Row]) -> dict[str, dict[str, Rows]]:
    collected: dict[str, dict[str, list[int]]] = {facet: defaultdict(list) for facet in FACETS}
    for index, row in enumerate(rows):
        for facet, values in row.values.items():
            for value in values:
                collected[facet][value].append(index)
    return {
        facet: {value: np.asarray(found, dtype=np.int64) for value, found in sorted(values.items())}
        for facet, values in collected.items()
    }
