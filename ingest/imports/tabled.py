"""A table laid out as one of the packaged ones, in whatever kind of file, as a draft."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from ingest.document import Document, Finding, Place, Severity
from ingest.document import Table as DocumentTable
from ingest.imports.draft import Draft, FileKind, id_of_file, under
from ingest.packaged import factories, instances, solutions, standard_roles, standards
from ingest.packaged.vocabulary import Vocabulary
from ingest.tables import HeldBack, Layout, Mapped, Table, read_table
from kg.records import Source
from ontology.sentence import Sentence

TERMS = "Imported from a file laid out as a packaged table."
Mapper = Callable[[Table, Vocabulary], Mapped]
LAYOUTS: Mapping[str, tuple[Layout, Mapper]] = {
    instances.SOURCE: (instances.LAYOUT, instances.map_instances),
    factories.SOURCE: (factories.LAYOUT, factories.map_factories),
    solutions.SOURCE: (solutions.LAYOUT, solutions.map_solutions),
    standards.SOURCE: (standards.LAYOUT, standards.map_standards),
    standard_roles.SOURCE: (standard_roles.LAYOUT, standard_roles.map_roles),
}


def layout_of(document: Document) -> str:
    """Return which packaged table a document is laid out as, "" where it is none."""
    for table in document.tables:
        titles = set(_texts(table, 0)) - {""}
        for name, (layout, _) in LAYOUTS.items():
            if titles == set(layout.columns):
                return name
    return ""


def draft_table(document: Document, name: str, vocabulary: Vocabulary) -> Draft:
    """Return what a table says whose layout is that of the packaged table of that name."""
    layout, mapper = LAYOUTS[name]
    own = next(table for table in document.tables if set(layout.columns) <= {*_texts(table, 0)})
    mapped = mapper(read_table(_as_csv(own), layout), vocabulary)
    source = Source(
        id_of_file(name, document.name), document.name, FileKind.TABLE.value, terms=TERMS
    )
    stated, records = under(source, mapped.records)
    findings = (*document.findings, *(_finding(document.name, held) for held in mapped.held_back))
    return Draft(FileKind.TABLE, stated, records, findings, mapped.rows_in)


def _texts(table: DocumentTable, row: int) -> list[str]:
    cells = (table.covering(row, column) for column in range(table.width))
    return [cell.text.strip("\ufeff ") if cell else "" for cell in cells]


def _as_csv(table: DocumentTable) -> bytes:
    """Return the table as the text that packaged tables are read from."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(_texts(table, row) for row in range(table.height))
    return out.getvalue().encode()


def _finding(file: str, held: HeldBack) -> Finding:
    code = "row_held_back" if held.whole else "value_held_back"
    return Finding(
        code,
        Severity.WARNING,
        Place(file, row=held.row),
        Sentence(
            f"{held.column or '这一行'}未能收录：{held.reason}",
            f"{held.column or 'the row'} {held.reason.en}",
        ),
        held.value,
    )
