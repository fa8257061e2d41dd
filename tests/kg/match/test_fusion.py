"""A sentence model beside the words: its share, what it adds, and that no other takes its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.encoder.choice import EncoderChoice
from kg.encoder.open import open_sentence_model
from kg.encoder.protocol import Encoder, Vectors, unit
from kg.match.artifact import check_model, load_manifest, load_model, save_model
from kg.match.corpus import Example
from kg.match.explain import Explainer
from kg.match.fusion import SHARES, Vectorised
from kg.match.head import SentenceHead
from kg.match.model import Model
from kg.match.train import Training, Work, fit_model, vectors_for
from ontology.errors import IncompatibleSnapshot
from tests.kg.match.conftest import FOUR, OPTIONS
from tests.sentence_models import write_onnx_model

TEXT = "用相机在线检查划痕。换型太慢，停线时间长。"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A sentence model with random weights, which tells characters apart all the same."""
    folder = write_onnx_model(tmp_path_factory.mktemp("models") / "tiny")
    return open_sentence_model(EncoderChoice(str(folder)))


class Knowing:
    """An encoder that has been told the scene of each text, all but every third."""

    name, fingerprint, dimension = "knowing", "knowing", len(FOUR) + 1

    def __init__(self, scenes: dict[str, str]) -> None:
        self._scenes = scenes

    def encode(self, texts: Sequence[str], asked: bool = False) -> Vectors:
        """Return the direction of the scene, or between all."""
        rows = np.ones((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            if len(text) % 3:
                row[:] = 0
                row[[*FOUR, "NONE"].index(self._scenes[text])] = 1
        return unit(rows)


@pytest.fixture(scope="module")
def fused(training: Training, tiny: Encoder) -> Model:
    """The words' model with a head of weights that can be told by eye."""
    rows = len(FOUR) + 1
    weights = np.random.default_rng(3).normal(size=(tiny.dimension, rows)).astype(np.float32)
    head = SentenceHead(tiny, weights, np.zeros(rows, dtype=np.float32), share=0.5)
    return replace(training.model, head=head)


def test_the_share_is_fitted_and_the_calibration_with_it(
    few_examples: tuple[Example, ...], training: Training
) -> None:
    told: list[str] = []
    knowing = Knowing({example.text: example.scene for example in few_examples})
    work = Work(progress=told.append, encoder=knowing)
    found = fit_model(few_examples, FOUR, OPTIONS, work, vectors_for(work, few_examples))
    (share,) = [said for said in told if said.startswith("share of knowing")]
    held = found.model.head
    assert held is not None
    assert held.share in SHARES
    assert f"share of knowing: {held.share:g} (loss" in share
    assert found.model.calibration != training.model.calibration


def test_a_model_that_adds_nothing_gets_no_share(
    few_examples: tuple[Example, ...], training: Training, tiny: Encoder
) -> None:
    work = Work(encoder=tiny)  # random weights
    found = fit_model(few_examples, FOUR, OPTIONS, work, vectors_for(work, few_examples))
    assert found.model.head is None
    assert found.model.calibration == training.model.calibration


def test_what_a_model_adds_is_its_share_of_its_own_scores(training: Training, fused: Model) -> None:
    assert fused.head
    alone = replace(fused.head, share=1.0).scores([TEXT])
    assert fused.scores([TEXT]) - training.model.scores([TEXT]) == pytest.approx(
        0.5 * alone, abs=1e-5
    )


def test_its_part_stands_in_the_account_which_still_adds_up(fused: Model) -> None:
    account = Explainer(fused, TEXT).account("S17", "S11")
    shares = fused.shares([TEXT])[0].astype(float)
    ratio = shares[FOUR.index("S17")] / shares[FOUR.index("S11")]
    assert account.margin == pytest.approx(math.log(ratio), abs=1e-4)
    assert account.model != 0
    told = account.prior + account.model + sum(span.weight for span in account.spans)
    assert told + account.rest == pytest.approx(account.margin, abs=1e-6)


def test_each_different_text_is_encoded_once(tiny: Encoder) -> None:
    vectorised = Vectorised.of(tiny, ["换型", "质量", "换型"])
    assert len(vectorised.matrix) == 2
    assert (vectorised.of_texts(["换型", "换型"]) == vectorised.matrix[[0, 0]]).all()


def test_a_fused_model_is_read_as_it_was_written(
    fused: Model, tiny: Encoder, tmp_path: Path
) -> None:
    save_model(fused, tmp_path, "2024", "", {})
    manifest = load_manifest(tmp_path)
    assert (manifest.encoder["name"], manifest.encoder["share"]) == ("tiny", 0.5)
    loaded = load_model(tmp_path, "2024", tiny)
    assert loaded.scores([TEXT]) == pytest.approx(fused.scores([TEXT]), abs=0.1)
    check_model(tmp_path)  # can be told whole without the sentence model


def test_a_fused_model_without_its_sentence_model_is_refused(fused: Model, tmp_path: Path) -> None:
    save_model(fused, tmp_path / "model", "2024", "", {})
    with pytest.raises(
        IncompatibleSnapshot, match="fitted with the sentence model 'tiny', none is"
    ):
        load_model(tmp_path / "model", "2024")
    other = open_sentence_model(EncoderChoice(str(write_onnx_model(tmp_path / "other", width=8))))
    with pytest.raises(IncompatibleSnapshot, match="now 'other' is set or it was changed"):
        load_model(tmp_path / "model", "2024", other)


def test_a_head_of_another_dimension_is_refused(
    fused: Model, tiny: Encoder, tmp_path: Path
) -> None:
    assert fused.head
    narrow = replace(fused.head, weights=fused.head.weights[:-1])
    save_model(replace(fused, head=narrow), tmp_path, "2024", "", {})
    with pytest.raises(IncompatibleSnapshot, match="takes vectors of 31 numbers, 'tiny' gives 32"):
        load_model(tmp_path, "2024", tiny)
