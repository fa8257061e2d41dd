"""Where a solution fits next: scenes and industries in which there are cases, with the evidence.

Everything counted is something a source says. That no source names a solution in a place is told as
that and adds to no score: what nobody said is unknown, never a lack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
class Fits:
    """Where a solution, or what a provider offers, fits next: where it is not attested yet first,
    the best of each first.
    """

    of: Ref
    items: tuple[Fit, ...]
    total: int
    note: str = NOBODY_LOOKS


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is looked for: solutions, organisations, the basis by scene, industries, own firms."""

    things: frozenset[str]
    basis: Mapping[str, str]
    industries: tuple[str, ...]
    own: frozenset[str]


def fits_of(read: GraphRead, node: Node, limit: int = 10, offset: int = 0) -> Fits:
    """Return where a solution or provider fits next; raise InvalidValue for anything else."""
    if node.label not in {"Solution", "Organisation"}:
        raise InvalidValue("of", node.id, f"is no solution or provider but a {node.label}")
    found = _ranked(read, _offer(read, node))
    return Fits(Ref.of(node), tuple(found[offset : offset + limit]), len(found))


def fits_of_described(
    read: GraphRead, scenes: Sequence[str], industry: Sequence[str] = ()
) -> tuple[Fit, ...]:
    """Return where a solution fits of which only scenes and, maybe, industries are known."""
    offer = _Offer(frozenset(), dict.fromkeys(scenes, "described"), tuple(industry), frozenset())
    return tuple(_ranked(read, offer))


def _ranked(read: GraphRead, offer: _Offer) -> list[Fit]:
    found: list[Fit] = []
    done: set[str] = set()
    for scene in sorted(offer.basis):
        members = family(read, scene)
        if not done & set(members.members):
            found += _fits(read, members, offer.basis[scene], offer)
        done |= set(members.members)
    return sorted(found, key=lambda fit: (fit.present, -fit.score, fit.scene.id, fit.industry.id))


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
    return _Offer(things, basis, ids, frozenset(firms))


def _fits(read: GraphRead, scene: SceneFamily, basis: str, offer: _Offer) -> list[Fit]:
    """Return a fit for each industry in which the scene has cases of other enterprises."""
    ids = sorted({e.start for e in read.edges(sorted(scene.members), ("IN_SCENE",), "in")})
    edges = read.edges(ids, ("OF_ENTERPRISE", "IN_INDUSTRY", "USES", "SUPPLIED_BY"), "out")
    mentioned = {*ids, *(edge.end for edge in edges)}
    nodes = {node.id: node for node in read.get(sorted(mentioned))}
    owner = {edge.start: edge.end for edge in edges if edge.relation == "OF_ENTERPRISE"}
    taken = defaultdict(set)
    for edge in edges:
        if edge.relation in {"USES", "SUPPLIED_BY"}:
            taken[edge.start].add(edge.end)
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
        used = {thing for case in cases for thing in taken[case]}
        found.append(
            Fit(
                Ref.of(scene.scene),
                divisions[division],
                basis,
                len(cases),
                len(enterprises),
                bool(used & offer.things),
                tuple(Ref.of(nodes[thing]) for thing in sorted(used - offer.things)),
                weighed(parts, WEIGHTS),
                parts,
                _examples(read, sorted(cases), owner, nodes),
            )
        )
    return found


def _division(own: str) -> str:
    """Return the id of the division that an industry lies in, or its own where it is a section."""
    return industry_line(own)[-1]


def _examples(
    read: GraphRead, cases: Sequence[str], owner: Mapping[str, str], nodes: Mapping[str, Node]
) -> tuple[Example, ...]:
    """Return the newest cases with their evidence."""
    newest = sorted(cases, key=lambda case: (-(nodes[case].year() or 0), case))[:EXAMPLES]
    records = by_subject(read.records(newest))
    return tuple(
        Example(
            Ref.of(nodes[case]),
            Ref.of(nodes[owner[case]]) if case in owner else None,
            nodes[case].year(),
            evidence_of(records.get(case, ())),
        )
        for case in newest
    )
