"""One question of every method of a store, drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from kg.store.protocol import GraphRead
from tests.contract.drawn import FILTERABLE, RELATIONS, SOURCE_IDS, conditions, ids

some_ids = st.lists(ids, max_size=4)
some_relations = st.lists(st.sampled_from(RELATIONS), max_size=2)
labels = st.sampled_from(("Thing", "Group"))
ARGUMENTS: Mapping[str, st.SearchStrategy[tuple[object, ...]]] = {
    "get": st.tuples(some_ids),
    "find": st.tuples(
        labels, st.lists(conditions, max_size=3), ids | st.just(""), st.integers(0, 4)
    ),
    "count": st.tuples(
        labels, st.lists(conditions, max_size=3), st.sampled_from((*FILTERABLE, *RELATIONS))
    ),
    "edges": st.tuples(
        some_ids,
        some_relations,
        st.sampled_from(("out", "in", "both")),
        st.none() | st.integers(0, 5),
    ),
    "paths": st.tuples(ids, ids, some_relations, st.integers(0, 6)),
    "records": st.tuples(some_ids, st.none() | st.sampled_from((*SOURCE_IDS, "no source", "\x00"))),
    "sources": st.tuples(),
    "state": st.tuples(),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question; a test that fails shows which one was answered otherwise."""

    method: str
    arguments: tuple[object, ...]

    def answer(self, store: GraphRead) -> object:
        """Return what the store answers, in a form in which nothing is equal that differs."""
        answer = getattr(store, self.method)(*self.arguments)
        if self.method == "count":
            return [(type(value), value, total) for value, total in answer]
        if self.method == "records":
            return [record.to_dict() for record in answer]
        return answer


def _asking(
    method: str, arguments: st.SearchStrategy[tuple[object, ...]]
) -> st.SearchStrategy[Question]:
    return arguments.map(lambda drawn: Question(method, drawn))


# Several conditions seldom meet anything, so that one alone is asked for beside them.
of_every_method: st.SearchStrategy[Sequence[Question]] = st.tuples(
    *(_asking(method, arguments) for method, arguments in ARGUMENTS.items()),
    _asking("find", st.tuples(labels, st.tuples(conditions))),
)
