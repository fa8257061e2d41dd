"""The guide editions of typical scenes: names, places in the guide and what attests them."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from ontology.errors import InvalidFile, UnknownId

EDITIONS = ("2024", "2025")
DEFAULT_EDITION = "2024"
OFFICIAL_TEXT = "official_text"  # the source of what was imported from the text itself
FOLDER = Path(__file__).parent / "guides"
CROSSWALK = FOLDER / "crosswalk.sssom.tsv"
NO_TERM = "sssom:NoTermFound"
SSSOM_COLUMNS = {"subject_id", "subject_label", "subject_source_version", "predicate_id",
                 "object_id", "confidence", "comment"}  # fmt: skip

NameStatus = Literal["attested", "provisional"]
NameUse = Literal["name", "other_edition", "candidate"]
Predicate = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]
PREDICATES: Table[str, Predicate] = {
    "skos:exactMatch": "exactMatch",
    "skos:closeMatch": "closeMatch",
    "skos:broadMatch": "broadMatch",
    "skos:narrowMatch": "narrowMatch",
    "skos:relatedMatch": "relatedMatch",
}
Row = TypeVar("Row", "Area", "Segment", "Scene", "GuideSource")


@dataclass(frozen=True, slots=True)
class Alias:
    """A scene's name in another edition, and whether a source attests it there."""

    text: str
    edition: str
    status: NameStatus


@dataclass(frozen=True, slots=True)
class Area:
    """A construction area of the notice; `footnote` is the notice's own sentence."""

    id: str
    name: str
    footnote: str
    order: int = 0
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment; `area` is None where no source puts it in one."""

    id: str
    name: str
    name_status: NameStatus
    area: str | None
    edition: str
    order: int
    sources: tuple[str, ...]
    name_en: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A typical scene; `candidates` are strings that may be its name (2024) or garble it (2025).

    `replaced_by` is for scenes that an official text lacks: those of the text that took them in.
    """

    id: str
    name: str
    name_status: NameStatus
    segment: str
    edition: str
    order: int
    summary: str
    keywords: tuple[str, ...]
    aliases: tuple[Alias, ...]
    candidates: tuple[str, ...]
    sources: tuple[str, ...]
    note: str
    name_en: str = ""
    summary_source: str = ""  # whose words the summary is, "" where it is this project's own
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideSource:
    """A document that attests names; `urls` are where it was found, none where it was recalled."""

    id: str
    title: str
    urls: tuple[str, ...]
    reliability: str
    attests: str = ""


@dataclass(frozen=True, slots=True)
class NameHit:
    """One thing that bears a name: in which edition, how well attested, and as what."""

    id: str
    kind: Literal["scene", "segment", "area"]
    text: str
    edition: str
    status: NameStatus
    use: NameUse


def fold(name: str) -> str:
    """Return a name without blanks, invisible characters, width and case, for comparing names."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )


# Not slotted: the two tables for looking up are built at the first question and kept.
@dataclass(frozen=True)
class Guide:
    """One edition with its areas, segments, scenes and the sources of their names.

    `retired` are scenes that we held before its text was imported and that the text lacks; they are
    scenes of the edition no more, but what was labelled with their ids still is.
    """

    edition: str
    title: str
    document: str | None
    status_note: str
    areas: tuple[Area, ...]
    segments: tuple[Segment, ...]
    scenes: tuple[Scene, ...]
    sources: tuple[GuideSource, ...]
    status_note_zh: str = ""
    retired: tuple[Scene, ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether the text itself was at hand: its names, its order and its words."""
        return any(source.id == OFFICIAL_TEXT for source in self.sources)

    def scene(self, scene_id: str) -> Scene:
        """Return the scene of that id, a retired one too, or raise UnknownId."""
        return _pick(self._scenes, scene_id, f"scene of the {self.edition} edition")

    def has_scene(self, scene_id: str) -> bool:
        """Return whether this edition holds a scene of that id, or held it."""
        return scene_id in self._scenes

    def current(self, scene_id: str) -> tuple[str, ...]:
        """Return the scenes that a scene is now: itself, or those that took in a retired one."""
        retired = {scene.id: scene.replaced_by for scene in self.retired}
        return retired.get(scene_id, (scene_id,))

    def segment(self, segment_id: str) -> Segment:
        """Return the segment of that id, or raise UnknownId."""
        return _pick(self._segments, segment_id, f"segment of the {self.edition} edition")

    def area(self, area_id: str) -> Area:
        """Return the construction area of that id, or raise UnknownId."""
        return _pick(self._areas, area_id, f"construction area of the {self.edition} edition")

    def source(self, source_id: str) -> GuideSource:
        """Return the source of that id, or raise UnknownId."""
        known = {source.id: source for source in self.sources}
        return _pick(known, source_id, f"source of the {self.edition} edition")

    def area_of(self, scene_id: str) -> str | None:
        """Return the id of the area that a scene belongs to, None where it belongs to none."""
        return self.segment(self.scene(scene_id).segment).area

    def scenes_of(self, part_id: str) -> tuple[Scene, ...]:
        """Return the scenes of a segment or of a construction area, in the guide's order."""
        if part_id in self._areas:
            inside = {segment.id for segment in self.segments if segment.area == part_id}
        elif part_id in self._segments:
            inside = {part_id}
        else:
            known = [*self._areas, *self._segments]
            raise UnknownId("segment or construction area", part_id, known)
        found = (scene for scene in self.scenes if scene.segment in inside)
        return tuple(sorted(found, key=lambda scene: (scene.order, scene.id)))

    def find(self, name: str) -> tuple[NameHit, ...]:
        """Return everything that bears exactly this name (width, case and blanks aside)."""
        return self._names.get(fold(name), ())

    def to_dict(self) -> dict[str, Any]:
        """Return the guide as plain JSON."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, data: Table[str, Any]) -> Guide:
        """Build the guide that `to_dict` wrote, or raise InvalidFile."""
        try:
            return cls(
                **{key: data[key] for key in ("edition", "title", "document", "status_note")},
                areas=tuple(Area(**row) for row in data["areas"]),
                segments=tuple(Segment(**_tupled(row)) for row in data["segments"]),
                scenes=tuple(_scene_from(row) for row in data["scenes"]),
                sources=tuple(GuideSource(**_tupled(row)) for row in data["sources"]),
                status_note_zh=data["status_note_zh"],
                retired=tuple(_scene_from(row) for row in data.get("retired", ())),
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise InvalidFile(f"this is no guide edition: {fault}") from fault

    @cached_property
    def _scenes(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in (*self.scenes, *self.retired)}

    @cached_property
    def _segments(self) -> dict[str, Segment]:
        return {segment.id: segment for segment in self.segments}

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def _names(self) -> dict[str, tuple[NameHit, ...]]:
        found: dict[str, list[NameHit]] = {}
        for hit in self._hits():
            found.setdefault(fold(hit.text), []).append(hit)
        return {name: tuple(hits) for name, hits in found.items()}

    def _hits(self) -> Iterable[NameHit]:
        """Yield every name held: names of this edition, then of other editions, then candidates."""
        for scene in self.scenes:
            yield NameHit(scene.id, "scene", scene.name, self.edition, scene.name_status, "name")
        for segment in self.segments:
            yield NameHit(
                segment.id, "segment", segment.name, self.edition, segment.name_status, "name"
            )
        for area in self.areas:
            yield NameHit(area.id, "area", area.name, self.edition, "attested", "name")
        for scene in self.scenes:
            for alias in scene.aliases:
                yield NameHit(
                    scene.id, "scene", alias.text, alias.edition, alias.status, "other_edition"
                )
        for scene in self.scenes:
            for text in scene.candidates:
                yield NameHit(scene.id, "scene", text, self.edition, "provisional", "candidate")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A scene or name of another edition and the 2024 scene it maps to.

    `subject` is a scene id of 2025 or `edition:name` for the older ones. broadMatch: the 2024
    scene is the wider one. `comment` keeps the confidence as a word and how the name is known.
    """

    subject: str
    predicate: Predicate
    object: str
    confidence: float
    comment: str
    subject_name: str = ""
    subject_edition: str = ""


def load_guide(edition: str = DEFAULT_EDITION, imported: Path | None = None) -> Guide:
    """Read one edition, or raise UnknownId.

    `imported` is the folder of editions whose text somebody imported; they come first.
    """
    if edition not in EDITIONS:
        raise UnknownId("guide edition", edition, EDITIONS, field="edition")
    if imported and (path := imported_file(edition, imported)).is_file():
        return _read_imported(path)
    return _packaged(edition)


@cache
def _packaged(edition: str) -> Guide:
    """Read a packaged edition, which never changes; parsing its Turtle takes a while."""
    from ontology.guide_turtle import read_guide

    return read_guide(FOLDER / f"{edition}.ttl")


def imported_file(edition: str, folder: Path) -> Path:
    """Return where the imported text of an edition lies."""
    return folder / f"{edition}.json"


def _read_imported(path: Path) -> Guide:
    try:
        return Guide.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as fault:
        raise InvalidFile(f"{path.name} cannot be read: {fault}") from fault


def load_crosswalk(path: Path = CROSSWALK) -> tuple[Mapping, ...]:
    """Read the mappings of 2025 scenes and older names to 2024 scenes, in the file's order."""
    return tuple(_mapping(row, path) for row in _sssom_rows(path) if row["object_id"] != NO_TERM)


def load_unmapped(path: Path = CROSSWALK) -> tuple[str, ...]:
    """Return the subjects for which no 2024 scene was found."""
    return tuple(_subject(row) for row in _sssom_rows(path) if row["object_id"] == NO_TERM)


def _sssom_rows(path: Path) -> list[dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InvalidFile(f"{path.name} cannot be read: {fault}") from fault
    table = csv.DictReader([line for line in lines if line[:1] != "#"], delimiter="\t")
    if missing := SSSOM_COLUMNS.difference(table.fieldnames or ()):
        raise InvalidFile(f"{path.name} has no column {', '.join(sorted(missing))}")
    return list(table)


def _mapping(row: Table[str, str], path: Path) -> Mapping:
    try:
        return Mapping(
            subject=_subject(row),
            predicate=PREDICATES[row["predicate_id"]],
            object=_local(row["object_id"]),
            confidence=float(row["confidence"]),
            comment=row["comment"],
            subject_name=row["subject_label"],
            subject_edition=row["subject_source_version"],
        )
    except (KeyError, ValueError) as fault:
        name = row["subject_label"]
        raise InvalidFile(f"{path.name}: the row of {name!r} is wrong: {fault}") from fault


def _subject(row: Table[str, str]) -> str:
    """Return the scene id of 2025; names of older editions have none and are `edition:name`."""
    known = _local(row["subject_id"])
    return known or f"{row['subject_source_version']}:{row['subject_label']}"


def _local(curie: str) -> str:
    return curie.partition(":")[2]


def _pick(known: Table[str, Row], key: str, kind: str) -> Row:
    if key not in known:
        raise UnknownId(kind, key, known)
    return known[key]


def _plain(value: Any) -> Any:
    """Turn tuples into lists, so that writing and reading JSON changes nothing."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _tupled(row: Table[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _scene_from(row: Table[str, Any]) -> Scene:
    aliases = tuple(Alias(**alias) for alias in row["aliases"])
    return Scene(**{**_tupled(row), "aliases": aliases})
