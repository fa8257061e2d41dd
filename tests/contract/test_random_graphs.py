"""Every question and every change on random graphs: each store answers as the oracle does.

How many examples is a matter of the profile: HYPOTHESIS_PROFILE=ci draws many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Record, Source
from kg.store.protocol import Condition, Direction, GraphStore
from ontology.errors import SmartFactoryError
from tests.contract.drawn import (
    FILTERABLE,
    IDS,
    RELATIONS,
    SOURCE_IDS,
    conditions,
    ids,
    loads,
    records,
    sources,
)
from tests.contract.kinds import KINDS
from tests.contract.oracle import Oracle

# All examples of a test share its store, which each empties first; a server may be slow at times.
shared = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Loads = list[tuple[Source, list[Record]]]
some_ids = st.lists(ids, max_size=4)
some_relations = st.lists(st.sampled_from(RELATIONS), max_size=2)
some_conditions = st.lists(conditions, max_size=3)
labels = st.sampled_from(("Thing", "Group"))
directions: st.SearchStrategy[Direction] = st.sampled_from(("out", "in", "both"))


def filled(store: GraphStore, drawn: Loads) -> Oracle:
    """Empty the store, load what was drawn into it, and return an oracle that holds the same."""
    for state in store.sources():
        store.delete(state.source.id)
    oracle = Oracle(KINDS)
    oracle.token = store.state().token
    for source, said in drawn:
        oracle.load(source, said)
        store.load(source, said)
    return oracle


@shared
@given(loads(), some_ids)
def test_get_answers_as_the_oracle(store: GraphStore, drawn: Loads, wanted: list[str]) -> None:
    oracle = filled(store, drawn)
    assert store.get(wanted) == oracle.get(wanted)


@shared
@given(loads(), labels, some_conditions, ids | st.just(""), st.integers(0, 4))
def test_find_answers_as_the_oracle(
    store: GraphStore, drawn: Loads, label: str, where: list[Condition], after: str, limit: int
) -> None:
    oracle = filled(store, drawn)
    assert store.find(label, where, after, limit) == oracle.find(label, where, after, limit)


@shared
@given(loads(), labels, conditions)
def test_find_answers_each_condition_as_the_oracle(
    store: GraphStore, drawn: Loads, label: str, condition: Condition
) -> None:
    oracle = filled(store, drawn)
    assert store.find(label, [condition]) == oracle.find(label, [condition])


@shared
@given(loads(), labels, some_conditions, st.sampled_from((*FILTERABLE, *RELATIONS)))
def test_count_answers_as_the_oracle(
    store: GraphStore, drawn: Loads, label: str, where: list[Condition], by: str
) -> None:
    oracle = filled(store, drawn)
    found, expected = store.count(label, where, by), oracle.count(label, where, by)
    assert found == expected
    assert [type(value) for value, _ in found] == [type(value) for value, _ in expected]


@shared
@given(loads(), some_ids, some_relations, directions, st.none() | st.integers(0, 5))
def test_edges_answers_as_the_oracle(
    store: GraphStore,
    drawn: Loads,
    wanted: list[str],
    relations: list[str],
    direction: Direction,
    limit: int | None,
) -> None:
    oracle = filled(store, drawn)
    assert store.edges(wanted, relations, direction, limit) == oracle.edges(
        wanted, relations, direction, limit
    )


@shared
@given(loads(), ids, ids, some_relations, st.integers(0, 6))
def test_paths_answers_as_the_oracle(
    store: GraphStore, drawn: Loads, start: str, end: str, relations: list[str], longest: int
) -> None:
    oracle = filled(store, drawn)
    assert store.paths(start, end, relations, longest) == oracle.paths(
        start, end, relations, longest
    )


@shared
@given(loads(), some_ids)
def test_records_answers_as_the_oracle(store: GraphStore, drawn: Loads, wanted: list[str]) -> None:
    oracle = filled(store, drawn)
    assert [record.to_dict() for record in store.records(wanted)] == [
        record.to_dict() for record in oracle.records(wanted)
    ]


@shared
@given(loads())
def test_sources_and_state_answer_as_the_oracle(store: GraphStore, drawn: Loads) -> None:
    oracle = filled(store, drawn)
    assert store.sources() == oracle.sources()
    assert replace(store.state(), snapshot="") == oracle.state()


@dataclass(frozen=True)
class Change:
    """One change to a store, whatever it then says to it."""

    kind: str
    source: Source
    part: int
    said: list[Record]

    def make(self, store: GraphStore) -> object:
        """Make the change and return what came of it: the parts, or the kind of fault."""
        try:
            match self.kind:
                case "load":
                    store.load(self.source, self.said)
                case "start":
                    return store.start(self.source)
                case "put":
                    store.put(self.source.id, self.part, self.said)
                case "finish":
                    store.finish(self.source.id)
                case _:
                    store.delete(self.source.id)
        except SmartFactoryError as error:
            return type(error)
        return None


@st.composite
def changes(draw: st.DrawFn) -> Change:
    name = draw(st.sampled_from(SOURCE_IDS))
    kind = draw(st.sampled_from(("load", "start", "put", "put", "put", "finish", "delete")))
    said = draw(st.lists(records(name), max_size=5)) if kind in {"load", "put"} else []
    return Change(kind, draw(sources(name)), draw(st.integers(-1, 2)), said)


@shared
@given(loads(), st.lists(changes(), max_size=12))
def test_changes_leave_the_graph_that_the_oracle_has(
    store: GraphStore, drawn: Loads, following: list[Change]
) -> None:
    oracle = filled(store, drawn)
    for step in following:
        assert step.make(store) == step.make(oracle)
        assert store.sources() == oracle.sources()
        assert replace(store.state(), snapshot="") == oracle.state()
    assert store.get(IDS) == oracle.get(IDS)
    assert store.edges(IDS) == oracle.edges(IDS)
    for name in FILTERABLE:
        assert store.count("Thing", (), name) == oracle.count("Thing", (), name)


@shared
@given(loads(), st.randoms())
def test_the_graph_does_not_depend_on_the_order_of_records(
    store: GraphStore, drawn: Loads, chance: object
) -> None:
    filled(store, drawn)
    before = store.state().graph_hash, store.get(IDS), store.edges(IDS)
    last = {source.id: (source, said) for source, said in drawn}
    shuffled = list(last.values())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for _, said in shuffled:
        chance.shuffle(said)  # type: ignore[attr-defined]
    filled(store, shuffled)
    assert (store.state().graph_hash, store.get(IDS), store.edges(IDS)) == before
