"""Every label, relation and property of the graph, spelt once.

The stores' tables and constraints, the validation of records and the RDF form come from here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ontology.errors import InvalidValue, UnknownId

Kind = Literal["string", "integer", "number", "boolean", "date"]
Scalar = str | int | float | bool
Value = Scalar | tuple[Scalar, ...]

NAMESPACE = "urn:sfkg:"
TERM = f"{NAMESPACE}term:"
PREFIXES: Mapping[str, str] = {
    "sf": TERM,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**63 - 1  # what both stores hold without loss
NO_MORE = ("replaced", "withdrawn")  # statuses of a standard that nobody should adopt any more
PLANNED = ("drafting", "consultation", "under review", "final draft")  # of one not issued yet
STANDARD_LEVELS = ("national", "industry", "group", "local", "enterprise", "international")
# What a standard is for among those that belong together, in the order in which it is shown.
STANDARD_ROLES = ("terminology", "reference_model", "data", "interface", "method", "safety",
                  "evaluation", "product_or_process", "management")  # fmt: skip
# A separator of lines or a control character inside a value breaks tables, CSV and logs alike.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Property:
    """One property: `many` ones hold a sorted tuple without repetition."""

    name: str
    iri: str
    zh: str
    en: str
    kind: Kind = "string"
    many: bool = False
    filterable: bool = False

    def parse(self, text: str) -> Scalar:
        """Return one cell's text as a value of this kind, or raise InvalidValue."""
        cleaned = text.strip()
        if self.kind == "integer":
            return self._integer(cleaned)
        if self.kind == "number":
            try:
                return float(cleaned)
            except ValueError:
                raise InvalidValue(self.name, text, "is no number") from None
        if self.kind == "boolean":
            if cleaned.lower() not in {"true", "false"}:
                raise InvalidValue(self.name, text, "is neither true nor false")
            return cleaned.lower() == "true"
        self.check(cleaned)
        return cleaned

    def _integer(self, text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,19}", text):
            raise InvalidValue(self.name, text, "is no whole number")
        number = int(text)
        self.check(number)
        return number

    def check(self, value: Value) -> None:
        """Raise InvalidValue where `value` (a scalar, or a tuple for `many`) does not fit."""
        if isinstance(value, tuple):
            if not self.many:
                raise InvalidValue(self.name, value, "takes one value, not several")
            for part in value:
                self._check_scalar(part)
        else:
            self._check_scalar(value)

    def _check_scalar(self, value: Scalar) -> None:
        wanted = {"integer": int, "number": float, "boolean": bool}.get(self.kind, str)
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise InvalidValue(self.name, value, f"is no {self.kind}")
        if isinstance(value, int) and not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
            raise InvalidValue(self.name, value, "does not fit in 64 bits")
        if isinstance(value, float) and value != value:
            raise InvalidValue(self.name, value, "is not a number")
        if isinstance(value, str):
            self._check_text(value)

    def _check_text(self, value: str) -> None:
        if found := FORBIDDEN.search(value):
            raise InvalidValue(self.name, value, f"holds the character U+{ord(found[0]):04X}")
        if self.kind == "date":
            try:
                datetime.date.fromisoformat(value)
            except ValueError:
                raise InvalidValue(self.name, value, "is no date like 2024-10-28") from None


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of thing; `identity` names what its id is made of, `path` its place in the API."""

    name: str
    path: str
    iri: str
    zh: str
    en: str
    identity: tuple[str, ...]
    properties: tuple[Property, ...]

    def property(self, name: str) -> Property:
        """Return the property of that name, or raise UnknownId."""
        for candidate in self.properties:
            if candidate.name == name:
                return candidate
        names = [candidate.name for candidate in self.properties]
        raise UnknownId(f"property of {self.name}", name, names)


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of edge, read from start to end; `pairs` lists the labels it may join."""

    name: str
    iri: str
    zh: str
    en: str
    pairs: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All labels and relations, looked up by name."""

    labels: tuple[Label, ...]
    relations: tuple[Relation, ...]

    def label(self, name: str) -> Label:
        """Return the label of that name, or raise UnknownId."""
        for label in self.labels:
            if label.name == name:
                return label
        raise UnknownId("label", name, [label.name for label in self.labels])

    def label_at(self, path: str) -> Label:
        """Return the label served under that API path, or raise UnknownId."""
        for label in self.labels:
            if label.path == path:
                return label
        raise UnknownId("type", path, [label.path for label in self.labels])

    def relation(self, name: str) -> Relation:
        """Return the relation of that name, or raise UnknownId."""
        for relation in self.relations:
            if relation.name == name:
                return relation
        raise UnknownId("relation", name, [relation.name for relation in self.relations])


def _text(name: str, iri: str, zh: str, en: str, **more: bool) -> Property:
    return Property(name, iri, zh, en, "string", **more)


NAME = _text("name", "skos:prefLabel", "名称", "name", filterable=True)
NAME_EN = _text("name_en", "sf:nameEnglish", "英文名称", "name in English")
OTHER_NAMES = _text("other_names", "skos:altLabel", "其他名称", "other names", many=True,
                    filterable=True)  # fmt: skip
KEYS = _text("keys", "dcterms:identifier", "来源编号", "keys in the sources", many=True,
             filterable=True)  # fmt: skip
NAME_STATUS = _text("name_status", "sf:nameStatus", "名称依据", "how the name is attested")
EDITION = _text("edition", "sf:edition", "指引版本", "guide edition", filterable=True)
ORDER = Property("order", "sf:order", "序号", "order", "integer")
YEAR = Property("year", "sf:year", "年份", "year", "integer", filterable=True)
NOTE = _text("note", "skos:note", "说明", "note", many=True)
CODE = _text("code", "skos:notation", "代码", "code", filterable=True)
BASIS = _text("basis", "sf:basis", "依据", "basis")
AS_FOUND = _text("as_found", "sf:asFound", "原文", "as found in the source")
INDUSTRY_FOUND = _text("industry_as_found", "sf:industryAsFound", "行业（原文）",
                       "industry as found", many=True)  # fmt: skip
EFFECTS = _text(
    "effects", "sf:reportedEffect", "成效（来源所述）", "effects as reported", many=True
)

LABELS = (
    Label("Area", "areas", "sf:Area", "建设领域", "construction area", ("official order",),
          (NAME, NAME_EN, ORDER, NOTE)),
    Label("Segment", "segments", "sf:Segment", "环节", "segment", ("edition", "order"),
          (NAME, NAME_EN, NAME_STATUS, EDITION, ORDER, NOTE)),
    Label("Scene", "scenes", "sf:Scene", "典型场景", "typical scene", ("edition", "order"),
          (NAME, NAME_EN, NAME_STATUS, OTHER_NAMES, EDITION, ORDER, NOTE,
           _text("summary", "skos:definition", "概要（本项目撰写）", "summary in our words"),
           _text("guide_text", "sf:guideText", "指引原文", "words of the guide"),
           _text("keywords", "schema:keywords", "关键词", "keywords", many=True))),
    Label("Level", "levels", "sf:Level", "层级", "level", ("official order",),
          (NAME, NAME_EN, ORDER, NOTE)),
    Label("Kpi", "kpis", "sf:Kpi", "关键绩效指标", "key performance indicator",
          ("official order",),
          (NAME, NAME_EN, ORDER,
           _text("unit", "schema:unitText", "单位", "unit"),
           _text("direction", "sf:direction", "方向", "direction"),
           _text("group", "sf:group", "类别", "group"))),
    Label("Industry", "industries", "sf:Industry", "行业", "industry", ("GB/T 4754 code",),
          (NAME, CODE)),
    Label("Place", "places", "sf:Place", "地区", "place", ("GB/T 2260 code",), (NAME, CODE)),
    Label("Organisation", "organisations", "org:Organization", "组织", "organisation",
          ("full name",),
          (NAME, OTHER_NAMES, NOTE,
           _text("roles", "sf:role", "角色", "roles", many=True, filterable=True))),
    Label("Factory", "factories", "sf:Factory", "工厂", "factory",
          ("enterprise", "factory name", "place where unnamed"),
          (NAME, KEYS, YEAR, INDUSTRY_FOUND, NOTE,
           _text("titles", "sf:title", "称号（来源所述）", "titles as the sources word them",
                 many=True),
           _text("programme", "sf:programme", "所属计划", "programmes of the titles", many=True,
                 filterable=True))),
    Label("Instance", "instances", "sf:Instance", "场景实例", "scene instance",
          ("enterprise", "instance name", "source address where unnamed"),
          (NAME, KEYS, YEAR, INDUSTRY_FOUND, EFFECTS, NOTE,
           _text("description", "dcterms:description", "描述（本项目撰写）",
                 "description in our words"),
           _text("technologies", "sf:technology", "技术", "technologies", many=True),
           _text("suppliers_as_found", "sf:supplierAsFound", "供应商（原文）",
                 "suppliers as found", many=True),
           _text("replication", "sf:replication", "复制推广（来源所述）",
                 "replication as reported", many=True),
           _text("grade", "sf:grade", "来源等级", "grade of the source", filterable=True))),
    Label("Solution", "solutions", "sf:Solution", "解决方案", "solution",
          ("solution name", "providers"),
          (NAME, KEYS, YEAR, INDUSTRY_FOUND, NOTE,
           _text("kind", "sf:kind", "类别", "kind", filterable=True),
           _text("publication", "sf:publication", "发布方式", "how it was published",
                 filterable=True),
           _text("targets", "sf:target", "目标值（非成效）", "target figures, not results",
                 many=True),
           _text("claims", "sf:claim", "供应商自述", "figures claimed by the vendor", many=True),
           _text("replication_claim", "sf:replicationClaim", "复制推广（供应商自述）",
                 "replication as claimed by the vendor"))),
    Label("Standard", "standards", "sf:Standard", "标准", "standard", ("standard code",),
          (NAME, NAME_EN, CODE, YEAR, NOTE,
           _text("level", "sf:standardLevel", "标准层级", "level of the standard",
                 filterable=True),
           _text("body", "sf:body", "归口单位", "responsible body"),
           _text("branch", "sf:branch", "标准体系分支", "branch of the national system",
                 filterable=True),
           _text("status", "sf:status", "状态", "status", filterable=True),
           Property("status_as_of", "sf:statusAsOf", "状态截至", "status as of", "date"),
           Property("in_force_from", "sf:inForceFrom", "实施日期", "in force from", "date"),
           _text("role", "sf:standardRole", "在标准群中的作用", "role in a standard cluster",
                 filterable=True),
           _text("second_role", "sf:secondRole", "次要作用", "second role"),
           _text("adopts_as_found", "sf:adoptsAsFound", "采标（原文）", "adoption as found"),
           _text("replaces_as_found", "sf:replacesAsFound", "代替（原文）",
                 "replacement as found"))),
)  # fmt: skip

RELATIONS = (
    Relation("IN_AREA", "sf:inArea", "属于建设领域", "in construction area",
             (("Segment", "Area"),)),
    Relation("IN_SEGMENT", "sf:inSegment", "属于环节", "in segment", (("Scene", "Segment"),)),
    Relation("MAPS_TO", "sf:mapsTo", "对应", "maps to", (("Scene", "Scene"),),
             (_text("predicate", "sf:predicate", "对应关系", "kind of mapping"),
              Property("confidence", "sf:confidence", "把握", "confidence", "number"), BASIS)),
    Relation("WITHIN", "sf:within", "属于", "within",
             (("Industry", "Industry"), ("Place", "Place"))),
    Relation("OF_ENTERPRISE", "sf:ofEnterprise", "属于企业", "of enterprise",
             (("Instance", "Organisation"), ("Factory", "Organisation"))),
    Relation("IN_SCENE", "sf:inScene", "属于场景", "in scene", (("Instance", "Scene"),),
             (BASIS, AS_FOUND,
              _text("rank", "sf:rank", "主次", "primary or alternative"))),
    Relation("IN_INDUSTRY", "sf:inIndustry", "所属行业", "in industry",
             (("Instance", "Industry"), ("Factory", "Industry"), ("Solution", "Industry")),
             (BASIS, AS_FOUND)),
    Relation("IN_PLACE", "sf:inPlace", "所在地区", "in place",
             (("Instance", "Place"), ("Factory", "Place")), (BASIS, AS_FOUND)),
    Relation("AT_LEVEL", "sf:atLevel", "层级", "at level", (("Factory", "Level"),),
             (AS_FOUND, YEAR,
              _text("status", "sf:status", "状态", "status of the list"))),
    Relation("SUPPLIED_BY", "sf:suppliedBy", "供应商", "supplied by",
             (("Instance", "Organisation"),), (BASIS, AS_FOUND)),
    Relation("USES", "sf:uses", "采用解决方案", "uses", (("Instance", "Solution"),),
             (BASIS, AS_FOUND)),
    Relation("REPLICATED_TO", "sf:replicatedTo", "复制推广到", "replicated to",
             (("Instance", "Instance"), ("Instance", "Factory"), ("Instance", "Organisation"),
              ("Factory", "Factory")),
             (BASIS, AS_FOUND)),
    Relation("PROVIDED_BY", "sf:providedBy", "提供方", "provided by",
             (("Solution", "Organisation"),)),
    Relation("FOR_SCENE", "sf:forScene", "面向场景", "for scene", (("Solution", "Scene"),),
             (BASIS, AS_FOUND)),
    Relation("COVERS", "sf:covers", "涉及", "covers",
             (("Standard", "Scene"), ("Standard", "Segment")), (BASIS, AS_FOUND)),
    Relation("APPLIES", "sf:applies", "执行标准", "applies",
             (("Instance", "Standard"), ("Factory", "Standard"), ("Organisation", "Standard")),
             (BASIS, AS_FOUND)),
    Relation("ADOPTS", "sf:adopts", "采用国际标准", "adopts", (("Standard", "Standard"),),
             (BASIS, AS_FOUND)),
    Relation("REPLACES", "dcterms:replaces", "代替", "replaces", (("Standard", "Standard"),),
             (BASIS, AS_FOUND)),
)  # fmt: skip


@cache
def schema() -> Schema:
    """Return the one schema."""
    return Schema(LABELS, RELATIONS)


def expand(iri: str) -> str:
    """Return a prefixed name such as `sf:Scene` in full."""
    prefix, _, local = iri.partition(":")
    return PREFIXES[prefix] + local
