"""Where a solution fits next: scenes and industries in which there are cases, with the evidence.

Everything counted is something a source says. That no source names a solution in a place is told as
that and adds to no score: what nobody said is unknown, never a lack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.entities import Evidence, Ref, by_subject, evidence_of
from kg.records import Edge, Node
from kg.scenes import SceneFamily, family
from kg.solution_ranking import saturated, weighed
from kg.store.protocol import GraphRead
from ontology.classification import industry_line
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
    """A scene in an industry as it is ranked, before anything is told of its cases."""

    scene: Ref
    industry: Ref
    basis: str
    cases: tuple[str, ...]
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


def fits_of(read: GraphRead, node: Node, limit: int = 10, offset: int = 0) -> Fits:
    """Return where a solution or provider fits next; raise InvalidValue for anything else."""
    if node.label not in {"Solution", "Organisation"}:
        raise InvalidValue("of", node.id, f"is no solution or provider but a {node.label}")
    return _told(read, _offer(read, node), slice(offset, offset + limit))


def fits_of_described(
    read: GraphRead, scenes: Sequence[str], industry: Sequence[str] = (), limit: int = 30
) -> Fits:
    """Return where a solution fits of which only scenes and, maybe, industries are known."""
    nothing: frozenset[str] = frozenset()
    basis = dict.fromkeys(scenes, "described")
    offer = _Offer(nothing, nothing, basis, tuple(industry), nothing)
    return _told(read, offer, slice(limit))


def _told(read: GraphRead, offer: _Offer, window: slice) -> Fits:
    """Rank all places, and tell of those in a window: what grows with the graph is only counted."""
    places = _ranked(read, offer)
    return Fits(_described(read, places[window], offer.things), tuple(places))


def _ranked(read: GraphRead, offer: _Offer) -> list[FitPlace]:
    found: list[FitPlace] = []
    done: set[str] = set()
    for scene in sorted(offer.basis):
        members = family(read, scene)
        if not done & set(members.members):
            found += _places(read, members, offer.basis[scene], offer)
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


def _places(read: GraphRead, scene: SceneFamily, basis: str, offer: _Offer) -> list[FitPlace]:
    """Return each industry in which the scene has cases of other enterprises."""
    ids = sorted({e.start for e in read.edges(sorted(scene.members), ("IN_SCENE",), "in")})
    edges = read.edges(ids, ("OF_ENTERPRISE", "IN_INDUSTRY"), "out")
    owner = {edge.start: edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"}
    cells: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.relation == "IN_INDUSTRY" and owner.get(edge.start) not in offer.own:
            cells[_division(edge.end)].add(edge.start)
    divisions = {node.id: Ref.of(node) for node in read.get(sorted(cells))}
    home = {_division(own) for own in offer.industries}
    found = []
    for division, cases in sorted(cells.items()):
        if division not in divisions:  # a code of no edition that the graph knows
            continue
        enterprises = {owner.get(case, case) for case in cases}
        parts = {
            "enterprises": saturated(len(enterprises)),
            "industry": float(division in home),
            "scene": BASIS_WEIGHT.get(basis, 0.0),
        }
        found.append(
            FitPlace(
                Ref.of(scene.scene),
                divisions[division],
                basis,
                tuple(sorted(cases)),
                len(enterprises),
                bool(cases & offer.cases),
                weighed(parts, WEIGHTS),
                parts,
            )
        )
    return found


@cache
def _division(own: str) -> str:
    """Return the id of the division that an industry lies in, or its own where it is a section."""
    return industry_line(own)[-1]


def _described(read: GraphRead, places: Sequence[FitPlace], own: frozenset[str]) -> tuple[Fit, ...]:
    """Tell what else the cases of places use and which are the newest, all asked for together."""
    cases = sorted({case for place in places for case in place.cases})
    taken = _ends(read, cases, ("USES", "SUPPLIED_BY"))
    nodes = {node.id: node for node in read.get(cases)}
    newest = [_newest(place.cases, nodes) for place in places]
    shown = sorted({case for some in newest for case in some})
    owners = _ends(read, shown, ("OF_ENTERPRISE",))
    mentioned = {end for ends in (*taken.values(), *owners.values()) for end in ends}
    names = {node.id: Ref.of(node) for node in read.get(sorted(mentioned))}
    records = by_subject(read.records(shown))
    examples = {
        case: Example(
            Ref.of(nodes[case]),
            next((names[end] for end in owners[case]), None),
            nodes[case].year(),
            evidence_of(records.get(case, ())),
        )
        for case in shown
    }
    return tuple(
        Fit(
            place.scene,
            place.industry,
            place.basis,
            len(place.cases),
            place.enterprises,
            place.present,
            tuple(
                names[end] for end in sorted({e for case in place.cases for e in taken[case]} - own)
            ),
            place.score,
            place.contributions,
            tuple(examples[case] for case in some),
        )
        for place, some in zip(places, newest, strict=True)
        for used in [{end for case in place.cases for end in taken[case]}]
    )


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
