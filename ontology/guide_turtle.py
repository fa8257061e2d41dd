"""The SKOS file of a guide edition, read into a Guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import InvalidFile
from ontology.guide import Alias, Area, Guide, GuideSource, NameStatus, Scene, Segment
from ontology.schema import expand

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


STATUSES: Mapping[str, NameStatus] = {"attested": "attested", "provisional": "provisional"}


class GuideFile:
    """One parsed file; its methods answer with values of one resource, always in one order."""

    def __init__(self, path: Path) -> None:
        """Parse `path`, or raise InvalidFile."""
        from rdflib import Graph

        self.name = path.name
        self.graph: Graph = Graph()
        try:
            self.graph.parse(path, format="turtle")
        except (OSError, SyntaxError) as fault:
            raise InvalidFile(f"{path.name} cannot be read as Turtle: {fault}") from fault

    def of_type(self, iri: str) -> list[Node]:
        """Return the resources of a class, ordered by their IRI."""
        from rdflib import RDF, URIRef

        return sorted(self.graph.subjects(RDF.type, URIRef(expand(iri))), key=str)

    def values(self, node: Node, iri: str, language: str | None = None) -> tuple[str, ...]:
        """Return the strings (or the local ids of resources) of a property, sorted."""
        return tuple(sorted(str(value) for value in self._nodes(node, iri, language)))

    def one(self, node: Node, iri: str, language: str | None = None) -> str:
        """Return the one value of a property, or raise InvalidFile."""
        found = self.values(node, iri, language)
        if len(found) != 1:
            raise InvalidFile(f"{self.name}: {node} has {len(found)} values of {iri}, not one")
        return found[0]

    def maybe(self, node: Node, iri: str, language: str | None = None) -> str | None:
        """Return the value of a property, None where it has none."""
        return self.one(node, iri, language) if self.values(node, iri, language) else None

    def ids(self, node: Node, iri: str) -> tuple[str, ...]:
        """Return the ids of the resources that a property points to, sorted."""
        return tuple(value.rpartition(":")[2] for value in self.values(node, iri))

    def status(self, node: Node) -> NameStatus:
        """Return how the name of a resource is attested, or raise InvalidFile."""
        value = self.one(node, "sf:nameStatus")
        if value not in STATUSES:
            raise InvalidFile(f"{self.name}: {node} has the unknown name status {value!r}")
        return STATUSES[value]

    def nodes(self, node: Node, iri: str) -> list[Node]:
        """Return the resources that a property points to."""
        return list(self._nodes(node, iri, None))

    def _nodes(self, node: Node, iri: str, language: str | None) -> Iterator[Node]:
        from rdflib import Literal, URIRef

        for value in self.graph.objects(node, URIRef(expand(iri))):
            if language is None or (isinstance(value, Literal) and value.language == language):
                yield value


def read_guide(path: Path) -> Guide:
    """Read the guide edition that a Turtle file describes, or raise InvalidFile."""
    file = GuideFile(path)
    schemes = file.of_type("skos:ConceptScheme")
    if len(schemes) != 1:
        raise InvalidFile(f"{file.name} describes {len(schemes)} guide editions, not one")
    scheme = schemes[0]
    return Guide(
        edition=file.one(scheme, "sf:edition"),
        title=file.one(scheme, "dcterms:title", "zh"),
        document=file.maybe(scheme, "dcterms:identifier"),
        status_note=file.one(scheme, "sf:statusNote", "en"),
        areas=tuple(_area(file, node) for node in file.of_type("sf:Area")),
        segments=tuple(_segment(file, node) for node in file.of_type("sf:Segment")),
        scenes=tuple(_scene(file, node) for node in file.of_type("sf:Scene")),
        sources=tuple(
            _source(file, node) for node in file.of_type("dcterms:BibliographicResource")
        ),
        status_note_zh=file.one(scheme, "sf:statusNote", "zh"),
    )


def _area(file: GuideFile, node: Node) -> Area:
    return Area(
        id=file.one(node, "skos:notation"),
        name=file.one(node, "skos:prefLabel", "zh"),
        footnote=file.one(node, "sf:footnote"),
        order=_order(file, node),
        name_en=file.one(node, "skos:prefLabel", "en"),
    )


def _segment(file: GuideFile, node: Node) -> Segment:
    areas = file.ids(node, "sf:inArea")
    return Segment(
        id=file.one(node, "skos:notation"),
        name=file.one(node, "skos:prefLabel", "zh"),
        name_status=file.status(node),
        area=areas[0] if areas else None,
        edition=file.one(node, "sf:edition"),
        order=_order(file, node),
        sources=file.ids(node, "dcterms:source"),
        name_en=file.one(node, "skos:prefLabel", "en"),
        note=file.maybe(node, "skos:note", "zh") or "",
    )


def _scene(file: GuideFile, node: Node) -> Scene:
    return Scene(
        id=file.one(node, "skos:notation"),
        name=file.one(node, "skos:prefLabel", "zh"),
        name_status=file.status(node),
        segment=file.one(node, "skos:broader").rpartition(":")[2],
        edition=file.one(node, "sf:edition"),
        order=_order(file, node),
        summary=file.one(node, "skos:definition"),
        keywords=file.values(node, "schema:keywords"),
        aliases=_aliases(file, node),
        candidates=file.values(node, "sf:nameCandidate"),
        sources=file.ids(node, "dcterms:source"),
        note=file.maybe(node, "skos:note", "zh") or "",
        name_en=file.one(node, "skos:prefLabel", "en"),
    )


def _aliases(file: GuideFile, node: Node) -> tuple[Alias, ...]:
    found = [
        Alias(file.one(name, "sf:label"), file.one(name, "sf:edition"), file.status(name))
        for name in file.nodes(node, "sf:nameInEdition")
    ]
    return tuple(sorted(found, key=lambda alias: (alias.edition, alias.text)))


def _source(file: GuideFile, node: Node) -> GuideSource:
    return GuideSource(
        id=file.one(node, "dcterms:identifier"),
        title=file.one(node, "dcterms:title"),
        urls=file.values(node, "schema:url"),
        reliability=file.one(node, "sf:reliability"),
        attests=file.one(node, "sf:attests"),
    )


def _order(file: GuideFile, node: Node) -> int:
    value = file.one(node, "sf:order")
    if not value.isdecimal():
        raise InvalidFile(f"{file.name}: {node} has the order {value!r}, which is no number")
    return int(value)
