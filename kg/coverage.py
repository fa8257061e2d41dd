"""Coverage of the guide: what is known of each scene, by industry and level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.entities import Ref, by_start
from kg.index.snapshot import Snapshot
from kg.index.table import NO_ENTERPRISE, CaseTable
from kg.ranking import level_number
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead
from kg.support import SceneSupport
from ontology.classification import DIVISION, industry_id, industry_line
from ontology.sentence import Sentence

PAGE = 1000
NO_LEVEL = ""  # the enterprise has no factory on a list that we know
NO_INDUSTRY = ""  # no source says one
KNOWN_TO_US = Sentence(
    "统计的是来源中可见的内容；没有见到不代表不存在，也不代表任何企业缺少。"
    "各场景下方案与标准的总数不按行业区分；按行业的见各单元格。",
    "Counted is what sources show. What was not seen may exist all the same, and no enterprise is"
    " said to lack it. Totals of solutions and standards by scene are of all industries.",
)


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What is known of a scene in an industry (division) at a level; either may be unknown ("").

    A case counts at the highest level that a factory of its enterprise is listed at; `factories`
    are those factories, of which the case may or may not be one. `used` are the distinct solutions
    and suppliers that its cases used, `standards` those that its cases apply.
    """

    scene: str
    industry: str
    level: str
    cases: int
    enterprises: int
    factories: int
    used: int
    standards: int


@dataclass(frozen=True, slots=True)
class OfferedIn:
    """How many solutions are published or claimed for a scene in an industry (division)."""

    scene: str
    industry: str
    solutions: int


@dataclass(frozen=True, slots=True)
class SceneCoverage:
    """What is known of a scene in all the industries asked for; solutions and standards of all."""

    scene: Ref
    name_status: str
    segment: Ref
    area: str | None
    cases: int
    enterprises: int
    used: int
    offered: int
    standards: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every scene of the guide, the cells in which there is a case, and the scenes without any.

    `offered` counts what is offered for a scene and says for which industry.
    """

    scenes: tuple[SceneCoverage, ...]
    cells: tuple[CoverageCell, ...]
    offered: tuple[OfferedIn, ...]
    industries: tuple[Ref, ...]
    white_spots: tuple[str, ...]
    note: str = KNOWN_TO_US


def coverage(
    read: GraphRead,
    snapshot: Snapshot,
    supports: Mapping[str, SceneSupport],
    industry: Sequence[str] = (),
) -> Coverage:
    """Return what is known of the guide's scenes, in the industries given (ids) or in all."""
    table, guide = snapshot.table, snapshot.matcher.guide
    wanted = table.mask("industry", industry) if industry else np.ones(len(table.ids), np.bool_)
    places = _Places.of(table, _Around.of(read, table), wanted)
    scenes: list[SceneCoverage] = []
    cells: list[CoverageCell] = []
    offered: list[OfferedIn] = []
    for scene in guide.scenes:
        if scene.id not in supports:
            continue
        rows = table.rows("scene", scene.id)
        rows = rows[wanted[rows]]
        cells += list(places.cells(scene.id, rows))
        known, segment = supports[scene.id], guide.segment(scene.segment)
        offered += _offered(read, known, industry)
        node = known.scene.scene
        scenes.append(
            SceneCoverage(
                Ref.of(node),
                node.text("name_status"),
                Ref(segment.id, "Segment", segment.name),
                segment.area,
                len(rows),
                places.enterprises(rows),
                known.used_total,
                known.offered_total,
                known.standards_total,
            )
        )
    industries = {cell.industry for cell in cells} | {one.industry for one in offered}
    named = read.get(sorted(industries - {NO_INDUSTRY}))
    return Coverage(
        tuple(scenes),
        tuple(cells),
        tuple(offered),
        tuple(Ref.of(node) for node in named),
        tuple(one.scene.id for one in scenes if not one.cases),
    )


def cases_by_segment(
    table: CaseTable, industry: Sequence[str] = ()
) -> Mapping[tuple[str, str], int]:
    """Count the cases of each industry (division) and segment, each case once; no zeros.

    Beside the cells, which count by scene: a case of two scenes of a segment is one here.
    """
    wanted = table.mask("industry", industry) if industry else np.ones(len(table.ids), np.bool_)
    divisions = _divisions(table, wanted)
    found = {
        (division, segment): int(np.count_nonzero(inside[rows] & wanted[rows]))
        for segment, rows in table.facets["segment"].items()
        for division, inside in divisions.items()
    }
    return {place: count for place, count in found.items() if count}


def _divisions(table: CaseTable, wanted: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
    """Return which cases lie in each division that any wanted case lies in, or in none (last)."""
    length = len(industry_id("")) + DIVISION
    placed = np.zeros(len(table.ids), np.bool_)
    divisions = {}
    for value, rows in table.facets["industry"].items():
        if len(value) != length:
            continue
        placed[rows] = True
        if wanted[rows].any():
            divisions[value] = table.mask("industry", [value])
    if (wanted & ~placed).any():
        divisions[NO_INDUSTRY] = ~placed
    return divisions


def _offered(read: GraphRead, known: SceneSupport, industry: Sequence[str]) -> Iterator[OfferedIn]:
    """Yield how many solutions are offered for a scene in each industry that they name."""
    links = read.edges(sorted(known.scene.members), ("FOR_SCENE",), "in")
    within = read.edges(sorted({edge.start for edge in links}), ("IN_INDUSTRY",), "out")
    found: dict[str, set[str]] = defaultdict(set)
    for edge in within:
        if not industry or any(edge.end.startswith(one) for one in industry):
            found[industry_line(edge.end)[-1]].add(edge.start)
    for division, solutions in sorted(found.items()):
        yield OfferedIn(known.scene.scene.id, division, len(solutions))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the cases: listed factories by enterprise and level, what a case (by its
    row) used, which standards it applies.
    """

    factories: Mapping[str, Mapping[str, int]]
    used: Mapping[int, frozenset[str]]
    applied: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, read: GraphRead, table: CaseTable) -> _Around:
        """Read it for all cases that have any."""
        having = table.mask("has", ["solution", "supplier", "standard"])
        rows = np.flatnonzero(having).tolist()
        used: dict[int, frozenset[str]] = {}
        applied: dict[int, frozenset[str]] = {}
        for first in range(0, len(rows), PAGE):
            part = {table.ids[row]: row for row in rows[first : first + PAGE]}
            edges = read.edges(sorted(part), ("USES", "SUPPLIED_BY", "APPLIES"), "out")
            for case, own in by_start(edges).items():
                taken = {edge.end for edge in own if edge.relation != "APPLIES"}
                used[part[case]] = frozenset(taken)
                applied[part[case]] = frozenset(edge.end for edge in own) - taken
        return cls(_factories(read), used, applied)


def _factories(read: GraphRead) -> dict[str, dict[str, int]]:
    """Count the listed factories of each enterprise by level."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for page in pages_of(read, "Factory", PAGE):
        edges = by_start(read.edges([n.id for n in page], ("AT_LEVEL", "OF_ENTERPRISE"), "out"))
        for own in edges.values():
            levels = {edge.end for edge in own if edge.relation == "AT_LEVEL"}
            for owner in (edge.end for edge in own if edge.relation == "OF_ENTERPRISE"):
                for level in levels:
                    found[owner][level] += 1
    return found


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns of the case table by which cases are counted."""

    table: CaseTable
    divisions: Mapping[str, NDArray[np.bool_]]
    levels: tuple[str, ...]
    level: NDArray[np.int64]
    around: _Around

    @classmethod
    def of(
        cls,
        table: CaseTable,
        around: _Around,
        wanted: NDArray[np.bool_],
    ) -> _Places:
        """Find divisions that any wanted case lies in and the highest level of each case."""
        divisions = _divisions(table, wanted)
        levels = (NO_LEVEL, *sorted(table.facets["level"], key=level_number))
        highest = np.zeros(len(table.ids), np.int64)
        for number, level in enumerate(levels[1:], start=1):
            highest[table.rows("level", level)] = number
        return cls(table, divisions, levels, highest, around)

    def cells(self, scene: str, rows: NDArray[np.int64]) -> Iterator[CoverageCell]:
        """Yield the cells of a scene in which there is a case, by industry, then level."""
        for division, inside in self.divisions.items():
            own = rows[inside[rows]]
            for number in np.unique(self.level[own]).tolist():
                some = own[self.level[own] == number]
                level = self.levels[number]
                owners = self._owners(some)
                factories = sum(
                    self.around.factories.get(self.table.enterprises[one], {}).get(level, 0)
                    for one in owners.tolist()
                )
                yield CoverageCell(
                    scene,
                    division,
                    level,
                    len(some),
                    len(owners),
                    factories,
                    self._distinct(self.around.used, some),
                    self._distinct(self.around.applied, some),
                )

    def _distinct(self, things: Mapping[int, frozenset[str]], rows: NDArray[np.int64]) -> int:
        none: frozenset[str] = frozenset()
        return len(none.union(*(things.get(row, none) for row in rows.tolist())))

    def enterprises(self, rows: NDArray[np.int64]) -> int:
        """Count the distinct enterprises of the rows."""
        return len(self._owners(rows))

    def _owners(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        owners = np.unique(self.table.owners[rows])
        return np.asarray(owners[owners != NO_ENTERPRISE], dtype=np.int64)
