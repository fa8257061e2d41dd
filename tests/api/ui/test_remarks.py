"""Remarks of the packaged tables in Chinese."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.ui.remarks import in_chinese
from tests.ingest.changed import read

ENGLISH = re.compile(r"(?<![\w./:-])[a-z]{3,}(?![\w./:-])")


@pytest.mark.parametrize("table", ["standards", "solutions", "factories", "instances"])
def test_no_english_word_is_left_of_the_remarks_of_the_tables(table: str) -> None:
    notes = {
        str(note)
        for record in read(table).records
        for note in record.properties.get("note", ())  # type: ignore[union-attr]  # many
    }
    assert {in_chinese(note) for note in notes if ENGLISH.search(in_chinese(note))} == set()


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("version 2.00.0 of 2024-01-31; replaces 1.00.0", "2.00.0版（2024-01-31）；代替1.00.0"),
        (
            "status: under review; Chinese counterpart: GB/T 1 (2013 edition)",
            "状态：审查中；对应的我国标准：GB/T 1（2013年版）",
        ),
        ("a remark of somebody's own; multi-part", "a remark of somebody's own; multi-part"),
        ("project Alpha was stopped", "project Alpha was stopped"),
        ("earlier attempts failed", "earlier attempts failed"),
        ("version of 2020 by the supplier", "version of 2020 by the supplier"),
        ("出处：public GitHub file, address not kept", "出处：GitHub上的公开文件，未留地址"),
        ("工厂自述", "工厂自述"),
    ],
)
def test_a_remark_is_told_part_by_part_or_left_as_it_is(remark: str, told: str) -> None:
    assert in_chinese(remark) == told


def test_the_page_of_a_standard_tells_its_remarks_in_the_readers_language(
    client: TestClient,
) -> None:
    address = "/thing/GB%2FT%2039117-2020"
    assert "与GB/T 39116配套" in client.get(address).text
    assert "companion of GB/T 39116" in client.get(f"{address}?lang=en").text
