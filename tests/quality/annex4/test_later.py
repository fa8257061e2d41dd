"""The third and the fourth author's rows: as many as promised, apart from every set before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.quality.annex4.measures import figures, measured
from tests.quality.annex4.rows import FILES, FOURTH, SECOND, THIRD, Row, groups, load_rows
from tests.quality.annex4.sheets import MOST_ROWS, sheets
from tests.quality.annex4.tables import FOURTH_CASES, load_tables, tables_measured

CONTACT = re.compile(r"\{\w+:\d+")
MOBILE = re.compile(r"\d{11}")


@dataclass(frozen=True)
class Promised:
    """A set, those before it, and how many groups of each kind it holds at least."""

    files: Sequence[str]
    before: Sequence[str]
    plain: str  # the pattern of the right rows without anything odd
    wrong: int
    right: int
    of_plain: int
    several_slips: int  # rows with more than one


SETS = {
    "three": Promised(THIRD, (*FILES, *SECOND), "third-plain", 150, 100, 60, 15),
    "four": Promised(FOURTH, (*FILES, *SECOND, *THIRD), "fourth-plain", 420, 260, 120, 30),
}


@pytest.fixture(scope="module", params=SETS)
def promised(request: pytest.FixtureRequest) -> Promised:
    """One of the sets."""
    return SETS[request.param]


@pytest.fixture(scope="module")
def rows(promised: Promised) -> tuple[Row, ...]:
    """All rows of the set."""
    return load_rows(promised.files)


@pytest.fixture(scope="module")
def others(promised: Promised) -> tuple[Row, ...]:
    """All rows of the sets before."""
    return load_rows(promised.before)


def test_there_are_enough_wrong_right_and_plain_rows(
    promised: Promised, rows: tuple[Row, ...]
) -> None:
    wrong = [group for group in groups(rows) if any(one.expected for one in group)]
    right = [group for group in groups(rows) if not any(one.expected for one in group)]
    plain = [group for group in right if group[0].pattern == promised.plain]
    assert len(wrong) >= promised.wrong
    assert len(right) >= promised.right
    assert len(plain) >= promised.of_plain
    assert len(right) > len(plain)  # odd ones, too


def test_several_rows_have_more_than_one_slip(promised: Promised, rows: tuple[Row, ...]) -> None:
    assert sum(len(one.expected) >= 2 for one in rows) >= promised.several_slips


def test_no_enterprise_stands_in_two_groups(rows: tuple[Row, ...]) -> None:
    names = [name for group in groups(rows) for name in {one.enterprise for one in group} if name]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_row_is_to_report_and_shares_nothing_with_the_other_sets(
    rows: tuple[Row, ...], others: tuple[Row, ...]
) -> None:
    assert {one.part_of for one in rows} == {"report"}
    assert len({one.id for one in rows}) == len(rows)
    assert not {one.id for one in rows} & {one.id for one in others}
    assert not {one.pattern for one in rows} & {one.pattern for one in others}
    assert not _contacts(rows) & _contacts(others)
    assert not {one.scene for one in rows if "—" in one.scene} & {one.scene for one in others}


def test_no_contact_stands_in_a_file_as_a_number(rows: tuple[Row, ...]) -> None:
    assert not [one.id for one in rows if MOBILE.search("".join(one.cells))]


def test_every_row_finds_a_place_in_a_table_no_larger_than_allowed(rows: tuple[Row, ...]) -> None:
    packed = sheets(rows)
    placed = sorted(one.id for of in packed for one in of.rows.values())
    assert placed == sorted(one.id for one in rows)
    assert all(10 <= len(of.rows) <= MOST_ROWS for of in packed)


def test_a_silent_checker_finds_nothing_and_alarms_nobody(rows: tuple[Row, ...]) -> None:
    counted = figures(measured(rows, lambda document: ()))
    assert (counted.found_share, counted.alarm_share) == (0.0, 0.0)


def test_a_silent_checker_misses_what_every_table_asks_for() -> None:
    results = tables_measured(load_tables(FOURTH_CASES), lambda document: ())
    assert all(one.missed == one.case.wanted and one.alarms == () for one in results)
    assert sum(bool(one.missed) for one in results) >= 14


def _contacts(rows: tuple[Row, ...]) -> set[str]:
    return {found for one in rows for cell in one.cells for found in CONTACT.findall(cell)}
