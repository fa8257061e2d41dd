"""The third author's rows: as many as promised, all to report, apart from the other sets."""

from __future__ import annotations

import re

import pytest

from tests.quality.annex4.measures import figures, measured
from tests.quality.annex4.rows import FILES, SECOND, THIRD, Row, groups, load_rows
from tests.quality.annex4.sheets import MOST_ROWS, sheets

CONTACT = re.compile(r"\{\w+:\d+")


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    """All rows of the third set."""
    return load_rows(THIRD)


@pytest.fixture(scope="module")
def others() -> tuple[Row, ...]:
    """All rows of the first and the second set."""
    return load_rows((*FILES, *SECOND))


def test_there_are_enough_wrong_right_and_plain_rows(rows: tuple[Row, ...]) -> None:
    wrong = [group for group in groups(rows) if any(one.expected for one in group)]
    right = [group for group in groups(rows) if not any(one.expected for one in group)]
    plain = [group for group in right if group[0].pattern == "third-plain"]
    assert len(wrong) >= 150
    assert len(right) >= 100
    assert len(plain) >= 60


def test_several_rows_have_more_than_one_slip(rows: tuple[Row, ...]) -> None:
    assert sum(len(one.expected) >= 2 for one in rows) >= 15


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


def test_every_row_finds_a_place_in_a_table_no_larger_than_allowed(rows: tuple[Row, ...]) -> None:
    packed = sheets(rows)
    assert sorted(one.id for of in packed for one in of.rows.values()) == [one.id for one in rows]
    assert all(10 <= len(of.rows) <= MOST_ROWS for of in packed)


def test_a_silent_checker_finds_nothing_and_alarms_nobody(rows: tuple[Row, ...]) -> None:
    counted = figures(measured(rows, lambda document: ()))
    assert (counted.found_share, counted.alarm_share) == (0.0, 0.0)


def _contacts(rows: tuple[Row, ...]) -> set[str]:
    return {found for one in rows for cell in one.cells for found in CONTACT.findall(cell)}
