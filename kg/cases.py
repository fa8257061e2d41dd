"""Comparable cases: real scene instances filtered exactly, then ranked, folded and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.case_facts import Case, Standing, case_of, describe, levels_of
from kg.effects.effect import Summary, summarise
from kg.index.snapshot import Snapshot
from kg.index.table import (
    FACETS,
    NO_ENTERPRISE,
    CaseTable,
    Rows,
    figure_name,
    indexed_text,
)
from kg.match.matcher import Match
from kg.ranking import NOBODY, TEXT_WEIGHTS, WEIGHTS, Asker, Ranking, rank, weights_with
from kg.records import Edge, Node
from kg.store.protocol import GraphRead
from ontology.errors import InvalidValue

MOST_COUNTS = 30  # values of a facet that are told, the most frequent first
# The figures of the most comparable cases are put together: so many at most, and none that is less
# than half as comparable as the first.
SUMMARISED, COMPARABLE = 200, 0.5


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that a case must state: of an indicator, in a kind and unit, within bounds."""

    kpi: str
    kind: str
    unit: str | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a case must meet: one of the values of each field that is not empty, and every bound.

    `level` is a level that a factory of the case's enterprise is listed at. `kpi` is an indicator
    that the case states a figure of, `has` what else a source tells of it (solution, supplier,
    effects, standard). `exclude_enterprise` leaves out the cases of one organisation (its id).
    """

    scene: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    kpi: tuple[str, ...] = ()
    technology: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    exclude_enterprise: str = ""

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the value filters that are set."""
        values = {name: getattr(self, name) for name in FACETS}
        return {name: found for name, found in values.items() if found}


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What is looked for: a text, filters, who asks, weights that differ from the usual ones.

    `fold` shows several reports of one story as one case; `by_enterprise` one case of each.
    """

    text: str
    filters: CaseFilters = CaseFilters()
    asker: Asker = NOBODY
    weights: Mapping[str, float] = field(default_factory=dict)
    fold: bool = True
    by_enterprise: bool = False
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the hits have a value; `name` is what it is called."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class RankedCases:
    """Cases in order and what is true of all hits.

    `total` counts what can be paged through: stories or enterprises where those are shown, `hits`
    all cases that meet the filters. `effects` puts together the figures of the most comparable
    hits, each the enterprise's own. `ranked_by` is scene, text or,
    without either, year.
    """

    items: tuple[Case, ...]
    total: int
    hits: int
    ranked_by: str
    weights: Mapping[str, float]
    facets: Mapping[str, tuple[FacetCount, ...]]
    effects: tuple[Summary, ...]


def find_cases(read: GraphRead, snapshot: Snapshot, match: Match, query: CaseQuery) -> RankedCases:
    """Return the cases comparable to what is looked for; `match` is the match of its text."""
    known = bool(query.asker.scenes) or match.decision != "no_scene"
    weights = weights_with(WEIGHTS if known else TEXT_WEIGHTS, query.weights)
    wanted = np.flatnonzero(selected(snapshot.table, query.filters))
    ranking = rank(snapshot, query.text, wanted, query.asker, weights)
    effects = summarise(snapshot.table.effects_of(_comparable(ranking)))
    by = "scene" if known else "text"
    return _told(read, snapshot.table, ranking, query, (by, weights, effects))


def newest_cases(read: GraphRead, snapshot: Snapshot, query: CaseQuery) -> RankedCases:
    """Return the cases that meet the filters, the newest first; of no text, so none is nearer."""
    table = snapshot.table
    wanted = np.flatnonzero(selected(table, query.filters))
    ordered = wanted[np.lexsort((wanted, -table.years[wanted].astype(np.int64)))]
    ranking = Ranking(ordered, np.zeros(len(ordered)), {})
    return _told(read, table, ranking, query, ("year", {}, ()))


def _told(
    read: GraphRead,
    table: CaseTable,
    ranking: Ranking,
    query: CaseQuery,
    standing: tuple[str, Mapping[str, float], tuple[Summary, ...]],
) -> RankedCases:
    """Return the part of a ranking that is asked for; `standing`: by what, weights, effects."""
    shown = shown_first(table, ranking.rows, query)
    window = shown[query.offset : query.offset + query.limit]
    items = _cases(read, table, ranking, window, query)
    facets = _facet_counts(read, table, ranking.rows)
    by, weights, effects = standing
    return RankedCases(items, len(shown), len(ranking.rows), by, weights, facets, effects)


def selected(table: CaseTable, filters: CaseFilters) -> NDArray[np.bool_]:
    """Return which rows of the table meet all filters."""
    mask = table.between(filters.year_from, filters.year_to)
    for facet, values in filters.facets().items():
        mask &= table.mask(facet, values)
    for bound in filters.bounds:
        name = figure_name(bound.kpi, bound.kind, bound.unit)
        mask &= table.stating(name, bound.low, bound.high)
    if filters.exclude_enterprise:
        mask &= ~table.of_enterprise(filters.exclude_enterprise)
    return mask


def shown_first(table: CaseTable, ordered: Rows, query: CaseQuery) -> NDArray[np.intp]:
    """Return the positions among the ordered rows that are shown: the first of each group."""
    positions = np.arange(len(ordered), dtype=np.intp)
    if query.fold:
        positions = positions[_firsts(table.stories[ordered])]
    if query.by_enterprise:
        positions = positions[_firsts(_owners(table, ordered[positions]))]
    return positions


def _firsts(keys: Rows) -> NDArray[np.intp]:
    """Return the position of the first of each key, ascending."""
    return np.sort(np.unique(keys, return_index=True)[1])


def _owners(table: CaseTable, rows: Rows) -> Rows:
    """Return a number per enterprise; a case of an unknown one stands alone."""
    owners = table.owners[rows]
    return np.where(owners == NO_ENTERPRISE, -1 - rows, owners)


def _cases(
    read: GraphRead,
    table: CaseTable,
    ranking: Ranking,
    window: NDArray[np.intp],
    query: CaseQuery,
) -> tuple[Case, ...]:
    found = describe(read, [table.ids[row] for row in ranking.rows[window]])
    items = []
    for place in window.tolist():
        facts = found.get(table.ids[ranking.rows[place]])
        if facts is not None:  # else the graph is ahead of the snapshot: the case was deleted
            items.append(case_of(facts, _standing(table, ranking, query, place)))
    return tuple(items)


def _standing(table: CaseTable, ranking: Ranking, query: CaseQuery, place: int) -> Standing:
    """Return how the case at a place of the ranking stands among the hits."""
    rows = ranking.rows
    reports = rows[table.stories[rows] == table.stories[rows[place]]] if query.fold else rows[:0]
    others = 0
    if query.by_enterprise:
        owners = _owners(table, rows)
        others = int((owners == owners[place]).sum()) - 1
    return Standing(
        float(ranking.scores[place]),
        {name: float(values[place]) for name, values in ranking.contributions.items()},
        tuple(table.ids[row] for row in sorted(reports.tolist()) if row != rows[place]),
        others,
    )


def _facet_counts(
    read: GraphRead, table: CaseTable, rows: Rows
) -> dict[str, tuple[FacetCount, ...]]:
    """Return how many of the rows have each value of each facet, the most frequent first."""
    hit = np.zeros(len(table.ids), dtype=np.bool_)
    hit[rows] = True
    counted = {}
    for facet in FACETS:
        counts = {value: int(hit[own].sum()) for value, own in table.facets[facet].items()}
        some = [(value, count) for value, count in counts.items() if count]
        counted[facet] = sorted(some, key=lambda pair: (-pair[1], pair[0]))[:MOST_COUNTS]
    ids = sorted({value for pairs in counted.values() for value, _ in pairs})
    names = {node.id: node.name for node in read.get(ids)}
    return {
        facet: tuple(FacetCount(value, names.get(value, value), count) for value, count in pairs)
        for facet, pairs in counted.items()
    }


def _comparable(ranking: Ranking) -> Rows:
    """Return the rows whose figures belong to the answer."""
    scores = ranking.scores[:SUMMARISED]
    return ranking.rows[: np.count_nonzero(scores >= COMPARABLE * scores.max(initial=0.0))]


def own_case(read: GraphRead, snapshot: Snapshot, node: Node) -> tuple[str, Asker, str]:
    """Return text, asker and enterprise of an instance or factory that others are compared with.

    Raise InvalidValue where nothing is known of it that could be compared.
    """
    edges = read.edges([node.id], direction="out")
    ends = {
        relation: tuple(edge.end for edge in edges if edge.relation == relation)
        for relation in ("OF_ENTERPRISE", "IN_INDUSTRY", "IN_PLACE", "AT_LEVEL", "IN_SCENE")
    }
    owner = next(iter(ends["OF_ENTERPRISE"]), "")
    table = snapshot.table
    if node.label == "Instance":
        text, scenes = indexed_text(node), _filed(edges)
        level = tuple(one.id for one in levels_of(read, [owner]).get(owner, ())) if owner else ()
    else:
        mine = [table.ids[row] for row in np.flatnonzero(table.of_enterprise(owner)).tolist()]
        text, scenes = "。".join(indexed_text(one) for one in read.get(mine)), ()
        level = ends["AT_LEVEL"]
    if not text:
        raise InvalidValue(
            "like", node.name, "has no described case to compare with; describe it in a text"
        )
    asker = Asker(ends["IN_INDUSTRY"], ends["IN_PLACE"], tuple(dict.fromkeys(level)), scenes)
    return text, asker, owner


def _filed(edges: Sequence[Edge]) -> tuple[str, ...]:
    """Return the scenes that an instance is filed under, the primary one first."""
    filed = [edge for edge in edges if edge.relation == "IN_SCENE"]
    ordered = sorted(filed, key=lambda edge: (edge.properties.get("rank") != "primary", edge.end))
    return tuple(edge.end for edge in ordered)
