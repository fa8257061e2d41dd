"""A document read as a public list: its heading, its tables, and what does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.document import Document, Finding, Paragraph, Place, Severity, Table
from ingest.lists.columns import Header, find_header
from ingest.lists.heading import Heading, read_heading
from ingest.lists.listing import NO_LEVEL, Entry, Listing, Stage
from ingest.lists.proposals import Registered, propose
from ingest.lists.refold import refolded
from ingest.lists.rows import Reading, read_rows
from ingest.lists.sequence import breaks_of, told
from kg.ids import name_key
from ontology.sentence import Sentence

Parts = Sequence[tuple[Table, Header]]
_NONE = Sentence("", "")
_BODY, _YEAR = Sentence("发布单位", "who issued it"), Sentence("年份", "its year")


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
            NO_LEVEL,
            heading.unknown_level,
        )  # fmt: skip
    if not identity.family:
        missing = _BODY if not identity.body else _YEAR
        yield Finding(
            "identity_unknown",
            Severity.WARNING,
            place,
            Sentence(
                f"名单没有写明{missing}，无法与其他版本区分",
                f"the list does not say {missing.en}; it cannot be told from other versions of it",
            ),
        )
    if identity.stage is Stage.REPORTED:
        yield Finding(
            "stage_unknown",
            Severity.NOTICE,
            place,
            Sentence(
                "标题没有说明名单是公示还是正式公布",
                "the title does not say whether the list is under notice or final",
            ),
        )
    if identity.programme not in ("", "gradient_2024"):
        yield Finding(
            "other_programme",
            Severity.NOTICE,
            place,
            Sentence(
                "这是其他计划的名单，其中各行不记为智能工厂梯度培育的等级",
                "the title is another programme's; its rows get no level of this one",
            ),
            heading.title,
        )


def _column_findings(table: Table, header: Header) -> Iterator[Finding]:
    for title in header.repeated:
        yield Finding(
            "column_repeated",
            Severity.NOTICE,
            table.place,
            Sentence(
                "另有一列更清楚地表达同样的内容，这一列未采用",
                "another column means the same more clearly; this one is left out",
            ),
            title,
        )


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
        said = Sentence(
            "序号有缺：可能是撤下的行，也可能在换页处丢失",
            "numbers are missing from the sequence: rows withdrawn, or lost at a page break",
        )
        yield Finding("numbering", Severity.WARNING, place, said, told(found.missing))
    if found.repeated:
        said = Sentence("序号有重复", "numbers stand more than once")
        yield Finding("numbering", Severity.WARNING, place, said, told(found.repeated))
    elif found.disordered:
        yield Finding(
            "numbering",
            Severity.WARNING,
            place,
            Sentence("序号次序不对", "numbers are out of order"),
        )
    if found.extract:
        said = Sentence(
            "序号不从1开始：这是较长名单的节选",
            "the numbers begin later than 1: an extract of a longer list",
        )
        yield Finding("extract", Severity.NOTICE, place, said, str(min(numbers)))


def _count_findings(
    heading: Heading, entries: Sequence[Entry], place: Place
) -> Iterator[Finding]:  # fmt: skip
    announced = heading.announced
    if not entries:
        count = (
            Sentence(f"写明{announced}个，", f" of the {announced} announced")
            if announced
            else _NONE
        )
        yield Finding(
            "notice_without_list", Severity.WARNING, place,
            Sentence(
                f"只有通知，没有名单：{count}此处一个也没有列出，请找其附件",
                f"a notice without its list: nobody{count.en} is named here; look for its annex",
            ),
        )  # fmt: skip
    elif announced is not None and announced != len(entries):
        yield Finding(
            "count_differs",
            Severity.WARNING,
            place,
            Sentence(
                f"正文写明{announced}个，名单有{len(entries)}行",
                f"the text announces {announced}, the list has {len(entries)} rows",
            ),
            str(announced),
        )


def _repeated(entries: Sequence[Entry]) -> Iterator[Finding]:
    keys = Counter(name_key(entry.key) for entry in entries)
    for entry in entries:
        if keys[name_key(entry.key)] > 1:
            yield Finding(
                "duplicate_in_list", Severity.WARNING, entry.place,
                Sentence("在名单中出现不止一次", "stands more than once in this list"), entry.key,
            )  # fmt: skip
