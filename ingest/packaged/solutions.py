"""Solutions: an official list's tasks with targets, or what vendors and the press say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.packaged.organisations import PROVIDER, mention
from ingest.packaged.origin import Origin, Properties
from ingest.packaged.vocabulary import NO_SCENE_OF_2025, Vocabulary
from ingest.tables import Cells, Layout, Mapped, Table, map_rows
from kg.ids import made_id
from kg.records import Link, Method, Record
from ontology.schema import YEAR
from ontology.sentence import Sentence

SOURCE = "solutions"
LAYOUT = Layout(
    "solutions.csv",
    "id",
    ("id", "solution_name", "provider", "kind", "industry", "scenes", "year", "replication_count",
     "kpis", "source_url", "confidence", "note"),
)  # fmt: skip
# How the row's solution was made known: method of its facts, and the value of `publication`.
PUBLICATIONS: dict[str, tuple[Method, str]] = {
    "seen-official-list": ("official", "official"),
    "seen-vendor-page": ("published", "claimed"),
    "seen-secondary": ("reported", "reported"),
}
_RECOMMENDED_BY = re.compile(r"recommended by ([^;]+)")
_REPLICATION_BASIS = re.compile(r"replication basis: (.+)", re.DOTALL)
_PRINTED_AS = re.compile(r"scene printed as ([^,;]+), normalised")


def map_solutions(table: Table, vocabulary: Vocabulary) -> Mapped:
    """Return the records of the solutions."""
    return map_rows(table, lambda cells: _solution(cells, vocabulary))


def _solution(cells: Cells, vocabulary: Vocabulary) -> Iterator[Record]:
    name, providers = cells.text("solution_name"), cells.items("provider")
    if not name:
        cells.hold("", cells.row.key, Sentence("没有解决方案名称", "names no solution"))
        return
    year = cells.value("year", YEAR)
    origin = Origin.of(cells, SOURCE, year)
    method, publication = _publication(cells)
    named = [vocabulary.organisations.read(provider) for provider in providers]
    named = [organisation for organisation in named if organisation.name]
    for organisation in named:
        yield from mention(origin, cells, organisation, PROVIDER, method)
    subject = made_id("solution", name, *sorted(organisation.name for organisation in named))
    properties = {
        "name": name,
        "keys": (cells.row.key,),
        "year": year,
        "publication": publication,
        "industry_as_found": cells.items("industry"),
        "note": tuple(_notes(cells, publication)),
    }
    links = [Link("PROVIDED_BY", organisation.id) for organisation in named]
    scenes = _scenes(cells, vocabulary, publication)
    facts = [*links, *scenes] if publication == "official" else links
    yield origin.record("Solution", subject, method, properties, facts)
    yield from _figures(cells, origin, subject, publication)
    assigned = [*vocabulary.industries(cells, "industry")]
    assigned += [] if publication == "official" else scenes
    yield origin.record("Solution", subject, "assigned", {"kind": cells.text("kind")}, assigned)


def _publication(cells: Cells) -> tuple[Method, str]:
    text = cells.text("confidence")
    for start, found in PUBLICATIONS.items():
        if text.startswith(start):
            return found
    known = tuple(PUBLICATIONS)
    reason = Sentence(f"不以{'、'.join(known)}开头", f"begins with none of {', '.join(known)}")
    cells.hold("confidence", text, reason)
    return "claimed", "claimed"  # the least that can be said of it


def _figures(cells: Cells, origin: Origin, subject: str, publication: str) -> Iterator[Record]:
    """Return the figures: targets of an official task, claims of a vendor; neither are results."""
    figures = cells.items("kpis")
    if publication == "official":
        if figures:
            yield origin.record("Solution", subject, "target", {"targets": figures})
        return
    claims: Properties = {"claims": figures, "replication_claim": _replication(cells)}
    if any(claims.values()):
        yield origin.record("Solution", subject, "claimed", claims)


def _replication(cells: Cells) -> str:
    """Return the vendor's figure with what it counts; a bare number would say too much."""
    count = cells.text("replication_count")
    basis = _REPLICATION_BASIS.search(cells.text("note"))
    if not count:
        return ""
    return f"{count}（{basis[1].strip()}）" if basis else f"{count}（口径未说明）"


def _notes(cells: Cells, publication: str) -> Iterator[str]:
    note = cells.text("note")
    if found := _RECOMMENDED_BY.search(note):
        yield f"推荐单位：{found[1].strip()}"
    if found := _PRINTED_AS.search(note):
        yield f"名单所印场景名称：{found[1].strip()}"
    if publication != "official" and note and not _REPLICATION_BASIS.search(note):
        yield note


def _scenes(cells: Cells, vocabulary: Vocabulary, publication: str) -> list[Link]:
    """Return links to scenes of the 2025 edition, whose names the list and the table use."""
    basis = "published" if publication == "official" else "assigned"
    links = []
    for label in cells.items("scenes"):
        if scene_id := vocabulary.scene_2025(label):
            links.append(Link("FOR_SCENE", scene_id, {"basis": basis, "as_found": label}))
        else:
            cells.hold("scenes", label, NO_SCENE_OF_2025)
    return links
