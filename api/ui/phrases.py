"""Facts as sentences in the reader's language: what codes, names and numbers come to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from api.ui.reader import Reader
from api.ui.remarks import in_chinese
from api.words import LEAST_SHOWN, REVERSED
from kg.browse import Neighbour, Thing
from kg.case_facts import Case, LevelOfEnterprise, SceneOfCase
from kg.effects.effect import POINTS, Summary
from kg.entities import Evidence, Path, Ref
from kg.standards.standard import RelatedStandard, Standard, StandardLink
from ontology.conditions import load_conditions
from ontology.schema import Value, schema

NAMED = {"Factory", "Instance", "Organisation", "Solution"}  # kinds that sources name, mostly
SHORT = 16  # characters of a value that is a word and no sentence
JUDGED = {"assigned", "inferred"}  # methods of statements whose own date is not recorded


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a thing in words; `provisional` where its value is not attested."""

    name: str
    values: tuple[str, ...]
    provisional: bool = False

    @property
    def short(self) -> bool:
        """Whether its values are words that fit one line after another."""
        return all(len(value) <= SHORT for value in self.values)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said of facts to one reader."""

    reader: Reader

    def host(self, one: Evidence) -> str:
        """Return which site a source stands on."""
        return urlsplit(one.url).netloc.removeprefix("www.") or one.locator

    def source(self, one: Evidence) -> str:
        """Say who states it, how good the source is and of when it is."""
        parts = [self.reader.code("method", one.method)]
        if one.grade:
            parts.append(self.reader.say("common.grade", grade=one.grade))
        if one.method not in JUDGED:
            parts.append(self.reader.date(one.date))
        return self._joined(parts)

    def level(self, found: LevelOfEnterprise) -> str:
        """Say at which level a factory of the enterprise is listed; a public notice is no award."""
        name = found.as_found or found.name
        if self.reader.language == "en":
            name = f"{self.reader.named(found.id, name)} ({name})"
        told = self.reader.say("common.listed_at", level=name)
        if found.status == "publicised" and "公示" not in name:
            told = self._joined([told, self.reader.code("status", found.status)])
        return self._joined([told, str(found.year)]) if found.year else told

    def contributions(
        self, case: Case, weights: Mapping[str, float]
    ) -> tuple[tuple[str, float], ...]:
        """Return each reason that adds to a case's score with what it adds, the largest first."""
        shares = {name: weights[name] * value for name, value in case.contributions.items()}
        added = sorted(
            (one for one in shares if shares[one] >= LEAST_SHOWN), key=lambda n: -shares[n]
        )
        return tuple((self.reader.code("contribution", name), shares[name]) for name in added)

    def effects(self, summary: Summary) -> str:
        """Say what several enterprises state of one indicator."""
        unit = summary.unit or ""
        if summary.unit == POINTS:
            unit = self.reader.say("common.points")
        form = "g" if summary.kind == "level" else "+g"
        low, high = (
            "?" if end is None else format(end, form) for end in (summary.lowest, summary.highest)
        )
        kpi = load_conditions().kpi(summary.kpi)
        name = kpi.name if self.reader.language == "zh" else kpi.name_en
        parts = [
            f"{low}～{high}{unit}" if self.reader.language == "zh" else f"{low} to {high} {unit}"
        ]
        if summary.median is not None:
            parts.append(self.reader.say("common.median", value=f"{summary.median:{form}}{unit}"))
        parts.append(self.reader.say("common.own_figures", n=summary.enterprises))
        kind = self.reader.code("effect_kind", summary.kind)
        return f"{name} ({kind}): {self._joined(parts)}"

    def currency(self, found: Standard) -> str:
        """Say whether a standard is current, and as of when its status was seen."""
        parts = [self.reader.code("currency", found.currency)]
        if found.currency == "to_come" and found.in_force_from:
            date = self.reader.date(found.in_force_from)
            return self._joined([*parts, self.reader.say("common.in_force_from", date=date)])
        if found.status_as_of:
            date = self.reader.date(found.status_as_of)
            parts.append(self.reader.say("common.status_as_of", date=date))
        if not found.verified:
            parts.append(self.reader.say("common.unverified"))
        return self._joined(parts)

    def standard_link(self, link: StandardLink) -> str:
        """Say why a standard goes with a scene or segment."""
        told = self.reader.code("basis", link.basis)
        if link.enterprises:
            told = self.reader.say("common.applied_by", n=link.enterprises)
        if link.correspondence not in {"", "sameScene"}:
            told = self._joined([told, self.reader.code("correspondence", link.correspondence)])
        return self.reader.say("common.linked_to", basis=told, end=self.step(link.end))

    def related_standard(self, one: RelatedStandard) -> str:
        """Say how two standards are related; what is only planned is told as planned."""
        table = "planned_related" if one.basis == "planned" else "related"
        return self.reader.code(table, one.relation)

    def related_how(self, one: RelatedStandard) -> str:
        """Say who says that two standards are related, and how closely."""
        parts = [self.reader.code("basis", one.basis)]
        return self._joined(
            [*parts, *([self.reader.code("degree", one.degree)] if one.degree else [])]
        )

    def step(self, found: Ref) -> str:
        """Return a thing as it is mentioned: scenes by id and name, because editions share names.

        What no source names is told by its kind and id.
        """
        if found.name == found.id and found.label in NAMED:
            unnamed = self.reader.say("common.unnamed_thing", label=self.reader.label(found.label))
            return f"{unnamed} {found.id.rpartition('-')[2][:6]}"
        name = self.reader.name(found)
        return f"{found.id} {name}" if found.label == "Scene" else name

    def path_basis(self, path: Path) -> str:
        """Say who linked an answer to the scene, and how near that is to the one asked for."""
        parts = [self.reader.code("basis", path.basis)]
        if path.rank == "alternative":
            parts.append(self.reader.code("property.rank", path.rank))
        if path.correspondence not in {"", "sameScene"}:
            parts.append(self.reader.code("correspondence", path.correspondence))
        return self._joined(parts)

    def case_title(self, case: Case) -> str:
        """Return enterprise and name of a case; what no source names is not given a name."""
        enterprise = case.enterprise.name if case.enterprise else ""
        named = enterprise or self._bracketed("case.unknown_enterprise")
        return f"{named} — {case.name or self._bracketed('case.unnamed')}"

    def case_line(self, case: Case) -> str:
        """Return industry, place, year and listed levels of a case."""
        parts = [*case.industry_as_found, *([self.reader.name(case.place)] if case.place else [])]
        parts += [str(case.year)] if case.year else []
        return " · ".join([*parts, *map(self.level, case.levels)])

    def scene_of_case(self, scene: SceneOfCase) -> str:
        """Return a scene of a case with how its name is attested and who assigned it."""
        parts = [self.label_basis(scene)]
        if scene.name_status == "provisional":
            parts.insert(0, self.reader.code("name_status", scene.name_status))
        told = f"{scene.id} {self.reader.named(scene.id, scene.name)}"
        return f"{told} ({self._joined(parts)})"

    def label_basis(self, scene: SceneOfCase) -> str:
        """Say who put the case under the scene, and whether as an alternative."""
        parts = [self.reader.code("basis", scene.basis)]
        if scene.rank == "alternative":
            parts.append(self.reader.code("property.rank", scene.rank))
        return self._joined(parts)

    def _bracketed(self, message: str) -> str:
        told = self.reader.say(message)
        return f"（{told}）" if self.reader.language == "zh" else f"({told})"

    def title(self, found: Thing) -> str:
        """Return the heading of a thing; what no source names is not given a name."""
        if found.properties.get("name"):
            return self.reader.named(found.id, found.name)
        return self.reader.say("common.unnamed_thing", label=self.reader.label(found.label))

    def facts(self, found: Thing) -> tuple[Fact, ...]:
        """Return the properties of a thing in words, in the order of the schema."""
        told = []
        for one in schema().label(found.label).properties:
            if one.name in found.properties:
                # Neither order nor numbers of the 2024 guide are attested.
                provisional = one.name == "order" and found.properties.get("edition") == "2024"
                values = tuple(self.value(one.name, part) for part in _parts(found, one.name))
                told.append(Fact(self.reader.property(found.label, one.name), values, provisional))
        return tuple(told)

    def value(self, name: str, found: object) -> str:
        """Return a property's value in words where it is a code or a date, else as it is."""
        text = str(found)
        if name in {"date", "status_as_of", "in_force_from"}:
            return self.reader.date(text)
        if name == "note" and self.reader.language == "zh":
            return in_chinese(text)
        return self.reader.code(f"property.{name}", text)

    def neighbour(self, one: Neighbour) -> str:
        """Return the properties of an edge in words, as seen from the thing shown."""
        told = []
        for name, found in one.properties.items():
            value = str(found)
            if name == "predicate" and one.direction == "out":
                value = REVERSED.get(value, value)
            if name == "confidence":
                told.append(self.reader.say("common.confidence", value=value))
            else:
                told.append(self.value(name, value))
        return self._joined(told)

    def _joined(self, parts: list[str]) -> str:
        return ("，" if self.reader.language == "zh" else ", ").join(parts)


def _parts(found: Thing, name: str) -> tuple[Value, ...]:
    value = found.properties[name]
    return value if isinstance(value, tuple) else (value,)
