"""Lexical features: what counts as alike."""

from __future__ import annotations

import numpy as np

from kg.index.lexical import Lexical, grams

TEXTS = (
    "轮毂X光缺陷在线判读",
    "齿轮磨削烧伤在线判读",
    "AGV按节拍配送物料",
    "符合GB/T 39116-2020的评估",
)


def test_a_text_of_three_characters_has_three_two_and_one_grams() -> None:
    assert len(grams("缺陷图")) == 3 + 2 + 1


def test_an_empty_text_has_no_grams() -> None:
    assert len(grams("")) == 0


def test_a_text_is_most_like_itself() -> None:
    lexical = Lexical.from_texts(TEXTS)
    for row, text in enumerate(TEXTS):
        similarity = lexical.similarity(text)
        assert int(np.argmax(similarity)) == row
        assert abs(float(similarity[row]) - 1) < 1e-5


def test_width_and_traditional_characters_do_not_matter() -> None:
    lexical = Lexical.from_texts(TEXTS)
    assert np.allclose(lexical.similarity("ＡＧＶ按節拍配送物料"), lexical.similarity(TEXTS[2]))


def test_a_code_finds_the_text_that_holds_it() -> None:
    assert int(np.argmax(Lexical.from_texts(TEXTS).similarity("GB/T39116—2020"))) == 3


def test_a_text_without_common_grams_is_like_nothing() -> None:
    assert float(Lexical.from_texts(TEXTS).similarity("煮咖啡").max()) == 0.0


def test_rarity_is_the_same_from_texts_and_from_stored_rows() -> None:
    lexical = Lexical.from_texts(TEXTS)
    assert np.array_equal(Lexical.from_columns(lexical.columns).rarity, lexical.rarity)


def test_no_text_at_all_gives_an_empty_index() -> None:
    assert Lexical.from_texts(()).similarity("轮毂").shape == (0,)
