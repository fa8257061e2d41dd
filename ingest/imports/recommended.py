"""A recommendation table (annex 4) as a draft: what applicants claim, never an award."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.annex4.check import Check, CheckedTable, Checker
from ingest.annex4.names import Nomenclature
from ingest.annex4.records import Filed, records_of
from ingest.annex4.table import find_tables
from ingest.document import Document
from ingest.imports.draft import Draft, FileKind, id_of_file, under
from ingest.packaged.vocabulary import Vocabulary
from kg.ids import content_hash, name_key
from kg.records import Source
from ontology.conditions import load_conditions
from ontology.guide import load_crosswalk, load_unmapped

TERMS = "Filed by applicants and passed on by the recommending unit: claims, no award."
_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class _Filing:
    """What tells a filing from others: who recommends, for which level, in which year."""

    unit: str
    level: str
    year: str

    @property
    def source_id(self) -> str:
        """The id of the filing as a source, "" where it lacks one of the three."""
        if not (self.unit and self.level and self.year):
            return ""
        return f"annex4-{content_hash([name_key(self.unit), self.level, self.year])[:12]}"


def is_recommendation(document: Document) -> bool:
    """Whether a document holds a recommendation table."""
    return bool(find_tables(document))


def draft_recommendations(document: Document, vocabulary: Vocabulary) -> Draft:
    """Return what the recommendation tables of a document say."""
    base = vocabulary.guide_2024
    names = Nomenclature(
        base, (base, vocabulary.guide_2025), load_crosswalk(), load_unmapped()
    )  # fmt: skip
    check = Checker(names, load_conditions()).check(document)
    filing = _filing(document, check)
    source_id = filing.source_id or id_of_file("annex4", document.name)
    source = Source(
        source_id, _title(check, document.name), FileKind.RECOMMENDATIONS.value, filing.year,
        terms=TERMS,
    )  # fmt: skip
    stated, records = under(source, records_of(check, names, Filed(source_id, filing.year)))
    rows = sum(len(table.entries) for table in check.tables)
    return Draft(FileKind.RECOMMENDATIONS, stated, records, check.findings, rows)


def _filing(document: Document, check: Check) -> _Filing:
    """Return what all tables of a document agree on; the year may stand in the date below."""
    units = {table.unit or "" for table in check.tables}
    levels = {table.level or "" for table in check.tables}
    return _Filing(
        units.pop() if len(units) == 1 else "",
        levels.pop() if len(levels) == 1 else "",
        _year(check.tables, document),
    )


def _year(tables: tuple[CheckedTable, ...], document: Document) -> str:
    titles = " ".join(table.title for table in tables)
    lines = [titles, *reversed(document.text.splitlines())]
    lines += [cell.text for table in document.tables for cell in table.cells if len(cell.text) < 40]
    return next((found[1] for line in lines if (found := _YEAR.search(line))), "")


def _title(check: Check, file: str) -> str:
    first = check.tables[0] if check.tables else None
    title = first.title if first and first.title else file
    return f"{title}（{first.unit}）" if first and first.unit else title
