"""What the classifier sees of a text."""

from __future__ import annotations

import numpy as np
import pytest

from kg.match.features import READ_LIMIT, Vectoriser, count_grams, grams, sentences, stem


def names(text: str) -> list[str]:
    return [gram.name for gram in grams(text)]


def learnt(*texts: str, least_texts: int = 1) -> Vectoriser:
    return Vectoriser.from_counts([count_grams(text) for text in texts], least_texts)


def test_chinese_is_seen_in_runs_of_up_to_three_characters() -> None:
    assert names("换产慢") == ["换", "产", "慢", "换产", "产慢", "换产慢"]


def test_the_size_of_a_figure_is_not_seen() -> None:
    assert names("降37.5%") == names("降1,200%") == ["降", "0", "%", "降0", "0%", "降0%"]


def test_a_figure_that_is_a_name_is_kept() -> None:
    assert names("5g")[0] == "5g"
    assert names("3d")[0] == "3d"
    assert names("5kg")[:2] == ["0", "kg"]


def test_a_latin_word_is_one_token_with_its_stem() -> None:
    seen = names("agv 配送")
    assert seen[:3] == ["agv", "配", "送"]
    assert {"agv 配", "agv 配 送", "=agv"} <= set(seen)


def test_long_words_are_also_seen_in_parts_and_stop_words_only_beside_others() -> None:
    seen = names("the inspections of the")
    assert {"the inspections", "=inspect", "~<insp", "~ions>"} <= set(seen)
    assert not {"the", "of the", "of", "=the"} & set(seen)
    assert "=the" not in seen


@pytest.mark.parametrize(
    ("word", "expected"),
    [("scheduling", "schedul"), ("schedule", "schedul"), ("used", "used"), ("agv", "agv")],
)
def test_endings_are_cut_where_a_word_remains(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_every_feature_says_where_it_stands() -> None:
    text = "用mes排产12次"
    for gram in grams(text):
        if gram.name[0] not in "=~" and "0" not in gram.name:
            assert text[gram.start : gram.end] == gram.name.replace(" ", "")


def test_weights_have_length_one_and_rare_features_weigh_more() -> None:
    vectoriser = learnt("设备故障预测", "设备运行监控", "设备点检")
    bag = vectoriser.bag("設備故障")
    weight = dict(zip(bag.places.tolist(), bag.weights.tolist(), strict=True))
    assert float(np.sum(bag.weights**2)) == pytest.approx(1.0)
    assert weight[vectoriser.vocabulary["故障"]] > weight[vectoriser.vocabulary["设备"]]


def test_features_of_too_few_texts_are_not_learnt() -> None:
    vectoriser = learnt("设备点检", "设备保养", least_texts=2)
    assert sorted(vectoriser.vocabulary) == ["备", "设", "设备"]


def test_unknown_words_give_an_empty_bag() -> None:
    bag = learnt("设备点检").bag("食堂")
    assert (len(bag.places), len(bag.weights)) == (0, 0)


def test_what_stands_beyond_the_limit_is_not_read() -> None:
    vectoriser = learnt("设备点检")
    assert len(vectoriser.bag("食" * READ_LIMIT + "设备点检").places) == 0


def test_a_text_is_cut_into_sentences_without_scraps() -> None:
    text = (
        "先把设备连上网；再说。数据采上来集中看！Machines are connected. Energy is metered. 3.5 吨"
    )
    assert sentences(text) == [
        "先把设备连上网",
        "数据采上来集中看",
        "Machines are connected",
        "Energy is metered",
    ]
