"""Remarks of the packaged tables in Chinese."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.ui.remarks import in_chinese
from kg.text import count_han
from tests.ingest.changed import read

WORDS = re.compile(r"[a-z]{3,} [a-z]{3,}", re.IGNORECASE)


@pytest.mark.parametrize("table", ["standards", "solutions", "factories", "instances"])
def test_every_english_remark_of_the_tables_is_told_in_chinese(table: str) -> None:
    notes = {
        str(note)
        for record in read(table).records
        for note in record.properties.get("note", ())  # type: ignore[union-attr]  # many
    }
    parts = {part for note in notes for part in in_chinese(note).split("；")}
    english = [part for part in parts if WORDS.search(part) and count_han(part) < 2]
    assert english == []


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("version 2.00.0 of 2024-01-31; replaces 1.00.0", "2.00.0版（2024-01-31）；代替1.00.0"),
        (
            "status: under review; Chinese counterpart: GB/T 1 (2013 edition)",
            "状态：审查中；对应的我国标准：GB/T 1（2013年版）",
        ),
        ("a remark of somebody's own; multi-part", "a remark of somebody's own；分部分标准"),
        ("出处：public GitHub file, address not kept", "出处：GitHub上的公开文件，未留地址"),
        ("工厂自述", "工厂自述"),
    ],
)
def test_parts_are_told_one_by_one_and_unknown_ones_as_they_are(remark: str, told: str) -> None:
    assert in_chinese(remark) == told


def test_the_page_of_a_standard_tells_its_remarks_in_the_readers_language(
    client: TestClient,
) -> None:
    address = "/thing/GB%2FT%2039117-2020"
    assert "与GB/T 39116配套" in client.get(address).text
    assert "companion of GB/T 39116" in client.get(f"{address}?lang=en").text
