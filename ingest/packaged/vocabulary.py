"""What rows are read against: guide editions, classifications and the lists of organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.packaged.organisations import Organisations
from ingest.tables import Cells
from kg.records import Link
from ontology.classification import industries_of, industry_id, place_id, place_of, unlisted_words
from ontology.guide import Guide, NameHit
from ontology.sentence import Sentence

NO_SCENE_OF_2025 = Sentence("不是2025年版的场景名称", "is no scene name of the 2025 edition")
NO_SEGMENT_OF_2024 = Sentence("不是2024年版的环节名称", "is no segment name of the 2024 edition")
NO_INDUSTRY_CODE = Sentence(
    "尚未对应到GB/T 4754的代码，按原文保留",
    "has no code of GB/T 4754 assigned yet; kept as text",
)
# A name of the edition itself says more than one of another edition, and that more than a guess.
_USES = ("name", "other_edition", "candidate")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Both guide editions and the organisations."""

    guide_2024: Guide
    guide_2025: Guide
    organisations: Organisations

    def scene_2024(self, name: str) -> str:
        """Return the 2024 scene that bears a name of any edition, "" where none or several do."""
        return _only(self.guide_2024.find(name), "scene")

    def scene_2025(self, name: str) -> str:
        """Return the scene that bears this name in the 2025 edition, "" where none does."""
        return _only(self.guide_2025.find(name), "scene", uses=("name",))

    def segment_2024(self, name: str) -> str:
        """Return the segment that bears this name in the 2024 edition, "" where none does."""
        return _only(self.guide_2024.find(name), "segment", uses=("name",))

    def industries(self, cells: Cells, column: str) -> list[Link]:
        """Return links to the industries that the strings of a cell stand for, as we judge."""
        links: dict[str, Link] = {}
        for text in cells.items(column):
            for word in unlisted_words(text):
                cells.hold(column, word, NO_INDUSTRY_CODE)
            for industry in industries_of(text):
                properties = {"basis": "assigned", "as_found": text}
                link = Link("IN_INDUSTRY", industry_id(industry.code), properties)
                links.setdefault(industry.code, link)
        return list(links.values())

    def place(self, cells: Cells, province_column: str, city_column: str = "") -> list[Link]:
        """Return the link to the place that province and city name; the city where it is known."""
        province = cells.text(province_column)
        city = cells.text(city_column) if city_column else ""
        if not province and not city:
            return []
        found = place_of(province, city)
        if found is None and city and (found := place_of(province, "")):
            reason = Sentence(
                f"不是{province}的已知地名，只保留到省级",
                f"is no known place of {province}; kept to the province",
            )
            cells.hold(city_column, city, reason)
        if found is None:
            column, name = (province_column, province) if province else (city_column, city)
            cells.hold(column, name, Sentence("不是GB/T 2260中的地名", "is no place of GB/T 2260"))
            return []
        as_found = " ".join(part for part in (province, city) if part)
        properties = {"basis": "assigned", "as_found": as_found}
        return [Link("IN_PLACE", place_id(found.code), properties)]


def _only(hits: tuple[NameHit, ...], kind: str, uses: Iterable[str] = _USES) -> str:
    """Return the one id at the strongest use of the name; several there are no answer."""
    for use in uses:
        ids = {hit.id for hit in hits if hit.kind == kind and hit.use == use}
        if ids:
            return ids.pop() if len(ids) == 1 else ""
    return ""
