"""The standard cluster (标准群) of scenes: who belongs, in which role, what stands beside."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.entities import Ref
from kg.standards.members import CLOSENESS, ORDER, Member, Scope, members_of, still_valid
from kg.standards.standard import Standard, describe_standards
from kg.standards.status import Currency, without_year
from kg.standards.table import StandardTable
from kg.store.protocol import GraphRead
from kg.text import normalise
from ontology.schema import STANDARD_ROLES
from ontology.sentence import Sentence

UNKNOWN = "unknown"  # role or level of a standard of which nobody says it
NOT_ALL = Sentence(
    "空格表示我们没有见到，不表示没有或缺少。作用（role）和多数关联由本项目判定；"
    "被代替和已废止的标准不列入。",
    "An empty cell says that we have seen nothing, not that nothing exists or is lacking. Roles and"
    " most links are assigned by this project; replaced and withdrawn standards are left out.",
)
NO_ADOPTION = Sentence(
    "来源中没有企业采用标准的记载，因此不能说同类工厂还采用了什么。",
    "No source tells of enterprises that apply standards, so nothing can be said of what factories"
    " like this one apply besides.",
)


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """A standard of the cluster and how closely it belongs to it.

    `closeness`: scene (linked to the scene), industry (written for the industry), title (its title
    speaks of it), segment (linked to the segment alone), factory (linked to most segments: a
    standard of the whole factory).
    """

    standard: Standard
    closeness: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many members have a role at a level; 0 says none known to us."""

    role: str
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two members that say the same, as far as their titles or sources tell.

    `reason`: adopts (one takes over the other; adopts_inferred where we deduce it), same_source
    (both take over one), same_title.
    """

    first: Ref
    second: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A standard that would belong but is replaced or withdrawn, with what replaces it."""

    standard: Ref
    status: str
    replaced_by: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A standard that cases of the scope apply and that is no member: nothing else links it."""

    standard: Ref
    currency: Currency
    enterprises: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two members that do not go together.

    `reason`: two_editions (of one standard, of which the later is not in force yet) or
    other_edition (the first takes over another edition than the second).
    """

    first: Ref
    second: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members in order and what is true of them all.

    `shape` counts members by role and level, `closenesses` by how closely they belong. `left_out`
    are standards that are replaced or withdrawn, with what replaces them. `applied` is what cases
    of the scope apply beside the members. `order` tells how members are ordered. `coming` counts
    members that are planned or not in force yet, `unknown` those whose status no source says.
    """

    items: tuple[ClusterMember, ...]
    total: int
    shape: tuple[Cell, ...]
    closenesses: Mapping[str, int]
    coming: int
    unknown: int
    overlaps: tuple[Overlap, ...]
    conflicts: tuple[Conflict, ...]
    left_out: tuple[LeftOut, ...]
    applied: tuple[Beside, ...]
    applied_note: str
    order: str = ORDER
    note: str = NOT_ALL


def cluster_of(
    read: GraphRead, table: StandardTable, scope: Scope, day: datetime.date, window: slice
) -> Cluster:
    """Return the cluster of a scope on a day; `window` says which members are shown."""
    every = members_of(table, scope, day)
    now = {member.id: table.currency(member.id, day) for member in every}
    members = still_valid(table, every, day)
    shown = members[window]
    described = describe_standards(read, table, [member.linked for member in shown], day)
    applied = _beside(table, scope, {member.id for member in every}, day)
    return Cluster(
        tuple(
            ClusterMember(standard, member.closeness)
            for standard, member in zip(described, shown, strict=True)
        ),
        len(members),
        shape_of(table, [member.id for member in members]),
        {name: sum(one.closeness == name for one in members) for name in CLOSENESS},
        sum(now[member.id] in {"to_come", "planned"} for member in members),
        sum(now[member.id] == "unknown" for member in members),
        _overlaps(table, members),
        _conflicts(table, members),
        _left_out(table, [one for one in every if now[one.id] == "no_more"]),
        applied,
        "" if any(scope.applied.values()) else NO_ADOPTION,
    )


def shape_of(table: StandardTable, standards: Sequence[str]) -> tuple[Cell, ...]:
    """Return every role at every level that any of them has, with how many have both."""
    found: Counter[tuple[str, str]] = Counter()
    for one in standards:
        node = table.nodes[one]
        found[node.text("role") or UNKNOWN, node.text("level") or UNKNOWN] += 1
    levels = sorted({level for _, level in found})
    roles = [*STANDARD_ROLES, *({UNKNOWN} & {role for role, _ in found})]
    return tuple(Cell(role, level, found[role, level]) for role in roles for level in levels)


def _overlaps(table: StandardTable, members: Sequence[Member]) -> tuple[Overlap, ...]:
    inside = {member.id for member in members}
    found: dict[tuple[str, str], str] = {}
    takers: dict[str, list[str]] = defaultdict(list)
    titled: dict[str, list[str]] = defaultdict(list)
    for one in sorted(inside):
        for edge in table.adopts.get(one, ()):
            takers[edge.end].append(one)
            if edge.end in inside:
                inferred = edge.properties.get("basis") != "stated"
                found[_pair(one, edge.end)] = "adopts_inferred" if inferred else "adopts"
        if title := normalise(table.nodes[one].text("name")):
            titled[title].append(one)
    for reason, groups in (("same_source", takers), ("same_title", titled)):
        for group in groups.values():
            for first, second in combinations(sorted(set(group)), 2):
                if _undated(table, first) != _undated(table, second):  # else: editions of one
                    found.setdefault((first, second), reason)
    return tuple(
        Overlap(_ref(table, first), _ref(table, second), reason)
        for (first, second), reason in sorted(found.items())
    )


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _ref(table: StandardTable, standard: str) -> Ref:
    return Ref(standard, "Standard", table.nodes[standard].text("code"))


def _left_out(table: StandardTable, members: Sequence[Member]) -> tuple[LeftOut, ...]:
    """Return the standards that are no more, each with what replaces it."""
    return tuple(
        LeftOut(
            _ref(table, member.id),
            table.nodes[member.id].text("status"),
            tuple(_ref(table, one.id) for one in table.successors(member.id)),
        )
        for member in members
    )


def _undated(table: StandardTable, standard: str) -> str:
    return without_year(table.nodes[standard].text("code"))


def _conflicts(table: StandardTable, members: Sequence[Member]) -> tuple[Conflict, ...]:
    """Return members of which only one should be followed, in id order."""
    inside = {member.id for member in members}
    editions: dict[str, list[str]] = defaultdict(list)
    for one in sorted(inside):
        editions[_undated(table, one)].append(one)
    found = [
        Conflict(_ref(table, first), _ref(table, second), "two_editions")
        for group in editions.values()
        for first, second in combinations(group, 2)
    ]
    for one in sorted(inside):
        for edge in table.adopts.get(one, ()):
            if edge.end in inside or edge.end not in table.nodes:
                continue
            found += [
                Conflict(_ref(table, one), _ref(table, other), "other_edition")
                for other in editions.get(_undated(table, edge.end), ())
            ]
    return tuple(found)


def _beside(
    table: StandardTable, scope: Scope, members: Collection[str], day: datetime.date
) -> tuple[Beside, ...]:
    """Return what cases of the scope apply though nothing else links it to it, most first."""
    standards = {one for takers in scope.applied.values() for one in takers}
    found = [
        Beside(_ref(table, one), table.currency(one, day), len(scope.appliers(one)))
        for one in standards & set(table.nodes) - set(members)
        if scope.appliers(one)
    ]
    return tuple(sorted(found, key=lambda one: (-one.enterprises, one.standard.id)))


@dataclass(frozen=True, slots=True)
class OwnCluster:
    """An enterprise's own standards beside the cluster of its scenes.

    `own` are those that sources say it applies, `shared` those of them that belong to the cluster;
    of the other members of the cluster it is not known whether it applies them.
    """

    own: tuple[Ref, ...]
    shared: tuple[Ref, ...]


def own_cluster(table: StandardTable, enterprise: str, members: Sequence[str]) -> OwnCluster:
    """Return what an enterprise is said to apply, and what of it belongs to the members."""
    own = sorted(table.application.own.get(enterprise, frozenset()) & set(table.nodes))
    return OwnCluster(
        tuple(_ref(table, one) for one in own),
        tuple(_ref(table, one) for one in own if one in set(members)),
    )
