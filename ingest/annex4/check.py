"""The check of a recommendation table: everything read, resolved to ids, with its findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.annex4.column_check import check_columns
from ingest.annex4.duplicate_check import check_duplicates
from ingest.annex4.empty_check import check_filled
from ingest.annex4.enterprise import enterprise_of
from ingest.annex4.example import is_example
from ingest.annex4.item_check import ItemCheck
from ingest.annex4.names import Nomenclature, is_of_no_scene
from ingest.annex4.reading import Entry, Reading, ReadItem, ReadTable, read_tables
from ingest.annex4.remarks import remark
from ingest.annex4.resolution import Meaning, at_home, meaning
from ingest.annex4.table_check import check_quota, check_table
from ingest.contacts import Contact, masked, masked_sentence
from ingest.document import Document, Finding, Place, Severity
from kg.ids import made_id
from ontology.conditions import Conditions, PrintedExample
from ontology.sentence import Sentence

OPEN = ("bare_instance", "name_not_attested")  # what the matcher is asked about
# Of a place these are said once, whoever sees it.
READERS_WORDS = {"formula_error": "formula_without_value"}  # codes of readers that are one here
LAYOUT = ("hidden_row", "struck_out", "number_lost", "formula_without_value", "drawing_ignored")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scene that the matcher proposes, with the chance that it is the right one."""

    scene: str
    name: str
    probability: float


# Texts and the edition asked for → for each text its scenes, the most probable first.
Proposer = Callable[[Sequence[str], str], Sequence[Sequence[Proposal]]]
# Ids of instances → those of them that the graph holds.
Known = Callable[[Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item as written, its parts and what they mean.

    `at_home` says that segment and scene belong together in the table's edition, `taken` that it is
    content: no placeholder, no printed example, not struck out. `scenes` are the several scenes
    that one item names. `proposals` are the matcher's, apart from what was written.
    """

    place: Place
    written: str
    segment_written: str
    segment: Meaning | None
    scene_written: str
    scene: Meaning | None
    scenes: tuple[Meaning, ...]
    instance: str
    at_home: bool
    taken: bool
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """A row: the enterprise by its present full name, its project, its items."""

    place: Place
    order: int | None
    applicant: str
    applicant_as_found: str
    old_name: str
    project: str
    continues: bool
    hidden: bool
    items: tuple[CheckedItem, ...]


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A recommendation table: its level, unit and edition, and its rows."""

    place: Place
    title: str
    level: str | None
    unit: str | None
    unit_kind: str | None
    edition: str
    edition_basis: str
    votes: Mapping[str, int]
    entries: tuple[CheckedEntry, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What a document's recommendation tables say and what is wrong with them.

    `contacts` are apart: nothing else holds one, and no print of them shows one.
    """

    file: str
    tables: tuple[CheckedTable, ...]
    findings: tuple[Finding, ...]
    contacts: tuple[Contact, ...] = field(default=(), repr=False)

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


@dataclass(frozen=True)
class Checker:
    """What tables are checked against: names, conditions, and optionally matcher and graph."""

    names: Nomenclature
    conditions: Conditions
    propose: Proposer | None = None
    known: Known | None = None

    def check(self, document: Document, edition: str | None = None) -> Check:
        """Return the check of a document; `edition` overrules what its names say."""
        reading = read_tables(document, self.names, self.conditions, edition)
        proposed = self._proposals(reading)
        example = self.conditions.table.example
        tables = tuple(_checked(table, proposed, example) for table in reading.tables)
        findings = [
            *self._of_reader(document),
            *self._findings(reading, proposed),
            *self._in_graph(tables),
        ]
        if not reading.tables:
            said = Sentence(
                "没有找到推荐表：没有一行写有表格的各栏标题",
                "no recommendation table was found: no row has the titles of the form",
            )
            findings.append(remark("no_table", Place(document.name), said))
        return Check(document.name, tables, _in_order(findings), reading.contacts)

    def _of_reader(self, document: Document) -> Iterator[Finding]:
        for finding in document.findings:
            yield replace(
                finding, code=READERS_WORDS.get(finding.code, finding.code),
                message=masked_sentence(finding.message), found=masked(finding.found),
                proposal=None if finding.proposal is None else masked(finding.proposal),
            )  # fmt: skip

    def _findings(
        self, reading: Reading, proposed: Mapping[int, tuple[Proposal, ...]]
    ) -> Iterator[Finding]:
        for table in reading.tables:
            yield from check_table(table)
            yield from check_columns(table.entries, table.raw.header, table.raw.level)
            yield from check_filled(table.entries, table.raw.header)
            check = ItemCheck(table.edition.edition, self.names, self.conditions.table.example)
            for entry in table.entries:
                for item in entry.items:
                    for finding in check.findings(item):
                        yield from self._with_proposals(finding, proposed.get(id(item)))
        yield from check_duplicates(reading.tables)
        yield from check_quota(reading.tables, self.conditions)

    def _with_proposals(
        self, finding: Finding, proposals: tuple[Proposal, ...] | None
    ) -> Iterator[Finding]:
        """Put the matcher's first scene to a finding without one; say so where none fits at all."""
        if proposals is None or finding.proposal or finding.code not in OPEN:
            yield finding
        elif proposals:
            yield replace(finding, proposal=proposals[0].name)
        else:
            yield finding
            yield remark(
                "no_scene",
                finding.place,
                Sentence("没有适合所写内容的典型场景", "no scene fits what is said"),
                finding.found,
            )

    def _proposals(self, reading: Reading) -> dict[int, tuple[Proposal, ...]]:
        """Return the matcher's scenes for items that name none that is known, all at once."""
        if self.propose is None:
            return {}
        found: dict[int, tuple[Proposal, ...]] = {}
        for table in reading.tables:
            open_items = [i for e in table.entries for i in e.items if _is_open(i)]
            texts = list(dict.fromkeys(_asked(item) for item in open_items))
            answers = dict(zip(texts, self.propose(texts, table.edition.edition), strict=True))
            found |= {id(item): tuple(answers[_asked(item)]) for item in open_items}
        return found

    def _in_graph(self, tables: Sequence[CheckedTable]) -> Iterator[Finding]:
        if self.known is None:
            return
        ids: dict[str, list[tuple[CheckedEntry, CheckedItem]]] = {}
        for table in tables:
            for entry in table.entries:
                for item in entry.items:
                    if item.taken and entry.applicant and item.instance:
                        key = made_id("instance", entry.applicant, item.instance)
                        ids.setdefault(key, []).append((entry, item))
        for known in self.known(list(ids)):
            for entry, item in ids[known]:
                said = Sentence(
                    f"图谱中已有{entry.applicant}的这一实例（{known}）",
                    f"the graph holds this instance of {entry.applicant} already, as {known}",
                )
                yield remark("duplicate_in_graph", item.place, said, item.instance)


def _is_open(item: ReadItem) -> bool:
    text = item.parts.instance or item.parts.scene.written
    known = item.parts.scene.senses or item.parts.several or item.placeholder
    return bool(text.strip()) and not known and not is_of_no_scene(text)


def _asked(item: ReadItem) -> str:
    return " ".join(part for part in (item.parts.scene.written, item.parts.instance) if part)


def _checked(
    table: ReadTable, proposed: Mapping[int, tuple[Proposal, ...]], example: PrintedExample
) -> CheckedTable:
    raw, edition = table.raw, table.edition
    return CheckedTable(
        place=raw.place,
        title=masked(raw.title),
        level=raw.level,
        unit=table.unit.written if table.unit else None,
        unit_kind=table.unit.kind if table.unit else None,
        edition=edition.edition,
        edition_basis=edition.basis,
        votes=edition.votes,
        entries=tuple(
            _checked_entry(
                entry,
                tuple(
                    _checked_item(item, edition.edition, proposed.get(id(item), ()), example)
                    for item in entry.items
                ),
            )
            for entry in table.entries
        ),
    )


def _checked_entry(entry: Entry, items: tuple[CheckedItem, ...]) -> CheckedEntry:
    enterprise = enterprise_of(entry.applicant)
    return CheckedEntry(
        place=entry.row.place,
        order=entry.order,
        applicant=enterprise.name,
        applicant_as_found=enterprise.as_found,
        old_name=enterprise.old_name,
        project=entry.project or enterprise.factory,
        continues=entry.continues,
        hidden=not entry.counts,
        items=items,
    )


def _checked_item(
    item: ReadItem, edition: str, proposals: tuple[Proposal, ...], example: PrintedExample
) -> CheckedItem:
    parts = item.parts
    several = (meaning(term, edition) for term in parts.several)
    return CheckedItem(
        place=item.place,
        written=item.written,
        segment_written=parts.segment.written,
        segment=meaning(parts.segment, edition),
        scene_written=parts.scene.written,
        scene=meaning(parts.scene, edition),
        scenes=tuple(one for one in several if one),
        instance=parts.instance,
        at_home=at_home(parts, edition),
        taken=not (item.placeholder or item.struck or is_example(parts, example)),
        proposals=proposals,
    )


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings by their place in the file, each once: readers find some of these as well."""
    once: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        told = () if finding.code in LAYOUT else (finding.found, finding.message)
        once.setdefault((finding.code, finding.place, *told), finding)
    return tuple(sorted(once.values(), key=lambda f: _position(f.place)))


def _position(place: Place) -> tuple[object, ...]:
    return (
        place.page or 0, place.sheet or "", place.table or 0, place.line or 0, place.row or 0,
        place.column or 0, place.item or 0,
    )  # fmt: skip
