"""Reading tables: what is usable, and what is held back with file, row and column."""

from __future__ import annotations

import pytest

from ingest.tables import Cells, Layout, Row, map_rows, read_table
from kg.records import Record
from kg.text import count_han
from ontology.errors import InvalidFile
from ontology.schema import YEAR
from ontology.sentence import Sentence

LAYOUT = Layout("lines.csv", "id", ("id", "name", "year"))


def cells(**values: str) -> Cells:
    return Cells(Row("lines.csv", 7, "A1", {"id": "A1", "name": "", "year": "", **values}))


def table(*lines: str) -> bytes:
    return "\n".join(("id,name,year", *lines, "")).encode()


def test_rows_are_numbered_as_in_a_spreadsheet_and_located_by_their_key() -> None:
    (row,) = read_table(table("A1,柔性加工,2024"), LAYOUT).rows
    assert (row.number, row.locator) == (2, "lines.csv#A1")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = read_table(table("A1,柔性加工,2024"), LAYOUT)
    windows = b"\xef\xbb\xbf" + table("A1,柔性加工,2024").replace(b"\n", b"\r\n")
    assert read_table(windows, LAYOUT) == plain


def test_a_header_with_invisible_characters_in_it_is_the_same_header() -> None:
    content = table("A1,柔性加工,2024").replace(b"name", "\u200bna\u3000me ".encode())
    assert read_table(content, LAYOUT).rows[0].cells["name"] == "柔性加工"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "lines.csv is empty"),
        (b"id,name\nA1,x\n", "lines.csv, row 1: missing columns: year"),
        (b"id,name,year,colour\n", "lines.csv, row 1: unknown columns: colour"),
        (b"id,name,name,year\n", "lines.csv, row 1: repeated columns: name"),
        (
            table("A1,柔性加工,2024").decode().encode("gb18030"),
            "lines.csv, line 2: this is no UTF-8",
        ),
        (b'id,name,year\nA1,"open,2024\n', "lines.csv, line 2: unexpected end of data"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_one_sentence(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidFile, match=sentence):
        read_table(content, LAYOUT)


def test_a_row_without_key_or_with_a_wrong_number_of_cells_is_held_back_whole() -> None:
    found = read_table(table("A1,a,2024", ",b,2024", "A3,c"), LAYOUT)
    assert [row.key for row in found.rows] == ["A1"]
    assert [one.told.en for one in found.held_back] == [
        "lines.csv, row 3: the row has no usable id",
        "lines.csv, row 4: the row has 2 cells where the header has 3",
    ]
    assert found.rows_in == 3


def test_blank_rows_are_no_rows() -> None:
    assert read_table(table("A1,a,2024", ",,", " ,\u3000,"), LAYOUT).rows_in == 1


def test_of_equal_rows_one_is_kept_and_of_differing_ones_none() -> None:
    found = read_table(table("A1,a,2024", "A2,b,2024", "A1,a,2024", "A2,c,2024"), LAYOUT)
    assert [row.key for row in found.rows] == ["A1"]
    assert [(one.row, one.reason.en) for one in found.held_back] == [
        (4, "repeats row 2 under the id 'A1'"),
        (3, "differs from row 5 under the id 'A2'"),
        (5, "differs from row 3 under the id 'A2'"),
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", 2024), (" ２０２４\u3000", 2024), ("\ufeff2024\u200b", 2024), ("", None)],
)
def test_a_year_is_read_in_any_width_and_without_blanks(text: str, year: int | None) -> None:
    row = cells(year=text)
    assert (row.value("year", YEAR), row.held_back) == (year, ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2O24", "is no whole number"),
        ("2024年", "is no whole number"),
        ("3024", "is no year from 1900 to 2100"),
        ("99999999999999999999", "is no whole number"),
        ("20\x0724", "holds the character U+0007"),
    ],
)
def test_a_bad_year_is_held_back_with_its_place(text: str, reason: str) -> None:
    row = cells(year=text)
    assert row.value("year", YEAR) is None
    (held,) = row.held_back
    assert (held.file, held.row, held.column, held.value) == ("lines.csv", 7, "year", text)
    assert (held.reason.en, count_han(held.reason) > 0) == (reason, True)
    assert held.told.startswith("lines.csv第7行，year列：")


def test_a_list_in_a_cell_loses_only_its_bad_part() -> None:
    row = cells(name="机器视觉；机器视觉; 5G\x00专网;;力控")
    assert row.items("name") == ("机器视觉", "力控")
    assert [one.value for one in row.held_back] == ["5G\x00专网"]


@pytest.mark.parametrize("address", ["ftp://example.org/a", "https://example.org/{{href}}", "www"])
def test_what_is_no_web_address_is_held_back(address: str) -> None:
    row = cells(name=address)
    assert (row.address("name"), len(row.held_back)) == ("", 1)


def test_a_value_that_is_asked_for_twice_is_one_finding() -> None:
    row = cells(year="later")
    assert row.value("year", YEAR) is row.value("year", YEAR) is None
    assert len(row.held_back) == 1


def test_rows_in_are_represented_plus_held_back_whole() -> None:
    def mapping(row: Cells) -> list[Record]:
        if row.text("name") == "b":
            row.hold("", row.row.key, Sentence("没有名称", "names nothing"))
            return []
        return [Record("lines", row.row.locator, row.row.key, "Organisation")]

    mapped = map_rows(read_table(table("A1,a,2024", "A2,b,2024", ",c,2024"), LAYOUT), mapping)
    assert (mapped.rows_in, mapped.represented, sum(one.whole for one in mapped.held_back)) == (
        3, 1, 2
    )  # fmt: skip
