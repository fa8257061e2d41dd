"""Industries and places: codes as deep as the words attest, and not deeper."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import ontology
from ontology.classification import (
    ancestors,
    descendants,
    industries_of,
    industry,
    industry_id,
    industry_line,
    load_industries,
    load_industry_words,
    load_places,
    place,
    place_of,
    unlisted_words,
)
from ontology.errors import UnknownId

TABLES = Path(ontology.__file__).parent.parent / "ingest" / "sources"


def cells(column: str, *tables: str) -> Iterator[str]:
    for table in tables:
        with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            yield from (row[column] for row in csv.DictReader(file))


def codes(text: str) -> list[str]:
    return [one.code for one in industries_of(text)]


def test_sections_and_the_divisions_of_manufacturing_are_complete() -> None:
    known = [one.code for one in load_industries()]
    assert [code for code in known if len(code) == 1] == list("ABCDEFGHIJKLMNOPQRST")
    divisions = [code for code in known if len(code) == 3 and code[0] == "C"]
    assert divisions == [f"C{n}" for n in range(13, 44)]


def test_codes_are_unique_sorted_and_stand_under_known_ones() -> None:
    for known in (load_industries(), load_places()):
        found = [one.code for one in known]
        assert found == sorted(set(found))
        assert all(one.parent in found for one in known if one.parent)


def test_a_code_begins_with_that_of_its_parent() -> None:
    for one in load_industries():
        assert one.code.startswith(one.parent or "")


def test_ancestors_come_nearest_first_and_descendants_in_order() -> None:
    assert [one.code for one in ancestors(industry("C3825"))] == ["C382", "C38", "C"]
    assert [one.code for one in descendants(industry("C36"))] == [
        "C361",
        "C3612",
        "C367",
    ]
    assert [one.name for one in ancestors(place("320281"))] == ["无锡市", "江苏省"]
    assert place("320585") in descendants(place("320000"))


def test_ids_and_codes_are_both_taken_and_unknown_ones_name_the_nearest() -> None:
    assert industry("gbt4754-C36").name == "汽车制造业"
    assert place("gbt2260-320000").name == "江苏省"
    with pytest.raises(UnknownId, match="C36"):
        industry("C3666")
    with pytest.raises(UnknownId, match="did you mean 32"):
        place("320001")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("钢铁", ["C31"]),
        ("家电", ["C385"]),
        ("汽车零部件", ["C367"]),
        ("医药", ["C27"]),
        ("医药（血液制品）", ["C276"]),
        ("铁矿/钢铁", ["B081", "C31"]),
        ("汽车及汽车零部件;集成电路;建材", ["C36", "C3973", "C30"]),
        ("电子设备；装备；家电", ["C39", "C385"]),
        ("轻工(家电)", ["C385"]),
        ("磷复肥/化工", ["C262"]),
        ("计算机、通信和其他电子设备制造业", ["C39"]),
        ("Ｃ３６", ["C36"]),
        ("gbt4754-C36", ["C36"]),
    ],
)
def test_industry_words_carry_the_code_they_attest(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["综合制造", "装备", "能源", "发动机", "", " ; "])
def test_words_of_no_one_industry_stay_without_code(text: str) -> None:
    assert industries_of(text) == ()


def test_an_industry_is_never_read_out_of_a_longer_word() -> None:
    assert industries_of("钢铁侠玩偶") == ()
    assert unlisted_words("钢铁侠玩偶") == ("钢铁侠玩偶",)


def test_every_industry_string_of_the_tables_is_judged() -> None:
    unjudged = {
        word
        for text in cells("industry", "instances", "factories", "solutions")
        for word in unlisted_words(text)
    }
    assert unjudged == set()


def test_words_without_code_say_why() -> None:
    for word in load_industry_words():
        assert word.basis == ("assigned" if word.codes else "none")
        assert word.codes or word.note, word.word
        assert all(industry(code) for code in word.codes)


def test_there_are_34_units_of_the_first_and_333_of_the_second_order() -> None:
    first = [one for one in load_places() if one.parent is None]
    second = [one for one in load_places() if one.parent and one.code.endswith("00")]
    assert (len(first), len(second)) == (34, 333)


@pytest.mark.parametrize(
    ("province", "city", "code"),
    [
        ("江苏", "", "320000"),
        ("江苏省", "苏州市", "320500"),
        ("江苏", "太仓", "320585"),
        ("江苏", "江阴", "320281"),
        ("上海", "上海", "310000"),
        ("上海", "松江", "310117"),
        ("重庆", "江津", "500116"),
        ("湖南", "韶山", "430382"),
        ("新疆", "昌吉", "652300"),
        ("新疆维吾尔自治区", "", "650000"),
        ("内蒙古", "呼和浩特", "150100"),
        ("吉林", "", "220000"),
        ("吉林", "吉林", "220200"),
        ("海南", "", "460000"),
        ("青海", "海南", "632500"),
        ("青岛", "", "370200"),
        ("", "苏州", "320500"),
        (" 江　苏 ", "", "320000"),
    ],
)
def test_places_are_found_with_and_without_their_suffix(
    province: str, city: str, code: str
) -> None:
    found = place_of(province, city)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("province", "city"),
    [
        ("", ""),
        ("某地", ""),
        ("江苏", "杭州"),
        ("江苏", "某市"),
        ("苏州江南机械有限公司", ""),
        ("江苏", "南京钢铁股份有限公司"),
    ],
)
def test_no_place_is_guessed_nor_read_out_of_a_company_name(province: str, city: str) -> None:
    assert place_of(province, city) is None


def test_every_place_of_the_tables_is_known() -> None:
    assert [name for name in cells("province", "instances") if name and not place_of(name)] == []
    rows = list(zip(cells("province", "factories"), cells("city", "factories"), strict=True))
    assert [row for row in rows if any(row) and not place_of(*row)] == []


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("C3855", ("C3855", "C385", "C38")),  # a class that stands in no table of ours
        ("C385", ("C385", "C38")),
        ("C38", ("C38",)),
        ("C", ("C",)),
    ],
)
def test_an_industry_stands_under_what_its_code_begins_with(
    code: str, line: tuple[str, ...]
) -> None:
    assert industry_line(industry_id(code)) == tuple(industry_id(one) for one in line)


def test_every_industry_has_an_english_name_of_its_own() -> None:
    names = [one.name_en for one in load_industries()]
    assert [name for name in names if not name.isascii() or not name] == []
    assert len(set(names)) == len(names)
