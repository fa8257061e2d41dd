"""Why a scene stands above another: spans in the original writing that add up to the margin."""

from __future__ import annotations

import csv
import math
import random
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.match import development
from kg.match.calibration import Calibration
from kg.match.classifier import Classifier
from kg.match.explain import Account, Explainer, Reason, supporting
from kg.match.features import Vectoriser, sentence_spans, sentences
from kg.match.matcher import Matcher
from kg.match.model import Model

QUERIES = development("queries")
CASES, DRAWS = 200, 5


@pytest.fixture(scope="session")
def model() -> Model:
    """Two scenes; 换产 and agv speak for the first, 划痕 for the second, 的 for neither."""
    features = {"=agv": (2.0, -1.0), "划痕": (-2.0, 4.0), "换产": (3.0, -1.0), "的": (0.0, 0.0)}
    classifier = Classifier(
        scenes=("S12", "S17"),
        vectoriser=Vectoriser(
            {name: place for place, name in enumerate(sorted(features))},
            np.ones(len(features), dtype=np.float32),
        ),
        weights=np.array([[*features[name], 0.0] for name in sorted(features)], dtype=np.float32),
        bias=np.array([0.5, 0.0, 0.0], dtype=np.float32),
        directions=np.zeros((len(features), 0), dtype=np.float32),
    )
    return Model(classifier, Calibration(0.8, 1.0, 0.0, 1.0, 0.0, 0.0, 0.9, 0.9))


def account(model: Model, text: str) -> Account:
    """Set the first scene against the second."""
    return Explainer(model, text).account("S12", "S17")


def told(spans: tuple[Reason, ...]) -> list[tuple[str, int, int]]:
    """Return the spans in the order of the text."""
    return sorted(((one.text, one.start, one.end) for one in spans), key=lambda one: one[1])


def margin(model: Model, text: str, scene: str, against: str) -> float:
    """Return ln of the ratio of the shares as the model gives them."""
    shares = model.shares([text])[0].astype(float)
    first, second = (shares[model.scenes.index(one)] for one in (scene, against))
    return math.log(first / second)


def test_spans_are_the_words_that_speak_for_either_side(model: Model) -> None:
    found = account(model, "换产的划痕")
    assert told(supporting(found.spans)) == [("换产", 0, 2)]
    assert told(tuple(span for span in found.spans if span.weight < 0)) == [("划痕", 3, 5)]


def test_spans_point_into_the_original_writing(model: Model) -> None:
    text = "　換\u200b產，用ＡＧＶ"
    assert told(account(model, text).spans) == [("換\u200b產", 1, 4), ("ＡＧＶ", 6, 9)]


def test_a_text_without_known_words_has_prior_alone(model: Model) -> None:
    found = account(model, "食堂")
    assert (found.spans, round(found.rest, 9)) == ((), 0.0)
    assert found.margin == pytest.approx(0.5 / 0.8)


def test_only_the_part_read_is_explained(model: Model) -> None:
    assert account(model, "食" * 20_000 + "换产").spans == ()


WORDS = ("换产", "划痕", "agv", "的", "。", "食堂里", " ", "；", "\n", "AGV换产", "x。y")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map("".join)


@given(TEXTS)
def test_everything_adds_up_to_the_margin(model: Model, text: str) -> None:
    found = account(model, text)
    parts = found.prior + found.model + sum(span.weight for span in found.spans) + found.rest
    assert parts == pytest.approx(found.margin, abs=1e-9)
    assert found.margin == pytest.approx(margin(model, text, "S12", "S17"), abs=1e-4)
    for span in found.spans:
        assert text[span.start : span.end] == span.text


@given(st.text(max_size=200))
def test_sentences_lie_where_they_say(text: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences(text)


def test_the_other_way_round_is_the_same_with_the_other_sign(matcher: Matcher) -> None:
    text = "多品种小批量，换型太慢。设备老是停机，想提前知道哪里要坏。"
    one = matcher.compare(text, "S12", "S20")
    other = matcher.compare(text, "S20", "S12")
    assert one.margin == pytest.approx(-other.margin, abs=1e-9)
    assert {span.text for span in one.spans} == {span.text for span in other.spans}


def texts() -> list[str]:
    """Return users' queries that some scene fits."""
    with QUERIES.open(encoding="utf-8-sig", newline="") as file:
        found = [row["text"] for row in csv.DictReader(file) if row["kind"] != "off"]
    return random.Random(399).sample(found, CASES)


def test_the_rest_is_small_and_the_sum_exact_on_real_queries(matcher: Matcher) -> None:
    shares = []
    for text in texts():
        first, second = (one.scene for one in matcher.judge(text).ranking[:2])
        found = matcher.compare(text, first, second)
        parts = found.prior + found.model + sum(span.weight for span in found.spans) + found.rest
        assert parts == pytest.approx(found.margin, abs=1e-6)
        own = abs(found.prior) + sum(abs(span.weight) for span in found.spans)
        shares.append(abs(found.rest) / (own + abs(found.rest)))
    print(f"rest at the median: {statistics.median(shares):.3f}")  # noqa: T201 - shown with -s
    assert statistics.median(shares) <= 0.2


def test_without_the_strongest_spans_the_margin_falls_more_than_without_others(
    matcher: Matcher,
) -> None:
    chance = random.Random(1028)
    lower = compared = 0
    for text in texts():
        first, second = (one.scene for one in matcher.judge(text).ranking[:2])
        strongest = supporting(matcher.compare(text, first, second).spans)[:3]
        spans = [(one.start, one.end) for one in strongest]
        others = [one for one in (_drawn(text, spans, chance) for _ in range(DRAWS)) if one]
        if not spans or not others or not _without(text, spans).strip():
            continue
        compared += 1
        fallen = margin(matcher.model, _without(text, spans), first, second)
        usual = statistics.mean(
            margin(matcher.model, _without(text, one), first, second) for one in others
        )
        lower += fallen < usual
    print(f"lower in {lower} of {compared}")  # noqa: T201
    assert compared >= 0.9 * CASES
    assert lower / compared >= 0.85


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def _drawn(text: str, spans: list[tuple[int, int]], chance: random.Random) -> list[tuple[int, int]]:
    """Return spans of the same lengths elsewhere, none within another, or none after many tries."""
    for _ in range(200):
        found = []
        for start, end in spans:
            first = chance.randrange(len(text) - (end - start) + 1)
            found.append((first, first + end - start))
        found.sort()
        if all(one[1] <= other[0] for one, other in pairwise(found)):
            return found
    return []
