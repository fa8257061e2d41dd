"""The graph held against its shapes: what is wrong, in sentences a person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ontology.errors import InvalidFile
from ontology.schema import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SHAPES = Path(__file__).parent / "shapes.ttl"
SHACL = "http://www.w3.org/ns/shacl#"

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape minds: `focus` is what it is about, `path` the property, if any."""

    severity: Severity
    focus: str
    path: str
    value: str
    message: str


def check(graph: Graph, shapes: Path = SHAPES) -> tuple[Finding, ...]:
    """Return what the shapes mind about a graph, the gravest first; () where it is valid."""
    from pyshacl import validate
    from rdflib import RDF, URIRef

    _, report, _ = validate(
        graph, shacl_graph=_shapes(shapes), inference="none", advanced=False, inplace=True
    )
    results = report.subjects(RDF.type, URIRef(SHACL + "ValidationResult"))
    return tuple(sorted({_finding(report, result) for result in results}, key=_gravity))


def _shapes(path: Path) -> Graph:
    from rdflib import Graph

    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as fault:
        raise InvalidFile(f"{path.name} cannot be read as Turtle: {fault}") from fault


def _finding(report: Graph, result: Node) -> Finding:
    return Finding(
        severity=_severity(_text(report, result, "resultSeverity")),
        focus=_text(report, result, "focusNode"),
        path=_short(_text(report, result, "resultPath")),
        value=_text(report, result, "value"),
        message=_message(report, result),
    )


def _severity(iri: str) -> Severity:
    name = iri.removeprefix(SHACL).lower()
    return next((severity for severity in SEVERITIES if severity == name), "violation")


def _text(report: Graph, result: Node, name: str) -> str:
    return next(iter(sorted(map(str, _values(report, result, name)))), "")


def _values(report: Graph, result: Node, name: str) -> Iterable[Node]:
    from rdflib import BNode, URIRef

    found = report.objects(result, URIRef(SHACL + name))
    return (value for value in found if not isinstance(value, BNode))


def _message(report: Graph, result: Node) -> str:
    """Return the message in Chinese, then in English."""
    from rdflib import Literal as RdfLiteral

    found = _values(report, result, "resultMessage")
    texts = {str(one): one.language for one in found if isinstance(one, RdfLiteral)}

    # The messages of SPARQL constraints come back without their language.
    def order(text: str) -> tuple[bool, str]:
        return (texts[text] or "en") == "en" and text[:1].isascii(), text

    return " ".join(sorted(texts, key=order))


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _gravity(finding: Finding) -> tuple[int, str, str, str, str]:
    order = SEVERITIES.index(finding.severity)
    return order, finding.focus, finding.path, finding.value, finding.message
