"""One form of text for index and query, and texts that nearly equal each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import (
    NearDuplicates,
    align,
    count_han,
    jaccard,
    latin_words,
    mostly_latin,
    normalise,
    shingles,
    squeeze,
)

# Characters that were hard: width, tradition, marks of other scripts, halves of pairs, controls.
HARD = "智能工廠後臺乾 \u3000\u00a0ｶﾞé\u0301\u0344\u200b\ufeff\u00ad—－Ａ１①㈠⻋İß\x00\x1f\ud800"
texts = st.text(st.one_of(st.characters(codec=None), st.sampled_from(HARD)), max_size=30)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ＧＢ／Ｔ　３９１１６－２０２０", "gb/t 39116-2020"),
        ("智能製造—人機協同作業", "智能制造-人机协同作业"),
        ("數位孿生", "数位孪生"),  # characters only: no words of another region are exchanged
        ("生产作业——在线检测", "生产作业--在线检测"),
        ("⼯⼚⻋间", "工厂车间"),
        ("设备\u200b故障\ufeff预\u00ad测", "设备故障预测"),
        ("  5G\t专网\r\n建设\u3000", "5g 专网 建设"),
        ("AGV\x00小车\x1b[0m", "agv 小车 [0m"),
        ("C++", "c++"),
        ("", ""),
        ("\x00\u200b \n", ""),
    ],
)
def test_texts_are_brought_to_one_form(written: str, expected: str) -> None:
    assert normalise(written) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slow picking in the store", True),
        ("5G+AI视觉质检", False),
        ("MES和ERP打通", False),
        ("SMT", True),
        ("用AI-based defect detection检测", True),
        ("12345", False),
        ("", False),
    ],
)
def test_english_is_told_from_chinese_with_latin_words(text: str, expected: bool) -> None:
    assert mostly_latin(text) == expected


@given(texts)
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_every_single_character_has_reached_its_form() -> None:
    codes = [*range(0x3400), *range(0x9FF0, 0x20000), *range(0x20000, 0x33000, 5)]
    assert [hex(code) for code in codes if normalise(once := normalise(chr(code))) != once] == []


def test_blanks_between_chinese_characters_carry_no_meaning() -> None:
    assert squeeze("质 量 追 溯 与 SPC 分 析") == "质量追溯与 spc 分析"


@given(texts)
def test_every_character_knows_where_it_stood(text: str) -> None:
    aligned = align(text)
    assert aligned.text == squeeze(text)
    for character, start, end in zip(aligned.text, aligned.starts, aligned.ends, strict=True):
        assert character in squeeze(f"x{text[start:end]}x")


def test_places_point_into_the_original() -> None:
    aligned = align("　①　設 備\u200b故障")
    start = aligned.text.index("设备")
    assert aligned.text == "1 设备故障"
    assert "　①　設 備\u200b故障"[aligned.starts[start] : aligned.ends[start + 1]] == "設 備"


def test_words_and_characters_are_told_apart() -> None:
    assert latin_words(normalise("用 MES 和 Andon’s AGV-12 排产")) == ["mes", "andon", "s", "agv"]
    assert count_han("MES 排产 12") == 2


def test_a_short_text_is_its_own_shingle_and_an_empty_one_has_none() -> None:
    assert shingles("质检") == {"质检"}
    assert shingles("质量追溯") == {"质量追", "量追溯"}
    assert shingles(" \x00") == frozenset()


def test_an_empty_set_resembles_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert jaccard(frozenset({"质量追", "量追溯"}), frozenset({"量追溯", "追溯码"})) == 1 / 3


def test_near_duplicates_are_found_in_any_writing() -> None:
    alike = NearDuplicates(
        [
            "用视觉相机在线检查轮毂表面缺陷",
            "空压机站房无人值守",
            "用视觉相机在线检查轮毂外观缺陷",
            "",
        ]
    )
    assert alike.of("用視覺相機在線檢查輪轂表面缺陷") == [0, 2]
    assert alike.of("食堂排队太长") == []
    assert alike.of("") == []
    assert alike.within() == [[2], [], [0], []]


@given(st.lists(st.text("质量追溯码", max_size=12), max_size=8), st.text("质量追溯码", max_size=12))
def test_the_index_finds_what_comparing_all_finds(held: list[str], text: str) -> None:
    compared = [
        place for place, other in enumerate(held) if jaccard(shingles(text), shingles(other)) >= 0.5
    ]
    assert NearDuplicates(held).of(text) == compared


@pytest.mark.parametrize("part", ["智能製造 AGV—", "e\u0301", "\x00", "\u0301\u0316", "智 "])
def test_a_megabyte_is_no_burden(part: str) -> None:
    text = part * (1_000_000 // len(part))
    assert len(normalise(text)) <= len(text)
    assert len(shingles(text)) < 100
