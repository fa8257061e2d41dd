"""Forms written as a file: a Word document or an Excel workbook, read back before it is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from ingest.annex4.excel_form import workbook
from ingest.annex4.form import Form
from ingest.annex4.reading import Entry, ReadTable
from ingest.annex4.word_form import word_document
from ontology.errors import InvalidValue

WRITERS = {".docx": word_document, ".xlsx": workbook}


def write_forms(forms: Sequence[Form], name: str) -> bytes:
    """Return the forms as a file of the kind that the name ends with, .docx or .xlsx."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in WRITERS:
        raise InvalidValue("output", name, "must end with .docx or .xlsx")
    if not forms:
        raise InvalidValue("file", name, "holds no recommendation table that could be written")
    return WRITERS[suffix](forms)


def check_read_back(forms: Sequence[Form], tables: Sequence[ReadTable]) -> None:
    """Raise InvalidValue where what was read of a written file is not what was written."""
    if len(forms) != len(tables):
        raise InvalidValue("tables", len(tables), f"were read back of {len(forms)} written")
    for form, table in zip(forms, tables, strict=True):
        written = [(row.order, row.applicant, row.project, row.items) for row in form.rows]
        for before, after in zip(written, map(_as_written, table.entries), strict=False):
            if before != after:
                raise InvalidValue("row", before[0], "would not be read back as it was written")
        if len(written) != len(table.entries):
            raise InvalidValue("rows", len(table.entries), f"were read back of {len(written)}")


def _as_written(entry: Entry) -> tuple[int | None, str, str, tuple[str, ...]]:
    return entry.order, entry.applicant, entry.project, tuple(i.written for i in entry.items)
