"""A small graph of standards whose every answer can be checked by eye."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from kg.ids import standard_id
from kg.match.matcher import Matcher
from kg.records import Link, Method, Record
from kg.standards.table import StandardTable, read_standards
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.schema import Value
from tests.world import load_world, source_of

TODAY = datetime.date(2026, 11, 27)


def standard(
    code: str, title: str, *links: Link, method: Method = "published", **properties: Value
) -> Record:
    """Return what one row says of a standard."""
    return Record(
        source="more",
        locator=code,
        subject=standard_id(code),
        label="Standard",
        properties={"code": code, "name": title, "level": "national", **properties},
        links=links,
        method=method,
    )


def covers(end: str, basis: str = "assigned") -> Link:
    """Return a link to a scene or segment."""
    return Link("COVERS", end, {"basis": basis, "as_found": end})


def linked(relation: str, code: str, basis: str = "stated", as_found: str = "") -> Link:
    """Return a link to another standard."""
    return Link(relation, standard_id(code), {"basis": basis, "as_found": as_found or code})


MORE = (
    standard("GB/T 1000.1-2010", "检测 第1部分：术语", covers("S17"), role="terminology",
             status="in force", year=2010),
    standard("GB/T 1000.1-2027", "检测 第1部分：术语", covers("S17"),
             linked("REPLACES", "GB/T 1000.1-2010"), role="terminology", status="published",
             in_force_from="2027-02-01", year=2026),
    standard("GB/T 1001-2020", "在线检测系统 接口", covers("S17", "published"), role="interface",
             status="in force", year=2020),
    standard("GB/T 1002-2019", "检测数据", covers("S17"),
             linked("ADOPTS", "ISO 1002:2015", as_found="ISO 1002:2015 (MOD)"), role="data",
             status="in force", year=2019),
    standard("ISO 1002:2015", "Inspection data", covers("S17"), level="international",
             role="data", status="published", year=2015),
    standard("20270001-T-604", "检测通用要求", covers("S17"), status="drafting"),
    standard("GB/T 1003-2018", "质量管理", covers("E07"), role="management", year=2018),
    standard("GB/T 1004-2018", "追溯编码", covers("S18"), covers("E07"), year=2018),
    standard("GB/T 1005-2001", "旧检测方法", covers("S17"), status="withdrawn", year=2001),
    standard("GB/T 1008-2017", "检测数据记录", covers("S17"),
             linked("ADOPTS", "ISO 1002:2008"), role="data", status="in force", year=2017),
    standard("ISO 1002:2008", "Inspection data", level="international", status="withdrawn",
             year=2008),
    standard("GB/T 1009-2021", "机器视觉在线检测系统", covers("S18"), covers("E07"), year=2021),
    standard("GB/T 1006-2015", "记忆中的标准", covers("S17"), method="inferred", year=2015),
    standard("GB/T 1007-2016", "车间通风", covers("E06"), year=2016),
    standard("T/ABC 8-2022", "铸造行业检测", level="group", branch="C-行业应用(铸造)", year=2022),
)  # fmt: skip


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The tiny world with more standards, some of them applied in its cases."""
    path = tmp_path_factory.mktemp("shelf") / "graph.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        load_world(store)
        cases = store.find("Instance").nodes
        owner = {e.start: e.end for e in store.edges([c.id for c in cases], ("OF_ENTERPRISE",))}
        inside = [e.start for e in store.edges(["S17"], ("IN_SCENE",), "in")]
        assert len({owner[one] for one in inside}) > 1
        records = [*MORE, *(_applied(one, "GB/T 1007-2016", "GB/T 1001-2020") for one in inside)]
        store.load(source_of("more", records), records)
        yield store


def _applied(case: str, *codes: str) -> Record:
    return Record(
        source="more",
        locator=case,
        subject=case,
        label="Instance",
        links=tuple(Link("APPLIES", standard_id(code), {"basis": "stated"}) for code in codes),
        method="reported",
    )


@pytest.fixture(scope="session")
def table(shelf: GraphStore, matcher: Matcher) -> StandardTable:
    """All standards of the shelf."""
    return read_standards(shelf, matcher)
