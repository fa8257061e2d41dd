"""Rows and tables for the checker: complete, as documents, and measured as they should be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.document import Document, Finding, Kind, Place, Severity
from ontology.sentence import Sentence
from tests.quality.annex4.bases import OTHER, guide
from tests.quality.annex4.codes import SEVERITIES
from tests.quality.annex4.make import COLUMNS, made_rows
from tests.quality.annex4.measures import (
    Read,
    ReadItem,
    Share,
    figures,
    items_read,
    measured,
    table_of,
)
from tests.quality.annex4.rows import (
    FILES,
    FOLDER,
    SECOND,
    THIRD,
    Expected,
    Item,
    Row,
    expanded,
    groups,
    load_rows,
)
from tests.quality.annex4.sheets import MOST_ROWS, Sheet, cell, sheet, sheets
from tests.quality.annex4.tables import load_tables

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
LINE = "质量管控—在线智能检测—轮毂X光缺陷判读"


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    """All rows."""
    return load_rows()


@pytest.fixture(scope="module", params=[FILES, SECOND, THIRD], ids=["first", "second", "third"])
def one_set(request: pytest.FixtureRequest) -> tuple[Row, ...]:
    """The rows of each set by turns."""
    return load_rows(request.param)


@pytest.fixture(scope="module")
def packed(one_set: tuple[Row, ...]) -> list[Sheet]:
    """The rows of a set in tables."""
    return sheets(one_set)


def row(name: str, codes: str = "", **more: str) -> Row:
    """A row of one pattern, all else plain."""
    cells = ("{n}", f"江城{name}机械有限公司", "轮毂智能工厂", more.get("scene", LINE), "甲某",
             "{mobile:1}")  # fmt: skip
    expected = tuple(map(Expected.from_text, codes.split()))
    return Row(name, more.get("group", name), more.get("pattern", name), "tune", "2024", False,
               cells, expected, frozenset(more.get("also", "").split()),
               (Item.from_text("E07/S17/轮毂X光缺陷判读"),))  # fmt: skip


def finding(code: str, severity: Severity, place: Place) -> Finding:
    """A finding with nothing but code, severity and place."""
    return Finding(code, severity, place, Sentence("", ""))


# The sets


def test_there_are_enough_wrong_and_right_rows(rows: tuple[Row, ...]) -> None:
    wrong = [group for group in groups(rows) if any(one.expected for one in group)]
    right = [group for group in groups(rows) if not any(one.expected for one in group)]
    assert len(wrong) >= 1_500
    assert len(right) >= 400
    assert len(load_tables()) >= 60


def test_the_file_of_rows_is_what_its_lists_make(rows: tuple[Row, ...]) -> None:
    text = (FOLDER / "rows.csv").read_text(encoding="utf-8")
    made = list(made_rows())
    assert text.startswith(",".join(COLUMNS))
    assert [one["id"] for one in made] == [one.id for one in rows[: len(made)]]
    assert [one["scene"] for one in made] == [one.scene for one in rows[: len(made)]]


def test_no_id_comes_twice(rows: tuple[Row, ...]) -> None:
    assert [name for name, times in Counter(one.id for one in rows).items() if times > 1] == []


def test_patterns_of_the_list_are_in_both_sets_and_our_own_only_in_the_report(
    rows: tuple[Row, ...],
) -> None:
    sets = defaultdict(set)
    for one in rows:
        sets[one.pattern].add(one.part_of)
    of_the_list = {pattern for pattern in sets if pattern[0].isdigit()}
    assert all(sets[pattern] == {"tune", "report"} for pattern in {*of_the_list, "plain"})
    ours = {*sets} - of_the_list - {"plain"}
    assert all(sets[pattern] == {"report"} for pattern in ours)
    assert len(ours) >= 25


def test_each_code_that_a_row_can_show_is_asked_for(rows: tuple[Row, ...]) -> None:
    asked = {code for one in rows for want in one.expected for code, _ in want.codes}
    asked |= {c for one in load_tables() for want in one.wanted for c, _ in want.expected.codes}
    assert {*SEVERITIES} - asked == {
        "duplicate_in_graph",
        "drawing_ignored",
    }  # need more than a table


def test_no_file_here_holds_a_mobile_number() -> None:
    held = [
        path.name
        for path in FOLDER.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and MOBILE.search(path.read_text(encoding="utf-8"))
    ]
    assert held == []


# Documents


def test_every_row_stands_in_one_table_of_its_edition(
    one_set: tuple[Row, ...], packed: list[Sheet]
) -> None:
    placed = [one.id for of in packed for one in of.rows.values()]
    assert sorted(placed) == sorted(one.id for one in one_set)
    assert all(len({one.edition for one in of.rows.values()}) == 1 for of in packed)
    assert all(10 <= len(of.rows) <= MOST_ROWS for of in packed)


def test_the_edition_of_every_table_can_be_told_from_its_names(packed: list[Sheet]) -> None:
    told = {edition: _names(edition) - _names(other) for edition, other in OTHER.items()}
    for of in packed:
        edition = next(iter(of.rows.values())).edition
        said = [one.scene for one in of.rows.values()]
        speaking = sum(name in text for text in said for name in told[edition])
        against = sum(name in text for text in said for name in told[OTHER[edition]])
        assert speaking >= 2 * against, of.document.name


def test_a_row_is_found_in_the_table_at_the_number_given(packed: list[Sheet]) -> None:
    for of in packed:
        for number, one in of.rows.items():
            found = of.document.tables[0].covering(number - 1, 1)
            assert found is not None
            assert found.place.row == number
            assert found.struck or found.formula or found.text == expanded(one.enterprise)


def test_a_table_is_made_as_workbook_and_as_text_document() -> None:
    workbook, text = sheet([row("示范")], 1).document, sheet([row("示范")], 2).document
    assert (workbook.kind, text.kind) == (Kind.XLSX, Kind.DOCX)
    assert [cell.text for cell in workbook.tables[0].cells][:2] == [
        "卓越级智能工厂项目推荐汇总表",
        "推荐单位（盖章）：浙江省经济和信息化厅",
    ]
    assert text.text.startswith("卓越级智能工厂项目推荐汇总表\n推荐单位")


def test_numbers_run_on_from_one_that_jumps() -> None:
    jump = Row("j", "j", "j", "tune", "2024", False, ("{n+2}", *row("样例").cells[1:]), (),
               frozenset(), ())  # fmt: skip
    table = sheet([row("示范"), jump, row("试用")]).document.tables[0]
    assert [_text(table.covering(at, 0)) for at in (3, 4, 5)] == ["1", "4", "5"]


def test_marks_become_the_signs_they_stand_for() -> None:
    assert expanded("甲⏎乙␣丙⍽丁□[U+200B]") == "甲\n乙 丙\u00a0丁\u3000\u200b"
    assert expanded("{mobile:3}") == "138" + "0" * 7 + "3"
    assert expanded("{mobile:3|dashed}") == "138-0000-0003"
    assert len(expanded("{mobile:3|short}")) == 10


def test_a_cell_can_be_struck_a_formula_or_a_date() -> None:
    place = Place("list.xlsx")
    assert cell("~~轮毂~~", place, 0, 0).struck
    assert cell("=ROW()-3→", place, 0, 0).formula == "=ROW()-3"
    assert cell("=ROW()-3→5", place, 0, 0).text == "5"
    assert cell("@2025-01-02", place, 0, 0).typed == "date"


# Measures, by a worked example


def test_what_is_wrong_counts_as_found_only_with_code_and_severity() -> None:
    some = [row("甲", "instance_missing"), row("乙", "instance_missing"),
            row("丙", "wrong_segment:error|mixed_editions")]  # fmt: skip

    def check(document: Document) -> Iterator[Finding]:
        names = {"甲": ("instance_missing", Severity.ERROR),
                 "乙": ("instance_missing", Severity.NOTICE),
                 "丙": ("wrong_segment", Severity.NOTICE)}  # fmt: skip
        yield from _said(document, names)

    missed = {one.pattern: one.missed for one in measured(some, check)}
    assert missed == {
        "甲": (),
        "乙": ("instance_missing",),
        "丙": ("wrong_segment|mixed_editions",),
    }


def test_errors_and_warnings_on_right_rows_are_false_unless_excused() -> None:
    some = [row("甲"), row("乙", also="numbering"), row("丙"), row("丁")]

    def check(document: Document) -> Iterator[Finding]:
        names = {"甲": ("numbering", Severity.WARNING), "乙": ("numbering", Severity.WARNING),
                 "丙": ("short_name", Severity.NOTICE)}  # fmt: skip
        yield from _said(document, names)

    counted = figures(measured(some, check))
    assert counted.alarm_share == 0.25
    assert counted.alarmed["甲"] == Share(1, 1)
    assert counted.found == {}
    assert "| 甲 | 0 | 0 | 1 | 1 |" in table_of(counted)


def test_a_finding_anywhere_in_a_group_will_do_and_is_no_false_alarm() -> None:
    some = [row("甲", group="g"), row("乙", "duplicate_in_table", group="g")]

    def check(document: Document) -> Iterator[Finding]:
        yield from _said(document, {"甲": ("duplicate_in_table", Severity.WARNING)})

    (outcome,) = measured(some, check)
    assert (outcome.wrong, outcome.missed, outcome.alarms) == (True, (), ())


def test_figures_can_be_had_of_one_set() -> None:
    results = measured([row("甲", "numbering")], lambda document: ())
    assert figures(results, "report").found == {}
    assert figures(results, "tune").found == {"甲": Share(0, 1)}


def test_items_are_right_where_each_is_as_expected() -> None:
    assert items_read([row("甲")], _reader("S17", "轮毂X光⏎缺陷判读"))["甲"] == Share(1, 1)
    assert items_read([row("甲")], _reader("S18", "轮毂X光缺陷判读"))["甲"] == Share(0, 1)


def test_a_checker_that_says_nothing_finds_nothing_and_alarms_nobody(rows: tuple[Row, ...]) -> None:
    counted = figures(measured(rows, lambda document: ()))
    assert (counted.found_share, counted.alarm_share) == (0.0, 0.0)


def test_a_checker_that_warns_everywhere_alarms_all_that_excuse_it_not(
    rows: tuple[Row, ...],
) -> None:
    def check(document: Document) -> Iterable[Finding]:
        return [
            finding("struck_out", Severity.WARNING, one.place) for one in document.tables[0].cells
        ]

    counted = figures(measured(rows, check))
    assert counted.alarm_share == 1.0
    assert counted.found["struck-out-cell"].value == 1.0


def test_a_code_that_is_none_is_refused_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    fields = dict.fromkeys(COLUMNS, "") | {"id": "x-1", "codes": "no_such_code"}
    file.write_text(f"{','.join(fields)}\n{','.join(fields.values())}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="row x-1: no_such_code: there is no code"):
        load_rows([str(file)])


def _said(document: Document, names: dict[str, tuple[str, Severity]]) -> Iterator[Finding]:
    for one in document.tables[0].cells:
        for name, (code, severity) in names.items():
            if one.text == f"江城{name}机械有限公司":
                yield finding(code, severity, one.place)


def _reader(scene: str, instance: str) -> Read:
    return lambda document: [ReadItem(4, "E07", scene, expanded(instance))]


def _names(edition: str) -> set[str]:
    here = guide(edition)
    return {one.name for one in here.segments} | {one.name for one in here.scenes}


def _text(found: object) -> str | None:
    return getattr(found, "text", None)
