"""What a recommendation table says as records of the graph: claims of those who filed it.

A recommendation is no award: no factory gets a level by it. Contacts are never among the records,
nor are placeholders, hidden or struck rows, and what the matcher proposes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.annex4.check import Check, CheckedEntry, CheckedItem, CheckedTable
from ingest.annex4.names import Nomenclature
from ingest.annex4.placeholders import is_fault, is_unnamed
from kg.ids import made_id
from kg.records import Link, Method, Record
from ontology.schema import Value

METHOD: Method = "claimed"  # the applicant says so of itself
STATED, ASSIGNED = "stated", "assigned"


@dataclass(frozen=True, slots=True)
class Filed:
    """Where records come from: the id of their source and the date it speaks of, "" if unknown."""

    source: str
    date: str = ""

    def record(
        self,
        about: tuple[str, str, str],
        properties: Mapping[str, Value],
        links: Iterable[Link] = (),
        method: Method = METHOD,
    ) -> Record:
        """Return what the filing says of a thing: `about` is its locator, label and id."""
        locator, label, subject = about
        said = {name: value for name, value in properties.items() if value not in ("", ())}
        return Record(
            self.source, locator, subject, label, said, tuple(links), method, date=self.date
        )


def records_of(check: Check, names: Nomenclature, filed: Filed) -> tuple[Record, ...]:
    """Return the records of all tables of a check, each once.

    A record's locator names enterprise and instance, not the row: rows move, what is said stays.
    """
    found = {
        record.id: record
        for table in check.tables
        for entry in table.entries
        if not entry.hidden and _is_named(entry.applicant)
        for record in _of_entry(table, entry, names, filed)
    }
    return tuple(sorted(found.values(), key=lambda one: (one.locator, one.subject, one.id)))


def _of_entry(
    table: CheckedTable, entry: CheckedEntry, names: Nomenclature, filed: Filed
) -> Iterator[Record]:
    name = entry.applicant
    enterprise = made_id("org", name)
    other_names = (entry.old_name,) if entry.old_name else ()
    yield filed.record(
        (name, "Organisation", enterprise),
        {"name": name, "other_names": other_names, "roles": ("enterprise",)},
    )
    belongs = Link("OF_ENTERPRISE", enterprise)
    if _is_named(entry.project):
        yield filed.record(
            (f"{name}#{entry.project}", "Factory", made_id("factory", name, entry.project)),
            {"name": entry.project, "note": (_recommended(table),)},
            [belongs],
        )
    for item in entry.items:
        if item.taken and item.instance:
            yield from _of_item(name, item, belongs, names, filed)


def _of_item(
    name: str, item: CheckedItem, belongs: Link, names: Nomenclature, filed: Filed
) -> Iterator[Record]:
    about = f"{name}#{item.instance}", "Instance", made_id("instance", name, item.instance)
    written = "—".join(part for part in (item.segment_written, item.scene_written) if part)
    links = [belongs]
    if (scene := item.scene) and scene.firm and scene.edition in names.editions:
        links.append(_in_scene(scene.id, STATED, item.scene_written))
    note = (f"填报时所写环节、场景：{written}",) if written and len(links) == 1 else ()
    yield filed.record(about, {"name": item.instance, "note": note}, links)
    if scene and scene.firm and scene.id and len(links) == 1:  # an older name: our mapping of it
        link = _in_scene(scene.id, ASSIGNED, item.scene_written)
        yield filed.record(about, {}, [link], "assigned")


def _is_named(text: str) -> bool:
    return bool(text) and not (is_unnamed(text) or is_fault(text))


def _in_scene(scene: str, basis: str, as_found: str) -> Link:
    return Link("IN_SCENE", scene, {"basis": basis, "rank": "primary", "as_found": as_found})


def _recommended(table: CheckedTable) -> str:
    by = f"由{table.unit}" if table.unit else ""
    return f"{by}推荐参评{table.level or '智能工厂梯度培育'}，不代表已获认定"
