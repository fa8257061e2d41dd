"""All standards of the graph with what links them, read once for each state of the graph."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.entities import by_start
from kg.match.matcher import Matcher
from kg.records import Edge, Node
from kg.standards.status import Currency, currency
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead

PAGE = 1000
# A title speaks of a scene where the matcher gives it this share. Titles are short: of the packaged
# standards that are linked to a scene, 0.47 have it first, so the words alone are weak evidence.
FITTING = 0.5


Takers = Mapping[str, frozenset[str]]  # by standard: the enterprises that apply it


@dataclass(frozen=True, slots=True)
class Application:
    """Who applies which standards (执行标准): enterprises by standard; unknown ones count for none.

    `everywhere`, in cases of a scene, in cases of an industry, each by id; `own` holds what each
    enterprise applies.
    """

    everywhere: Takers
    in_scene: Mapping[str, Takers]
    in_industry: Mapping[str, Takers]
    own: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class StandardTable:
    """The standards by id with their edges, and who applies them.

    `covered`, `replaced` and `adopted` are the edges by their end. `segments` are the ids of the
    segments that any of them covers. `titles` holds for each standard the 2024 scenes that its
    title alone speaks of, with the share that the matcher gives them.
    """

    nodes: Mapping[str, Node]
    covers: Mapping[str, tuple[Edge, ...]]
    covered: Mapping[str, tuple[Edge, ...]]
    replaces: Mapping[str, tuple[Edge, ...]]
    replaced: Mapping[str, tuple[Edge, ...]]
    adopts: Mapping[str, tuple[Edge, ...]]
    adopted: Mapping[str, tuple[Edge, ...]]
    application: Application
    segments: frozenset[str]
    titles: Mapping[str, Mapping[str, float]]

    def successors(self, standard: str) -> list[Node]:
        """Return the standards that replace one, plans left out."""
        edges = self.replaced.get(standard, ())
        issued = [edge for edge in edges if edge.properties.get("basis") != "planned"]
        return [self.nodes[edge.start] for edge in issued if edge.start in self.nodes]

    def currency(self, standard: str, day: datetime.date) -> Currency:
        """Return whether a standard is current on a day."""
        return currency(self.nodes[standard], self.successors(standard), day)


def read_standards(read: GraphRead, matcher: Matcher) -> StandardTable:
    """Return the table of all standards of the graph."""
    nodes = {node.id: node for page in pages_of(read, "Standard", PAGE) for node in page}
    ids = sorted(nodes)
    covers = _edges(read, ids, "COVERS", "out")
    replaces = _edges(read, ids, "REPLACES", "out")
    adopts = _edges(read, ids, "ADOPTS", "out")
    return StandardTable(
        nodes,
        by_start(covers),
        _by_end(covers),
        by_start(replaces),
        _by_end(replaces),
        by_start(adopts),
        _by_end(adopts),
        _application(read, _edges(read, ids, "APPLIES", "in")),
        frozenset(n.id for n in read.get(sorted({e.end for e in covers})) if n.label == "Segment"),
        _titles(list(nodes.values()), matcher),
    )


def _edges(read: GraphRead, ids: Sequence[str], relation: str, direction: str) -> list[Edge]:
    found: list[Edge] = []
    for first in range(0, len(ids), PAGE):
        part = ids[first : first + PAGE]
        found += read.edges(part, (relation,), "in" if direction == "in" else "out")
    return found


def _by_end(edges: Iterable[Edge]) -> Mapping[str, tuple[Edge, ...]]:
    grouped: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        grouped[edge.end].append(edge)
    return {end: tuple(found) for end, found in grouped.items()}


def _application(read: GraphRead, applies: Sequence[Edge]) -> Application:
    """Return who applies what, by enterprise, and in which scenes and industries."""
    users = sorted({edge.start for edge in applies})
    owner = {e.start: e.end for e in _edges(read, users, "OF_ENTERPRISE", "out")}
    unowned = [user for user in users if user not in owner]
    organisations = {node.id for node in read.get(unowned) if node.label == "Organisation"}
    scenes = by_start(_edges(read, users, "IN_SCENE", "out"))
    industries = by_start(_edges(read, users, "IN_INDUSTRY", "out"))
    everywhere: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    in_scene: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    in_industry: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in applies:
        taker = owner.get(edge.start, edge.start if edge.start in organisations else "")
        if not taker:
            continue
        everywhere[edge.end].add(taker)
        own[taker].add(edge.end)
        for place, edges in ((in_scene, scenes), (in_industry, industries)):
            for inside in edges.get(edge.start, ()):
                place[inside.end][edge.end].add(taker)
    return Application(
        _frozen(everywhere),
        {scene: _frozen(found) for scene, found in in_scene.items()},
        {industry: _frozen(found) for industry, found in in_industry.items()},
        _frozen(own),
    )


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(some) for name, some in found.items()}


def _titles(nodes: Sequence[Node], matcher: Matcher) -> dict[str, dict[str, float]]:
    """Return the scenes that each title speaks of by itself."""
    titled = [(node, node.text("name") or node.text("name_en")) for node in nodes]
    titled = [(node, title) for node, title in titled if title]
    if not titled:
        return {}
    shares = matcher.posteriors([title for _, title in titled])
    scenes = matcher.model.scenes
    return {
        node.id: {
            scenes[place]: float(row[place]) for place in (row >= FITTING).nonzero()[0].tolist()
        }
        for (node, _), row in zip(titled, shares, strict=True)
    }
