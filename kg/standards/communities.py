"""Standard clusters of the whole graph: standards that enterprises apply together.

Two standards are joined where a source publishes a relation between them, or where at least
LEAST_TAKERS enterprises apply both and chance would hardly bring so many together: the projection
is validated statistically against independent adoption (Tumminello, Miccichè, Lillo, Piilo and
Mantegna: Statistically validated networks in bipartite complex systems, PLoS ONE 6(3), 2011). The
communities are those of Louvain (Blondel et al., 2008; networkx), and they count only where the
graph is clearly more modular than graphs of the same degrees that were joined at random.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from kg.entities import Ref
from kg.standards.cluster import Cell, shape_of
from kg.standards.table import StandardTable
from ontology.sentence import Sentence

if TYPE_CHECKING:
    import networkx

    Joined = networkx.Graph[str]

State = Literal["clusters", "too_little_data", "no_structure"]
LEAST_TAKERS = 2  # enterprises that apply both
LEAST_EDGES = 30  # below, clusters of the whole graph would say more than is known
LEAST_MEMBERS = 3  # a pair is a relation, no cluster
CHANCE = 0.05  # share of the joined pairs that may be there by accident (Benjamini and Hochberg)
SEED = 20241028
RANDOM_GRAPHS = 10
STANDARD_DEVIATIONS = 4  # above the mean of the random graphs: one in 600 by chance
SWAPS_PER_EDGE = 3  # after so many the order of the original is gone
_WORDS = re.compile(r"[一-鿿]{3,}")
SHORTEST_PHRASE, LONGEST_PHRASE = 3, 8  # characters of the words that name a cluster
NO_STRUCTURE = Sentence(
    "标准之间的联系并不比随机更成群，不足以划分标准群。",
    "The links between standards group no more than links at random would; clusters of the whole"
    " cannot be told from them.",
)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two standards that belong together: by a published relation, or by who applies both.

    `relation` is "" where none is published; `weight` is the share of those who apply one of the
    two that apply both (Jaccard), 1 for a published relation.
    """

    first: str
    second: str
    relation: str
    enterprises: int
    weight: float


@dataclass(frozen=True, slots=True)
class Community:
    """A cluster of the whole graph; the id is made of its best connected member.

    It stays while that one does; `changes` compares by members.
    """

    id: str
    name: str
    members: tuple[Ref, ...]
    shape: tuple[Cell, ...]
    ties: int
    enterprises: int


@dataclass(frozen=True, slots=True)
class Communities:
    """The clusters of the whole graph, the largest first; none where `state` says why.

    `shape` counts all standards that are not replaced or withdrawn by role and level. `modularity`
    is that of the graph, `by_chance` what graphs joined at random may reach.
    """

    state: State
    reason: str
    ties: int
    modularity: float | None
    by_chance: float | None
    items: tuple[Community, ...]
    shape: tuple[Cell, ...]


def communities(table: StandardTable, day: datetime.date) -> Communities:
    """Return the clusters of the whole graph as far as adoption and published relations tell."""
    ties = ties_of(table)
    shape = shape_of(table, [o for o in table.nodes if table.currency(o, day) != "no_more"])
    if len(ties) < LEAST_EDGES:
        reason = _too_little(len(ties))
        return Communities("too_little_data", reason, len(ties), None, None, (), shape)
    groups, modularity, by_chance = partition(ties)
    found = tuple(_community(table, group, ties) for group in groups)
    state: State = "clusters" if found else "no_structure"
    return Communities(
        state, "" if found else NO_STRUCTURE, len(ties), modularity, by_chance, found, shape
    )


def _too_little(edges: int) -> Sentence:
    return Sentence(
        f"标准之间有依据的联系太少（{edges} 条，至少需要 {LEAST_EDGES} 条），不足以划分标准群。",
        f"There are too few attested links between standards ({edges}, at least {LEAST_EDGES} are"
        " needed) to tell clusters of the whole.",
    )


def ties_of(table: StandardTable) -> tuple[Tie, ...]:
    """Return the standards that belong together, each pair once, in id order."""
    published = _published(table)
    together = joint_takers(table.application.own.values(), set(table.nodes))
    takers = {one: len(some) for one, some in table.application.everywhere.items()}
    validated = _validated(together, takers, len(table.application.own))
    pairs = sorted({*published, *validated})
    return tuple(_tie(pair, published, together, takers) for pair in pairs)


def joint_takers(applied: Iterable[frozenset[str]], known: set[str]) -> Counter[tuple[str, str]]:
    """Count for each pair of standards the enterprises that apply both."""
    counted: Counter[tuple[str, str]] = Counter()
    for standards in applied:
        counted.update(combinations(sorted(standards & known), 2))
    return counted


def _published(table: StandardTable) -> dict[tuple[str, str], str]:
    """Return the pairs that a source joins: adopted or replaced, as stated and not inferred."""
    found: dict[tuple[str, str], str] = {}
    for relation, edges in (("adopts", table.adopts), ("replaces", table.replaces)):
        for edge in (edge for some in edges.values() for edge in some):
            if edge.properties.get("basis") == "stated" and edge.end in table.nodes:
                pair = (min(edge.start, edge.end), max(edge.start, edge.end))
                found.setdefault(pair, relation)
    return found


def _validated(
    together: Mapping[tuple[str, str], int], takers: Mapping[str, int], enterprises: int
) -> set[tuple[str, str]]:
    """Return the pairs that more enterprises apply together than independent choice explains."""
    from scipy.stats import hypergeom

    pairs = [pair for pair, count in together.items() if count >= LEAST_TAKERS]
    if not pairs:
        return set()
    counts = np.asarray([together[pair] for pair in pairs])
    first = np.asarray([takers[one] for one, _ in pairs])
    second = np.asarray([takers[other] for _, other in pairs])
    by_chance = np.asarray(hypergeom.sf(counts - 1, enterprises, first, second))
    # The largest rank k of all pairs at which p is at most k / pairs of the share allowed.
    order = np.argsort(by_chance, kind="stable")
    allowed = CHANCE * np.arange(1, len(pairs) + 1) / len(together)
    below = np.flatnonzero(by_chance[order] <= allowed)
    kept = order[: below[-1] + 1] if len(below) else order[:0]
    return {pairs[place] for place in kept.tolist()}


def _tie(
    pair: tuple[str, str],
    published: Mapping[tuple[str, str], str],
    together: Mapping[tuple[str, str], int],
    takers: Mapping[str, int],
) -> Tie:
    both = together.get(pair, 0)
    either = takers.get(pair[0], 0) + takers.get(pair[1], 0) - both
    weight = 1.0 if pair in published else both / either
    return Tie(*pair, published.get(pair, ""), both, weight)


def partition(ties: Sequence[Tie]) -> tuple[list[tuple[str, ...]], float, float]:
    """Return the communities (largest first, then by id), modularity, what chance may reach.

    Where chance may reach the modularity there are none.
    """
    import networkx

    graph: Joined = networkx.Graph()
    for tie in ties:
        graph.add_edge(tie.first, tie.second, weight=tie.weight)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    modularity = float(networkx.community.modularity(graph, found, weight=None))
    random = [_random_modularity(graph, SEED + number) for number in range(RANDOM_GRAPHS)]
    by_chance = float(np.mean(random) + STANDARD_DEVIATIONS * np.std(random, ddof=1))
    if modularity <= by_chance:
        return [], modularity, by_chance
    groups = [tuple(sorted(group)) for group in found if len(group) >= LEAST_MEMBERS]
    return sorted(groups, key=lambda group: (-len(group), group)), modularity, by_chance


def _random_modularity(graph: Joined, seed: int) -> float:
    """Return the modularity of a graph of the same degrees whose edges are joined at random."""
    import networkx

    mixed = networkx.Graph(graph)
    edges = mixed.number_of_edges()
    try:
        networkx.double_edge_swap(mixed, SWAPS_PER_EDGE * edges, 100 * edges, seed=seed)
    except networkx.NetworkXException:
        return 0.0  # too small or too full to be joined otherwise: nothing to compare with
    found = networkx.community.louvain_communities(mixed, weight=None, seed=seed)
    return float(networkx.community.modularity(mixed, found, weight=None))


def _community(table: StandardTable, group: Sequence[str], ties: Sequence[Tie]) -> Community:
    inside = set(group)
    own = [tie for tie in ties if tie.first in inside and tie.second in inside]
    strength: dict[str, float] = defaultdict(float)
    for tie in own:
        strength[tie.first] += tie.weight
        strength[tie.second] += tie.weight
    anchor = min(group, key=lambda one: (-strength[one], one))
    takers = {one for member in group for one in table.application.everywhere.get(member, ())}
    return Community(
        f"cluster-{anchor}",
        name_of([table.nodes[one].name for one in group], table.nodes[anchor].name),
        tuple(Ref(one, "Standard", table.nodes[one].text("code")) for one in group),
        shape_of(table, group),
        len(own),
        len(takers),
    )


def name_of(titles: Sequence[str], anchor: str) -> str:
    """Return the words that most titles share, longer ones before shorter, else the anchor's."""
    counted: Counter[str] = Counter()
    for title in titles:
        runs = _WORDS.findall(title)
        counted.update(
            {
                run[start : start + length]
                for run in runs
                for length in range(SHORTEST_PHRASE, LONGEST_PHRASE + 1)
                for start in range(len(run) - length + 1)
            }
        )
    shared = {phrase: count for phrase, count in counted.items() if 2 * count >= len(titles)}
    shared = {phrase: count for phrase, count in shared.items() if count > 1}
    if not shared:
        return anchor
    return max(shared, key=lambda phrase: (shared[phrase] * len(phrase), phrase))


@dataclass(frozen=True, slots=True)
class Change:
    """A cluster of now beside the one of before that it shares most members with (Jaccard).

    `before` is None for a new one; `joined` and `left` are ids of members.
    """

    id: str
    before: str | None
    overlap: float
    joined: tuple[str, ...]
    left: tuple[str, ...]


def changes(
    now: Mapping[str, frozenset[str]], before: Mapping[str, frozenset[str]]
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Compare two states, members by cluster id: what became of each, and which are gone."""
    found = []
    followed = set()
    for name, members in sorted(now.items()):
        best = max(before, key=lambda one: (_jaccard(members, before[one]), one), default=None)
        overlap = _jaccard(members, before[best]) if best else 0.0
        if best is None or not overlap:
            found.append(Change(name, None, 0.0, tuple(sorted(members)), ()))
            continue
        followed.add(best)
        joined, left = members - before[best], before[best] - members
        found.append(Change(name, best, overlap, tuple(sorted(joined)), tuple(sorted(left))))
    return tuple(found), tuple(sorted(set(before) - followed))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
