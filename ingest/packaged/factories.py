"""Factories: titles as the sources word them, and levels only of the programme of 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.packaged.organisations import ENTERPRISE, Organisation, mention
from ingest.packaged.origin import Origin, described_source
from ingest.packaged.vocabulary import Vocabulary
from ingest.tables import Cells, Layout, Mapped, Table, map_rows
from kg.ids import made_id
from kg.records import Link, Record
from ontology.schema import YEAR
from ontology.sentence import Sentence

SOURCE = "factories"
LAYOUT = Layout(
    "factories.csv",
    "id",
    ("id", "enterprise", "factory_name", "level", "year", "province", "city", "industry",
     "source_url", "source_grade", "programme_level"),
)  # fmt: skip
# The programme's own levels by the table's word: id, and the name that the title must begin with.
LEVELS = {
    "lead": ("L4", "领航级"),
    "excellent": ("L3", "卓越级"),
    "advanced": ("L2", "先进级"),
    "basic": ("L1", "基础级"),
}
GRADIENT = "gradient_2024"  # the cultivation of levels begun in 2024
OTHER_PROGRAMMES = ("demo_2021_2023", "wef_lighthouse", "provincial_municipal_other")
FIRST_YEAR = 2024  # the notice is of October 2024; an earlier title is one of another programme
# How far a title has come, by the words in its brackets; the first that is found counts.
STATUSES = (
    (re.compile("未确认|展出|参评|申报中"), "unconfirmed"),
    (re.compile("拟认定"), "proposed"),
    (re.compile("公示"), "publicised"),
    (re.compile("报道称|报道"), "reported"),
)
_CUT_SHORT = re.compile(r"（(报道[^）]*)）$")  # F060: the report breaks off within the name


@dataclass(frozen=True, slots=True)
class Title:
    """A factory's title: the words of the source, its programme, how far it has come."""

    text: str
    programme: str
    status: str
    level: str


def map_factories(table: Table, vocabulary: Vocabulary) -> Mapped:
    """Return the records of the factories."""
    return map_rows(table, lambda cells: _factory(cells, vocabulary))


def title_status(title: str) -> str:
    """Return how far a title has come: awarded unless its words say less."""
    for pattern, status in STATUSES:
        if pattern.search(title):
            return status
    return "awarded"


def _factory(cells: Cells, vocabulary: Vocabulary) -> Iterator[Record]:
    year = cells.value("year", YEAR)
    origin = Origin.of(cells, SOURCE, year)
    enterprise = vocabulary.organisations.read(cells.text("enterprise"))
    if not enterprise.name:
        cells.hold("", cells.row.key, Sentence("没有企业名称", "names no enterprise"))
        return
    yield from mention(origin, cells, enterprise, ENTERPRISE, "reported")
    name, remark = _name(cells)
    subject = _identity(cells, enterprise, name)
    title = _title(cells, year)
    properties = {
        "name": name,
        "keys": (cells.row.key,),
        "year": year,
        "industry_as_found": cells.items("industry"),
        "titles": (f"{title.text}（{year}）" if year else title.text,) if title.text else (),
        "programme": (title.programme,) if title.programme else (),
        "note": tuple(
            note for note in (enterprise.remark, remark, *described_source(cells)) if note
        ),
    }
    links = [Link("OF_ENTERPRISE", enterprise.id)]
    if title.level:
        found = {"as_found": title.text, "status": title.status}
        links.append(Link("AT_LEVEL", title.level, found | ({"year": year} if year else {})))
    yield origin.record("Factory", subject, "reported", properties, links)
    assigned = [*vocabulary.industries(cells, "industry")]
    assigned += vocabulary.place(cells, "province", "city")
    if assigned:
        yield origin.record("Factory", subject, "assigned", {}, assigned)


def _name(cells: Cells) -> tuple[str, str]:
    """Return the factory's name and, apart, the table's remark that the name is cut short."""
    name = cells.text("factory_name")
    found = _CUT_SHORT.search(name)
    return (name[: found.start()], f"名称：{found[1]}") if found else (name, "")


def _identity(cells: Cells, enterprise: Organisation, name: str) -> str:
    """Return the id made of enterprise and name, or enterprise and place where there is no name.

    A remark on the site, such as 海尔智家（上海洗衣机）, keeps two unnamed factories apart.
    """
    if name:
        return made_id("factory", enterprise.name, name)
    place = cells.text("city") or cells.text("province")
    site = (enterprise.as_found,) if enterprise.remark else ()
    return made_id("factory", enterprise.name, "", place, *site)


def _title(cells: Cells, year: object) -> Title:
    """Return the row's title; a level is one only where title and year agree with it."""
    text = cells.text("level")
    status = title_status(text)
    programme = cells.choice("programme_level", (*LEVELS, *OTHER_PROGRAMMES))
    if programme not in LEVELS:
        # A title that was only applied for or shown does not make a member of a programme.
        return Title(text, "" if status == "unconfirmed" else programme, status, "")
    level, name = LEVELS[programme]
    if not text.startswith(name) or status == "unconfirmed":
        reason = Sentence(f"与称号“{text}”不符", f"does not agree with the title {text!r}")
        cells.hold("programme_level", programme, reason)
    elif isinstance(year, int) and year < FIRST_YEAR:
        reason = Sentence(
            f"不可能是{year}年的，梯度培育自{FIRST_YEAR}年开始",
            f"cannot be of {year}, before {FIRST_YEAR}",
        )
        cells.hold("programme_level", programme, reason)
    else:
        return Title(text, GRADIENT, status, level)
    return Title(text, "", status, "")
