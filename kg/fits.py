"""Where a solution fits next: scenes and industries in which there are cases, with the evidence.

Everything counted is something a source says. That no source names a solution in a place is told as
that and adds to no score: what nobody said is unknown, never a lack.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from kg.entities import Evidence, Ref, by_subject, evidence_of
from kg.index.table import NO_ENTERPRISE, NO_ROWS, CaseTable, Mask, Rows
from kg.records import Edge, Node
from kg.scenes import SceneFamily, family
from kg.solution_ranking import saturated, weighed
from kg.store.protocol import GraphRead
from ontology.classification import industry_id, industry_line
from ontology.errors import InvalidValue
from ontology.sentence import Sentence

# More enterprises with cases, a division where it has been used or is offered, a surer scene.
WEIGHTS: Mapping[str, float] = {"enterprises": 0.5, "industry": 0.3, "scene": 0.2}
# How sure it is that the solution is for the scene: used there, said by a list, assigned by us.
# Least where only a description speaks of the scene.
BASIS_WEIGHT: Mapping[str, float] = {
    "used": 1.0, "published": 0.8, "claimed": 0.6, "assigned": 0.4, "described": 0.4,
}  # fmt: skip
EXAMPLES = 3
NOBODY_LOOKS = Sentence(
    "来源中没有企业公开提出的需求；有案例只说明该场景在该行业有实践，不说明谁缺少方案。",
    "No source tells of a need that an enterprise has published. That there are cases says that the"
    " scene is practised in the industry, not who lacks a solution.",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a place, with where it is known from."""

    instance: Ref
    enterprise: Ref | None
    year: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """A scene in an industry in which there are cases.

    `present` tells that the solution itself is attested there, `attested` what else the cases are
    known to use (() means that no source says); `basis` why the solution is for the scene. `score`
    is the sum of `contributions` by WEIGHTS.
    """

    scene: Ref
    industry: Ref
    basis: str
    cases: int
    enterprises: int
    present: bool
    attested: tuple[Ref, ...]
    score: float
    contributions: Mapping[str, float]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FitPlace:
    """A scene in an industry as it is ranked, before anything is told of its cases.

    `rows` are those of its cases in the index.
    """

    scene: Ref
    industry: Ref
    basis: str
    rows: Rows = field(compare=False)
    enterprises: int
    present: bool
    score: float
    contributions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fits:
    """Where a solution, or what a provider offers, fits next: where it is not attested yet first,
    the best of each first. `places` are all of them, `items` those that are told of.
    """

    items: tuple[Fit, ...]
    places: tuple[FitPlace, ...]
    note: str = NOBODY_LOOKS

    @property
    def total(self) -> int:
        """How many places there are."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is looked for: solutions and organisations, the cases that use them, the basis by scene,
    industries, own firms.
    """

    things: frozenset[str]
    cases: frozenset[str]
    basis: Mapping[str, str]
    industries: tuple[str, ...]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Board:
    """All cases as the index holds them: by the division of their industry, and which use an offer.

    `names` are the divisions that the graph knows.
    """

    table: CaseTable
    divisions: Mapping[str, Rows]
    names: Mapping[str, Ref]
    using: Mask


def fits_of(
    read: GraphRead, table: CaseTable, node: Node, limit: int = 10, offset: int = 0
) -> Fits:
    """Return where a solution or provider fits next; raise InvalidValue for anything else."""
    if node.label not in {"Solution", "Organisation"}:
        raise InvalidValue("of", node.id, f"is no solution or provider but a {node.label}")
    return _told(read, table, _offer(read, node), slice(offset, offset + limit))


def fits_of_described(
    read: GraphRead,
    table: CaseTable,
    scenes: Sequence[str],
    industry: Sequence[str] = (),
    limit: int = 30,
) -> Fits:
    """Return where a solution fits of which only scenes and, maybe, industries are known."""
    nothing: frozenset[str] = frozenset()
    basis = dict.fromkeys(scenes, "described")
    offer = _Offer(nothing, nothing, basis, tuple(industry), nothing)
    return _told(read, table, offer, slice(limit))


def _told(read: GraphRead, table: CaseTable, offer: _Offer, window: slice) -> Fits:
    """Rank all places by the index, and tell of those in a window what the graph knows."""
    places = _ranked(read, _board(read, table, offer.cases), offer)
    return Fits(_described(read, table, places[window], offer.things), tuple(places))


def _board(read: GraphRead, table: CaseTable, using: Iterable[str]) -> _Board:
    """Put the cases by division; those of which only a section is known stand under that."""
    lying: dict[str, list[Rows]] = defaultdict(list)
    for industry, rows in table.facets["industry"].items():
        lying[_division(industry)].append(rows)
    divisions = {name: np.unique(np.concatenate(rows)) for name, rows in sorted(lying.items())}
    for section in [one for one in divisions if len(one) == len(industry_id("C"))]:
        inner = [rows for name, rows in divisions.items() if name[:-2] == section]
        divisions[section] = np.setdiff1d(divisions[section], np.concatenate([NO_ROWS, *inner]))
    names = {node.id: Ref.of(node) for node in read.get(list(divisions))}
    known = {name: rows for name, rows in divisions.items() if name in names}
    used = np.zeros(len(table.ids), dtype=bool)
    for case in using:
        row = bisect_left(table.ids, case)
        if row < len(table.ids) and table.ids[row] == case:
            used[row] = True
    return _Board(table, known, names, used)


def _ranked(read: GraphRead, board: _Board, offer: _Offer) -> list[FitPlace]:
    found: list[FitPlace] = []
    done: set[str] = set()
    for scene in sorted(offer.basis):
        members = family(read, scene)
        if not done & set(members.members):
            found += _places(board, members, offer.basis[scene], offer)
        done |= set(members.members)
    return sorted(found, key=lambda one: (one.present, -one.score, one.scene.id, one.industry.id))


def _offer(read: GraphRead, node: Node) -> _Offer:
    if node.label == "Solution":
        solutions, own = [node.id], read.edges([node.id], ("PROVIDED_BY",), "out")
        firms = {edge.end for edge in own}
        supplied: Sequence[Edge] = ()
    else:
        solutions = [edge.start for edge in read.edges([node.id], ("PROVIDED_BY",), "in")]
        firms = {node.id}
        supplied = read.edges([node.id], ("SUPPLIED_BY",), "in")
    used = [*read.edges(solutions, ("USES",), "in"), *supplied]
    instances = sorted({edge.start for edge in used})
    basis = {edge.end: "used" for edge in read.edges(instances, ("IN_SCENE",), "out")}
    for edge in read.edges(solutions, ("FOR_SCENE",), "out"):
        basis.setdefault(edge.end, str(edge.properties.get("basis", "assigned")))
    industries = read.edges([*instances, *solutions], ("IN_INDUSTRY",), "out")
    things = frozenset({*solutions, *(firms if node.label == "Organisation" else ())})
    ids = tuple(sorted({edge.end for edge in industries}))
    return _Offer(things, frozenset(instances), basis, ids, frozenset(firms))


def _places(board: _Board, scene: SceneFamily, basis: str, offer: _Offer) -> Iterator[FitPlace]:
    """Yield each industry in which the scene has cases of other enterprises."""
    table = board.table
    wanted = table.mask("scene", scene.members)
    for firm in offer.own:
        wanted &= ~table.of_enterprise(firm)
    home = {_division(own) for own in offer.industries}
    for division, rows in board.divisions.items():
        held = rows[wanted[rows]]
        if not held.size:
            continue
        owners = table.owners[held]
        known = owners[owners != NO_ENTERPRISE]
        enterprises = len(np.unique(known)) + len(owners) - len(known)
        parts = {
            "enterprises": saturated(enterprises),
            "industry": float(division in home),
            "scene": BASIS_WEIGHT.get(basis, 0.0),
        }
        yield FitPlace(
            Ref.of(scene.scene),
            board.names[division],
            basis,
            held,
            enterprises,
            bool(board.using[held].any()),
            weighed(parts, WEIGHTS),
            parts,
        )


@cache
def _division(own: str) -> str:
    """Return the id of the division that an industry lies in, or its own where it is a section."""
    return industry_line(own)[-1]


def _described(
    read: GraphRead, table: CaseTable, places: Sequence[FitPlace], own: frozenset[str]
) -> tuple[Fit, ...]:
    """Tell what else the cases of places use and which are the newest, all asked for together.

    A case that the index still holds and the graph does not any more has nothing to tell.
    """
    ids = [[table.ids[row] for row in place.rows] for place in places]
    nodes = {node.id: node for node in read.get(sorted({case for some in ids for case in some}))}
    taken = _ends(read, sorted(nodes), ("USES", "SUPPLIED_BY"))
    newest = [_newest([case for case in some if case in nodes], nodes) for some in ids]
    examples = _examples(read, {case: nodes[case] for some in newest for case in some})
    used = [sorted({end for case in some for end in taken[case]} - own) for some in ids]
    names = {node.id: Ref.of(node) for node in read.get(sorted({e for ends in used for e in ends}))}
    return tuple(
        Fit(
            place.scene,
            place.industry,
            place.basis,
            len(place.rows),
            place.enterprises,
            place.present,
            tuple(names[end] for end in ends),
            place.score,
            place.contributions,
            tuple(examples[case] for case in some),
        )
        for place, ends, some in zip(places, used, newest, strict=True)
    )


def _examples(read: GraphRead, cases: Mapping[str, Node]) -> dict[str, Example]:
    """Return cases with their enterprise and where they are known from."""
    shown = sorted(cases)
    owners = _ends(read, shown, ("OF_ENTERPRISE",))
    ids = sorted({end for ends in owners.values() for end in ends})
    names = {node.id: Ref.of(node) for node in read.get(ids)}
    records = by_subject(read.records(shown))
    return {
        case: Example(
            Ref.of(node),
            next((names[end] for end in owners[case]), None),
            node.year(),
            evidence_of(records.get(case, ())),
        )
        for case, node in cases.items()
    }


def _newest(cases: Sequence[str], nodes: Mapping[str, Node]) -> list[str]:
    return sorted(cases, key=lambda case: (-(nodes[case].year() or 0), case))[:EXAMPLES]


def _ends(
    read: GraphRead, starts: Sequence[str], relations: tuple[str, ...]
) -> defaultdict[str, set[str]]:
    """Return what each of some things is related to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for edge in read.edges(starts, relations, "out"):
        found[edge.start].add(edge.end)
    return found
