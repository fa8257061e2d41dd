"""The second author's rows and tables: as many as promised, made anew the same, all to report."""

from __future__ import annotations

import io

import pytest

from tests.quality.annex4.make import SECOND_FOLDER as FOLDER
from tests.quality.annex4.make import made_rows, write
from tests.quality.annex4.measures import figures, measured
from tests.quality.annex4.rows import SECOND, Row, groups, load_rows
from tests.quality.annex4.tables import load_tables, tables_measured


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    """All rows of the second set."""
    return load_rows(SECOND)


def patterns(rows: tuple[Row, ...], wrong: bool) -> dict[str, int]:
    """How many groups each pattern has, of those in which something must be found or of others."""
    counted: dict[str, int] = {}
    for group in groups(rows):
        if any(one.expected for one in group) is wrong:
            counted[group[-1].pattern] = counted.get(group[-1].pattern, 0) + 1
    return counted


def test_there_are_enough_wrong_and_right_rows_of_many_patterns(rows: tuple[Row, ...]) -> None:
    wrong, right = patterns(rows, wrong=True), patterns(rows, wrong=False)
    assert len(wrong) >= 45
    assert sum(wrong.values()) >= 600
    assert len(right) >= 25
    assert sum(right.values()) >= 250


def test_the_file_of_rows_is_made_anew_letter_by_letter() -> None:
    anew = io.StringIO()
    write(made_rows(FOLDER), anew)
    assert anew.getvalue() == (FOLDER / "rows.csv").read_text(encoding="utf-8")


def test_every_row_is_to_report_and_shares_no_id_or_pattern_with_the_first_set(
    rows: tuple[Row, ...],
) -> None:
    first = load_rows()
    assert {one.part_of for one in rows} == {"report"}
    assert len({one.id for one in (*first, *rows)}) == len(first) + len(rows)
    assert not {one.pattern for one in first} & {one.pattern for one in rows}


def test_a_passage_that_is_over_long_has_more_than_eighty_characters(
    rows: tuple[Row, ...],
) -> None:
    long = [one.scene for one in rows for want in one.expected if ("over_long", None) in want.codes]
    assert len(long) >= 10
    assert min(map(len, long)) > 100


def test_a_silent_checker_finds_nothing_and_alarms_nobody(rows: tuple[Row, ...]) -> None:
    counted = figures(measured(rows, lambda document: ()))
    assert (counted.found_share, counted.alarm_share) == (0.0, 0.0)


def test_a_silent_checker_misses_what_every_table_asks_for() -> None:
    results = tables_measured(load_tables(FOLDER / "tables.yaml"), lambda document: ())
    assert all(one.missed == one.case.wanted and one.alarms == () for one in results)
    assert sum(bool(one.missed) for one in results) >= 12
