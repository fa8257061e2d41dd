"""Contradictions over the whole graph."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kg.contradictions import contradictions
from kg.records import project
from kg.store.open import open_store
from ontology.schema import schema


def test_they_are_those_that_the_pages_of_the_things_show(packaged_data: Path) -> None:
    store = open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True)
    with closing(store):
        found = contradictions(store)
        assert len(found) >= 2
        for one in found:
            shown = project(store.records([one.thing.id]), schema()).conflicts
            (same,) = (conflict for conflict in shown if conflict.property == one.property)
            assert [said.value for said in one.values] == [value for value, _ in same.values]
            records = [record for _, record in same.values]
            assert [said.evidence.record for said in one.values] == records
