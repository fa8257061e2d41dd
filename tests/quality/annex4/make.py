"""Write rows.csv of each set: its patterns applied to instances, the same at each run.

Run `python -m tests.quality.annex4.make` after a change of a list, and commit what it writes.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import IO

import yaml
from pydantic import BaseModel, ConfigDict

from tests.quality.annex4.bases import Base, bases, scene_id

FOLDER = Path(__file__).parent
SECOND_FOLDER = FOLDER / "second"
LISTS = ("deviations", "ideas", "valid")
TURNS = {FOLDER: 0, SECOND_FOLDER: 5_000}  # where a set begins, so that no two share a contact
LETTERS = "abc"
CELLS = ("number", "enterprise", "project", "scene", "person", "contact")
COLUMNS = ("id", "group", "pattern", "set", "edition", "hidden", *CELLS, "codes", "also", "items")
PERSONS = ("甲某", "乙某", "丙某", "丁某", "戊某", "己某", "庚某", "辛某")
VARIABLE = re.compile(r"\{(?:([abc])\.)?(\w+)(\|\w+)?\}")
HELD = {"mobile", "office", "mail"}  # the loader's, given the number of the row

Template = str | list[str]
Items = list[str] | str


class Part(BaseModel):
    """The cells of one row as templates; a list holds ways of writing that take turns."""

    model_config = ConfigDict(extra="forbid")

    number: Template = "{n}"
    enterprise: Template = ""
    project: Template = ""
    scene: Template = ""
    person: Template = "{person}"
    contact: Template = "{mobile}"
    items: Items = []


class Pattern(Part):
    """A kind of row: what it is, how it is written, what must be found of it."""

    pattern: str
    what: str
    rows: int
    edition: str | None = None
    codes: list[str] = []
    also: list[str] = []
    needs: list[str] = []
    words: list[str | tuple[str, int | str]] = []
    cells: list[dict[str, str]] = []
    group: list[dict[str, Template]] = []
    items_of: dict[int, list[str]] = {}
    hidden: bool = False

    @property
    def variants(self) -> int:
        """How many ways of writing it there are."""
        parts: list[dict[str, Template]] = [self.model_dump(include=set(CELLS)), *self.group]
        lists = [cell for part in parts for cell in part.values() if isinstance(cell, list)]
        return max([len(self.cells), *map(len, lists)], default=1) or 1

    def combinations(self) -> list[tuple[str, str, str | None, int]]:
        """Return edition, word, the word's scene and variant of every way to make a row."""
        editions = [self.edition] if self.edition else ["2024", "2025"]
        words: list[tuple[str, str, str | None]] = []
        for word in self.words or [""]:
            if isinstance(word, str):
                words += [(edition, word, None) for edition in editions]
            else:
                year, _, number = str(word[1]).rpartition("-")
                edition = year or "2024"
                words.append((edition, word[0], scene_id(edition, number)))
        return [(*word, variant) for word, variant in product(words, range(self.variants))]


@dataclass(frozen=True)
class Made:
    """One choice for a pattern: the instances, the word and the way of writing."""

    edition: str
    word: str
    variant: int
    turn: int
    chosen: tuple[Base, ...]

    def fill(self, template: str, letter: str) -> str:
        """Put in what a template asks for; contacts keep their braces and get a number."""
        said = {
            mine: base.words(self.turn + 3 * at)
            for at, (mine, base) in enumerate(zip(LETTERS, self.chosen, strict=True))
        }
        loose = {"word": self.word, "k": f"{self.turn:04d}",
                 "person": PERSONS[self.turn % len(PERSONS)]}  # fmt: skip

        def put(found: re.Match[str]) -> str:
            owner, name, form = found.groups()
            if owner:
                return said[owner][name]
            if name in HELD:
                place = self.turn * len(LETTERS) + LETTERS.index(letter) + 1
                return "{" + f"{name}:{place}{form or ''}" + "}"
            return loose.get(name, found.group())

        return VARIABLE.sub(put, template)


def patterns(folder: Path = FOLDER) -> Iterator[Pattern]:
    """Yield every pattern of the lists that a set has."""
    for file in (folder / f"{name}.yaml" for name in LISTS):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else ():
            yield Pattern.model_validate(entry)


def made_rows(folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """Yield every row of a set as its file holds it."""
    seen: dict[str, int] = {}
    turn = TURNS[folder]
    for pattern in patterns(folder):
        chance = random.Random(f"annex 4, {pattern.pattern}, {pattern.what}")
        choices = pattern.combinations()
        chance.shuffle(choices)
        sets = _sets(pattern, chance)
        for place in range(pattern.rows):
            edition, word, scene, variant = choices[place % len(choices)]
            chosen = _chosen(pattern, edition, scene, chance)
            key = f"{pattern.pattern}-{'wrong' if pattern.codes else 'right'}"
            seen[key] = seen.get(key, 0) + 1
            group = f"{key}-{edition}-{seen[key]:03d}"
            made = Made(edition, word, variant, turn, chosen)
            yield from _group(pattern, made, group, sets[place])
            turn += 1


def _group(pattern: Pattern, made: Made, group: str, part_of: str) -> Iterator[dict[str, str]]:
    """Yield the rows that stand together; the first ones are company, the last one counts."""
    parts: Sequence[dict[str, Template]] = pattern.group or [{}]
    for at, more in enumerate(parts):
        letter, last = LETTERS[at], at == len(parts) - 1
        cells = _cells(pattern, made, letter, more)
        items = more.get("items") or _items(pattern, made.variant, letter)
        yield {
            "id": f"{group}{letter if len(parts) > 1 else ''}",
            "group": group,
            "pattern": pattern.pattern,
            "set": part_of,
            "edition": made.edition,
            "hidden": "yes" if pattern.hidden else "",
            **{name: made.fill(cell, letter) for name, cell in cells.items()},
            "codes": " ".join(pattern.codes) if last else "",
            "also": " ".join([*pattern.also, *([] if last else _bare(pattern.codes))]),
            "items": _written(made, items, letter),
        }


def _cells(pattern: Pattern, made: Made, letter: str, more: dict[str, Template]) -> dict[str, str]:
    usual: dict[str, Template] = {
        "number": "{n}",
        "enterprise": f"{{{letter}.enterprise}}",
        "project": f"{{{letter}.product}}智能工厂",
        "scene": f"{{{letter}.line}}",
        "person": "{person}",
        "contact": "{mobile}",
    }
    stated = pattern.model_dump(include=set(CELLS) & pattern.model_fields_set)
    turned = pattern.cells[made.variant % len(pattern.cells)] if pattern.cells else {}
    chosen = usual | stated | turned | {k: v for k, v in more.items() if k in CELLS}
    return {
        name: cell if isinstance(cell, str) else cell[made.variant % len(cell)]
        for name, cell in chosen.items()
    }


def _items(pattern: Pattern, variant: int, letter: str) -> Items:
    scenes = pattern.scene if isinstance(pattern.scene, list) else [pattern.scene]
    special = pattern.items_of.get(variant % len(scenes))
    if special is not None:
        return special
    return pattern.items if "items" in pattern.model_fields_set else [letter]


def _written(made: Made, items: Template | Items, letter: str) -> str:
    if isinstance(items, str):
        return items
    whole = {one: f"{{{one}.segment_id}}/{{{one}.scene_id}}/{{{one}.instance}}" for one in LETTERS}
    return "⏎".join(made.fill(whole.get(item, item), letter) for item in items)


def _chosen(
    pattern: Pattern, edition: str, scene: str | None, chance: random.Random
) -> tuple[Base, ...]:
    """Choose three instances of different segments, the first one fit for the pattern."""
    every = bases(edition)
    fit = [one for one in every if all(one.has(need) for need in pattern.needs)]
    first = chance.choice([one for one in fit if scene in (None, one.scene.id)])
    chosen = [first]
    while len(chosen) < len(LETTERS):
        chosen.append(
            chance.choice(
                [b for b in every if b.scene.segment not in {c.scene.segment for c in chosen}]
            )
        )
    return tuple(chosen)


def _sets(pattern: Pattern, chance: random.Random) -> list[str]:
    """Half to tune by and half to report; what is no pattern of the list is for the report."""
    if not (pattern.pattern[0].isdigit() or pattern.pattern == "plain"):
        return ["report"] * pattern.rows
    sets = ["tune", "report"] * (pattern.rows // 2 + 1)
    sets = sets[: pattern.rows]
    chance.shuffle(sets)
    return sets


def _bare(codes: Sequence[str]) -> list[str]:
    return [code.partition(":")[0] for group in codes for code in group.split("|")]


def write(rows: Iterable[dict[str, str]], file: IO[str]) -> None:
    """Write rows as the files hold them."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def main() -> None:
    """Write the file of each set."""
    for folder in TURNS:
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            write(made_rows(folder), file)


if __name__ == "__main__":
    main()
