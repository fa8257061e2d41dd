"""Looking around in the graph: lists of things by filters, and one thing with its neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.entities import Evidence, Ref, evidence_of
from kg.ids import standard_code, standard_id
from kg.records import Conflict, Edge, Node, project
from kg.scenes import scenes_of_segments
from kg.store.protocol import Between, Condition, GraphRead, Has, Linked, Page, StartsWith
from ontology.errors import InvalidValue, UnknownId
from ontology.guide import DEFAULT_EDITION
from ontology.schema import NO_MORE, Value, schema

_CODE = re.compile(r"[A-Z][A-Z/]*\d{0,2}(?:/[TZ])? \d[\dA-Z.-]*")
_YEAR = re.compile(r"[-:](?:19|20)\d{2}$")
MOST_EDITIONS = 100  # of one standard, its parts included
NEIGHBOURS_SHOWN = 50  # of each relation; the count says how many there are


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing at the other end of an edge; `direction` is seen from the thing shown."""

    relation: str
    direction: str
    thing: Ref
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thing:
    """Everything known of one thing.

    `neighbours` holds at most NEIGHBOURS_SHOWN per relation and direction, `neighbour_counts` how
    many there are; `conflicts` are values that sources contradict each other in; `degraded` says
    that the store was away and its local copy answered.
    """

    id: str
    label: str
    name: str
    properties: Mapping[str, Value]
    neighbours: tuple[Neighbour, ...]
    neighbour_counts: Mapping[str, int]
    conflicts: tuple[Conflict, ...]
    evidence: tuple[Evidence, ...]
    degraded: bool = False


def resolve(
    read: GraphRead, text: str, label: str | None = None, edition: str = DEFAULT_EDITION
) -> Node:
    """Return the thing a text names: exact id, then key or code, then name, then other name.

    `label` narrows it to one kind of thing; of the scenes and segments of several editions that
    share a name, the one of `edition` is meant. Raise UnknownId where nothing is named so, and
    InvalidValue where several things are.
    """
    wanted = text.strip()
    folded = unicodedata.normalize("NFKC", wanted).upper()
    for node in read.get(list(dict.fromkeys([wanted, folded, *_as_standard(wanted)]))):
        if label in {None, node.label}:
            return node
    if label in {None, "Standard"} and (newest := _undated(read, wanted)):
        return newest
    labels = [one for one in schema().labels if label in {None, one.name}]
    for name in ("keys", "code", "name", "other_names"):
        found = [
            node
            for one in labels
            if name in {prop.name for prop in one.properties}
            for node in read.find(one.name, [Has(name, (wanted,))], limit=3).nodes
        ]
        found = [node for node in found if node.text("edition") == edition] or found
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(node.id for node in found)
            raise InvalidValue("id", wanted, f"names several things: {ids}")
    raise UnknownId((label or "thing").lower(), wanted, _nearby(read, label))


def _as_standard(text: str) -> list[str]:
    try:
        return [standard_id(standard_code(text))]
    except InvalidValue:
        return []


def _undated(read: GraphRead, text: str) -> Node | None:
    """Return the edition that a code without its year means: the newest that is not replaced.

    An undated reference is one to the latest edition.
    """
    code = standard_code(text)
    if not _CODE.fullmatch(code) or _YEAR.search(code):
        return None
    prefixes = (f"{code}-", f"{code}:")
    found = read.find("Standard", [StartsWith("code", prefixes)], limit=MOST_EDITIONS).nodes
    editions = [node for node in found if _YEAR.fullmatch(node.text("code")[len(code) :])]
    return max(
        editions,
        key=lambda node: (node.text("status") not in NO_MORE, node.year() or 0, node.id),
        default=None,
    )


def _nearby(read: GraphRead, label: str | None) -> list[str]:
    """Return ids to suggest from where people type them, else names."""
    typed = ("Scene", "Segment", "Area", "Level", "Kpi", "Industry", "Place", "Standard")
    labels = [one.name for one in schema().labels] if label is None else [label]
    return [
        node.id if one in typed else node.name
        for one in labels
        for node in read.find(one, limit=1000).nodes
    ]


def show(
    read: GraphRead, text: str, label: str | None = None, edition: str = DEFAULT_EDITION
) -> Thing:
    """Return everything known of the thing that `text` names."""
    node = resolve(read, text, label, edition)
    records = read.records([node.id])
    neighbours, counts = _neighbours(read, node.id)
    return Thing(
        node.id,
        node.label,
        node.name,
        node.properties,
        neighbours,
        counts,
        project(records, schema()).conflicts,
        evidence_of(records),
    )


def _neighbours(read: GraphRead, node_id: str) -> tuple[tuple[Neighbour, ...], dict[str, int]]:
    kept: list[tuple[Edge, str]] = []
    counts: dict[str, int] = {}
    for direction in ("out", "in"):
        per_relation: dict[str, list[Edge]] = {}
        for edge in read.edges([node_id], (), direction):
            per_relation.setdefault(edge.relation, []).append(edge)
        for relation, edges in per_relation.items():
            counts[f"{relation} {direction}"] = len(edges)
            kept += [(edge, direction) for edge in edges[:NEIGHBOURS_SHOWN]]
    others = {edge.end if direction == "out" else edge.start for edge, direction in kept}
    nodes = {node.id: node for node in read.get(sorted(others))}
    return tuple(
        Neighbour(
            edge.relation,
            direction,
            Ref.of(nodes[edge.end if direction == "out" else edge.start]),
            edge.properties,
        )
        for edge, direction in kept
    ), dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class ListFilters:
    """What listed things must meet: one of the values (ids) of each field that is not empty."""

    edition: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    scene: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    enterprise: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None


# Which relation leads from a kind of thing to the scenes it belongs to.
SCENE_RELATION = {"Instance": "IN_SCENE", "Solution": "FOR_SCENE", "Standard": "COVERS"}


def list_things(
    read: GraphRead, label: str, filters: ListFilters, after: str = "", limit: int = 20
) -> Page:
    """Return the things of a label that meet the filters, in id order from beyond `after`."""
    return read.find(label, conditions(read, label, filters), after, limit)


def conditions(read: GraphRead, label: str, filters: ListFilters) -> tuple[Condition, ...]:
    """Return the filters as conditions of the store; those that do not apply are refused."""
    found: list[Condition] = []
    if filters.year_from is not None or filters.year_to is not None:
        found.append(Between("year", filters.year_from, filters.year_to))
    for name, property_name in (("edition", "edition"), ("role", "roles"), ("kind", "kind"),
                                ("grade", "grade"), ("status", "status")):  # fmt: skip
        if values := getattr(filters, name):
            found.append(Has(property_name, values))
    for name, relation in (("enterprise", "OF_ENTERPRISE"), ("provider", "PROVIDED_BY")):
        if values := getattr(filters, name):
            found.append(Linked(relation, values))
    for name, relation in (("industry", "IN_INDUSTRY"), ("province", "IN_PLACE")):
        if values := getattr(filters, name):
            found.append(Linked(relation, _narrower(read, values)))
    found += _by_scene(read, label, filters)
    found += _by_level(read, label, filters.level)
    return tuple(found)


def _by_scene(read: GraphRead, label: str, filters: ListFilters) -> list[Condition]:
    found: list[Condition] = []
    if filters.scene:
        found.append(Linked(SCENE_RELATION[label], filters.scene))
    if filters.segment and label == "Scene":
        found.append(Linked("IN_SEGMENT", filters.segment))
    elif filters.segment:
        ends = scenes_of_segments(read, filters.segment)
        found.append(Linked(SCENE_RELATION[label], (*ends, *filters.segment)))
    return found


def _by_level(read: GraphRead, label: str, levels: tuple[str, ...]) -> list[Condition]:
    """Factories stand at a level themselves, instances through the factories of the enterprise;
    of standards it is the level of the standard."""
    if not levels:
        return []
    if label == "Standard":
        return [Has("level", levels)]
    if label == "Factory":
        return [Linked("AT_LEVEL", levels)]
    factories = sorted({edge.start for edge in read.edges(levels, ("AT_LEVEL",), "in")})
    owners = sorted({edge.end for edge in read.edges(factories, ("OF_ENTERPRISE",), "out")})
    return [Linked("OF_ENTERPRISE", tuple(owners))]


def _narrower(read: GraphRead, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the industries or places with all that lie within them."""
    found = set(ids)
    edge_of_search = sorted(found)
    while edge_of_search:
        within = {edge.start for edge in read.edges(edge_of_search, ("WITHIN",), "in")}
        edge_of_search = sorted(within - found)
        found |= within
    return tuple(sorted(found))
