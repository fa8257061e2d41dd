"""Which standards belong to scenes and segments, and how closely."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.entities import Ref
from kg.records import Edge, Node
from kg.scenes import NEARNESS, SceneFamily, family, scenes_of_segments
from kg.standards.standard import CONFIDENCE, Linked, StandardLink
from kg.standards.status import CURRENCY_ORDER
from kg.standards.table import StandardTable, Takers
from kg.store.protocol import GraphRead
from ontology.classification import industries_of
from ontology.classification import industry as official_industry
from ontology.schema import STANDARD_ROLES

LEVEL_ORDER = ("national", "industry", "group", "local", "enterprise", "international")
# From who says it the surest.
BASIS_ORDER = ("published", "adopted", "assigned", "text")
# From the closest: linked to the scene, its title speaks of the scene, linked to the segment
# alone, linked to most segments of the guide (a standard of the whole factory). One written for the
# industry asked for, or applied in it, is of the industry.
CLOSENESS = ("scene", "industry", "title", "segment", "factory")
_INDUSTRY_BRANCH = re.compile(r"C-行业应用\((.+)\)")
WHOLE_FACTORY = 8  # segments of the fifteen from which a standard is one of the whole factory


@dataclass(frozen=True)
class Scope:
    """What standards are looked up for: scenes with their counterparts, and their segments.

    `nearness` says of each scene id how near it is (see NEARNESS) and `members` how it corresponds.
    `applied` counts, by standard, the distinct enterprises whose cases of these scenes (or of the
    industry asked for) apply it; `written` are the standards written for that industry.
    """

    members: Mapping[str, str]
    segments: tuple[str, ...]
    names: Mapping[str, Ref]
    applied: Mapping[str, int]
    written: Mapping[str, Ref] = field(default_factory=dict)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """All scenes and segments."""
        return (*sorted(self.members), *self.segments)


@dataclass(frozen=True, slots=True)
class Member:
    """A standard that belongs to the scope: how closely, and why."""

    linked: Linked
    closeness: str

    @property
    def id(self) -> str:
        """The id of the standard."""
        return self.linked.id


def scope_of_scene(read: GraphRead, table: StandardTable, scene: str) -> tuple[Node, Scope]:
    """Return the scene and its scope: its counterparts and its segment."""
    found = family(read, scene)
    segments = [edge.end for edge in read.edges([scene], ("IN_SEGMENT",), "out")]
    return found.scene, _scope(read, table, [found], segments)


def scope_of_segments(read: GraphRead, table: StandardTable, segments: Sequence[str]) -> Scope:
    """Return the scope of segments with all their scenes."""
    families = [family(read, scene) for scene in scenes_of_segments(read, segments)]
    return _scope(read, table, families, segments)


def scope_of_scenes(read: GraphRead, table: StandardTable, scenes: Sequence[str]) -> Scope:
    """Return the scope of several scenes and their segments."""
    segments = {edge.end for edge in read.edges(scenes, ("IN_SEGMENT",), "out")}
    return _scope(read, table, [family(read, scene) for scene in scenes], sorted(segments))


def scope_of_industry(table: StandardTable, industry: str) -> Scope:
    """Return the scope of an industry: the standards written for it, and those applied in it."""
    # The graph holds the industries that something of it lies in; any may be asked for.
    names = {industry: Ref(industry, "Industry", official_industry(industry).name)}
    inside = [one for one in table.adoption.in_industry if _within(one, industry)]
    applied = _counted(table.adoption.in_industry[one] for one in inside)
    written = {
        one: names[industry]
        for one, node in table.nodes.items()
        if any(_within(found.id, industry) for found in industries_of(_industry_word(node)))
    }
    return Scope({}, (), names, applied, written)


def _within(industry: str, wider: str) -> bool:
    """Return whether an industry is another or lies in it; codes of GB/T 4754 begin alike."""
    return industry.startswith(wider)


def _industry_word(node: Node) -> str:
    """Return the industry in the branch of a standard: C-行业应用(石化) gives 石化."""
    found = _INDUSTRY_BRANCH.fullmatch(node.text("branch"))
    return found[1] if found else ""


def _scope(
    read: GraphRead,
    table: StandardTable,
    families: Sequence[SceneFamily],
    segments: Sequence[str],
) -> Scope:
    members: dict[str, str] = {}
    for found in families:
        for scene, correspondence in found.members.items():
            nearer = min(members.get(scene, correspondence), correspondence, key=NEARNESS.index)
            members[scene] = nearer
    names = {node.id: Ref.of(node) for node in read.get(sorted({*members, *segments}))}
    return Scope(members, tuple(sorted(segments)), names, _applied(table, members))


def _applied(table: StandardTable, scenes: Iterable[str]) -> dict[str, int]:
    """Count the enterprises whose cases of the scenes apply each standard."""
    return _counted(table.adoption.in_scene.get(scene, {}) for scene in scenes)


def _counted(places: Iterable[Takers]) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for takers in places:
        for standard, enterprises in takers.items():
            found[standard] |= enterprises
    return {standard: len(enterprises) for standard, enterprises in found.items()}


def members_of(table: StandardTable, scope: Scope, day: datetime.date) -> list[Member]:
    """Return the standards of a scope in order: current, closest, surest, by role, level, code.

    A standard that is linked to a segment and, beyond it, to scenes outside of the scope speaks of
    those: it is left out, unless its title speaks of a scene of the scope.
    """
    ids = {e.start for end in scope.ends for e in table.covered.get(end, ())} | set(scope.applied)
    ids |= set(scope.written)
    found = [
        member for one in sorted(ids & set(table.nodes)) if (member := _member(table, scope, one))
    ]
    return sorted(found, key=lambda member: _order(table, scope, member, day))


def _member(table: StandardTable, scope: Scope, standard: str) -> Member | None:
    covers = table.covers.get(standard, ())
    links = [_link(scope, edge) for edge in covers if edge.end in scope.members]
    links += _adopted(scope, standard)
    if standard in scope.written:
        links.append(StandardLink(scope.written[standard], "assigned", CONFIDENCE["assigned"]))
    spoken = [
        StandardLink(scope.names[scene], "text", CONFIDENCE["text"], scope.members[scene], 0, share)
        for scene, share in table.titles.get(standard, {}).items()
        if scope.members.get(scene) == NEARNESS[0]
    ]
    of_segments = [_link(scope, edge) for edge in covers if edge.end in scope.segments]
    if links:
        closeness = "scene" if scope.members else "industry"
        return _closest(standard, [*links, *of_segments], closeness, scope)
    if spoken and of_segments:
        return _closest(standard, [*spoken, *of_segments], "title", scope)
    segments = sum(edge.end in table.segments for edge in covers)
    if not of_segments or segments < len(covers):
        return None
    closeness = "factory" if segments >= WHOLE_FACTORY else "segment"
    return _closest(standard, of_segments, closeness, scope)


def _closest(standard: str, links: list[StandardLink], closeness: str, scope: Scope) -> Member:
    ordered = sorted(
        links,
        key=lambda link: (
            NEARNESS.index(link.correspondence) if link.correspondence else len(NEARNESS),
            _rank(link.basis),
            link.end.id,
        ),
    )
    return Member(Linked(standard, tuple(ordered)), closeness)


def _rank(basis: str) -> int:
    return BASIS_ORDER.index(basis) if basis in BASIS_ORDER else len(BASIS_ORDER)


def _link(scope: Scope, edge: Edge) -> StandardLink:
    basis = str(edge.properties.get("basis", ""))
    return StandardLink(
        scope.names[edge.end],
        basis,
        CONFIDENCE.get(basis, "low"),
        scope.members.get(edge.end, ""),
    )


def _adopted(scope: Scope, standard: str) -> list[StandardLink]:
    """Return that cases of the scene apply a standard, as a link to the nearest scene."""
    if not (enterprises := scope.applied.get(standard)):
        return []
    nearest = min(
        scope.names, key=lambda one: (NEARNESS.index(scope.members.get(one, NEARNESS[-1])), one)
    )
    return [
        StandardLink(
            scope.names[nearest],
            "adopted",
            CONFIDENCE["adopted"],
            scope.members.get(nearest, ""),
            enterprises,
        )
    ]


def _order(
    table: StandardTable, scope: Scope, member: Member, day: datetime.date
) -> tuple[int, int, int, int, int, int, str]:
    node, link = table.nodes[member.id], member.linked.links[0]
    now = table.currency(member.id, day)
    role, level = node.text("role"), node.text("level")
    return (
        next(place for place, some in enumerate(CURRENCY_ORDER) if now in some),
        CLOSENESS.index(member.closeness),
        NEARNESS.index(link.correspondence) if link.correspondence else len(NEARNESS),
        _rank(link.basis),
        STANDARD_ROLES.index(role) if role in STANDARD_ROLES else len(STANDARD_ROLES),
        LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER),
        member.id,
    )
