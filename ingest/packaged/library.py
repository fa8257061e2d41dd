"""The packaged sources: their files, what describes them, and a hash that changes with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import kg
import ontology
from ingest.packaged import factories, instances, solutions, standard_roles, standards
from ingest.packaged.classification import map_classification
from ingest.packaged.guide import map_crosswalk, map_guide
from ingest.packaged.organisations import Organisations
from ingest.packaged.programme import map_programme
from ingest.packaged.vocabulary import Vocabulary
from ingest.tables import Layout, Mapped, Table, read_table
from kg.ids import content_hash
from kg.records import Record, Source
from ontology.errors import InvalidFile
from ontology.guide import EDITIONS, imported_file

OFFICIAL_TERMS = (
    "Names, order and words of the text that was imported here; keywords and English labels are"
    " this project's own words (Apache-2.0)."
)
FOLDER = Path(__file__).parent.parent / "sources"
CATALOGUE = "sources.yaml"
_ONTOLOGY = Path(ontology.__file__).parent
# A record is made by this code from these vocabularies, so a change in either is a change of
# every source. Hashing the code itself cannot be forgotten, as raising a version number can.
_CODE = (
    *sorted(Path(__file__).parent.glob("*.py")),
    Path(__file__).parent.parent / "tables.py",
    *(Path(kg.__file__).parent / name for name in ("ids.py", "records.py")),
    *sorted(_ONTOLOGY.glob("*.py")),
)
_VOCABULARIES = ("*.yaml", "*.csv", "guides/*")


@dataclass(frozen=True, slots=True)
class PackagedSource:
    """A source that ships with the project: what describes it, and what it says when read."""

    source: Source
    read: Callable[[], Mapped]


class Library:
    """All packaged sources in a folder; guides and lists are read once and only when needed."""

    def __init__(self, folder: Path = FOLDER, guides: Path | None = None) -> None:
        self._folder = folder
        self._guides = guides  # of editions whose text was imported

    def sources(self) -> tuple[PackagedSource, ...]:
        """Return every source in the order of loading."""
        return tuple(self._packaged(entry) for entry in self._catalogue())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What tables are read against."""
        from ontology.guide import load_guide

        organisations = Organisations.from_tables(
            self._bytes("organisation_names.csv"), self._bytes("suppliers.csv")
        )
        return Vocabulary(
            load_guide("2024", self._guides), load_guide("2025", self._guides), organisations
        )

    @cached_property
    def _readers(self) -> Mapping[str, Callable[[], Mapped]]:
        return {
            "guide_2024": lambda: whole(map_guide(self.vocabulary.guide_2024)),
            "guide_2025": lambda: whole(map_guide(self.vocabulary.guide_2025)),
            "crosswalk": self._crosswalk,
            "programme": self._programme,
            "classification": self._classification,
            instances.SOURCE: self._table(instances.LAYOUT, instances.map_instances),
            factories.SOURCE: self._table(factories.LAYOUT, factories.map_factories),
            solutions.SOURCE: self._table(solutions.LAYOUT, solutions.map_solutions),
            standards.SOURCE: self._table(standards.LAYOUT, standards.map_standards),
            standard_roles.SOURCE: self._table(standard_roles.LAYOUT, standard_roles.map_roles),
        }

    def _classification(self) -> Mapped:
        from ontology.classification import load_industries, load_places

        return whole(map_classification(load_industries(), load_places()))

    def _programme(self) -> Mapped:
        from ontology.conditions import load_conditions

        return whole(map_programme(load_conditions(), self.vocabulary.guide_2024.areas))

    def _crosswalk(self) -> Mapped:
        from ontology.guide import load_crosswalk

        return whole(map_crosswalk(load_crosswalk()))

    def _table(
        self, layout: Layout, mapping: Callable[[Table, Vocabulary], Mapped]
    ) -> Callable[[], Mapped]:
        return lambda: mapping(read_table(self._bytes(layout.file), layout), self.vocabulary)

    def _packaged(self, entry: Mapping[str, object]) -> PackagedSource:
        source_id = str(entry["id"])
        if source_id not in self._readers:
            raise InvalidFile(f"{CATALOGUE}: nothing reads the source {source_id!r}")
        files = cast("list[str]", entry["files"])
        source = Source(
            id=source_id,
            title=self._title(source_id) or str(entry["title"]),
            kind=str(entry["kind"]),
            date=str(entry["date"]),
            url=str(entry.get("url", "")),
            terms=OFFICIAL_TERMS if self._title(source_id) else str(entry["terms"]),
            content=content_hash([*map(self._hash, files), self._making]),
        )
        return PackagedSource(source, self._readers[source_id])

    def _title(self, source_id: str) -> str:
        """Return the title of an edition whose text was imported, "" for all other sources."""
        edition = source_id.removeprefix("guide_")
        if self._imported(edition) is None:
            return ""
        guide = self.vocabulary.guide_2024 if edition == "2024" else self.vocabulary.guide_2025
        return f"{guide.title}, imported text"

    def _imported(self, edition: str) -> Path | None:
        """Return the file of an edition whose text was imported, None where there is none."""
        path = imported_file(edition, self._guides) if self._guides else None
        return path if path and path.is_file() else None

    @cached_property
    def _making(self) -> str:
        """A hash of the code and the vocabularies that records are made with."""
        vocabularies = [path for glob in _VOCABULARIES for path in sorted(_ONTOLOGY.glob(glob))]
        imported = [path for edition in EDITIONS if (path := self._imported(edition))]
        files = [path for path in (*_CODE, *vocabularies, *imported) if path.is_file()]
        return content_hash([_file_hash(path) for path in files])

    def _catalogue(self) -> list[Mapping[str, object]]:
        import yaml

        return cast("list[Mapping[str, object]]", yaml.safe_load(self._bytes(CATALOGUE)))

    def _hash(self, name: str) -> str:
        return hashlib.sha256(self._bytes(name)).hexdigest()

    def _bytes(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise InvalidFile(f"the packaged file {name} cannot be read: {error}") from error


def whole(records: Iterable[Record]) -> Mapped:
    """Return records that come from no rows of a table: every thing they speak of counts as one."""
    made = tuple(sorted(records, key=lambda record: (record.locator, record.subject, record.id)))
    things = len({record.subject for record in made})
    return Mapped(made, things, things, ())


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
