"""The OWL file and the shapes speak of exactly what the schema spells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

import ontology
from ontology.check import SHAPES
from ontology.guide import FOLDER
from ontology.schema import PREFIXES, TERM, expand, schema

VOCABULARY = Path(ontology.__file__).parent / "smartfactory.ttl"
USED_FOR = URIRef(TERM + "usedFor")
SHACL = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(VOCABULARY)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def terms() -> Iterator[tuple[str, str, str]]:
    """Yield prefixed name, Chinese and English label of all that the schema spells."""
    for label in schema().labels:
        yield label.iri, label.zh, label.en
        yield from ((one.iri, one.zh, one.en) for one in label.properties)
    for relation in schema().relations:
        yield relation.iri, relation.zh, relation.en
        yield from ((one.iri, one.zh, one.en) for one in relation.properties)


def own(iri: str) -> bool:
    return iri.startswith("sf:")


def test_every_term_of_the_schema_is_labelled_as_in_the_schema(vocabulary: Graph) -> None:
    for iri, zh, en in terms():
        term = URIRef(expand(iri))
        kinds = (RDFS.label, SKOS.altLabel) if own(iri) else (USED_FOR,)
        said = {value for kind in kinds for value in vocabulary.objects(term, kind)}
        assert {Literal(zh, "zh"), Literal(en, "en")} <= said, iri


def test_every_label_is_a_class_and_every_own_relation_an_object_property(
    vocabulary: Graph,
) -> None:
    for label in schema().labels:
        assert (URIRef(expand(label.iri)), RDF.type, OWL.Class) in vocabulary, label.name
    for relation in schema().relations:
        kind = (URIRef(expand(relation.iri)), RDF.type, OWL.ObjectProperty)
        assert kind in vocabulary, relation.name


def test_own_properties_are_datatype_properties_of_the_schemas_kind(vocabulary: Graph) -> None:
    ranges = {"integer": "xsd:integer", "number": "xsd:double", "string": "rdfs:Literal",
              "date": "xsd:date"}  # fmt: skip
    found = [one for label in schema().labels for one in label.properties]
    found += [one for relation in schema().relations for one in relation.properties]
    for one in (one for one in found if own(one.iri)):
        term = URIRef(expand(one.iri))
        assert (term, RDF.type, OWL.DatatypeProperty) in vocabulary, one.name
        assert (term, RDFS.range, URIRef(expand(ranges[one.kind]))) in vocabulary, one.name


def test_domains_and_ranges_of_relations_are_the_schemas_pairs(vocabulary: Graph) -> None:
    ways = (
        (0, RDFS.domain, URIRef("https://schema.org/domainIncludes")),
        (1, RDFS.range, URIRef("https://schema.org/rangeIncludes")),
    )
    for relation in (one for one in schema().relations if own(one.iri)):
        term = URIRef(expand(relation.iri))
        for side, exact, includes in ways:
            wanted = {expand(schema().label(pair[side]).iri) for pair in relation.pairs}
            said = [*vocabulary.objects(term, exact), *vocabulary.objects(term, includes)]
            assert {str(value) for value in said} == wanted, relation.name


def test_no_class_or_relation_is_declared_that_the_schema_does_not_spell(
    vocabulary: Graph,
) -> None:
    spelt = {expand(iri) for iri, _, _ in terms()}
    beyond = {TERM + name for name in ("Record", "Link", "nameInEdition")}
    for kind in (OWL.Class, OWL.ObjectProperty):
        declared = {str(term) for term in vocabulary.subjects(RDF.type, kind)}
        assert declared - spelt <= beyond


@pytest.mark.parametrize("edition", ["2024", "2025"])
def test_every_own_term_of_the_guides_is_declared(vocabulary: Graph, edition: str) -> None:
    graph = Graph().parse(FOLDER / f"{edition}.ttl")
    used = {str(term) for term in (*graph.predicates(), *graph.objects(None, RDF.type))}
    declared = {str(term) for term in vocabulary.subjects()}
    assert {term for term in used if term.startswith(TERM)} <= declared


def test_the_ends_of_every_relation_have_a_shape(shapes: Graph) -> None:
    starts = {str(one) for one in shapes.objects(None, URIRef(SHACL + "targetSubjectsOf"))}
    ends = {str(one) for one in shapes.objects(None, URIRef(SHACL + "targetObjectsOf"))}
    for relation in schema().relations:
        assert expand(relation.iri) in starts & ends, relation.name


def test_the_shapes_of_ends_name_the_schemas_labels(shapes: Graph) -> None:
    for relation in schema().relations:
        name = "".join(part.capitalize() for part in relation.name.split("_"))
        for side, start in enumerate(("Start", "End")):
            shape = URIRef(f"urn:sfkg:shape:{start}{name}")
            wanted = {expand(schema().label(pair[side]).iri) for pair in relation.pairs}
            reached = shapes.transitive_objects(shape, None)
            classes = {
                str(value)
                for node in reached
                for value in shapes.objects(node, URIRef(SHACL + "class"))
            }
            assert classes == wanted, shape


def test_shapes_speak_of_no_term_that_nobody_declares(shapes: Graph, vocabulary: Graph) -> None:
    declared = {str(term) for term in vocabulary.subjects()}
    used = {str(term) for term in shapes.objects() if str(term).startswith(TERM)}
    assert used - {TERM} <= declared


def test_every_message_is_there_in_chinese_and_in_english(shapes: Graph) -> None:
    message = URIRef(SHACL + "message")
    speaking = set(shapes.subjects(message, None))
    assert len(speaking) > 60
    for shape in speaking:
        languages = [
            value.language for value in shapes.objects(shape, message) if isinstance(value, Literal)
        ]
        assert sorted(map(str, languages)) == ["en", "zh"]


def test_prefixes_of_the_schema_are_those_of_the_files(vocabulary: Graph) -> None:
    bound = {prefix: str(namespace) for prefix, namespace in vocabulary.namespaces()}
    for prefix, namespace in PREFIXES.items():
        assert bound[prefix] == namespace
