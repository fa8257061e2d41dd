"""Standards looked up by code, scene, segment and what they are."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kg.entities import Ref
from kg.ids import standard_code
from kg.scenes import scene_node
from kg.standards.members import Scope, members_of, scope_of_scene, scope_of_segments
from kg.standards.standard import CONFIDENCE, Linked, Standard, StandardLink, describe_standards
from kg.standards.status import branch_of, kind_of, without_year
from kg.standards.table import StandardTable
from kg.store.protocol import GraphRead
from kg.text import bare_name
from ontology.errors import InvalidValue

_TITLE = re.compile(r"《.*|-X{4}\s*$|-\s*$", re.IGNORECASE)  # also GB/T 39116-XXXX
_NUMBER = re.compile(r"\d[\d.]*$")


@dataclass(frozen=True, slots=True)
class StandardQuery:
    """What a standard must meet: one of the values of each field that is not empty.

    `code` in any spelling; without its year it means every edition, the newest first, and what
    begins with it. Of `scene` and `segment` (ids) at most one is given. `day` is the one that
    `currency` is told for.
    """

    day: datetime.date
    code: str = ""
    scene: str = ""
    segment: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class FoundStandards:
    """Standards in order and how many there are; `scene` is the one asked for, if any."""

    items: tuple[Standard, ...]
    total: int
    scene: Ref | None = None
    name_status: str = ""


def find_standards(read: GraphRead, table: StandardTable, query: StandardQuery) -> FoundStandards:
    """Return the standards that meet a query: with a scene or segment the closest first.

    Otherwise by code, the newest edition of each first. Raise InvalidValue for a code of nothing.
    """
    node = None
    if query.scene:
        node = scene_node(read, query.scene)
        found = _of_scope(table, scope_of_scene(read, table, query.scene), query.day)
    elif query.segment:
        found = _of_scope(table, scope_of_segments(read, table, query.segment), query.day)
    else:
        found = _all(read, table)
    if query.code:
        wanted = _coded(table, query.code)
        found = sorted((one for one in found if one.id in wanted), key=lambda o: wanted[o.id])
    found = [one for one in found if _meets(table, one.id, query)]
    shown = found[query.offset : query.offset + query.limit]
    return FoundStandards(
        describe_standards(read, table, shown, query.day),
        len(found),
        Ref.of(node) if node else None,
        node.text("name_status") if node else "",
    )


def _of_scope(table: StandardTable, scope: Scope, day: datetime.date) -> list[Linked]:
    return [member.linked for member in members_of(table, scope, day)]


def _all(read: GraphRead, table: StandardTable) -> list[Linked]:
    ends = sorted({edge.end for edges in table.covers.values() for edge in edges})
    names = {node.id: Ref.of(node) for node in read.get(ends)}
    return [
        Linked(
            one,
            tuple(
                StandardLink(
                    names[edge.end],
                    basis := str(edge.properties.get("basis", "")),
                    CONFIDENCE.get(basis, "low"),
                )
                for edge in table.covers.get(one, ())
                if edge.end in names
            ),
        )
        for one in sorted(table.nodes, key=lambda one: _by_code(table, one))
    ]


def _by_code(table: StandardTable, standard: str) -> tuple[str, int, str]:
    """Order by code without year, then the newest edition first."""
    code = table.nodes[standard].text("code")
    return without_year(code), -(table.nodes[standard].year() or 0), standard


def _coded(table: StandardTable, written: str) -> dict[str, int]:
    """Return the standards that a code means, with their order.

    The very code, then editions of it, then parts of it (GB/T 20720 has several). Blanks, marks,
    width and case do not matter, nor does a title behind the code; figures alone are the number.
    """
    code = standard_code(_TITLE.sub("", written))
    wanted, bare_wanted = bare_name(code), bare_name(without_year(code))
    if not any(sign.isdigit() for sign in wanted):
        raise InvalidValue("code", written, "is no standard code")
    ranked: dict[str, tuple[int, tuple[str, int, str]]] = {}
    for one, node in table.nodes.items():
        own = node.text("code")
        undated = without_year(own)
        bare = bare_name(undated)
        number = _NUMBER.search(undated)
        if bare_name(own) == wanted:
            rank = 0
        elif bare == bare_wanted or (number and number[0] == bare_wanted):
            rank = 1
        elif bare.startswith(bare_wanted) and not undated[_place(undated, bare_wanted)].isalnum():
            rank = 2
        else:
            continue
        ranked[one] = (rank, _by_code(table, one))
    return {one: place for place, one in enumerate(sorted(ranked, key=lambda one: ranked[one]))}


def _place(text: str, bare: str) -> int:
    """Return where in a text the signs of its bare beginning end."""
    left = len(bare)
    for place, sign in enumerate(text):
        if not left:
            return place
        left -= len(bare_name(sign))
    return len(text) - 1


def _meets(table: StandardTable, standard: str, query: StandardQuery) -> bool:
    node = table.nodes[standard]
    year = node.year()
    if query.year_from is not None and (year is None or year < query.year_from):
        return False
    if query.year_to is not None and (year is None or year > query.year_to):
        return False
    branch = node.text("branch")
    held = (
        (query.level, {node.text("level")}),
        (query.kind, {kind_of(node.text("code"))}),
        (query.branch, {branch, branch_of(branch)}),
        (query.role, {node.text("role"), node.text("second_role")}),
        (query.status, {node.text("status") or "unknown"}),
        (query.currency, {table.currency(standard, query.day)}),
    )
    return all(not wanted or bool(set(wanted) & own) for wanted, own in held)
