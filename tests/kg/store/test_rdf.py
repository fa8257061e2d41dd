"""The graph as RDF tells all that the store holds, and is read back as it was."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from rdflib import Graph, Literal, URIRef

from kg.records import Record, Source
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from kg.store.rdf import from_rdf, thing_iri, to_rdf, write_jsonld, write_turtle
from ontology.check import check
from ontology.schema import Label, Relation, schema
from tests.contract.drawn import IDS, loads
from tests.contract.kinds import KINDS
from tests.contract.oracle import Oracle
from tests.world import load_world, source_of, world

PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
CASE = URIRef("urn:sfkg:instance:instance-ded1af2559d7")  # 面料疵点机器视觉检测


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    with open_store(str(tmp_path / "graph.sqlite")) as opened:
        load_world(opened)
        yield opened


def turtle(store: GraphStore) -> str:
    stream = io.StringIO()
    write_turtle(store, stream)
    return stream.getvalue()


def test_a_thing_has_its_class_name_and_edges(store: GraphStore) -> None:
    graph = to_rdf(store)
    told = {(graph.qname(str(name)), str(value)) for name, value in graph.predicate_objects(CASE)}
    assert ("rdf:type", "urn:sfkg:term:Instance") in told
    assert ("skos:prefLabel", "面料疵点机器视觉检测") in told
    assert ("sf:inScene", "urn:sfkg:scene:S17") in told
    assert (CASE, URIRef("urn:sfkg:term:year"), Literal(2024)) in graph


def test_a_thing_and_its_edges_name_the_records_they_were_derived_from(store: GraphStore) -> None:
    graph = to_rdf(store)
    (record,) = graph.objects(CASE, URIRef(PROV + "wasDerivedFrom"))
    told = {str(value) for value in graph.objects(record)}
    assert {"row 5", "reported", "B", "2024", "https://example.org/case/5"} <= told
    assert (record, URIRef(DCTERMS + "source"), URIRef("urn:sfkg:source:cases")) in graph
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    links = set(graph.subjects(URIRef(rdf + "subject"), CASE))
    assert len(links) == 4
    assert {graph.value(link, URIRef(PROV + "wasDerivedFrom")) for link in links} == {record}


def test_ids_with_strange_characters_make_valid_iris() -> None:
    assert (
        thing_iri("Standard", "Q/某 1<>—x") == "urn:sfkg:standard:Q%2F%E6%9F%90%201%3C%3E%E2%80%94x"
    )


def test_turtle_and_jsonld_tell_the_same(store: GraphStore) -> None:
    stream = io.StringIO()
    write_jsonld(store, stream)
    whole = set(to_rdf(store))
    assert set(Graph().parse(data=turtle(store), format="turtle")) == whole
    assert set(Graph().parse(data=stream.getvalue(), format="json-ld")) == whole


def test_the_text_does_not_depend_on_the_order_of_loading(
    store: GraphStore, tmp_path: Path
) -> None:
    with open_store(str(tmp_path / "other.sqlite")) as other:
        for name, records in reversed(world().items()):
            random.Random(7).shuffle(records)
            other.load(source_of(name, records), records)
        assert turtle(other) == turtle(store)


def test_the_world_satisfies_the_shapes(store: GraphStore) -> None:
    violations = [finding for finding in check(to_rdf(store)) if finding.severity == "violation"]
    assert violations == []


def test_the_iris_of_a_label_or_relation_tell_its_properties_apart() -> None:
    kinds: tuple[Label | Relation, ...] = (*schema().labels, *schema().relations)
    for kind in kinds:
        iris = [prop.iri for prop in kind.properties]
        assert len(iris) == len(set(iris)), kind.name


@settings(max_examples=40, deadline=None, derandomize=True)
@given(loads())
def test_any_graph_is_read_back_as_it_was(drawn: list[tuple[Source, list[Record]]]) -> None:
    oracle = Oracle(KINDS)
    for source, said in drawn:
        oracle.load(source, said)
    expected = list(oracle.get(IDS)), list(oracle.edges(IDS))
    assert from_rdf(to_rdf(oracle, KINDS), KINDS) == expected
    for form, write in (("turtle", write_turtle), ("json-ld", write_jsonld)):
        stream = io.StringIO()
        write(oracle, stream, KINDS)
        assert from_rdf(Graph().parse(data=stream.getvalue(), format=form), KINDS) == expected
