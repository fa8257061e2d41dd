"""Where the statements of one row stand, so that each record of the row carries it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ingest.tables import Cells
from kg.records import GRADES, Link, Method, Record
from ontology.schema import Value

Properties = dict[str, Value | None]
DESCRIBED = "出处："  # begins the note on a source that is described instead of addressed


@dataclass(frozen=True, slots=True)
class Origin:
    """The source, the place in it, its address, date and grade."""

    source: str
    locator: str
    url: str = ""
    date: str = ""
    grade: str = ""

    @classmethod
    def of(cls, cells: Cells, source: str, year: Value | None) -> Origin:
        """Return the origin of a row that has a column source_url and maybe source_grade.

        Some rows describe their source instead of giving an address: see `described_source`.
        """
        return cls(
            source,
            cells.row.locator,
            "" if described_source(cells) else cells.address("source_url"),
            "" if year is None else str(year),
            cells.choice("source_grade", GRADES) if "source_grade" in cells.row.cells else "",
        )

    def unseen(self) -> Origin:
        """Return this origin for what its address does not say: our own words, recalled facts."""
        return replace(self, url="", grade="")

    def record(
        self,
        label: str,
        subject: str,
        method: Method,
        properties: Mapping[str, Value | None],
        links: Iterable[Link] = (),
    ) -> Record:
        """Return what this place says of the subject; empty properties are left out."""
        return Record(
            source=self.source,
            locator=self.locator,
            subject=subject,
            label=label,
            properties={
                name: value for name, value in properties.items() if value not in (None, "", ())
            },
            links=tuple(links),
            method=method,
            grade=self.grade,
            url=self.url,
            date=self.date,
        )


def described_source(cells: Cells) -> tuple[str, ...]:
    """Return the note on a source of which the row gives a description but no address."""
    text = cells.text("source_url")
    # A blank in it makes a sentence of an address with a remark behind it.
    described = text and ("://" not in text or " " in text)
    return (f"{DESCRIBED}{text}",) if described else ()
