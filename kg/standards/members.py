"""Which standards belong to scenes and segments, and how closely."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.entities import Ref
from kg.records import Edge, Node
from kg.scenes import NEARNESS, SceneFamily, family, scenes_of_segments
from kg.standards.standard import CONFIDENCE, Linked, StandardLink
from kg.standards.status import CURRENCY_ORDER
from kg.standards.table import StandardTable, Takers
from kg.store.protocol import GraphRead
from ontology.classification import DIVISION, industries_of, industry_id
from ontology.classification import industry as official_industry
from ontology.schema import STANDARD_LEVELS, STANDARD_ROLES

# From who says it the surest.
BASIS_ORDER = ("published", "adopted", "assigned", "text")
ORDER = "先现行或状态不详的，后尚未实施和制定中的；再依次按关联远近、依据、作用、标准层级和编号。"
# From the closest: linked to the scene, its title speaks of the scene, linked to the segment
# alone, linked to most segments of the guide (a standard of the whole factory). One written for the
# industry asked for is of the industry.
CLOSENESS = ("scene", "industry", "title", "segment", "factory")
_INDUSTRY_BRANCH = re.compile(r"C-行业应用\((.+)\)")
FIRM = ("sameScene", "exactMatch", "closeMatch")
WHOLE_FACTORY = 8  # segments of the fifteen from which a standard is one of the whole factory


@dataclass(frozen=True)
class Scope:
    """What standards are looked up for: scenes with their counterparts, and their segments.

    `scenes` says of each scene id how it corresponds (see NEARNESS). `applied` are the enterprises
    whose cases apply a standard, by scene or, for an industry, by its id; `written` are the
    standards written for that industry.
    """

    scenes: Mapping[str, str]
    segments: tuple[str, ...]
    names: Mapping[str, Ref]
    applied: Mapping[str, Takers]
    written: Mapping[str, Ref] = field(default_factory=dict)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """All scenes and segments."""
        return (*sorted(self.scenes), *self.segments)

    def appliers(self, standard: str) -> frozenset[str]:
        """Return the enterprises whose cases in the scope apply a standard."""
        none: frozenset[str] = frozenset()
        return none.union(*(takers.get(standard, none) for takers in self.applied.values()))

    def without(self, enterprise: str) -> Scope:
        """Return the scope as others fill it: what one enterprise applies left out."""
        others = {
            place: {standard: owners - {enterprise} for standard, owners in takers.items()}
            for place, takers in self.applied.items()
        }
        return replace(self, applied=others)


@dataclass(frozen=True, slots=True)
class Member:
    """A standard that belongs to the scope: how closely, and why."""

    linked: Linked
    closeness: str

    @property
    def id(self) -> str:
        """The id of the standard."""
        return self.linked.id


def scope_of_scene(read: GraphRead, table: StandardTable, scene: str) -> Scope:
    """Return the scope of a scene: its counterparts and their segments."""
    return scope_of_scenes(read, table, [scene])


def scope_of_segments(read: GraphRead, table: StandardTable, segments: Sequence[str]) -> Scope:
    """Return the scope of segments with all their scenes."""
    families = [family(read, scene) for scene in scenes_of_segments(read, segments)]
    return _scope(read, table, families, segments)


def scope_of_scenes(read: GraphRead, table: StandardTable, scenes: Sequence[str]) -> Scope:
    """Return the scope of several scenes, their counterparts and the segments of all that are firm.

    Sources link standards to segments of 2024 whatever the edition of the scenes is.
    """
    families = [family(read, scene) for scene in scenes]
    firm = [
        one
        for found in families
        for one, correspondence in found.members.items()
        if correspondence in FIRM
    ]
    segments = {edge.end for edge in read.edges(sorted(set(firm)), ("IN_SEGMENT",), "out")}
    return _scope(read, table, families, sorted(segments))


def scope_of_industry(table: StandardTable, industry: str) -> Scope:
    """Return the scope of an industry: the standards written for it, and those applied in it."""
    # The graph holds the industries that something of it lies in; any may be asked for.
    names = {industry: Ref(industry, "Industry", official_industry(industry).name)}
    inside = [one for one in table.application.in_industry if _within(one, industry)]
    applied = {industry: _together(table.application.in_industry[one] for one in inside)}
    written = {
        one: names[industry]
        for one, node in table.nodes.items()
        if any(
            _within(found.id, industry) or _written_wider(found.id, industry)
            for found in industries_of(_industry_word(node))
        )
    }
    return Scope({}, (), names, applied, written)


def _within(industry: str, wider: str) -> bool:
    """Return whether an industry is another or lies in it; codes of GB/T 4754 begin alike."""
    return industry.startswith(wider)


def _written_wider(written: str, industry: str) -> bool:
    """Whether a standard is written for an industry that the one asked for lies in.

    A section holds nearly all there is and says nothing.
    """
    return _within(industry, written) and len(written) >= len(industry_id("")) + DIVISION


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
    scenes: dict[str, str] = {}
    for found in families:
        for scene, correspondence in found.members.items():
            nearer = min(scenes.get(scene, correspondence), correspondence, key=NEARNESS.index)
            scenes[scene] = nearer
    names = {node.id: Ref.of(node) for node in read.get(sorted({*scenes, *segments}))}
    inside = table.application.in_scene
    applied = {scene: inside[scene] for scene in scenes if scene in inside}
    return Scope(scenes, tuple(sorted(segments)), names, applied)


def _together(places: Iterable[Takers]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for takers in places:
        for standard, enterprises in takers.items():
            found[standard] = found.get(standard, frozenset()) | enterprises
    return found


def members_of(table: StandardTable, scope: Scope, day: datetime.date) -> list[Member]:
    """Return the standards of a scope in order: current, closest, surest, by role, level, code.

    A standard that is linked to a segment and, beyond it, to scenes outside of the scope speaks of
    those: it is left out, unless its title speaks of a scene of the scope.
    """
    ids = {edge.start for end in scope.ends for edge in table.covered.get(end, ())}
    ids |= set(scope.written)
    found = [_member(table, scope, one) for one in sorted(ids & set(table.nodes))]
    return sorted(filter(None, found), key=lambda member: _order(table, scope, member, day))


def still_valid(
    table: StandardTable, members: Iterable[Member], day: datetime.date
) -> list[Member]:
    """Return the members that are offered on a day: replaced and withdrawn ones are left out."""
    return [member for member in members if table.currency(member.id, day) != "no_more"]


def _member(table: StandardTable, scope: Scope, standard: str) -> Member | None:
    covers = table.covers.get(standard, ())
    links = [_link(scope, edge) for edge in covers if edge.end in scope.scenes]
    if standard in scope.written:
        links.append(StandardLink(scope.written[standard], "assigned", CONFIDENCE["assigned"]))
    links += _applied(scope, standard)
    of_segments = [_link(scope, edge) for edge in covers if edge.end in scope.segments]
    if any(edge.end in scope.scenes for edge in covers) or standard in scope.written:
        closeness = "scene" if scope.scenes else "industry"
        return _closest(standard, [*links, *of_segments], closeness)
    spoken = [
        StandardLink(scope.names[scene], "text", CONFIDENCE["text"], scope.scenes[scene], 0, share)
        for scene, share in table.titles.get(standard, {}).items()
        if scope.scenes.get(scene) in FIRM
    ]
    if spoken and of_segments:
        return _closest(standard, [*spoken, *links, *of_segments], "title")
    segments = sum(edge.end in table.segments for edge in covers)
    if not of_segments or segments < len(covers):
        return None
    closeness = "factory" if segments >= WHOLE_FACTORY else "segment"
    return _closest(standard, [*links, *of_segments], closeness)


def _closest(standard: str, links: list[StandardLink], closeness: str) -> Member:
    ordered = sorted(
        links,
        key=lambda link: (
            _place(link.correspondence, NEARNESS),
            _place(link.basis, BASIS_ORDER),
            link.end.id,
        ),
    )
    return Member(Linked(standard, tuple(ordered)), closeness)


def _place(value: str, order: Sequence[str]) -> int:
    """Return the place of a value in an order; what does not stand in it comes last."""
    return order.index(value) if value in order else len(order)


def _link(scope: Scope, edge: Edge) -> StandardLink:
    basis = str(edge.properties.get("basis", ""))
    return StandardLink(
        scope.names[edge.end],
        basis,
        CONFIDENCE.get(basis, "low"),
        scope.scenes.get(edge.end, ""),
    )


def _applied(scope: Scope, standard: str) -> list[StandardLink]:
    """Return that cases of scenes (or of the industry) apply a standard, a link for each."""
    return [
        StandardLink(
            scope.names[place],
            "adopted",
            CONFIDENCE["adopted"],
            scope.scenes.get(place, ""),
            len(takers[standard]),
        )
        for place, takers in sorted(scope.applied.items())
        if takers.get(standard)
    ]


def _order(
    table: StandardTable, scope: Scope, member: Member, day: datetime.date
) -> tuple[int, int, int, int, int, int, str]:
    node, link = table.nodes[member.id], member.linked.links[0]
    now = table.currency(member.id, day)
    return (
        next(place for place, some in enumerate(CURRENCY_ORDER) if now in some),
        CLOSENESS.index(member.closeness),
        _place(link.correspondence, NEARNESS),
        _place(link.basis, BASIS_ORDER),
        _place(node.text("role"), STANDARD_ROLES),
        _place(node.text("level"), STANDARD_LEVELS),
        member.id,
    )
