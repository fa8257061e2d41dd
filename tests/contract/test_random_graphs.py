"""Every question and every change on random graphs: each store answers as the oracle does.

Each example puts one question of every method and makes every kind of change, so that the examples
are as many per method. How many is a matter of the profile: HYPOTHESIS_PROFILE=ci draws 300.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Record, Source
from kg.store.protocol import GraphRead, GraphStore, GraphWrite
from tests.contract.changes import KINDS_OF_CHANGE, Change, changes
from tests.contract.drawn import FILTERABLE, IDS, loads
from tests.contract.kinds import KINDS
from tests.contract.oracle import Oracle
from tests.contract.questions import ARGUMENTS, Question, of_every_method

pytestmark = pytest.mark.timeout(900)  # hundreds of examples on a slow machine
# All examples of a test share its store, which each empties first; a server may be slow at times.
shared = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)

Loads = list[tuple[Source, list[Record]]]


def filled(store: GraphStore, drawn: Loads) -> Oracle:
    """Empty the store, load what was drawn into it, and return an oracle that holds the same."""
    for state in store.sources():
        store.delete(state.source.id)
    oracle = Oracle(KINDS)
    before = store.state()
    oracle.token, oracle.snapshot = before.token, before.snapshot
    for source, said in drawn:
        oracle.load(source, said)
        store.load(source, said)
    return oracle


def test_every_method_of_the_protocol_is_drawn() -> None:
    own = {"close", "__enter__", "__exit__"}
    assert ARGUMENTS.keys() == methods(GraphRead) - own
    assert set(KINDS_OF_CHANGE) == methods(GraphWrite) - own


def methods(protocol: type) -> set[str]:
    return {name for name, held in vars(protocol).items()
            if callable(held) and not name.startswith("_")}  # fmt: skip


@shared
@given(loads(), of_every_method)
def test_every_question_is_answered_as_by_the_oracle(
    store: GraphStore, drawn: Loads, asked: Sequence[Question]
) -> None:
    oracle = filled(store, drawn)
    for question in asked:
        assert question.answer(store) == question.answer(oracle), question


@shared
@given(loads(), changes())
def test_changes_leave_the_graph_that_the_oracle_has(
    store: GraphStore, drawn: Loads, following: list[Change]
) -> None:
    oracle = filled(store, drawn)
    for change in following:
        assert change.make(store) == change.make(oracle), change
        assert store.sources() == oracle.sources(), change
        assert store.state() == oracle.state(), change
    assert store.get(IDS) == oracle.get(IDS)
    assert store.edges(IDS) == oracle.edges(IDS)
    for name in FILTERABLE:
        assert store.count("Thing", (), name) == oracle.count("Thing", (), name), name


# That the oracle does not look at the order of records is what makes this true of the stores; here
# a smaller number of examples says so without it.
@settings(shared, max_examples=30)
@given(loads(), st.randoms(use_true_random=False))
def test_the_graph_does_not_depend_on_the_order_of_records(
    store: GraphStore, drawn: Loads, chance: random.Random
) -> None:
    filled(store, drawn)
    before = store.state().graph_hash, store.get(IDS), store.edges(IDS)
    last = {source.id: (source, said) for source, said in drawn}
    shuffled = list(last.values())
    chance.shuffle(shuffled)
    for _, said in shuffled:
        chance.shuffle(said)
    filled(store, shuffled)
    assert (store.state().graph_hash, store.get(IDS), store.edges(IDS)) == before
