"""Projects and instances that stand twice: in one table, or in two tables of one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.annex4.enterprise import enterprise_of
from ingest.annex4.placeholders import is_unnamed
from ingest.annex4.reading import Entry, ReadItem, ReadTable
from ingest.annex4.remarks import remark
from ingest.document import Finding, Place
from kg.match.names import name_key as term_key
from kg.text import bare_name
from ontology.sentence import Sentence

# Words that do not make another project of one: 阀门智能工厂, 阀门卓越级智能工厂建设项目.
_USUAL = re.compile(
    r"[（(](?:重复|同上|再次申报)[）)]|(?:基础|先进|卓越|领航)级|(?:建设)?项目\s*\Z|[“”\"‘’《》\s]"
)
_AGAIN = re.compile(r"[（(](?:重复|同上)[）)]\s*\Z")


def check_duplicates(tables: Sequence[ReadTable]) -> Iterator[Finding]:
    """Yield what stands twice; tables of different levels may name one project each."""
    seen: dict[str | None, _Seen] = {}
    for table in tables:
        yield from seen.setdefault(table.raw.level, _Seen()).findings(table)


class _Seen:
    """What the tables of a level have named so far."""

    def __init__(self) -> None:
        self._projects: dict[tuple[str, str], Entry] = {}
        self._instances: dict[tuple[str, str], ReadItem] = {}

    def findings(self, table: ReadTable) -> Iterator[Finding]:
        for entry in table.entries:
            named = entry.applicant and not is_unnamed(entry.applicant)
            applicant = bare_name(enterprise_of(entry.applicant).name) if named else ""
            if applicant and not entry.continues:
                yield from self._project(entry, applicant)
            for item in entry.items:
                if item.parts.instance and not item.placeholder:
                    yield from self._instance(item, applicant)

    def _project(self, entry: Entry, applicant: str) -> Iterator[Finding]:
        project = bare_name(_USUAL.sub("", entry.project)) or bare_name(entry.project)
        if not project or is_unnamed(entry.project):
            return
        first = self._projects.setdefault((applicant, project), entry)
        if first is not entry:
            where = _where(first.row.place, entry.row.place)
            said = Sentence(
                f"同一企业的同一项目已写在{where}",
                f"the same enterprise and project stand in {where.en}",
            )
            yield remark("duplicate_in_table", entry.row.place, said, entry.applicant)

    def _instance(self, item: ReadItem, applicant: str) -> Iterator[Finding]:
        own = applicant, term_key(_AGAIN.sub("", item.parts.instance))
        earlier = self._instances.setdefault(own, item)
        if applicant and earlier is not item:
            where, number = _where(earlier.place, item.place), earlier.place.item
            said = Sentence(
                f"同一实例已写在{where}第{number}项",
                f"the same instance stands in {where.en}, item {number}",
            )
            yield remark("duplicate_in_table", item.place, said, item.parts.instance)


def _where(place: Place, seen_from: Place) -> Sentence:
    """Name the row of a place, with its sheet or table where that is another one."""
    if (place.sheet, place.table) == (seen_from.sheet, seen_from.table):
        return Sentence(f"第{place.row}行", f"row {place.row}")
    if place.sheet:
        return Sentence(
            f"工作表“{place.sheet}”第{place.row}行", f"sheet {place.sheet}, row {place.row}"
        )
    return Sentence(
        f"第{place.table}个表格第{place.row}行", f"table {place.table}, row {place.row}"
    )
