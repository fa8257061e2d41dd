"""Ids come from official codes and full names, and forget width, blanks and order of writing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ontology
from kg.ids import content_hash, made_id, name_key, standard_code, standard_id
from ontology.classification import industry_id, place_id
from ontology.errors import InvalidValue

SOURCES = Path(ontology.__file__).parents[1] / "ingest" / "sources"


@pytest.mark.parametrize(
    "other",
    [
        "示范机械（江城）有限公司",
        "示范机械(江城)有限公司",
        " 示范机械（江城） 有限公司\u3000",
        "示范机械（江城）\u200b有限公司",
        "示范机械（江城）有限公司\n",
    ],
)
def test_spellings_of_one_full_name_are_one_organisation(other: str) -> None:
    assert made_id("org", other) == made_id("org", "示范机械（江城）有限公司")


@pytest.mark.parametrize(
    "other", ["示范机械有限公司", "示范机械（河城）有限公司", "示范机械（江城）股份有限公司"]
)
def test_another_place_or_legal_form_is_another_organisation(other: str) -> None:
    assert made_id("org", other) != made_id("org", "示范机械（江城）有限公司")


def test_a_made_id_is_short_and_always_the_same() -> None:
    assert made_id("org", "江城示范机械有限公司") == "org-375e9d0b3c9c"


def test_identity_fields_are_kept_apart() -> None:
    assert made_id("factory", "甲", "乙") != made_id("factory", "甲乙")
    assert made_id("factory", "甲", "") != made_id("factory", "", "甲")


@pytest.mark.parametrize("identity", [(), ("",), (" ", "\u3000", "\u200b")])
def test_what_nothing_identifies_gets_no_id(identity: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue, match="nothing that identifies"):
        made_id("org", *identity)


NAMES = st.text(st.characters(exclude_categories=["Cs"]))


@given(NAMES)
def test_a_name_key_is_found_once_and_for_all(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("GB/T 39116-2020", "GB-T-39116-2020"),
        ("GB/T 39116—2020", "GB-T-39116-2020"),
        ("GB/T39116-2020", "GB-T-39116-2020"),
        ("ＧＢ／Ｔ　39116－2020", "GB-T-39116-2020"),
        ("gb/t 11291.1-2011", "GB-T-11291.1-2011"),
        ("GB 11291.1-2011", "GB-11291.1-2011"),
        ("20255816-T-604", "20255816-T-604"),
        ("ISO/TS 15066:2016", "ISO-TS-15066-2016"),
    ],
)
def test_spellings_of_one_standard_code_give_one_id(code: str, expected: str) -> None:
    assert standard_id(code) == expected


def test_a_code_without_a_sign_is_refused() -> None:
    with pytest.raises(InvalidValue, match="is no standard code"):
        standard_id("—/")


def test_codes_of_industries_and_places_say_whose_they_are() -> None:
    assert (industry_id("C36"), place_id("320000")) == ("gbt4754-C36", "gbt2260-320000")


def test_the_hash_of_a_value_does_not_depend_on_the_order_of_keys() -> None:
    assert content_hash({"b": 1, "a": [2]}) == content_hash({"a": [2], "b": 1})
    assert content_hash([1]) != content_hash(["1"]) != content_hash([True])


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("GB/T39116—2020", "GB/T 39116-2020"),
        ("ｇｂ／ｔ　３９１１６－２０２０", "GB/T 39116-2020"),
        ("gbt 39116", "GB/T 39116"),
        ("gb t39116", "GB/T 39116"),
        ("GB 5226.1 - 2019", "GB 5226.1-2019"),
        ("iso/iec30173:2023", "ISO/IEC 30173:2023"),
        ("T/zpma 0009-2024", "T/ZPMA 0009-2024"),
        ("DB22/T 3030-2019", "DB22/T 3030-2019"),
    ],
)
def test_a_code_in_any_spelling_is_printed_alike(written: str, printed: str) -> None:
    assert standard_code(written) == printed
    assert standard_code(printed) == printed


def test_every_packaged_code_is_printed_as_it_stands() -> None:
    with (SOURCES / "standards.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert [standard_code(code) for code in codes] == codes
