"""Development paths: which scenes cases tell of, level by level, as far as sources say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.entities import Ref
from kg.index.table import NO_ENTERPRISE, CaseTable
from kg.ranking import level_number
from kg.records import Node
from kg.store.protocol import GraphRead
from ontology.guide import Guide
from ontology.sentence import Sentence

NOT_ALL = Sentence(
    "只统计来源中有案例、且企业有工厂列入该层级的情形；没有统计到不代表没有建设。"
    "案例按企业归入层级，是否属于所列工厂未必写明。",
    "Counted are only cases in our sources whose enterprise has a factory listed at the level; what"
    " is not counted may have been built all the same. Cases go by enterprise: whether one is of"
    " the listed factory is not always said.",
)


@dataclass(frozen=True, slots=True)
class SceneAtLevel:
    """A scene with the enterprises at a level that have a case of it, and those cases."""

    scene: Ref
    name_status: str
    area: str | None
    enterprises: int
    cases: int


@dataclass(frozen=True, slots=True)
class LevelStep:
    """A level: the enterprises with cases that have a factory there, and their scenes.

    An enterprise counts at the highest level of its factories. `scenes` are those of most
    enterprises first; `new` are those that no lower level tells of.
    """

    level: str
    name: str
    enterprises: int
    scenes: tuple[SceneAtLevel, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DevelopmentPath:
    """The levels from the lowest to the highest, as cases attest them; `note` says what is not."""

    steps: tuple[LevelStep, ...]
    note: str = NOT_ALL


def development_path(
    read: GraphRead, table: CaseTable, guide: Guide, industry: Sequence[str]
) -> DevelopmentPath:
    """Return what cases of these industries (ids, () for all) tell of each level."""
    mask = table.mask("industry", industry) if industry else np.ones(len(table.ids), np.bool_)
    names = {node.id: node.name for node in read.find("Level", limit=100).nodes}
    taken = np.zeros(len(table.ids), np.bool_)
    rows: dict[str, NDArray[np.bool_]] = {}
    for level in sorted(names, key=level_number, reverse=True):
        rows[level] = mask & table.mask("level", [level]) & ~taken
        taken |= rows[level]
    scenes = {node.id: node for node in read.get([scene.id for scene in guide.scenes])}
    steps: list[LevelStep] = []
    seen: set[str] = set()
    for level in sorted(names, key=level_number):
        found = _scenes(table, rows[level], guide, scenes)
        ids = {one.scene.id for one in found}
        new = tuple(sorted(ids - seen))
        steps.append(LevelStep(level, names[level], _owners(table, rows[level]), found, new))
        seen |= ids
    return DevelopmentPath(tuple(steps))


def _scenes(
    table: CaseTable, rows: NDArray[np.bool_], guide: Guide, nodes: Mapping[str, Node]
) -> tuple[SceneAtLevel, ...]:
    found = []
    for scene in (one for one in guide.scenes if one.id in nodes):
        own = rows & table.mask("scene", [scene.id])
        if cases := int(own.sum()):
            node = nodes[scene.id]
            found.append(
                SceneAtLevel(
                    Ref.of(node),
                    node.text("name_status"),
                    guide.area_of(scene.id),
                    _owners(table, own),
                    cases,
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.enterprises, -one.cases, one.scene.id)))


def _owners(table: CaseTable, rows: NDArray[np.bool_]) -> int:
    """Count the distinct enterprises of the rows."""
    owners = np.unique(table.owners[rows])
    return int((owners != NO_ENTERPRISE).sum())
