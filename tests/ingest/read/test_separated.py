from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Kind, Severity
from ingest.read.limits import LIMITS, Limits
from ingest.read.separated import SEPARATORS, read, separator_of
from kg.store.csv_export import guarded
from ontology.errors import UnreadableFile


def read_text(text: str, encoding: str = "utf-8") -> Document:
    return read("list.csv", text.encode(encoding), LIMITS)


def values(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text if cell else "—" for cell in row] for row in table.rows()]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_every_separator_is_found_in_every_encoding(separator: str, encoding: str) -> None:
    text = (
        separator.join(["序号", "名称", "级别"]) + "\r\n" + separator.join(["1", "江城", "先进级"])
    )
    found = read_text(text, encoding)
    assert found.kind == Kind.CSV
    assert values(found) == [["序号", "名称", "级别"], ["1", "江城", "先进级"]]
    assert found.findings == ()


def test_semicolons_within_cells_do_not_make_the_columns() -> None:
    text = "序号,单位,场景\n1,甲,一；二;三\n2,乙,四;五\n3,丙,六;七\n"
    assert separator_of(text) == ","


def test_a_decimal_comma_does_not_win_over_the_semicolon() -> None:
    assert separator_of("企业;占比\n甲;97,6\n乙;3,5\n") == ";"


def test_the_mark_is_taken_off_the_first_header_also_within_quotes() -> None:
    assert values(read_text('\ufeff"序号",名称\n1,甲'))[0] == ["序号", "名称"]
    assert values(read_text('"\ufeff序号",名称\n1,甲'))[0] == ["序号", "名称"]


def test_the_line_that_tells_excel_the_separator_is_no_row() -> None:
    assert values(read_text("sep=;\r\n序号;名称\r\n1;甲,乙")) == [["序号", "名称"], ["1", "甲,乙"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "_x000D_\n", "<br>", "<BR/>"])
def test_a_quoted_line_break_of_any_kind_stays_in_its_cell(ending: str) -> None:
    found = read_text(f'序号,场景\n1,"一{ending}二"\n2,三\n')
    assert values(found) == [["序号", "场景"], ["1", "一\n二"], ["2", "三"]]


def test_records_may_end_in_a_carriage_return_alone() -> None:
    assert values(read_text("序号,名称\r1,甲\r2,乙")) == [
        ["序号", "名称"],
        ["1", "甲"],
        ["2", "乙"],
    ]


def test_rows_keep_their_length_and_blank_ones_their_number() -> None:
    found = read_text("附件4\n序号,名称,级别\n\n1,甲\n")
    (table,) = found.tables
    assert table.covering(0, 1) is None  # not there, which is not the same as empty
    assert [cell.place.row for cell in table.cells] == [1, 2, 2, 2, 4, 4]
    assert found.findings == ()


def test_an_empty_value_is_there_and_a_missing_one_is_not() -> None:
    (table,) = read_text("序号,名称,级别\n1,,\n2,甲\n").tables
    empty = table.covering(1, 2)
    assert empty is not None
    assert empty.text == ""
    assert table.covering(2, 2) is None


def test_a_row_with_more_values_than_the_others_is_told() -> None:
    found = read_text("序号,名称\n1,甲\n2,乙\n3,丙,丁\n")
    assert codes(found) == ["more_values_than_columns"]
    assert str(found.findings[0].place) == "list.csv, row 4"


def test_a_quote_that_never_closes_swallows_no_rows() -> None:
    found = read_text('序号,名称\n1,"甲"\n2,"乙\n3,丙\n4,丁\n')
    assert [row[0] for row in values(found)] == ["序号", "1", "2", "3", "4"]
    assert codes(found) == ["quote_not_closed"]
    assert found.findings[0].place.row == 3


def test_a_quote_open_over_more_than_a_value_can_hold_swallows_no_rows() -> None:
    found = read_text('序号,名称\n1,"甲\n' + "2,乙\n" * 40_000)
    assert len(values(found)) == 40_002
    assert codes(found) == ["quote_not_closed"]


def test_damaged_text_is_told_with_its_cell() -> None:
    found = read_text("序号,名称\n1,智能?厂项目\n")
    (finding,) = found.findings
    assert finding.code == "damaged_text"
    assert finding.severity == Severity.WARNING
    assert str(finding.place) == "list.csv, row 2, column 2"


@given(st.text(alphabet="=+-@＝'甲1 ,;\"\n", min_size=1, max_size=8))
def test_our_own_guard_against_formulas_leaves_no_trace(text: str) -> None:
    quoted = '"' + guarded(text.strip()).replace('"', '""') + '"'
    assert values(read_text(f"序号,名称\n1,{quoted}"))[1][1] == text.strip()


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_as_unreadable(data: bytes) -> None:
    with suppress(UnreadableFile):
        read("list.csv", data, LIMITS)


def test_the_limits_on_rows_and_cells_hold_and_say_where() -> None:
    with pytest.raises(UnreadableFile, match="limit of 3 rows"):
        read("list.csv", b"a,b\n" * 4, Limits(rows=3))
    with pytest.raises(UnreadableFile, match="row 3: more than the limit of 5 cells"):
        read("list.csv", b"a,b\n" * 4, Limits(cells=5))


def test_a_value_longer_than_any_value_is_refused_with_its_row() -> None:
    with pytest.raises(UnreadableFile, match=r"^list\.csv: row 2: field larger"):
        read("list.csv", b"a,b\n1," + b"x" * 200_000, LIMITS)


def test_an_empty_file_is_a_table_without_rows() -> None:
    assert values(read_text("\n\n")) == []
