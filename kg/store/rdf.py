"""The graph as RDF: things, edges and what they were derived from, by the schema's IRIs.

A thing is `urn:sfkg:LABEL:ID` as in the guide's own files, an edge one triple, told again as an
sf:Link that carries its properties and the records it was derived from.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING, TextIO, cast
from urllib.parse import quote, unquote

from kg.ids import content_hash
from kg.records import Edge, Node, Record
from kg.store.paging import pages_of
from kg.store.protocol import GraphRead, LoadState
from ontology.errors import MissingPart
from ontology.schema import (
    NAMESPACE,
    PREFIXES,
    Label,
    Property,
    Relation,
    Scalar,
    Schema,
    Value,
    expand,
    schema,
)

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef
    from rdflib.term import Node as Term

PAGE = 200  # things of a page, whose edges and records are held in memory together
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = PREFIXES["xsd"]
ALL_PREFIXES = {**PREFIXES, "rdf": RDF}
DATATYPES = {"integer": "integer", "number": "double", "boolean": "boolean", "date": "date"}


def thing_iri(label: str, thing_id: str) -> str:
    """Return the IRI of a thing, such as `urn:sfkg:scene:S17`."""
    return f"{NAMESPACE}{label.lower()}:{quote(thing_id, safe='')}"


def to_rdf(read: GraphRead, known: Schema | None = None) -> Graph:
    """Return the whole graph; `write_turtle` and `write_jsonld` need less memory."""
    whole = _graph()
    for page in pages(read, known or schema()):
        whole += page
    return whole


def pages(read: GraphRead, known: Schema) -> Iterator[Graph]:
    """Return the graph in pieces: the sources, then some things at a time, always alike."""
    yield _sources(read.sources())
    for label in known.labels:
        for nodes in pages_of(read, label.name, PAGE):
            yield _page(read, known, nodes)


def write_turtle(read: GraphRead, stream: TextIO, known: Schema | None = None) -> None:
    """Write the graph as Turtle, a page at a time."""
    for prefix, iri in sorted(ALL_PREFIXES.items()):
        stream.write(f"@prefix {prefix}: <{iri}> .\n")
    for page in pages(read, known or schema()):
        lines = _turtle(page).splitlines(keepends=True)
        # Each page begins with the prefixes it uses.
        stream.writelines(dropwhile(lambda line: line.startswith("@prefix "), lines))


def thing_turtle(read: GraphRead, thing_id: str, known: Schema | None = None) -> str:
    """Return one thing as Turtle: its properties, what it leads to, the records of it."""
    return _turtle(_page(read, known or schema(), read.get([thing_id])))


def _turtle(page: Graph) -> str:
    from rdflib import Literal
    from rdflib.plugins.serializers.turtle import TurtleSerializer

    class ExactSerializer(TurtleSerializer):
        """Writes decimals as they are; rdflib would round them to six places."""

        def label(self, node: Term, position: int) -> str:
            is_double = isinstance(node, Literal) and str(node.datatype) == XSD + "double"
            return str(node.n3() if is_double else super().label(node, position))

    stream = io.BytesIO()
    ExactSerializer(page).serialize(stream, encoding="utf-8")
    return stream.getvalue().decode()


def write_jsonld(read: GraphRead, stream: TextIO, known: Schema | None = None) -> None:
    """Write the graph as JSON-LD, a page at a time, one thing a line."""
    context = json.dumps(ALL_PREFIXES, sort_keys=True)
    stream.write(f'{{"@context": {context},\n"@graph": [')
    separator = "\n"
    for page in pages(read, known or schema()):
        for row in _jsonld(page):
            stream.write(separator + json.dumps(row, ensure_ascii=False, sort_keys=True))
            separator = ",\n"
    stream.write("\n]}\n")


def _jsonld(page: Graph) -> Iterator[Mapping[str, object]]:
    """Return every subject with its types and values, in order.

    Written here, because rdflib loses values that are false or empty and turns integers into JSON
    numbers, of which other programs keep 53 bits.
    """
    for subject in sorted(set(page.subjects()), key=str):
        row: dict[str, list[object]] = defaultdict(list)
        told = sorted(
            page.predicate_objects(subject), key=lambda pair: [part.n3() for part in pair]
        )
        for name, value in told:
            is_type = str(name) == f"{RDF}type"
            row["@type" if is_type else _short(name)].append(
                _short(value) if is_type else _jsonld_value(value)
            )
        yield {"@id": str(subject), **row}


def _jsonld_value(value: object) -> object:
    from rdflib import Literal

    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.datatype is None:
        return str(value)
    return {"@value": str(value), "@type": _short(value.datatype)}


def _short(iri: object) -> str:
    """Return an IRI with its prefix."""
    text = str(iri)
    for prefix, begin in ALL_PREFIXES.items():
        if text.startswith(begin):
            return f"{prefix}:{text.removeprefix(begin)}"
    return text


def from_rdf(graph: Graph, known: Schema | None = None) -> tuple[list[Node], list[Edge]]:
    """Return the things and edges that a graph tells, by id, and by relation, start and end."""
    told = known or schema()
    things = {str(iri): label for label in told.labels for iri in _things(graph, label)}
    nodes = [_node(graph, iri, label) for iri, label in things.items()]
    edges = [edge for relation in told.relations for edge in _edges(graph, relation, things)]
    return (
        sorted(nodes, key=lambda node: node.id),
        sorted(edges, key=lambda edge: (edge.relation, edge.start, edge.end)),
    )


def _graph() -> Graph:
    try:
        from rdflib import Graph
    except ImportError:
        raise MissingPart("RDF needs the package rdflib: pip install rdflib") from None
    graph = Graph(bind_namespaces="none")
    for prefix, iri in ALL_PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def _iri(name: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(expand(name) if name.partition(":")[0] in PREFIXES else name)


def _rdf(name: str) -> URIRef:
    return _iri(RDF + name)


def _sources(states: Iterable[LoadState]) -> Graph:
    graph = _graph()
    for state in states:
        source = state.source
        iri = thing_iri("source", source.id)
        _tell(graph, iri, {
            "dcterms:title": source.title, "dcterms:type": source.kind,
            "dcterms:date": source.date, "schema:url": source.url, "dcterms:rights": source.terms,
        })  # fmt: skip
        graph.add((_iri(iri), _rdf("type"), _iri("prov:Entity")))
    return graph


def _tell(graph: Graph, iri: str, texts: Mapping[str, str]) -> None:
    from rdflib import Literal

    for name, text in texts.items():
        if text:
            graph.add((_iri(iri), _iri(name), Literal(text)))


def _page(read: GraphRead, known: Schema, nodes: Sequence[Node]) -> Graph:
    """Return some things with their outgoing edges and all records of them."""
    graph = _graph()
    ids = [node.id for node in nodes]
    edges = read.edges(ids, direction="out")
    ends = {node.id: node for node in read.get([edge.end for edge in edges])}
    by_subject: dict[str, list[Record]] = defaultdict(list)
    for record in read.records(ids):
        by_subject[record.subject].append(record)
    for node in nodes:
        _add_node(graph, known.label(node.label), node, by_subject[node.id])
    starts = {node.id: node for node in nodes}
    for edge in edges:
        if edge.end in ends:  # gone, where the graph changed between two questions
            triple = _triple(known, edge, starts[edge.start], ends[edge.end])
            graph.add(triple)
            _add_link(graph, known.relation(edge.relation), edge, triple, by_subject[edge.start])
    return graph


def _add_node(graph: Graph, label: Label, node: Node, records: Iterable[Record]) -> None:
    thing = _iri(thing_iri(label.name, node.id))
    graph.add((thing, _rdf("type"), _iri(label.iri)))
    _add_values(graph, thing, label.properties, node.properties)
    for record in records:
        iri = thing_iri("record", record.id)
        graph.add((thing, _iri("prov:wasDerivedFrom"), _iri(iri)))
        for kind in ("sf:Record", "prov:Entity"):
            graph.add((_iri(iri), _rdf("type"), _iri(kind)))
        graph.add((_iri(iri), _iri("dcterms:source"), _iri(thing_iri("source", record.source))))
        _tell(graph, iri, {
            "sf:locator": record.locator, "sf:method": record.method, "sf:grade": record.grade,
            "schema:url": record.url, "dcterms:date": record.date,
        })  # fmt: skip


Triple = tuple["URIRef", "URIRef", "URIRef"]


def _triple(known: Schema, edge: Edge, start: Node, end: Node) -> Triple:
    return (
        _iri(thing_iri(start.label, start.id)),
        _iri(known.relation(edge.relation).iri),
        _iri(thing_iri(end.label, end.id)),
    )


def _add_link(
    graph: Graph, relation: Relation, edge: Edge, triple: Triple, records: Iterable[Record]
) -> None:
    link = _iri(thing_iri("link", content_hash([edge.start, edge.relation, edge.end])[:32]))
    graph.add((link, _rdf("type"), _iri("sf:Link")))
    for name, part in zip(("subject", "predicate", "object"), triple, strict=True):
        graph.add((link, _rdf(name), part))
    _add_values(graph, link, relation.properties, edge.properties)
    for record in records:
        if any((told.relation, told.end) == (edge.relation, edge.end) for told in record.links):
            graph.add((link, _iri("prov:wasDerivedFrom"), _iri(thing_iri("record", record.id))))


def _add_values(
    graph: Graph, thing: URIRef, properties: Iterable[Property], values: Mapping[str, Value]
) -> None:
    for prop in properties:
        value = values.get(prop.name, ())
        for part in value if isinstance(value, tuple) else (value,):
            graph.add((thing, _iri(prop.iri), _literal(prop, part)))


def _literal(prop: Property, value: Scalar) -> Literal:
    from rdflib import Literal

    if prop.kind == "string":
        return Literal(value)
    text = str(value).lower() if prop.kind == "boolean" else str(value)
    return Literal(text, datatype=_iri(XSD + DATATYPES[prop.kind]), normalize=False)


def _things(graph: Graph, label: Label) -> Iterator[URIRef]:
    from rdflib import URIRef

    for subject in graph.subjects(_rdf("type"), _iri(label.iri)):
        if isinstance(subject, URIRef) and subject.startswith(thing_iri(label.name, "")):
            yield subject


def _node(graph: Graph, iri: str, label: Label) -> Node:
    return Node(_id(iri), label.name, _values(graph, iri, label.properties))


def _id(iri: str) -> str:
    return unquote(iri.removeprefix(NAMESPACE).partition(":")[2])


def _values(graph: Graph, iri: str, properties: Iterable[Property]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for prop in sorted(properties, key=lambda prop: prop.name):
        parts = [_parsed(prop, str(part)) for part in graph.objects(_iri(iri), _iri(prop.iri))]
        if parts:
            ordered = sorted(parts)
            found[prop.name] = tuple(ordered) if prop.many else ordered[0]
    return found


def _parsed(prop: Property, text: str) -> Scalar:
    return text if prop.kind in {"string", "date"} else prop.parse(text)


def _edges(graph: Graph, relation: Relation, things: Mapping[str, Label]) -> Iterator[Edge]:
    links = {
        (str(graph.value(link, _rdf("subject"))), str(graph.value(link, _rdf("object")))): link
        for link in graph.subjects(_rdf("predicate"), _iri(relation.iri))
    }
    for start, end in graph.subject_objects(_iri(relation.iri)):
        pair = (str(start), str(end))
        if pair[0] in things and pair[1] in things:
            link = cast("URIRef | None", links.get(pair))
            more = _values(graph, str(link), relation.properties) if link else {}
            yield Edge(_id(pair[0]), relation.name, _id(pair[1]), more)
