"""A document read as a public list: its heading, its tables, and what does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.document import Document, Finding, Paragraph, Place, Severity, Table
from ingest.lists.columns import Header, find_header
from ingest.lists.heading import Heading, read_heading
from ingest.lists.listing import LEVELS, Entry, Listing, Stage
from ingest.lists.proposals import Registered, propose
from ingest.lists.refold import refolded
from ingest.lists.rows import Reading, read_rows
from ingest.lists.sequence import breaks_of, told
from kg.ids import name_key

Parts = Sequence[tuple[Table, Header]]


def read_listing(document: Document, registered: Registered | None = None) -> Listing:
    """Return the list that a document holds; registered names serve for proposals only."""
    known = registered or Registered()
    folded, cut = refolded(document) if not document.tables else ((), ())
    parts = [
        (table, header)
        for table in (*document.tables, *folded)
        if (header := find_header(table)) is not None
    ]
    heading = read_heading([*_lines(document, parts, bool(folded))])
    readings = [read_rows(table, header) for table, header in parts]
    entries = tuple(entry for reading in readings for entry in reading.entries)
    place = Place(document.name)
    findings = (
        *document.findings,
        *cut,
        *_heading_findings(heading, place),
        *(found for part in parts for found in _column_findings(*part)),
        *(found for reading in readings for found in reading.findings),
        *_sequence_findings(readings, parts),
        *_count_findings(heading, entries, place),
        *_repeated(entries),
        *(found for entry in entries for found in propose(entry, known)),
    )
    return Listing(
        heading.title,
        heading.identity,
        heading.date,
        heading.announced,
        entries,
        findings,
        bool(heading.unknown_level),
    )


def is_listing(document: Document) -> bool:
    """Whether a document is a public list, or a notice of one: its title says so."""
    heading = read_heading([*_lines(document, _parts(document), refolding=False)])
    return bool(heading.title) and "推荐汇总表" not in heading.title


def _parts(document: Document) -> Parts:
    return [(table, header) for table in document.tables if (header := find_header(table))]


def _lines(document: Document, parts: Parts, refolding: bool) -> Iterator[str]:
    """Yield the lines around the tables, and those above a header within its table.

    A list that was folded together from paragraphs leaves no line to its rows.
    """
    taken = {cell.place for table, _ in parts for cell in table.cells} if refolding else set()
    above = {id(table): header.first for table, header in parts}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.place not in taken:
                yield block.line.text
        elif id(block) in above:
            cells = [cell for cell in block.cells if cell.row < above[id(block)]]
            yield from (line.text for cell in cells for line in cell.lines)
            yield from _below(block)


def _below(table: Table) -> Iterator[str]:
    """Yield the lines over all columns at the end of a table: date and signature."""
    last = [cell for cell in table.cells if cell.row >= table.height - 3]
    yield from (line.text for cell in last if cell.column_span > 1 for line in cell.lines)


def _heading_findings(heading: Heading, place: Place) -> Iterator[Finding]:
    identity = heading.identity
    if heading.unknown_level:
        yield Finding(
            "unknown_level", Severity.WARNING, place,
            f"is no level of the programme; the levels are {'、'.join(LEVELS)}",
            heading.unknown_level,
        )  # fmt: skip
    if not identity.family:
        missing = "who issued it" if not identity.body else "its year"
        yield Finding(
            "identity_unknown", Severity.WARNING, place,
            f"the list does not say {missing}; it cannot be told from other versions of itself",
        )  # fmt: skip
    if identity.stage is Stage.REPORTED:
        yield Finding(
            "stage_unknown", Severity.NOTICE, place,
            "the title does not say whether the list is under notice or final",
        )  # fmt: skip
    if identity.programme not in ("", "gradient_2024"):
        yield Finding(
            "other_programme", Severity.NOTICE, place,
            "the title is another programme's; its rows get no level of this one", heading.title,
        )  # fmt: skip


def _column_findings(table: Table, header: Header) -> Iterator[Finding]:
    for title in header.repeated:
        yield Finding(
            "column_repeated", Severity.NOTICE, table.place,
            "another column means the same more clearly; this one is left out", title,
        )  # fmt: skip


def _sequence_findings(readings: Sequence[Reading], parts: Parts) -> Iterator[Finding]:
    """Judge the numbers of each table, or of all together where they run on."""
    runs: list[tuple[Place, list[int]]] = []
    for reading, (table, _) in zip(readings, parts, strict=True):
        if runs and reading.numbers and runs[-1][1] and reading.numbers[0] == runs[-1][1][-1] + 1:
            runs[-1][1].extend(reading.numbers)
        else:
            runs.append((table.place, [*reading.numbers]))
    for place, numbers in runs:
        yield from _breaks(place, numbers)


def _breaks(place: Place, numbers: Sequence[int]) -> Iterator[Finding]:
    found = breaks_of(numbers)
    if found.missing:
        said = "numbers are missing from the sequence: rows withdrawn, or lost at a page break"
        yield Finding("numbering", Severity.WARNING, place, said, told(found.missing))
    if found.repeated:
        said = "numbers stand more than once"
        yield Finding("numbering", Severity.WARNING, place, said, told(found.repeated))
    elif found.disordered:
        yield Finding("numbering", Severity.WARNING, place, "numbers are out of order")
    if found.extract:
        said = "the numbers begin later than 1: an extract of a longer list"
        yield Finding("extract", Severity.NOTICE, place, said, str(min(numbers)))


def _count_findings(
    heading: Heading, entries: Sequence[Entry], place: Place
) -> Iterator[Finding]:  # fmt: skip
    announced = heading.announced
    if not entries:
        count = f" of the {announced} announced" if announced else ""
        yield Finding(
            "notice_without_list", Severity.WARNING, place,
            f"a notice without its list: nobody{count} is named here; look for its annex",
        )  # fmt: skip
    elif announced is not None and announced != len(entries):
        yield Finding(
            "count_differs", Severity.WARNING, place,
            f"the text announces {announced}, the list has {len(entries)} rows", str(announced),
        )  # fmt: skip


def _repeated(entries: Sequence[Entry]) -> Iterator[Finding]:
    keys = Counter(name_key(entry.key) for entry in entries)
    for entry in entries:
        if keys[name_key(entry.key)] > 1:
            yield Finding(
                "duplicate_in_list", Severity.WARNING, entry.place,
                "stands more than once in this list", entry.key,
            )  # fmt: skip
