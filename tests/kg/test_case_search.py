"""Two thousand random questions for cases, held against plain Python over what the graph says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from kg.case_facts import Case
from kg.cases import Bound, CaseFilters, CaseQuery, find_cases
from kg.effects.effect import Effect, readings
from kg.index.snapshot import Snapshot, load_snapshot
from kg.index.table import figure_name
from kg.ranking import NOBODY, TEXT_WEIGHTS, WEIGHTS, Asker, contributions
from kg.store.open import open_store
from kg.store.protocol import GraphRead
from kg.text import normalise
from ontology.classification import ancestors, industry, place
from ontology.guide import Guide

QUESTIONS = 2000
TEXTS = (
    "轮毂表面缺陷靠人工目检，漏检多", "多品种小批量，换型太慢", "空压机老是突然停机",
    "今天天气不错", "仓库找料慢，账实不符", "predict spindle failures", "一键炼钢",
    "碳足迹怎么核算",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A case as the graph tells it, with the score parts of every text."""

    case: Case
    values: dict[str, frozenset[str]]
    figures: tuple[Effect, ...]


@dataclass(frozen=True)
class World:
    """The packaged graph, its snapshot and every case in id order."""

    read: GraphRead
    snapshot: Snapshot
    cases: tuple[Known, ...]
    parts: dict[tuple[str, Asker], dict[str, np.ndarray]]


ASKERS = (
    NOBODY,
    Asker(industry=("gbt4754-C31",), place=("gbt2260-320500",), level=("L3",)),
    Asker(industry=("gbt4754-C3841", "gbt4754-C36"), scenes=("S17", "S18")),
)


@pytest.fixture(scope="module")
def packaged(packaged_data: Path, guide: Guide) -> Iterator[World]:
    """Everything that the oracle looks at."""
    store = open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True)
    with closing(store):
        (folder,) = [one for one in (packaged_data / "snapshots").iterdir() if one.is_dir()]
        snapshot = load_snapshot(folder)
        query = CaseQuery(TEXTS[0], fold=False, limit=10_000)
        answer = find_cases(store, snapshot, snapshot.matcher.match(TEXTS[0]), query)
        ids = [case.id for case in answer.items]
        using = {edge.start for edge in store.edges(ids, ("USES",), "out")}
        cases = sorted(
            (known(case, guide, case.id in using) for case in answer.items),
            key=lambda one: one.case.id,
        )
        rows = np.arange(len(cases))
        parts = {
            (text, asker): contributions(snapshot, text, rows, asker)
            for text in TEXTS
            for asker in ASKERS
        }
        yield World(store, snapshot, tuple(cases), parts)


def known(case: Case, guide: Guide, uses: bool) -> Known:
    """Return what a case can be filtered by, from the case itself."""
    scenes = [guide.scene(scene.id) for scene in case.scenes if guide.has_scene(scene.id)]
    industries = [industry(one.id) for one in case.industries]
    places = [place(case.place.id)] if case.place else []
    figures = tuple(
        one for effect in case.figures for one in readings(effect) if one.kpi and one.kind
    )
    has = {
        "effects": case.effects,
        "supplier": case.suppliers,
        "solution": uses,
        "replication": case.replication or case.replicated_to,
    }
    values = {
        "scene": {scene.id for scene in case.scenes},
        "segment": {scene.segment for scene in scenes},
        "area": {area for scene in scenes if (area := guide.segment(scene.segment).area)},
        "industry": {up.id for one in industries for up in (one, *ancestors(one))},
        "province": {up.id for one in places for up in (one, *ancestors(one))},
        "level": {level.id for level in case.levels},
        "grade": {case.grade},
        "basis": {scene.basis for scene in case.scenes},
        "kpi": {effect.kpi or "" for effect in figures},
        "technology": {normalise(one) for one in case.technologies},
        "has": {name for name, found in has.items() if found},
    }
    return Known(case, {name: frozenset(found) for name, found in values.items()}, figures)


def meets(one: Known, filters: CaseFilters) -> bool:
    """Hold one case against the filters, as plainly as can be."""
    if not all(one.values[facet] & set(wanted) for facet, wanted in filters.facets().items()):
        return False
    year = one.case.year
    if filters.year_from is not None and (year is None or year < filters.year_from):
        return False
    if filters.year_to is not None and (year is None or year > filters.year_to):
        return False
    owner = one.case.enterprise.id if one.case.enterprise else ""
    if owner and owner == filters.exclude_enterprise:
        return False
    return all(any(within(effect, bound) for effect in one.figures) for bound in filters.bounds)


def within(effect: Effect, bound: Bound) -> bool:
    """Hold one figure against a bound."""
    if (effect.kpi, effect.kind, effect.unit) != (bound.kpi, bound.kind, bound.unit):
        return False
    if bound.low is not None and (effect.low is None or effect.low < bound.low):
        return False
    return bound.high is None or (effect.high is not None and effect.high <= bound.high)


def expected(world: World, query: CaseQuery, weights: dict[str, float]) -> list[str]:
    """Return all cases that the query shows, in order, by plain Python."""
    parts = world.parts[query.text, query.asker]
    ranked = []
    for row, one in enumerate(world.cases):
        if meets(one, query.filters):
            total = sum(weights[name] * values[row] for name, values in parts.items())
            ranked.append((-round(float(total), 6), one.case.id, one.case.enterprise))
    ranked.sort(key=lambda each: each[:2])
    if not query.by_enterprise:
        return [case for _, case, _ in ranked]
    seen: set[str] = set()
    firsts = []
    for _, case, owner in ranked:
        key = owner.id if owner else case
        if key not in seen:
            seen.add(key)
            firsts.append(case)
    return firsts


def drawn_filters(chance: random.Random, cases: Sequence[Known]) -> CaseFilters:
    """Return filters with values that cases have, now and then one that none has."""
    values = {}
    for facet in cases[0].values:
        if chance.random() < 0.2:
            picked = chance.choices(cases, k=chance.randint(1, 3))
            pool = sorted({value for one in picked for value in one.values[facet]} | {"none such"})
            values[facet] = tuple(chance.sample(pool, min(len(pool), chance.randint(1, 2))))
    filters = CaseFilters(**values)  # type: ignore[arg-type] # of facets alone
    if chance.random() < 0.2:
        first = chance.randint(2012, 2026)
        filters = replace(filters, year_from=first, year_to=chance.choice([None, first + 3]))
    if chance.random() < 0.1:
        owner = chance.choice(cases).case.enterprise
        filters = replace(filters, exclude_enterprise=owner.id if owner else "nobody")
    stated = [effect for one in cases for effect in one.figures]
    if chance.random() < 0.15:
        like = chance.choice(stated)
        low, high = chance.choice([(like.low, None), (None, like.high), (like.low, like.high)])
        bound = Bound(like.kpi or "", like.kind or "", like.unit, low, high)
        filters = replace(filters, bounds=(bound,))
    return filters


def test_two_thousand_questions_are_answered_as_plain_python_would(packaged: World) -> None:
    chance = random.Random(20241028)
    matches = {text: packaged.snapshot.matcher.match(text) for text in TEXTS}
    found_some = 0
    for _ in range(QUESTIONS):
        text = chance.choice(TEXTS)
        asker = chance.choice(ASKERS)
        given = {} if chance.random() < 0.7 else {"industry": chance.choice([0.0, 0.3])}
        query = CaseQuery(
            text,
            drawn_filters(chance, packaged.cases),
            asker,
            given,
            fold=False,
            by_enterprise=chance.random() < 0.2,
            offset=chance.choice([0, 0, 1, 7]),
            limit=chance.randint(1, 12),
        )
        fits = bool(asker.scenes) or matches[text].decision != "no_scene"
        weights = {**(WEIGHTS if fits else TEXT_WEIGHTS), **given}
        wanted = expected(packaged, query, weights)
        answer = find_cases(packaged.read, packaged.snapshot, matches[text], query)
        window = wanted[query.offset : query.offset + query.limit]
        assert [case.id for case in answer.items] == window, query
        assert answer.total == len(wanted), query
        found_some += bool(window)
    assert QUESTIONS / 4 < found_some < QUESTIONS  # neither all empty nor all full


def test_the_first_case_does_not_depend_on_how_many_are_asked_for(packaged: World) -> None:
    match = packaged.snapshot.matcher.match(TEXTS[1])
    firsts = set()
    for limit in range(1, 60, 7):
        query = CaseQuery(TEXTS[1], limit=limit)
        firsts.add(find_cases(packaged.read, packaged.snapshot, match, query).items[0].id)
    assert len(firsts) == 1


def test_pages_of_any_size_are_slices_of_one_order(packaged: World) -> None:
    match = packaged.snapshot.matcher.match(TEXTS[2])
    everything = find_cases(
        packaged.read, packaged.snapshot, match, CaseQuery(TEXTS[2], limit=10_000)
    )
    for size in (1, 13, 100):
        paged = [
            case.id
            for offset in range(0, everything.total, size)
            for case in find_cases(
                packaged.read,
                packaged.snapshot,
                match,
                CaseQuery(TEXTS[2], offset=offset, limit=size),
            ).items
        ]
        assert paged == [case.id for case in everything.items]
    assert everything.total == everything.hits == len(packaged.cases)


def test_every_figure_of_the_table_is_one_of_a_case(packaged: World) -> None:
    table = packaged.snapshot.table
    told = {
        (one.case.id, figure_name(effect.kpi or "", effect.kind or "", effect.unit))
        for one in packaged.cases
        for effect in one.figures
    }
    held = zip(table.figures.rows.tolist(), table.figures.names.tolist(), strict=True)
    assert {(table.ids[row], name) for row, name in held} == told
    assert told
