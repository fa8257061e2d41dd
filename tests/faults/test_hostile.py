"""Whatever a user says in a filter stays a value and never becomes part of a statement."""

from __future__ import annotations

from typing import Literal

import pytest

from kg.store.neo4j.store import Neo4jStore
from kg.store.protocol import Between, Condition, Has, Linked, StartsWith
from ontology.errors import SmartFactoryError
from ontology.schema import LABELS, RELATIONS, Label, Relation

HOSTILE = (
    "' OR 1=1 //",
    '") RETURN 1 UNION MATCH (n) DETACH DELETE n //',
    "}) DETACH DELETE n //",
    "`) SET n.name = 'x' //",
    "$c0",
    "{value}",
    "{0}{label}",
    "\\'",
    "\\u0027 OR true //",
    "//",
    "/* */",
    "%27",
    "\u2019 OR 1=1",
    "＇ OR 1=1",
    "𠮷' OR 1=1",
    "\n",
    "a\x00b",
    "\ud800",
)


def conditions(label: Label) -> list[Condition]:
    """Return each kind of condition on each filterable property with every hostile value."""
    names = [prop.name for prop in label.properties if prop.filterable]
    found: list[Condition] = [Has(name, HOSTILE) for name in names]
    found += [StartsWith(name, HOSTILE) for name in names]
    found += [StartsWith(name, (HOSTILE[2],)) for name in names]
    found += [Between(name, value, value) for name in names for value in HOSTILE[:8]]
    return found


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.name)
def test_a_hostile_value_of_a_property_meets_nothing_and_changes_nothing(
    store: Neo4jStore, label: Label
) -> None:
    before = store.state()
    for condition in conditions(label):
        assert store.find(label.name, [condition]).total == 0
    assert store.state() == before


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_a_hostile_end_of_a_relation_meets_nothing_and_changes_nothing(
    store: Neo4jStore, relation: Relation
) -> None:
    before = store.state()
    directions: tuple[Literal["out", "in"], ...] = ("out", "in")
    for direction in directions:
        linked = Linked(relation.name, HOSTILE, direction)
        assert store.find("Instance", [linked]).total == 0
    assert store.state() == before


def test_hostile_ids_name_nothing(store: Neo4jStore) -> None:
    before = store.state()
    assert store.get(HOSTILE) == ()
    assert store.edges(HOSTILE) == ()
    assert store.records(HOSTILE) == ()
    for value in HOSTILE:
        assert store.paths(value, "S16") == ()
        assert store.paths("S16", value) == ()
        if value.isprintable():
            assert store.find("Instance", after=value).total == 8
    assert store.state() == before


def test_hostile_names_of_labels_properties_and_sources_are_refused(store: Neo4jStore) -> None:
    before = store.state()
    for value in HOSTILE:
        for ask in (
            lambda value=value: store.find(value),
            lambda value=value: store.find("Instance", [Has(value, ("x",))]),
            lambda value=value: store.count("Instance", (), value),
            lambda value=value: store.count(value, (), "year"),
            lambda value=value: store.edges(["S16"], [value]),
            lambda value=value: store.find("Instance", [Linked(value, ("S16",))]),
            lambda value=value: store.delete(value),
            lambda value=value: store.finish(value),
            lambda value=value: store.put(value, 1, []),
        ):
            with pytest.raises(SmartFactoryError):
                ask()
    assert store.state() == before
