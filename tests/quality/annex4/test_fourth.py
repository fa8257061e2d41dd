"""The fourth author's rows and tables: as many as promised, apart from the other sets."""

from __future__ import annotations

import re

import pytest

from tests.quality.annex4.measures import figures, measured
from tests.quality.annex4.rows import FILES, FOLDER, FOURTH, SECOND, THIRD, Row, groups, load_rows
from tests.quality.annex4.sheets import MOST_ROWS, sheets
from tests.quality.annex4.tables import load_tables, tables_measured

CONTACT = re.compile(r"\{\w+:\d+")
CASES = FOLDER / "fourth" / "tables.yaml"


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    """All rows of the fourth set."""
    return load_rows(FOURTH)


@pytest.fixture(scope="module")
def others() -> tuple[Row, ...]:
    """All rows of the three sets before."""
    return load_rows((*FILES, *SECOND, *THIRD))


def test_there_are_enough_wrong_right_and_plain_rows(rows: tuple[Row, ...]) -> None:
    wrong = [group for group in groups(rows) if any(one.expected for one in group)]
    right = [group for group in groups(rows) if not any(one.expected for one in group)]
    plain = [group for group in right if group[0].pattern == "fourth-plain"]
    assert len(wrong) >= 420
    assert len(right) >= 260
    assert len(right) - len(plain) >= 120
    assert len(plain) >= 120


def test_several_rows_have_more_than_one_slip(rows: tuple[Row, ...]) -> None:
    assert sum(len(one.expected) >= 2 for one in rows) >= 30


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


def test_no_contact_stands_in_the_file_as_a_number(rows: tuple[Row, ...]) -> None:
    assert not [one.id for one in rows if re.search(r"\d{11}", "".join(one.cells))]


def test_every_row_finds_a_place_in_a_table_no_larger_than_allowed(rows: tuple[Row, ...]) -> None:
    packed = sheets(rows)
    placed = sorted(one.id for of in packed for one in of.rows.values())
    assert placed == sorted(one.id for one in rows)
    assert all(10 <= len(of.rows) <= MOST_ROWS for of in packed)


def test_a_silent_checker_finds_nothing_and_alarms_nobody(rows: tuple[Row, ...]) -> None:
    counted = figures(measured(rows, lambda document: ()))
    assert (counted.found_share, counted.alarm_share) == (0.0, 0.0)


def test_a_silent_checker_misses_what_every_table_asks_for() -> None:
    results = tables_measured(load_tables(CASES), lambda document: ())
    assert all(one.missed == one.case.wanted and one.alarms == () for one in results)
    assert sum(bool(one.missed) for one in results) >= 14


def _contacts(rows: tuple[Row, ...]) -> set[str]:
    return {found for one in rows for cell in one.cells for found in CONTACT.findall(cell)}
