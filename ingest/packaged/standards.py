"""Standards: catalogue facts, what is only recalled kept apart, links with their basis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.packaged.origin import Origin, Properties, described_source
from ingest.packaged.standard_status import in_force_from, status_of
from ingest.packaged.vocabulary import NO_SCENE_OF_2025, NO_SEGMENT_OF_2024, Vocabulary
from ingest.tables import Cells, Layout, Mapped, Table, map_rows
from kg.ids import standard_id
from kg.records import Link, Method, Record
from ontology.errors import InvalidValue
from ontology.schema import PLANNED, STANDARD_LEVELS, YEAR, Value
from ontology.sentence import Sentence

SOURCE = "standards"
LAYOUT = Layout(
    "standards.csv",
    "code",
    ("code", "title_zh", "title_en", "year", "level", "body", "branch", "segments", "scenes",
     "adopts", "replaces", "note", "source_url", "confidence"),
)  # fmt: skip
# How the row was seen, by the beginning of its column `confidence`: who says its facts.
METHODS: tuple[tuple[str, Method], ...] = (
    ("from memory", "inferred"),
    ("notice", "official"),
    ("seen-catalogue", "published"),
    ("seen-announcement", "published"),
    ("seen-text", "published"),
    ("seen-secondary", "reported"),
    ("seen-cited", "reported"),
    ("seen-news", "reported"),
)
NO_STANDARD = Sentence("编号不对应任何标准", "has a code that identifies no standard")
UNVERIFIED = "凭记忆记录，未核对来源"
_RECALLED = re.compile("from memory", re.IGNORECASE)
_LINKED_CODE = re.compile(r"(?P<code>[^(]+?)\s*(?:\((?P<remark>.*)\))?")
# Adoption that the table deduced: same title, recalled, or marked as inferred.
_DEDUCED = re.compile(r"inferred|title identical|from memory")


def map_standards(table: Table, vocabulary: Vocabulary) -> Mapped:
    """Return the records of the standards."""
    known = {row.key: row.cells for row in table.rows}
    return map_rows(table, lambda cells: _standard(cells, vocabulary, known))


def _standard(
    cells: Cells, vocabulary: Vocabulary, known: Mapping[str, Mapping[str, str]]
) -> Iterator[Record]:
    code = cells.row.key
    try:
        subject = standard_id(code)
    except InvalidValue:
        cells.hold("", code, NO_STANDARD)
        return
    year = cells.value("year", YEAR)
    origin, method = Origin.of(cells, SOURCE, year), _method(cells)
    stated, recalled = _facts(cells, year)
    status = status_of(code, cells.text("note"), known)
    (recalled if status.derived else stated).update(status=status.value, status_as_of=status.as_of)
    links = [*_links(cells, "ADOPTS", "adopts", status.value, known)]
    links += _links(cells, "REPLACES", "replaces", status.value, known)
    inferred = [link for link in links if link.properties["basis"] == "inferred"]
    firm = [link for link in links if link not in inferred]
    covers, published = _covers(cells, vocabulary), _is_published(cells)
    firm += covers if published else []
    yield origin.record("Standard", subject, method, stated, firm)
    if any(recalled.values()) or inferred:
        yield origin.unseen().record("Standard", subject, "inferred", recalled, inferred)
    if covers and not published:
        yield origin.record("Standard", subject, "assigned", {}, covers)


def _is_published(cells: Cells) -> bool:
    """Whether a document says which segments and scenes the standard covers."""
    return "scene map published" in cells.text("confidence")


def _method(cells: Cells) -> Method:
    text = cells.text("confidence")
    for start, method in METHODS:
        if text.startswith(start):
            return method
    if text:
        cells.hold(
            "confidence",
            text,
            Sentence("没有说明这一行从何得知", "does not say how the row was seen"),
        )
    return "inferred"


def _facts(cells: Cells, year: Value | None) -> tuple[Properties, Properties]:
    """Part the row's facts into stated and merely recalled ones, as its remarks tell."""
    zh, en, note = _title(cells, "title_zh"), _title(cells, "title_en"), cells.text("note")
    body = cells.text("body")
    stated: Properties = {
        "name_en": en,
        "code": cells.text("code"),
        "level": cells.choice("level", STANDARD_LEVELS),
        "branch": cells.text("branch"),
        "adopts_as_found": cells.text("adopts"),
        "replaces_as_found": cells.text("replaces"),
        "in_force_from": in_force_from(note),
        "note": tuple(_notes(cells)),
    }
    recalled: Properties = {}
    from_memory = bool("title_zh" in note and _RECALLED.search(note))
    from_memory |= "title from memory" in cells.text("confidence")
    (recalled if zh and from_memory else stated)["name"] = zh or en
    (recalled if "year from memory" in note else stated)["year"] = year
    (recalled if _RECALLED.search(body) else stated)["body"] = body
    return stated, recalled


def _title(cells: Cells, column: str) -> str:
    """Return the title; a remark in brackets in its place is held back."""
    title = cells.text(column)
    if title.startswith("(") and title.endswith(")"):
        cells.hold(column, title, Sentence("是说明而非标题", "is a remark and no title"))
        return ""
    return title


def _notes(cells: Cells) -> Iterator[str]:
    if note := cells.text("note"):
        yield note
    yield from described_source(cells)
    if _method(cells) == "inferred":
        yield UNVERIFIED


def _covers(cells: Cells, vocabulary: Vocabulary) -> list[Link]:
    """Return links to segments of 2024 and scenes of 2025, which are the names the table uses."""
    basis = "published" if _is_published(cells) else "assigned"
    links = []
    for column, find, unknown in (
        ("segments", vocabulary.segment_2024, NO_SEGMENT_OF_2024),
        ("scenes", vocabulary.scene_2025, NO_SCENE_OF_2025),
    ):
        for label in cells.items(column):
            if end := find(label):
                links.append(Link("COVERS", end, {"basis": basis, "as_found": label}))
            else:
                cells.hold(column, label, unknown)
    return links


def _links(
    cells: Cells,
    relation: str,
    column: str,
    status: str,
    known: Mapping[str, Mapping[str, str]],
) -> Iterator[Link]:
    """Return links to those standards of the cell that are rows of the table themselves.

    Basis: `planned` for what is not issued yet, `inferred` where the table only deduces it, else
    `stated`. Codes that are no row stay in the text as found.
    """
    for text in cells.items(column):
        found = _LINKED_CODE.fullmatch(text)
        if not found or found["code"] not in known or found["code"] == cells.row.key:
            continue
        remark = found["remark"] or ""
        if status in PLANNED or "planned" in remark:
            basis = "planned"
        elif _DEDUCED.search(remark) or _method(cells) == "inferred":
            basis = "inferred"
        else:
            basis = "stated"
        yield Link(relation, standard_id(found["code"]), {"basis": basis, "as_found": text})
