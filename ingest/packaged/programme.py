"""The notice as records: construction areas, the four levels and the key performance indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.packaged.origin import Origin, Properties
from kg.records import Record
from ontology.conditions import Conditions, Kpi, Level
from ontology.guide import Area

SOURCE = "programme"
GRADE = "B"  # the notice was read from a page that carries it, not from the ministry's own


def map_programme(conditions: Conditions, areas: Iterable[Area]) -> tuple[Record, ...]:
    """Return the records; English names and directions are ours, the rest is the notice's."""
    url, date = conditions.document.url, _issued(conditions)
    return (
        *(record for area in areas for record in _area(area, _origin(area.id, url, date))),
        *(
            record
            for level in conditions.levels
            for record in _level(level, _origin(level.place.text, url, date))
        ),
        *(
            record
            for kpi in conditions.kpis
            for record in _kpi(kpi, _origin(f"附件2 附1 {kpi.name}", url, date))
        ),
    )


def _origin(place: str, url: str, date: str) -> Origin:
    return Origin(SOURCE, f"notice_399.txt#{place}", url, date, GRADE)


def _issued(conditions: Conditions) -> str:
    return next((day.date.isoformat() for day in conditions.dates if day.id == "issued"), "")


def _area(area: Area, origin: Origin) -> Iterator[Record]:
    stated: Properties = {"name": area.name, "order": area.order, "note": (area.footnote,)}
    yield origin.record("Area", area.id, "official", stated)
    yield origin.unseen().record("Area", area.id, "assigned", {"name_en": area.name_en})


def _level(level: Level, origin: Origin) -> Iterator[Record]:
    stated: Properties = {"name": level.name, "order": level.order, "note": (level.summary,)}
    yield origin.record("Level", level.id, "official", stated)
    yield origin.unseen().record("Level", level.id, "assigned", {"name_en": level.name_en})


def _kpi(kpi: Kpi, origin: Origin) -> Iterator[Record]:
    stated: Properties = {
        "name": kpi.name,
        "order": kpi.order,
        "unit": kpi.unit,
        "group": kpi.group,
    }
    yield origin.record("Kpi", kpi.id, "official", stated)
    own = {"name_en": kpi.name_en, "direction": kpi.direction}
    yield origin.unseen().record("Kpi", kpi.id, "assigned", own)
