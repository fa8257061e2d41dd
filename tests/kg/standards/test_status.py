"""Kinds of codes, and whether a standard is current on a day."""

from __future__ import annotations

import datetime

import pytest

from kg.records import Node
from kg.standards.status import branch_of, currency, degree_of, kind_of

DAY = datetime.date(2026, 8, 25)


def node(**properties: str | int) -> Node:
    """Return a standard with these properties."""
    return Node("X", "Standard", properties)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("GB 11291.1-2011", "GB"),
        ("GB/T 39116-2020", "GB/T"),
        ("GB/Z 19698-2005", "GB/Z"),
        ("SJ/T 11666-2016", "industry"),
        ("YB 4001-2007", "industry"),
        ("T/CAMS 182-2024", "group"),
        ("DB31/T 1234-2020", "local"),
        ("Q/BQB 500-2020", "enterprise"),
        ("ISO 9001:2015", "ISO"),
        ("ISO/IEC 27001:2022", "ISO/IEC"),
        ("ISO/TS 15066:2016", "ISO"),
        ("IEC TS 62443-1-1:2009", "IEC"),
        ("IEEE 1451.0-2007", "IEEE"),
        ("20252531-T-604", "plan"),
        ("OPC 40223", "consortium"),
        ("WD 2024005768", "plan"),
        ("XYZ", "other"),
    ],
)
def test_a_code_says_its_kind(code: str, kind: str) -> None:
    assert kind_of(code) == kind


@pytest.mark.parametrize(
    ("properties", "successors", "day", "wanted"),
    [
        ({"status": "in force", "year": 2020}, [], DAY, "current"),
        ({"status": "published", "year": 2020}, [], DAY, "current"),
        ({"year": 2020}, [], DAY, "unknown"),
        ({"status": "doubtful", "year": 2020}, [], DAY, "doubtful"),
        ({"status": "withdrawn", "year": 2020}, [], DAY, "no_more"),
        ({"status": "drafting"}, [], DAY, "planned"),
        # Of the year of its issue alone the day is not known, nor that of a withdrawal.
        ({"status": "published", "year": 2026}, [], DAY, "unknown"),
        ({"status": "published", "year": 2026, "status_as_of": "2026-03-15"}, [], DAY, "current"),
        ({"status": "withdrawn", "year": 2017, "status_as_of": "2026-08-26"}, [], DAY, "unknown"),
        ({"status": "in force", "year": 2010}, [{"year": 2026}], DAY, "current"),
        ({"status": "final draft", "year": 2026}, [], DAY, "planned"),
        ({"status": "published", "in_force_from": "2026-08-26"}, [], DAY, "to_come"),
        ({"status": "in force", "in_force_from": "2026-08-25"}, [], DAY, "current"),
        ({"status": "in force", "year": 2020}, [], datetime.date(2019, 12, 31), "to_come"),
        # Replaced from the day on which its successor comes into force, not from its issue.
        ({"status": "in force", "year": 2010}, [{"in_force_from": "2026-08-26"}], DAY, "current"),
        ({"status": "in force", "year": 2010}, [{"in_force_from": "2026-08-25"}], DAY, "no_more"),
        ({"year": 2010}, [{"year": 2020}], DAY, "no_more"),
        ({"year": 2010}, [{"status": "drafting"}], DAY, "unknown"),
        ({"status": "replaced", "year": 2010}, [], DAY, "no_more"),
        ({"status": "replaced", "year": 2010}, [{"in_force_from": "2027-01-01"}], DAY, "current"),
        ({"status": "replaced", "year": 2010}, [{"status": "drafting"}], DAY, "no_more"),
    ],
)
def test_a_standard_is_current_from_its_day_to_that_of_its_successor(
    properties: dict[str, str | int],
    successors: list[dict[str, str | int]],
    day: datetime.date,
    wanted: str,
) -> None:
    assert currency(node(**properties), [node(**one) for one in successors], day) == wanted


def test_branches_and_degrees_are_read_from_the_letters_of_the_sources() -> None:
    written = ("A-安全", "B-智能装备", "C-行业应用(钢铁)", "X-管理体系", "")
    wanted = ["base_and_common", "key_technology", "industry_application", "", ""]
    assert [branch_of(one) for one in written] == wanted
    found = [degree_of(f"ISO 1:2015 {words}") for words in ("(IDT)", "(MOD)", "(NEQ)", "")]
    assert found == ["identical", "modified", "not_equivalent", ""]
