"""A thing as its page shows it: what is around it, drawn and as a table, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.neighbourhood import Group, neighbourhood
from api.ui.drawings.neighbourhood import Neighbour as Drawn
from api.ui.drawings.svg import Caption
from api.ui.phrases import Phrases
from api.ui.reader import Reader
from api.ui.site import SITE
from kg.browse import Neighbour, Thing
from ontology.schema import schema

MOST_DRAWN = 7  # of one relation; the table below has them all


@dataclass(frozen=True, slots=True)
class Relation:
    """All neighbours by one relation in one direction; `total` counts those not listed too."""

    id: str
    title: str
    inward: bool
    total: int
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class WayOn:
    """A question to go on with, and where it is answered."""

    title: str
    address: str


def relations(reader: Reader, thing: Thing) -> tuple[Relation, ...]:
    """Return the neighbours by relation and direction, in the order of the schema."""
    order = {one.name: place for place, one in enumerate(schema().relations)}
    keys = dict.fromkeys((one.relation, one.direction) for one in thing.neighbours)
    found = []
    for name, direction in sorted(keys, key=lambda key: (order[key[0]], key[1] == "in")):
        some = tuple(
            one for one in thing.neighbours if one.relation == name and one.direction == direction
        )
        inward = direction == "in"
        title = reader.relation(name)
        if inward:
            title = reader.say("thing.inward", relation=title, label=_labels(reader, some))
        total = thing.neighbour_counts[f"{name} {direction}"]
        found.append(Relation(f"{name.lower()}-{direction}", title, inward, total, some))
    return tuple(found)


def _labels(reader: Reader, some: Sequence[Neighbour]) -> str:
    names = dict.fromkeys(reader.label(one.thing.label) for one in some)
    return reader.say("common.comma").join(names)


def drawn(reader: Reader, thing: Thing, found: Sequence[Relation]) -> Markup:
    """Draw what is around the thing; every neighbour is a link, so that one can walk on."""
    phrase = Phrases(reader)
    groups = []
    for relation in found:
        shown = relation.neighbours[:MOST_DRAWN]
        more = relation.total - len(shown)
        told = reader.say("thing.more", n=more) if more else ""
        boxes = tuple(_drawn(reader, phrase, one) for one in shown)
        address = f"#{relation.id}" if more else ""
        groups.append(Group(relation.title, relation.inward, boxes, told, address))
    name = phrase.title(thing)
    text = reader.say("thing.drawn", n=sum(relation.total for relation in found))
    caption = Caption("around", reader.say("thing.around", name=name), text)
    return neighbourhood(caption, name, thing.label, groups)


def _drawn(reader: Reader, phrase: Phrases, one: Neighbour) -> Drawn:
    name = phrase.step(one.thing)
    told = phrase.neighbour(one)
    words = f"{reader.relation(one.relation)}: {name}" + (f" ({told})" if told else "")
    return Drawn(name, one.thing.label, reader.link(f"/thing/{one.thing.id}"), words)


def ways_on(reader: Reader, thing: Thing) -> tuple[WayOn, ...]:
    """Return the questions that this kind of thing lends itself to."""
    name = thing.properties.get("name") or thing.id
    roles = str(thing.properties.get("roles", ""))
    questions = {
        "Scene": [
            ("thing.to_cases", "cases", {"scene": thing.id}),
            ("thing.to_solutions", "solutions", {"scene": thing.id}),
            ("thing.to_cluster", "clusters", {"kind": "scene", "of": thing.id}),
        ],
        "Segment": [("thing.to_cases", "cases", {"segment": thing.id})],
        "Area": [("thing.to_cases", "cases", {"area": thing.id})],
        "Industry": [("thing.to_cases", "cases", {"industry": thing.id})],
        "Place": [("thing.to_cases", "cases", {"province": thing.id})],
        "Kpi": [("thing.to_cases", "cases", {"kpi": thing.id})],
        "Level": [("thing.to_cases", "cases", {"level": thing.id})],
        "Instance": [("thing.to_like", "cases", {"like": thing.id})],
        "Factory": [("thing.to_like", "cases", {"like": thing.id})],
        "Solution": [("thing.to_fits", "provider", {"of": thing.id})],
        "Organisation": (
            [("thing.to_fits", "provider", {"of": str(name)})] if "provider" in roles else []
        ),
    }
    paths = {entry.name: entry.path for entry in SITE} | {"solutions": "/solutions"}
    return tuple(
        WayOn(reader.say(message), reader.link(paths[page], **query))
        for message, page, query in questions.get(thing.label, [])
        if page in paths
    )
