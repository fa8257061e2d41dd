"""The classifications as records: industries of GB/T 4754 and places of GB/T 2260."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.packaged.origin import Origin
from kg.records import Link, Record
from ontology.classification import Industry, Place, industry_id, place_id

SOURCE = "classification"


def map_classification(
    industries: Iterable[Industry], places: Iterable[Place]
) -> tuple[Record, ...]:
    """Return the records of all industries and places that the tables of codes hold."""
    return (*_industries(industries), *_places(places))


def _industries(industries: Iterable[Industry]) -> Iterator[Record]:
    for industry in industries:
        links = [Link("WITHIN", industry_id(industry.parent))] if industry.parent else []
        yield Origin(SOURCE, f"GB/T 4754-2017#{industry.code}").record(
            "Industry",
            industry_id(industry.code),
            "official",
            {"name": industry.name, "code": industry.code},
            links,
        )


def _places(places: Iterable[Place]) -> Iterator[Record]:
    for place in places:
        links = [Link("WITHIN", place_id(place.parent))] if place.parent else []
        yield Origin(SOURCE, f"GB/T 2260#{place.code}").record(
            "Place",
            place_id(place.code),
            "official",
            {"name": place.name, "code": place.code},
            links,
        )
