"""The way to the next level: what is still open, and who has done what serves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.case_facts import CaseFacts, LevelOfEnterprise, describe
from kg.entities import Evidence, Ref, evidence_of
from kg.index.table import NO_ROWS, CaseTable
from kg.levels.profile import Profile
from kg.levels.verdict import LevelCheck, LevelsCheck, Verdict
from kg.ranking import GRADES, Asker, Doubles, industry_steps, level_number, nearness
from kg.scenes import SceneFamily
from kg.store.protocol import GraphRead
from kg.support import SHOWN, SceneSupport
from ontology.conditions import Conditions
from ontology.guide import Guide


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A condition of the level that is not met or not known to be, and the scenes that serve it.

    For a floor these are all scenes of the areas that are not covered.
    """

    id: str
    text: str
    place: str
    verdict: Verdict
    settled_by: str
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathCase:
    """A case of the scene whose enterprise has a factory at the level or above.

    `levels` are those factories as their lists word them; whether the case is of one of them no
    source says.
    """

    instance: Ref
    enterprise: Ref | None
    year: int | None
    levels: tuple[LevelOfEnterprise, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PathScene:
    """A scene that serves open conditions, with the nearest of what is known for it.

    The totals count all that is known; 0 says that none is known to us. `used` was used in a case
    of the scene, `offered` is published or claimed for it.
    """

    scene: Ref
    name_status: str
    area: str | None
    covered: bool
    cases: tuple[PathCase, ...]
    cases_total: int
    used: tuple[Ref, ...]
    used_total: int
    offered: tuple[Ref, ...]
    offered_total: int
    standards: tuple[Ref, ...]
    standards_total: int


@dataclass(frozen=True, slots=True)
class LevelPath:
    """What is open on the way to a level: conditions in the notice's order, then their scenes."""

    level: str
    open: tuple[OpenCondition, ...]
    scenes: tuple[PathScene, ...]


def next_level(check: LevelsCheck, awarded: Sequence[str], publicised: Sequence[str]) -> str | None:
    """Return the level to aim at: one under public notice, else above what was awarded.

    Without either it is the lowest that is not met above the highest that is.
    """
    above = max((level_number(level) for level in awarded), default=0)
    coming = [level for level in publicised if level_number(level) > above]
    if coming:
        return max(coming, key=level_number)
    if check.highest and not awarded:
        above = level_number(check.highest)
    ahead = [level for level in check.levels if level_number(level.id) > above]
    return next((level.id for level in ahead if level.verdict != "met"), None)


def open_conditions(
    check: LevelCheck, profile: Profile, conditions: Conditions, guide: Guide
) -> tuple[OpenCondition, ...]:
    """Return what of the level is not met or not known, in the notice's order."""
    covered = {guide.area_of(one.scene) for one in profile.covered}
    found = []
    for clause in check.clauses:
        for one in clause.conditions:
            if one.verdict == "met":
                continue
            missing = [a for a in conditions.condition(one.id).areas if a not in covered]
            scenes = [scene.id for area in missing for scene in guide.scenes_of(area)]
            found.append(
                OpenCondition(
                    one.id, one.text, one.place, one.verdict, one.settled_by,
                    tuple(scenes) or one.scenes,
                )
            )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Around:
    """What the way is looked up in: the graph, the columns of its cases, what each scene has.

    `own` is the enterprise that asks, "" where unknown: its cases are no example to itself.
    """

    read: GraphRead
    table: CaseTable
    supports: Mapping[str, SceneSupport]
    guide: Guide
    own: str = ""


def level_path(
    around: Around, level: str, wanted: Sequence[OpenCondition], profile: Profile, asker: Asker
) -> LevelPath:
    """Return the open conditions with their scenes, and for each scene what is known."""
    named = dict.fromkeys(scene for one in wanted for scene in one.scenes)
    known = [around.supports[scene] for scene in named if scene in around.supports]
    at_level = _AtLevel.of(around, level, asker)
    rows = [at_level.rows(support.scene) for support in known]
    shown = [[around.table.ids[row] for row in found[:SHOWN]] for found in rows]
    facts = describe(around.read, sorted({one for ids in shown for one in ids}))
    covered = {one.scene for one in profile.covered}
    scenes = []
    for support, found, ids in zip(known, rows, shown, strict=True):
        cases = tuple(_case(facts[one], level) for one in ids if one in facts)
        scenes.append(_scene(around.guide, support, covered, cases, len(found)))
    return LevelPath(level, tuple(wanted), tuple(scenes))


@dataclass(frozen=True, slots=True)
class _AtLevel:
    """Which cases are of enterprises with a factory at the level or above, and what ranks them."""

    table: CaseTable
    mask: NDArray[np.bool_]
    near: Doubles
    grade: Doubles

    @classmethod
    def of(cls, around: Around, level: str, asker: Asker) -> _AtLevel:
        """Find the cases, and how near their industry is and how good their source."""
        table, least = around.table, level_number(level)
        high_enough = [one for one in table.facets["level"] if level_number(one) >= least]
        mask = table.mask("level", high_enough)
        if around.own:
            mask &= ~table.of_enterprise(around.own)
        near = nearness(table, "industry", industry_steps(asker.industry))
        return cls(table, mask, near, nearness(table, "grade", GRADES))

    def rows(self, scene: SceneFamily) -> list[int]:
        """Return the scene's cases: the nearest industry first, the newest, the best source."""
        held = [self.table.rows("scene", member) for member in scene.members]
        found = np.unique(np.concatenate(held)) if held else NO_ROWS
        found = found[self.mask[found]]
        years = self.table.years[found].astype(np.int64)
        order = np.lexsort((found, -self.grade[found], -years, -self.near[found]))
        return list(found[order].tolist())


def _case(facts: CaseFacts, level: str) -> PathCase:
    owner = next((edge.end for edge in facts.edges if edge.relation == "OF_ENTERPRISE"), None)
    return PathCase(
        Ref.of(facts.node),
        Ref.of(facts.ends[owner]) if owner else None,
        facts.node.year(),
        tuple(one for one in facts.levels if level_number(one.id) >= level_number(level)),
        evidence_of(facts.records),
    )


def _scene(
    guide: Guide, support: SceneSupport, covered: set[str], cases: tuple[PathCase, ...], total: int
) -> PathScene:
    node = support.scene.scene
    return PathScene(
        Ref.of(node),
        node.text("name_status"),
        guide.area_of(node.id),
        node.id in covered,
        cases,
        total,
        support.used,
        support.used_total,
        support.offered,
        support.offered_total,
        support.standards,
        support.standards_total,
    )
