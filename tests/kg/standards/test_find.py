"""Standards by code in any spelling, by scene and segment, by what they are."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from kg.standards.find import FoundStandards, StandardQuery, find_standards
from kg.standards.table import StandardTable
from kg.store.protocol import GraphStore
from ontology.errors import InvalidValue, UnknownId

TODAY = datetime.date(2026, 11, 27)


@pytest.fixture
def find(shelf: GraphStore, table: StandardTable) -> Any:
    """Ask for standards."""

    def ask(day: datetime.date = TODAY, **query: Any) -> FoundStandards:
        return find_standards(shelf, table, StandardQuery(day, **query))

    return ask


def codes(found: FoundStandards) -> list[str]:
    """Return the codes of the standards in order."""
    return [one.code for one in found.items]


@pytest.mark.parametrize(
    "written",
    [
        "GB/T 1001-2020",
        "gb/t1001—2020",
        "ＧＢ／Ｔ　１００１－２０２０",
        "GBT 1001-2020",
        "gbt1001",
        "GB/T 1001-2020《在线检测系统 接口》",
        "GB/T 1001-XXXX",
        "GB_T 10 01",
        "1001",
    ],
)
def test_a_code_is_found_in_any_spelling(find: Any, written: str) -> None:
    assert codes(find(code=written)) == ["GB/T 1001-2020"]


def test_a_code_without_its_year_means_all_editions_the_newest_first(find: Any) -> None:
    assert codes(find(code="GB/T 1000.1")) == ["GB/T 1000.1-2027", "GB/T 1000.1-2010"]
    assert codes(find(code="GB/T 1000")) == ["GB/T 1000.1-2027", "GB/T 1000.1-2010"]
    assert codes(find(code="GB 11291"))[0] == "GB 11291-1997"
    assert codes(find(code="GB/T 10")) == []
    assert codes(find(code="GB/T 1000.1-1999"))[0] == "GB/T 1000.1-2027"  # no such edition


def test_no_replaced_or_withdrawn_standard_is_told_as_current_on_any_day(find: Any) -> None:
    pair = ("GB/T 1000.1-2010", "GB/T 1000.1-2027")
    for day, wanted in (
        (datetime.date(2009, 12, 31), ("to_come", "to_come")),
        (datetime.date(2026, 11, 27), ("current", "to_come")),
        (datetime.date(2027, 1, 31), ("current", "to_come")),
        (datetime.date(2027, 2, 1), ("no_more", "current")),
    ):
        now = {one.code: one.currency for one in find(day, code="GB/T 1000.1").items}
        assert tuple(now[code] for code in pair) == wanted
    assert "GB/T 1005-2001" not in codes(find(currency=("current",), limit=200))


def test_standards_of_a_scene_come_current_first_then_closest_then_surest(find: Any) -> None:
    found = find(scene="S17", limit=200)
    order = codes(found)
    assert order[0] == "GB/T 1001-2020"  # published before assigned
    assert order[-1] == "GB/T 1005-2001"  # withdrawn
    assert order.index("GB/T 1000.1-2010") < order.index("GB/T 1003-2018")  # of the segment
    assert order.index("GB/T 1003-2018") < order.index("20270001-T-604")  # only planned
    assert "GB/T 1004-2018" not in order  # of the segment, but written for another scene
    assert "GB/T 39116-2020" in order
    assert found.total == len(order)


def test_a_link_says_who_made_it_and_how_sure_it_is(find: Any) -> None:
    links = {one.code: one.links[0] for one in find(scene="S17", limit=200).items}
    published, assigned = links["GB/T 1001-2020"], links["GB/T 1002-2019"]
    assert (published.basis, published.confidence) == ("published", "high")
    assert (assigned.basis, assigned.confidence) == ("assigned", "medium")
    assert published.evidence[0].locator == "GB/T 1001-2020"
    applied = find(code="GB/T 1001-2020", scene="S17").items[0].links[1]
    assert (applied.basis, applied.enterprises > 1) == ("adopted", True)
    assert find(code="GB/T 1007").items[0].applied_by == applied.enterprises


def test_what_it_adopts_and_replaces_stands_with_it_both_ways(find: Any) -> None:
    def related(code: str) -> list[tuple[str, str, str]]:
        one = find(code=code).items[0]
        return [(r.relation, r.standard.name, r.degree) for r in one.related]

    assert related("GB/T 1002-2019") == [("adopts", "ISO 1002:2015", "modified")]
    assert related("ISO 1002:2015") == [("adopted_by", "GB/T 1002-2019", "modified")]
    assert related("GB/T 1000.1-2010") == [("replaced_by", "GB/T 1000.1-2027", "")]
    assert related("GB/T 1000.1-2027") == [("replaces", "GB/T 1000.1-2010", "")]


def test_what_is_only_recalled_is_marked(find: Any) -> None:
    verified = {one.code: one.verified for one in find(limit=200).items}
    assert not verified["GB/T 1006-2015"]
    assert verified["GB/T 1001-2020"]


def test_filters_combine(find: Any) -> None:
    assert codes(find(level=("international",))) == ["ISO 1002:2015", "ISO 1002:2008"]
    assert codes(find(kind=("plan", "group"))) == ["20270001-T-604", "T/ABC 8-2022"]
    assert codes(find(branch=("industry_application",))) == ["T/ABC 8-2022"]
    assert codes(find(role=("interface", "data"), scene="S17", year_from=2018, year_to=2019)) == [
        "GB/T 1002-2019"
    ]
    assert codes(find(status=("withdrawn",), segment=("E07",))) == ["GB/T 1005-2001"]
    assert codes(find(currency=("planned",))) == ["20270001-T-604"]


def test_pages_are_slices_of_one_order(find: Any) -> None:
    whole = codes(find(limit=200))
    pages = [
        code for start in range(0, len(whole), 3) for code in codes(find(offset=start, limit=3))
    ]
    assert pages == whole
    assert find(limit=3).total == len(whole) == len(set(whole))


def test_faults_name_the_value(find: Any) -> None:
    with pytest.raises(UnknownId, match="S99"):
        find(scene="S99")
    with pytest.raises(InvalidValue, match="no standard code"):
        find(code="——")
