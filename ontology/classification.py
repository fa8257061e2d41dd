"""Industries (GB/T 4754-2017) and places (GB/T 2260): codes, names and what words stand for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar, cast

from ontology.errors import InvalidFile, UnknownId
from ontology.guide import fold

DIVISION = 3  # characters of the code of a division, such as C36
INDUSTRIES = Path(__file__).parent / "industries.csv"
INDUSTRY_WORDS = Path(__file__).parent / "industry_words.csv"
PLACES = Path(__file__).parent / "places.csv"
# Several industries in one cell: 电子设备;装备;家电.
BETWEEN_ITEMS = re.compile(r"[;\n]")
# Words for one thing: 铁矿/钢铁, 医药(血液制品). Official names hold 、 and are looked up first.
BETWEEN_WORDS = re.compile(r"[/()、,]")


def industry_id(code: str) -> str:
    """Return the id of a GB/T 4754 code such as C36."""
    return f"gbt4754-{code}"


def place_id(code: str) -> str:
    """Return the id of a GB/T 2260 code such as 320000."""
    return f"gbt2260-{code}"


@dataclass(frozen=True, slots=True)
class Industry:
    """A section, division, group or class of GB/T 4754-2017; the English name is ours."""

    code: str
    name: str
    parent: str | None
    name_en: str

    @property
    def id(self) -> str:
        """The id of the industry in the graph."""
        return industry_id(self.code)


@dataclass(frozen=True, slots=True)
class Place:
    """A division of GB/T 2260; `short_name` leaves out 省, 市, 自治区 and the like.

    Only provincial units have a `name_en`.
    """

    code: str
    name: str
    short_name: str
    parent: str | None
    name_en: str = ""

    @property
    def id(self) -> str:
        """The id of the place in the graph."""
        return place_id(self.code)


@dataclass(frozen=True, slots=True)
class IndustryWord:
    """What a word of the sources stands for, as assigned by us; `none` where no code fits."""

    word: str
    codes: tuple[str, ...]
    basis: Literal["assigned", "none"]
    note: str


Division = TypeVar("Division", Industry, Place)


@cache
def load_industries() -> tuple[Industry, ...]:
    """Return the industries in the order of their codes."""
    return tuple(
        Industry(row["code"], row["name"], row["parent"] or None, row["name_en"])
        for row in _rows(INDUSTRIES)
    )


@cache
def load_places() -> tuple[Place, ...]:
    """Return the places in the order of their codes."""
    return tuple(
        Place(row["code"], row["name"], row["short_name"], row["parent"] or None, row["name_en"])
        for row in _rows(PLACES)
    )


@cache
def load_industry_words() -> tuple[IndustryWord, ...]:
    """Return the words of the sources with their codes."""
    return tuple(_word(row) for row in _rows(INDUSTRY_WORDS))


def industry(key: str) -> Industry:
    """Return the industry of a code or id, or raise UnknownId."""
    return _pick(load_industries(), key, "industry")


def place(key: str) -> Place:
    """Return the place of a code or id, or raise UnknownId."""
    return _pick(load_places(), key, "place")


def ancestors(division: Division) -> tuple[Division, ...]:
    """Return what an industry or a place stands under, nearest first."""
    known = _by_code(division)
    found: list[Division] = []
    parent = division.parent
    while parent is not None:
        found.append(known[parent])
        parent = known[parent].parent
    return tuple(found)


def descendants(division: Division) -> tuple[Division, ...]:
    """Return what stands under an industry or a place, in the order of codes."""
    return tuple(one for one in _by_code(division).values() if division in ancestors(one))


def industries_of(text: str) -> tuple[Industry, ...]:
    """Return the industries that a cell names, as deep as its words attest, () where none fits.

    Takes words of the sources, official names and codes; where a deeper one is named too,
    the one above it is left out.
    """
    codes = [code for part in _words(text) for code in _codes_of_words().get(part, ())]
    found = [industry(code) for code in dict.fromkeys(codes)]
    covered = {above.code for one in found for above in ancestors(one)}
    return tuple(one for one in found if one.code not in covered)


def unlisted_words(text: str) -> tuple[str, ...]:
    """Return the words of a cell that stand in no table, so that nobody judged them yet."""
    return tuple(part for part in _words(text) if part not in _codes_of_words())


def industry_line(industry: str) -> tuple[str, ...]:
    """Return the id of an industry and of what it stands under, down to its division.

    By the code alone, so that a class that stands in no table of ours has a line as well; a section
    is its own line.
    """
    code = industry.removeprefix(industry_id(""))
    shortest = min(len(code), DIVISION)
    return tuple(industry_id(code[:length]) for length in range(len(code), shortest - 1, -1))


def place_of(province: str, city: str = "") -> Place | None:
    """Return the place that a province and a city inside it name, None where they name none.

    Names count with and without 省, 市, 自治区 and the like, never as a part of another name.
    Without a province, or with a city in its place, the name must be that of one place only.
    """
    if not province.strip():
        return _only_place(city)
    found = _only_place(province)
    if found is None or not city.strip():
        return found
    named = _places_by_name().get(fold(city), ())
    inside = [one for one in named if found in ancestors(one)]
    # 上海, 上海: the city is the province itself.
    return inside[0] if inside else (found if found in named else None)


def _only_place(name: str) -> Place | None:
    """Return the one place of that name; a province goes before a city (吉林, 海南)."""
    named = _places_by_name().get(fold(name), ())
    provinces = [one for one in named if one.parent is None]
    if provinces:
        return provinces[0]
    return named[0] if len(named) == 1 else None


@cache
def _places_by_name() -> dict[str, tuple[Place, ...]]:
    named: dict[str, tuple[Place, ...]] = {}
    for one in load_places():
        for name in {fold(one.name), fold(one.short_name)}:
            named[name] = (*named.get(name, ()), one)
    return named


def _words(text: str) -> Iterator[str]:
    """Yield the words of a cell, folded, each as long as the tables know it."""
    known = _codes_of_words()
    for item in BETWEEN_ITEMS.split(text.replace("；", ";")):
        whole = fold(item)
        if whole in known:
            yield whole
        else:
            yield from (part for part in BETWEEN_WORDS.split(whole) if part)


@cache
def _codes_of_words() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for one in load_industries():
        known[fold(one.name)] = known[fold(one.code)] = known[fold(one.id)] = (one.code,)
    for word in load_industry_words():
        known[fold(word.word)] = word.codes
    return known


@cache
def _industries_by_code() -> dict[str, Industry]:
    return {one.code: one for one in load_industries()}


@cache
def _places_by_code() -> dict[str, Place]:
    return {one.code: one for one in load_places()}


def _by_code(division: Division) -> Mapping[str, Division]:
    known = _industries_by_code() if isinstance(division, Industry) else _places_by_code()
    return cast("Mapping[str, Division]", known)


def _pick(known: Iterable[Division], key: str, kind: str) -> Division:
    table = {name: one for one in known for name in (one.code, one.id)}
    if key not in table:
        raise UnknownId(kind, key, table)
    return table[key]


def _word(row: dict[str, str]) -> IndustryWord:
    codes = tuple(code for code in row["codes"].split(";") if code)
    return IndustryWord(row["word"], codes, "assigned" if codes else "none", row["note"])


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, csv.Error) as fault:
        raise InvalidFile(f"{path.name} cannot be read as CSV: {fault}") from fault
