"""What the page of cases shows beside them: facets to narrow by, chosen filters, a map, a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import Caption
from api.ui.drawings.tiles import PLACES, Tile, tile_grid
from api.ui.drawings.timeline import Year, time_line
from api.ui.reader import Reader
from kg.case_spread import Spread
from kg.cases import FacetCount
from ontology.classification import load_places

LONGEST_ABBREVIATION = 4
AT_ONCE = 6  # values of a facet in sight; the others are a click away
# Facets whose values are codes of ours; all others are things with a name.
CODED = {"basis": "basis", "has": "has"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what it is called, how many have it, where choosing it leads."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first."""

    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and where taking it away leads."""

    title: str
    name: str
    address: str


def facets(
    reader: Reader, counts: Mapping[str, Sequence[FacetCount]], chosen: Mapping[str, Sequence[str]]
) -> tuple[Facet, ...]:
    """Return the facets that can narrow what is shown."""
    return tuple(
        Facet(
            name,
            reader.say(f"field.{name}"),
            tuple(_choice(reader, name, one, chosen.get(name, ())) for one in counted),
        )
        for name, counted in counts.items()
        if counted
    )


def _choice(reader: Reader, facet: str, one: FacetCount, chosen: Sequence[str]) -> Choice:
    held = one.value in chosen
    kept = [value for value in chosen if value != one.value]
    address = reader.here(**{facet: kept if held else [*kept, one.value], "offset": None})
    return Choice(value_name(reader, facet, one.value, one.name), one.count, address, held)


def value_name(reader: Reader, facet: str, value: str, name: str) -> str:
    """Return what a value of a facet is called; scenes with their id."""
    if facet in CODED:
        return reader.code(CODED[facet], value)
    if facet == "technology" and len(name) <= LONGEST_ABBREVIATION and name.isascii():
        return name.upper()  # the index holds 5g and mes without case
    told = reader.named(value, name)
    return f"{value} {told}" if facet == "scene" and told != value else told


def chosen_filters(
    reader: Reader, chosen: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> tuple[Chosen, ...]:
    """Return the filters that are set; `names` tells what ids are called."""
    return tuple(
        Chosen(
            reader.say(f"field.{name}"),
            value_name(reader, name, value, names.get(value, value)),
            reader.here(**{name: [one for one in values if one != value], "offset": None}),
        )
        for name, values in chosen.items()
        for value in values
    )


def located(spread: Spread) -> int:
    """Return how many cases a source puts in a provincial unit."""
    units = [place.id for place in load_places() if place.code in PLACES]
    return sum(spread.places.get(unit, 0) for unit in units)


def map_of(reader: Reader, spread: Spread) -> Markup:
    """Draw how many cases there are in each provincial unit; a tile leads to those."""
    tiles = []
    for place in load_places():
        if place.code in PLACES:
            count = spread.places.get(place.id, 0)
            name = place.short_name if reader.language == "zh" else place.name_en
            words = reader.say("cases.in_place", place=name, n=count)
            address = reader.here(province=place.id, offset=None) if count else ""
            tiles.append(Tile(place.code, name, count, words, address))
    placed = located(spread)
    told = reader.say("cases.map_text", n=placed, rest=spread.cases - placed)
    return tile_grid(Caption("map", reader.say("cases.map"), told), tiles)


def line_of(reader: Reader, spread: Spread) -> Markup:
    """Draw how many cases there are of each year; a column leads to those."""
    years: list[Year] = []
    if spread.years:
        for year in range(min(spread.years), max(spread.years) + 1):
            count = spread.years.get(year, 0)
            words = reader.say("cases.in_year", year=year, n=count)
            address = reader.here(year_from=year, year_to=year, offset=None) if count else ""
            years.append(Year(str(year), count, words, address))
    if spread.undated:
        words = reader.say("cases.undated_text", n=spread.undated)
        name = reader.say("cases.undated")
        years.append(Year(name, spread.undated, words, dated=False))
    told = reader.say("cases.line_text", n=spread.cases)
    return time_line(Caption("line", reader.say("cases.line"), told), years)
