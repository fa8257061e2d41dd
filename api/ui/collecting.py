"""Cases as a collection for others to go on with, in the words of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.ui.phrases import Phrases
from api.ui.reader import Reader
from ingest.write.collection import Collection, Entry, Source
from kg.case_facts import Case
from kg.entities import Evidence

NOTES = ("collection.names", "collection.labels", "collection.figures", "collection.unknown")


def collected(reader: Reader, cases: Sequence[Case]) -> Collection:
    """Return the cases as a collection, each with everything known of it and all sources."""
    return Collection(
        reader.say("collection.title"),
        tuple(map(reader.say, NOTES)),
        reader.say("collection.sources"),
        tuple(_entry(reader, case) for case in cases),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of several cases: its name and what each says of it."""

    name: str
    cells: tuple[tuple[str, ...], ...]


def side_by_side(reader: Reader, cases: Sequence[Case]) -> tuple[Row, ...]:
    """Return the facts of cases in rows; what no source says of any of them is left out."""
    columns = [case_facts(reader, case) for case in cases]
    rows = (Row(same[0][0], tuple(told for _, told in same)) for same in zip(*columns, strict=True))
    return tuple(row for row in rows if any(row.cells))


def _entry(reader: Reader, case: Case) -> Entry:
    phrase = Phrases(reader)
    facts = case_facts(reader, case)
    sources = tuple(_source(phrase, one) for one in case.evidence)
    told = tuple((name, "\n".join(values)) for name, values in facts)
    return Entry(phrase.case_title(case), told, sources)


def case_facts(reader: Reader, case: Case) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is known of a case by name, () where no source says anything."""
    phrase = Phrases(reader)
    told = {
        "id": (case.id,),
        "enterprise": (case.enterprise.name,) if case.enterprise else (),
        "name": (case.name,) if case.name else (),
        "scenes": tuple(phrase.scene_of_case(scene) for scene in case.scenes),
        "industry": case.industry_as_found or tuple(map(reader.name, case.industries)),
        "place": (reader.name(case.place),) if case.place else (),
        "year": (str(case.year),) if case.year else (),
        "levels": tuple(map(phrase.level, case.levels)),
        "description": (case.description,) if case.description else (),
        "technologies": case.technologies,
        "effects": case.effects,
        "suppliers": case.suppliers,
        "replication": (*case.replication, *(reader.name(to) for to in case.replicated_to)),
        "notes": case.notes,
        "grade": (case.grade,) if case.grade else (),
    }
    return tuple((reader.say(f"collection.of_{name}"), values) for name, values in told.items())


def _source(phrase: Phrases, one: Evidence) -> Source:
    return Source(f"{one.locator} ({phrase.source(one)})", one.url)
