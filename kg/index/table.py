"""The filter and facet columns of all cases: any filter combines exactly with any ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.records import Edge, Node
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from ontology.guide import Guide

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
PAGE = 1000
# A case's further scenes count half: in a third of the double-labelled cases the annotators were
# split over which of the two scenes leads.
PRIMARY, ALTERNATIVE = 1.0, 0.5
FACETS = ("scene", "segment", "area", "industry", "province", "level", "grade", "basis")
UNKNOWN_YEAR = 0


@dataclass(frozen=True, slots=True)
class CaseTable:
    """One row per instance: `facets[name][value]` holds the sorted rows with that value.

    `years` is int16 with 0 for unknown; `membership` float32 of shape (n, scenes) says how much a
    case belongs to each 2024 scene; `enterprises` holds organisation ids, "" where unknown.
    """

    ids: tuple[str, ...]
    enterprises: tuple[str, ...]
    years: NDArray[np.int16]
    membership: NDArray[np.float32]
    facets: Mapping[str, Mapping[str, Rows]]

    def mask(self, facet: str, values: Iterable[str]) -> Mask:
        """Return which rows have one of the values."""
        found = np.zeros(len(self.ids), dtype=bool)
        for value in values:
            found[self.facets[facet].get(value, np.zeros(0, np.int64))] = True
        return found

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


def indexed_text(node: Node) -> str:
    """Return the text of an instance that matching and search look at."""
    parts = (node.text("name"), node.text("description"), "；".join(node.texts("technologies")))
    return "。".join(part for part in parts if part)


def read_cases(read: GraphRead, guide: Guide) -> CaseTexts:
    """Return the table of all instances of the graph, in id order."""
    levels = _levels_of_enterprises(read)
    wider = _wider(read)
    columns = {scene.id: column for column, scene in enumerate(guide.scenes)}
    rows: list[_Row] = []
    for page in pages_of(read, "Instance", PAGE):
        outgoing = _by_start(read.edges([node.id for node in page], direction="out"))
        rows += [_row(node, outgoing.get(node.id, ()), levels, wider, guide) for node in page]
    membership = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for index, row in enumerate(rows):
        for scene, weight in row.scenes.items():
            if scene in columns:
                membership[index, columns[scene]] = weight
    table = CaseTable(
        tuple(row.id for row in rows),
        tuple(row.enterprise for row in rows),
        np.asarray([row.year for row in rows], dtype=np.int16),
        membership,
        _postings(rows),
    )
    return CaseTexts(table, tuple(row.text for row in rows))


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    text: str
    enterprise: str
    year: int
    scenes: Mapping[str, float]
    values: Mapping[str, frozenset[str]]


def _row(
    node: Node,
    outgoing: Sequence[Edge],
    levels: Mapping[str, frozenset[str]],
    wider: Mapping[str, str],
    guide: Guide,
) -> _Row:
    ends: dict[str, list[Edge]] = defaultdict(list)
    for edge in outgoing:
        ends[edge.relation].append(edge)
    scenes = {
        edge.end: PRIMARY if edge.properties.get("rank") == "primary" else ALTERNATIVE
        for edge in ends["IN_SCENE"]
    }
    known = [guide.scene(scene) for scene in scenes if guide.has_scene(scene)]
    areas = [guide.segment(scene.segment).area for scene in known]
    enterprise = ends["OF_ENTERPRISE"][0].end if ends["OF_ENTERPRISE"] else ""
    values = {
        "scene": frozenset(scenes),
        "segment": frozenset(scene.segment for scene in known),
        "area": frozenset(area for area in areas if area),
        "industry": _with_wider((edge.end for edge in ends["IN_INDUSTRY"]), wider),
        "province": _with_wider((edge.end for edge in ends["IN_PLACE"]), wider),
        "level": levels.get(enterprise, frozenset()),
        "grade": frozenset(filter(None, [node.text("grade")])),
        "basis": frozenset(str(edge.properties.get("basis", "")) for edge in ends["IN_SCENE"]),
    }
    year = node.year() or UNKNOWN_YEAR
    return _Row(node.id, indexed_text(node), enterprise, year, scenes, values)


def _by_start(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    grouped: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        grouped[edge.start].append(edge)
    return grouped


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
        outgoing = _by_start(
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
