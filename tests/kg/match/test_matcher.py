"""What the shipped matcher says of texts."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from kg.match import development
from kg.match.matcher import Match, Matcher
from ontology.errors import InvalidValue, UnknownId

SCRATCHES = "用视觉相机在线检查轮毂表面缺陷，替代人工目检"
CHANGEOVER = "换型太慢，订单又小又杂"
GOVERNANCE = "数据中台建设，主数据统一编码，数据资产目录"
CANTEEN = "食堂红烧肉越来越咸"
QUERIES = development("queries")


def ids(match: Match) -> list[str]:
    return [pick.id for pick in match.scenes]


def test_a_plain_text_is_matched_with_its_place_in_the_guide(matcher: Matcher) -> None:
    match = matcher.match(SCRATCHES)
    assert (match.decision, match.edition, match.reason) == ("matched", "2024", "")
    best = match.best
    assert best is not None
    assert (best.id, best.name, best.name_status) == ("S17", "在线智能检测", "attested")
    assert (best.segment, best.area, best.mapping) == ("E07", "A03", None)
    assert best.probability > 0.95


def test_reasons_are_words_of_the_text_where_they_stand(matcher: Matcher) -> None:
    best = matcher.match(SCRATCHES).scenes[0]
    assert any("缺陷" in reason.text for reason in best.reasons)
    for reason in best.reasons:
        assert SCRATCHES[reason.start : reason.end] == reason.text
    weights = [reason.weight for reason in best.reasons]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0


def test_a_scene_of_many_modes_has_no_area(matcher: Matcher) -> None:
    best = matcher.match("接单后由多家工厂共享产能、异地协同制造同一产品").scenes[0]
    assert (best.id, best.segment, best.area) == ("S39", "E15", None)


def test_an_open_text_gets_two_to_five_candidates(matcher: Matcher) -> None:
    match = matcher.match("设备老停机")
    assert match.decision == "candidates"
    assert 2 <= len(match.scenes) <= 5
    chances = [pick.probability for pick in match.scenes]
    assert chances == sorted(chances, reverse=True)


def test_traditional_characters_and_width_change_nothing(matcher: Matcher) -> None:
    simplified = matcher.match("ＡＧＶ按工单把物料送到线边，产线不断料")
    traditional = matcher.match("AGV按工單把物料送到線邊，產線不斷料")
    assert ids(traditional) == ids(simplified)
    assert [pick.probability for pick in traditional.scenes] == [
        pick.probability for pick in simplified.scenes
    ]
    assert traditional.scenes[0].id == "S23"


def test_english_is_understood(matcher: Matcher) -> None:
    assert ids(matcher.match("We need cameras to find scratches on wheels inline"))[0] == "S17"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CANTEEN, "更像工厂智能制造以外的话题"),
        ("こんにちは、おげんきですか", "不是中文或英文"),
        ("Как пройти в библиотеку", "不是中文或英文"),
        ("39116-2020 ---", "只有数字或符号"),
        ("嗯", "文字太短"),
    ],
)
def test_nothing_fits_is_an_answer_with_its_reason(
    matcher: Matcher, text: str, sentence: str
) -> None:
    match = matcher.match(text)
    assert (match.decision, match.scenes, match.best) == ("no_scene", (), None)
    assert sentence in match.reason


@pytest.mark.parametrize("text", ["", "   ", "\u3000\n\t", "\x00\x01", "\u200b\ufeff"])
def test_an_empty_text_is_refused(matcher: Matcher, text: str) -> None:
    with pytest.raises(InvalidValue, match="is empty; describe the scene in a sentence"):
        matcher.match(text)


def test_control_characters_are_passed_over(matcher: Matcher) -> None:
    dirty = matcher.match("\x00用视觉相机\u200b在线检查轮毂\x07表面缺陷，替代人工目检\x1b")
    assert ids(dirty) == ids(matcher.match(SCRATCHES))


def test_a_very_long_text_is_answered_from_its_beginning(matcher: Matcher) -> None:
    long = SCRATCHES * 50_000
    assert len(long) > 1_000_000
    assert matcher.match(long) == matcher.match(long[:20_000])


def test_a_batch_says_what_its_texts_say_alone(matcher: Matcher) -> None:
    with QUERIES.open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)][::7]
    assert matcher.match_many(texts) == [matcher.match(text) for text in texts]
    singles = [matcher.posteriors([text])[0] for text in texts]
    assert np.array_equal(matcher.posteriors(texts), np.array(singles))
    assert np.array_equal(
        matcher.latent(texts), np.array([matcher.latent([text])[0] for text in texts])
    )


def test_posteriors_are_shares_and_latent_vectors_have_length_one(matcher: Matcher) -> None:
    shares = matcher.posteriors([SCRATCHES, CANTEEN])
    assert shares.shape == (2, 40)
    assert shares.dtype == np.float32
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    assert shares[0].argmax() == 16  # S17, scenes in id order
    latent = matcher.latent([SCRATCHES, "\U00013000"])
    assert latent.dtype == np.float32
    assert np.linalg.norm(latent, axis=1) == pytest.approx([1.0, 0.0], abs=1e-5)
    assert matcher.posteriors([]).shape == (0, 40)


@pytest.mark.parametrize(
    ("text", "scene", "reason"),
    [
        ("在线智能检测", "S17", "“在线智能检测”是2024、2025年版指引中的场景名称。"),
        ("人機協同製造", "S16",
         "“人機協同製造”是2022年版指引中的场景名称，2021、2023年版可能也用此名（未核实）。"),
        ("智能协同作业", "S16", "“智能协同作业”可能是2023年版指引中的场景名称（未核实）。"),
        ("S40", "S40", "“S40”是典型场景的编号。"),
        ("数据治理", "S04", "“数据治理”是典型场景名称的一种可能写法。"),
    ],
)  # fmt: skip
def test_a_name_or_id_is_recognised_and_said_to_be_one(
    matcher: Matcher, text: str, scene: str, reason: str
) -> None:
    match = matcher.match(text)
    assert (match.decision, ids(match), match.reason) == ("matched", [scene], reason)
    assert match.scenes[0].reasons[0].text == text
    assert matcher.judge(text).ranking[0].scene == scene


def test_every_name_of_every_edition_is_recognised(matcher: Matcher) -> None:
    for scene in matcher.guide.scenes:
        for name in (scene.name, *(alias.text for alias in scene.aliases)):
            match = matcher.match(name)
            assert scene.id in ids(match), name
            assert match.decision in ("matched", "candidates")


def test_the_2025_edition_answers_along_close_mappings(matcher: Matcher) -> None:
    match = matcher.match(CHANGEOVER, "2025")
    best = match.scenes[0]
    assert (match.decision, match.edition) == ("matched", "2025")
    assert (best.id, best.name, best.mapping) == ("2025-S20", "柔性产线快速换产", "closeMatch")
    assert (best.segment, best.area) == ("2025-E05", None)
    assert best.probability == matcher.match(CHANGEOVER).scenes[0].probability


def test_a_wider_scene_leads_to_candidates_of_2025_only(matcher: Matcher) -> None:
    text = "多约束下自动生成车间作业排程，替代人工排产"
    assert matcher.match(text).scenes[0].id == "S11"
    match = matcher.match(text, "2025")
    assert match.decision == "candidates"
    assert {pick.id: pick.mapping for pick in match.scenes[:3]} == {
        "2025-S09": "broadMatch", "2025-S10": "broadMatch", "2025-S11": "broadMatch",
    }  # fmt: skip


def test_a_scene_that_2025_dropped_is_named_in_the_refusal(matcher: Matcher) -> None:
    assert matcher.match(GOVERNANCE).scenes[0].id == "S04"
    match = matcher.match(GOVERNANCE, "2025")
    assert (match.decision, match.scenes) == ("no_scene", ())
    assert match.reason == (
        "所述内容属于2024年版的“数据治理与流通”，2025年版指引中没有与之对应的典型场景。"
    )


def test_off_topic_stays_off_topic_in_every_edition(matcher: Matcher) -> None:
    assert matcher.match(CANTEEN, "2025").decision == "no_scene"


def test_a_name_of_2024_is_carried_over_or_becomes_candidates(matcher: Matcher) -> None:
    match = matcher.match("智能仓储", "2025")
    assert (match.decision, ids(match)) == ("matched", ["2025-S12"])
    match = matcher.match("S11", "2025")
    assert (match.decision, ids(match)) == ("candidates", ["2025-S09", "2025-S10", "2025-S11"])


def test_an_unknown_edition_is_named(matcher: Matcher) -> None:
    with pytest.raises(UnknownId, match="there is no guide edition '2023'"):
        matcher.match(SCRATCHES, "2023")


def test_a_document_of_two_matters_shows_both_though_one_is_told_at_length(
    matcher: Matcher,
) -> None:
    long = "在线检查轮毂表面的划痕、气孔和色差，用工业相机拍照，由模型判定，漏检率由3%降到0.2%"
    short = "立体库自动存取，账实相符"
    ids = [pick.id for pick in matcher.match(f"{long}。{short}。").scenes]
    assert {"S17", "S22"} <= set(ids[:3])
