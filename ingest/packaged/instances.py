"""Scene instances: what the article says, who awarded or assigned the scene, and the suppliers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.packaged.organisations import ENTERPRISE, PROVIDER, Organisation, mention
from ingest.packaged.origin import Origin
from ingest.packaged.vocabulary import Vocabulary
from ingest.tables import Cells, Layout, Mapped, Table, map_rows
from kg.ids import made_id
from kg.records import Link, Method, Record
from ontology.errors import UnknownId
from ontology.schema import YEAR
from ontology.sentence import Sentence

SOURCE = "instances"
LAYOUT = Layout(
    "instances.csv",
    "id",
    ("id", "enterprise", "instance_name", "description_own_words", "scene_label_as_published",
     "guide_version_of_label", "industry", "province", "year", "kpis", "technologies",
     "vendor_or_solution", "source_url", "kind", "label_basis", "scene_label_assigned",
     "scene_label_alternative", "scene_2024_provisional_id", "source_grade", "description_core"),
)  # fmt: skip
BASES = ("awarded", "assigned")
NOTHING_NAMED = Sentence(
    "既没有企业及其实例的名称，也没有网址",
    "names neither an enterprise with an instance nor an address",
)
# The clause in which our description says that the practice was replicated.
_REPLICATED = re.compile(r"[^，。；]*(?:复制|推广)[到至][^，。；]*")
# What a row of each kind is: an article and a company's news report, a list states officially.
METHODS: dict[str, Method] = {
    "case_article": "reported",
    "company_news": "reported",
    "official_list": "official",
}


def map_instances(table: Table, vocabulary: Vocabulary) -> Mapped:
    """Return the records of the instances."""
    return map_rows(table, lambda cells: _instance(cells, vocabulary))


def _instance(cells: Cells, vocabulary: Vocabulary) -> Iterator[Record]:
    year = cells.value("year", YEAR)
    origin = Origin.of(cells, SOURCE, year)
    enterprise = vocabulary.organisations.read(cells.text("enterprise"))
    subject = _identity(cells, enterprise)
    if not subject:
        cells.hold("", cells.row.key, NOTHING_NAMED)
        return
    method = METHODS.get(cells.choice("kind", METHODS), "reported")
    yield from mention(origin, cells, enterprise, ENTERPRISE, method)
    found = _suppliers(cells, vocabulary, origin)
    yield from found[1]
    properties = {
        "name": cells.text("instance_name"),
        "keys": (cells.row.key,),
        "description": cells.text("description_own_words"),
        "year": year,
        "grade": origin.grade,
        "industry_as_found": cells.items("industry"),
        "technologies": cells.items("technologies"),
        "effects": cells.items("kpis"),
        "suppliers_as_found": cells.items("vendor_or_solution"),
        "replication": tuple(_REPLICATED.findall(cells.text("description_own_words"))),
        "note": tuple(_notes(cells, enterprise)),
    }
    links = [Link("OF_ENTERPRISE", enterprise.id)] if enterprise.name else []
    yield origin.record("Instance", subject, method, properties, (*links, *found[0]))
    yield from _scene_records(cells, vocabulary, origin, subject, method)


def _identity(cells: Cells, enterprise: Organisation) -> str:
    """Return the id made of enterprise and instance name, with the address where one is missing."""
    name = cells.text("instance_name")
    if enterprise.name and name:
        return made_id("instance", enterprise.name, name)
    address = cells.address("source_url")
    return made_id("instance", enterprise.name, name, address) if address else ""


def _notes(cells: Cells, enterprise: Organisation) -> Iterator[str]:
    if enterprise.remark:
        yield enterprise.remark
    if version := cells.text("guide_version_of_label"):
        yield f"来源所用场景名称出自指引{version}年版"
    if cells.text("kind") == "official_list":
        yield "官方填报示例，不是某家企业的实际案例"


def _scene_records(
    cells: Cells, vocabulary: Vocabulary, origin: Origin, subject: str, method: Method
) -> Iterable[Record]:
    """Return one record of the awarded scene where there is one, one of what we assigned."""
    basis = cells.choice("label_basis", BASES, default="assigned")
    primary = _primary(cells, vocabulary, basis)
    alternatives = _alternatives(cells, vocabulary, primary.end if primary else "")
    assigned = [*vocabulary.industries(cells, "industry"), *vocabulary.place(cells, "province")]
    assigned += alternatives
    if primary and basis == "awarded":
        yield origin.record("Instance", subject, method, {}, (primary,))
    elif primary:
        assigned.append(primary)
    if assigned:
        yield origin.record("Instance", subject, "assigned", {}, assigned)


def _primary(cells: Cells, vocabulary: Vocabulary, basis: str) -> Link | None:
    scene_id = cells.text("scene_2024_provisional_id")
    column = "scene_label_as_published" if basis == "awarded" else "scene_label_assigned"
    label = cells.text(column) or cells.text("scene_label_assigned")
    if not scene_id:
        return None
    try:
        vocabulary.guide_2024.scene(scene_id)
    except UnknownId as error:
        reason = Sentence("不是2024年版的场景编号", f"is no scene of 2024: {error}")
        cells.hold("scene_2024_provisional_id", scene_id, reason)
        return None
    return Link("IN_SCENE", scene_id, {"basis": basis, "rank": "primary", "as_found": label})


def _alternatives(cells: Cells, vocabulary: Vocabulary, primary: str) -> list[Link]:
    links: dict[str, Link] = {}
    for label in cells.items("scene_label_alternative"):
        scene_id = vocabulary.scene_2024(label)
        if not scene_id:
            reason = Sentence("不是任何一版的场景名称", "is no scene name of any edition")
            cells.hold("scene_label_alternative", label, reason)
        elif scene_id == primary or scene_id in links:
            reason = Sentence(
                f"在2024年版中与本行另一场景{scene_id}相同",
                f"is in the 2024 edition the same scene as another of the row, {scene_id}",
            )
            cells.hold("scene_label_alternative", label, reason)
        else:
            properties = {"basis": "assigned", "rank": "alternative", "as_found": label}
            links[scene_id] = Link("IN_SCENE", scene_id, properties)
    return list(links.values())


def _suppliers(
    cells: Cells, vocabulary: Vocabulary, origin: Origin
) -> tuple[list[Link], list[Record]]:
    """Return links to the suppliers and products that the source names, and records of these."""
    links: list[Link] = []
    records: list[Record] = []
    for as_found in cells.items("vendor_or_solution"):
        supplier = vocabulary.organisations.suppliers.get(as_found)
        if supplier is None:
            reason = Sentence(
                "不在suppliers.csv中，按原文保留", "is not in suppliers.csv; kept as text"
            )
            cells.hold("vendor_or_solution", as_found, reason)
            continue
        properties = {"basis": "reported", "as_found": as_found}
        maker = Organisation(supplier.organisation, as_found)
        records += mention(origin, cells, maker, PROVIDER, "reported")
        if maker.name:
            links.append(Link("SUPPLIED_BY", maker.id, properties))
        if supplier.product:
            product = _product(origin, supplier.product, maker)
            records.append(product)
            links.append(Link("USES", product.subject, properties))
    return links, records


def _product(origin: Origin, name: str, maker: Organisation) -> Record:
    identity = (name, maker.name) if maker.name else (name,)
    links = [Link("PROVIDED_BY", maker.id)] if maker.name else []
    properties = {"name": name, "publication": "reported"}
    return origin.record("Solution", made_id("solution", *identity), "reported", properties, links)
