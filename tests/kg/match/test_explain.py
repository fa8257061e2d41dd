"""The spans behind a scene."""

from __future__ import annotations

import numpy as np
import pytest

from kg.match.classifier import Classifier
from kg.match.explain import Evidence
from kg.match.features import Vectoriser


@pytest.fixture
def classifier() -> Classifier:
    """Two scenes; 换产 and agv speak for the first, 划痕 for the second, 的 for neither."""
    features = {"=agv": (2.0, -1.0), "划痕": (-2.0, 4.0), "换产": (3.0, -1.0), "的": (0.0, 0.0)}
    return Classifier(
        scenes=("S12", "S17"),
        vectoriser=Vectoriser(
            {name: place for place, name in enumerate(sorted(features))},
            np.ones(len(features), dtype=np.float32),
        ),
        weights=np.array([[*features[name], 0.0] for name in sorted(features)], dtype=np.float32),
        bias=np.zeros(3, dtype=np.float32),
        directions=np.zeros((len(features), 0), dtype=np.float32),
    )


def spans(classifier: Classifier, text: str, scene: str) -> list[tuple[str, int, int]]:
    reasons = Evidence.of_text(classifier, text).reasons(classifier, scene)
    return [(reason.text, reason.start, reason.end) for reason in reasons]


def test_spans_are_the_words_that_speak_for_the_scene(classifier: Classifier) -> None:
    assert spans(classifier, "换产的划痕", "S12") == [("换产", 0, 2)]
    assert spans(classifier, "换产的划痕", "S17") == [("划痕", 3, 5)]


def test_spans_point_into_the_original_writing(classifier: Classifier) -> None:
    text = "　換\u200b產，用ＡＧＶ"
    assert spans(classifier, text, "S12") == [("換\u200b產", 1, 4), ("ＡＧＶ", 6, 9)]


def test_weights_add_up_to_the_score(classifier: Classifier) -> None:
    (reason,) = Evidence.of_text(classifier, "换产的").reasons(classifier, "S12")
    assert reason.weight == pytest.approx(float(classifier.score("换产的")[0]), abs=1e-4)


def test_a_text_without_known_words_has_no_spans(classifier: Classifier) -> None:
    assert spans(classifier, "食堂", "S12") == []


def test_only_the_part_read_is_explained(classifier: Classifier) -> None:
    assert spans(classifier, "食" * 20_000 + "换产", "S12") == []
