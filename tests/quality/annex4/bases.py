"""Scene instances of invented enterprises, each with its names in one edition of the guide."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.guide import Guide, Scene, load_guide

FOLDER = Path(__file__).parent
PLACES = ("江城", "海滨", "北原", "南湖", "西山", "东港", "岭下", "河口", "云坪", "石桥", "青屿")
WORDS = ("示范", "样例", "试用", "虚拟", "假定", "演示", "范本", "例证", "试样")
OTHER = {"2024": "2025", "2025": "2024"}
guide = cache(load_guide)


@dataclass(frozen=True)
class Base:
    """An instance with its scene in one edition, and in the other edition where there is one."""

    instance: str
    industry: str
    product: str
    scene: Scene
    other: Scene | None

    @property
    def edition(self) -> str:
        """The edition of the table it will stand in."""
        return self.scene.edition

    def has(self, need: str) -> bool:
        """Return whether it can serve a pattern that needs this."""
        here, there = guide(self.edition), guide(OTHER[self.edition])
        segment = here.segment(self.scene.segment)
        other = self.other
        answers: Mapping[str, bool] = {
            "attested": self.scene.name_status == "attested",
            "provisional": self.scene.name_status == "provisional",
            "sibling": len(here.scenes_of(segment.id)) > 1,
            "own_segment": segment.name not in {one.name for one in there.segments},
            "other_scene": other is not None and other.name not in {s.name for s in here.scenes},
            "shared_scene": other is not None and other.name == self.scene.name,
            "foreign_segment": other is not None
            and there.segment(other.segment).name != segment.name,
        }
        return answers[need]

    def words(self, turn: int) -> dict[str, str]:
        """Return what templates may ask of it; `turn` chooses the enterprise and alternatives."""
        here, there = guide(self.edition), guide(OTHER[self.edition])
        segment = here.segment(self.scene.segment)
        place, word = PLACES[turn % len(PLACES)], WORDS[turn % len(WORDS)]
        said = {
            "instance": self.instance, "industry": self.industry, "product": self.product,
            "place": place, "word": word, "enterprise": f"{place}{word}{self.industry}有限公司",
            "segment": segment.name, "segment_id": segment.id,
            "scene": self.scene.name, "scene_id": self.scene.id,
            "line": f"{segment.name}—{self.scene.name}—{self.instance}",
            "blank_segment": _inserted(segment.name, "␣"),
            "blank_scene": _inserted(self.scene.name, "[U+200B]"),
            "broken_scene": _inserted(self.scene.name, "⏎"),
            "broken_instance": _inserted(self.instance, "⏎"),
            "blank_instance": _inserted(self.instance, "␣"),
        }  # fmt: skip
        said |= _wrong(here, there, self.scene, turn)
        if self.other is not None:
            away = there.segment(self.other.segment)
            said |= {"other_segment": away.name, "other_segment_id": away.id,
                     "other_scene": self.other.name, "other_scene_id": self.other.id}  # fmt: skip
        return said


@cache
def bases(edition: str) -> tuple[Base, ...]:
    """Return every instance that has a scene in this edition, in the order of the file."""
    with (FOLDER / "instances.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = []
    for row in rows:
        scenes = {one: _scene(one, row[f"scene_{one}"]) for one in OTHER}
        scene = scenes[edition]
        if scene is not None:
            named = (row["instance"], row["industry"], row["product"])
            made.append(Base(*named, scene, scenes[OTHER[edition]]))
    return tuple(made)


def scene_id(edition: str, number: str) -> str:
    """Return the id of a scene from its number: S07, 2025-S07."""
    return f"{'' if edition == '2024' else edition + '-'}S{int(number):02d}"


def _scene(edition: str, number: str) -> Scene | None:
    return guide(edition).scene(scene_id(edition, number)) if number else None


def _wrong(here: Guide, there: Guide, scene: Scene, turn: int) -> dict[str, str]:
    """A segment of this edition alone that the scene does not belong to; a scene beside it."""
    foreign = {one.name for one in there.segments}
    wrong = [s for s in here.segments if s.name not in foreign and s.id != scene.segment]
    beside = [one.name for one in here.scenes_of(scene.segment) if one.id != scene.id]
    chosen = wrong[turn % len(wrong)]
    said = {"wrong": chosen.name, "wrong_id": chosen.id}
    return said | ({"sibling": beside[turn % len(beside)]} if beside else {})


def _inserted(text: str, sign: str) -> str:
    """Put a sign between two Han characters near the middle."""
    middle = len(text) // 2
    places = sorted(range(1, len(text)), key=lambda at: abs(at - middle))
    at = next(p for p in places if _han(text[p - 1]) and _han(text[p]))
    return text[:at] + sign + text[at:]


def _han(sign: str) -> bool:
    return "一" <= sign <= "鿿"
