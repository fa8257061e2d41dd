"""A public list as records: enterprises, their factories at a level, or their scene instances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.lists.listing import FIRST_YEAR, GRADIENT, LEVELS, Entry, Listing, Stage, Subject
from kg.ids import made_id, name_key
from kg.records import Link, Method, Record
from ontology.classification import (
    Place,
    industries_of,
    industry_id,
    place_id,
    place_of,
)
from ontology.guide import Guide
from ontology.schema import Value

STAGE_WORDS = {Stage.AWARDED: "公布", Stage.PROPOSED: "拟认定", Stage.PUBLICISED: "公示"}


def map_listing(listing: Listing, guide: Guide) -> tuple[Record, ...]:
    """Return what a list says, of no source yet; rows that are doubtful as they stand say nothing.

    A row is known by what it names, not by its number, so that a row more changes no other.
    """
    keys: Counter[str] = Counter()
    records: list[Record] = []
    for entry in listing.entries:
        if entry.doubted:
            continue
        keys[entry.key] += 1
        again = f"（{keys[entry.key]}）" if keys[entry.key] > 1 else ""
        row = _Row(listing, entry, f"名单#{entry.key}{again}", guide)
        records += row.records()
    return tuple(records)


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry with what its list says of all."""

    listing: Listing
    entry: Entry
    locator: str
    guide: Guide

    def records(self) -> Iterator[Record]:
        """Yield the records of the enterprise and of what it is listed for."""
        if self.entry.enterprise.text:
            yield self._enterprise()
        if self._of_scene():
            yield from self._instance()
        elif self.entry.enterprise.text or self.entry.factory.text:
            yield from self._factory()

    def _of_scene(self) -> bool:
        named = self.entry.scene or self.entry.instance
        return bool(named) and self.listing.identity.subject is Subject.SCENES

    @property
    def _organisation(self) -> str:
        return made_id("org", self.entry.enterprise.text)

    @property
    def _method(self) -> Method:
        """An official list states; a page with the words of a rewritten copy only reports."""
        return "reported" if self.listing.doubtful_words else "official"

    def _record(
        self,
        label: str,
        subject: str,
        properties: Mapping[str, Value | None],
        links: Sequence[Link] = (),
        method: Method | None = None,
    ) -> Record:
        given = {name: value for name, value in properties.items() if value not in (None, "", ())}
        return Record(
            source="",
            locator=self.locator,
            subject=subject,
            label=label,
            properties=given,
            links=tuple(links),
            method=method or self._method,
            grade="C" if self.listing.doubtful_words else "",
            date=self.listing.date or str(self.listing.identity.year or ""),
        )

    def _enterprise(self) -> Record:
        name = self.entry.enterprise
        printed = name.printed.strip()
        spelt_otherwise = (
            name.repaired and not name.old and name_key(printed) != name_key(name.text)
        )
        properties: dict[str, Value | None] = {
            "name": name.text,
            "other_names": (printed,) if spelt_otherwise else (),
            "roles": ("enterprise",),
            "note": (f"名单中的写法：{printed}",) if name.repaired else (),
        }
        return self._record("Organisation", self._organisation, properties)

    def _factory(self) -> Iterator[Record]:
        entry, identity = self.entry, self.listing.identity
        subject = self._factory_id()
        level = entry.level or identity.level
        counts = level if self._in_programme(level) else ""
        title = self._title(counts)
        properties: dict[str, Value | None] = {
            "name": entry.factory.text,
            "year": identity.year,
            "industry_as_found": (entry.industry,) if entry.industry else (),
            "titles": (title,) if title else (),
            "programme": tuple(filter(None, (GRADIENT if counts else self._other_programme(),))),
        }
        links = []
        if entry.enterprise.text:
            links.append(Link("OF_ENTERPRISE", self._organisation))
        if counts:
            found: dict[str, Value] = {"as_found": title, "status": identity.stage.value}
            if identity.year is not None:
                found["year"] = identity.year
            links.append(Link("AT_LEVEL", LEVELS[counts], found))
        yield self._record("Factory", subject, properties, links)
        if assigned := [*self._industries(), *self._place()]:
            yield self._record("Factory", subject, {}, assigned, "assigned")

    def _factory_id(self) -> str:
        entry = self.entry
        if entry.factory.text:
            return made_id("factory", entry.enterprise.text, entry.factory.text)
        place = place_of(entry.province, entry.city)
        written = place.short_name if place else entry.city or entry.province
        return made_id("factory", entry.enterprise.text, "", written)

    def _in_programme(self, level: str) -> bool:
        """Whether a level is one of the programme of 2024: its word and a year or name of it."""
        identity = self.listing.identity
        of_now = identity.year is not None and identity.year >= FIRST_YEAR
        if not level or self.listing.doubtful_words:
            return False
        return identity.programme == GRADIENT or (not identity.programme and of_now)

    def _other_programme(self) -> str:
        """Return the programme of the title where that is not the one of 2024."""
        programme = self.listing.identity.programme
        return "" if programme == GRADIENT else programme

    def _title(self, level: str) -> str:
        identity = self.listing.identity
        words = f"{level}智能工厂" if level else self.listing.title
        told = [str(identity.year)] if identity.year else []
        if identity.stage is not Stage.AWARDED:
            told.append(STAGE_WORDS.get(identity.stage, "名单未说明是否已公布"))
        return f"{words}（{'，'.join(told)}）" if words and told else words

    def _instance(self) -> Iterator[Record]:
        entry, identity = self.entry, self.listing.identity
        name = entry.instance or entry.scene
        subject = made_id("instance", entry.enterprise.text, name)
        properties: dict[str, Value | None] = {
            "name": name,
            "year": identity.year,
            "industry_as_found": (entry.industry,) if entry.industry else (),
            "note": (f"出自《{self.listing.title}》",) if self.listing.title else (),
        }
        links = []
        if entry.enterprise.text:
            links.append(Link("OF_ENTERPRISE", self._organisation))
        scene, awarded = self._scene()
        if scene and awarded:
            links.append(scene)
        yield self._record("Instance", subject, properties, links)
        assigned = [*self._industries(), *self._place()]
        assigned += [scene] if scene and not awarded else []
        if assigned:
            yield self._record("Instance", subject, {}, assigned, "assigned")

    def _scene(self) -> tuple[Link | None, bool]:
        """Return the link to the 2024 scene that a row names, and whether the list awarded it.

        A scene under notice is not awarded yet, and one named as in another edition is ours to
        place.
        """
        for use in ("name", "other_edition"):
            hits = [hit for hit in self.guide.find(self.entry.scene)
                    if hit.kind == "scene" and hit.use == use]  # fmt: skip
            if len({hit.id for hit in hits}) == 1:
                awarded = use == "name" and self.listing.identity.stage is Stage.AWARDED
                basis = "awarded" if awarded else "assigned"
                found = {"basis": basis, "rank": "primary", "as_found": self.entry.scene}
                return Link("IN_SCENE", hits[0].id, found), awarded
        return None, False

    def _industries(self) -> list[Link]:
        return [
            Link("IN_INDUSTRY", industry_id(industry.code), self._as_found(self.entry.industry))
            for industry in industries_of(self.entry.industry)
        ]

    def _place(self) -> list[Link]:
        entry = self.entry
        found = _place(entry.province, entry.city)
        if found is None:
            return []
        written = " ".join(part for part in (entry.province, entry.city) if part)
        return [Link("IN_PLACE", place_id(found.code), self._as_found(written))]

    def _as_found(self, written: str) -> dict[str, Value]:
        return {"basis": "assigned", "as_found": written}


def _place(province: str, city: str) -> Place | None:
    """Return the place that a row names; the province where its city is not known."""
    return place_of(province, city) or (place_of(province) if province else None)
