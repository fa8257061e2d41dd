"""The model as a folder: what is written is read again, what is altered is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.match import packaged_model
from kg.match.artifact import FILES, load_manifest, load_model, save_model
from kg.match.matcher import Matcher, read_model_id
from kg.match.train import Training
from ontology.errors import IncompatibleSnapshot, InvalidFile
from ontology.guide import Guide

TEXT = "关键设备坏了才修，想提前预测故障"


def edit(name: str, **changes: object) -> Callable[[Path], None]:
    """Return the change of some values of a JSON file of the folder."""

    def change(folder: Path) -> None:
        path = folder / name
        held = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**held, **changes}), encoding="utf-8")

    return change


def flip(folder: Path) -> None:
    path = folder / "classifier.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def cut(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"id": "', encoding="utf-8")


def test_a_written_model_scores_as_the_fitted_one_but_for_rounding(
    training: Training, tmp_path: Path
) -> None:
    save_model(training.model, tmp_path, "2024", "of the test", {"n": 1})
    loaded = load_model(tmp_path, "2024")
    fitted = training.model
    assert loaded.scenes == fitted.scenes
    assert loaded.calibration == fitted.calibration
    assert loaded.classifier.score(TEXT) == pytest.approx(fitted.classifier.score(TEXT), abs=0.05)
    assert loaded.classifier.latent([TEXT]) == pytest.approx(
        fitted.classifier.latent([TEXT]), abs=0.02
    )
    manifest = load_manifest(tmp_path)
    assert (manifest.edition, manifest.training, manifest.figures) == (
        "2024", "of the test", {"n": 1},
    )  # fmt: skip


def test_writing_twice_gives_the_same_bytes(training: Training, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_model(training.model, tmp_path / name, "2024", "", {})
    for file in (*FILES, "manifest.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_class_without_texts_never_wins(training: Training) -> None:
    classifier = training.model.classifier
    bias = np.zeros_like(classifier.bias)
    bias[0] = -50
    silent = replace(classifier, bias=bias)
    assert silent.score(TEXT)[0] < silent.score(TEXT)[1:].min()


@pytest.mark.parametrize(
    ("change", "fault", "sentence"),
    [
        (flip, IncompatibleSnapshot, "classifier.npz is not the file its manifest names"),
        (edit("calibration.json", matched=0.1), IncompatibleSnapshot, "calibration.json is not"),
        (edit("manifest.json", format=99), IncompatibleSnapshot, "a model of format 99"),
        (edit("manifest.json", edition="2025"), IncompatibleSnapshot, "a model of edition 2025"),
        (edit("manifest.json", id="0"), IncompatibleSnapshot, "does not name the files"),
        (edit("manifest.json", files={}), IncompatibleSnapshot, "does not name the files"),
        (edit("manifest.json", more=1), InvalidFile, "manifest.json cannot be read"),
        (cut, InvalidFile, "manifest.json cannot be read"),
        (lambda folder: (folder / "classifier.npz").unlink(), InvalidFile, "classifier.npz cannot"),
        (lambda folder: (folder / "manifest.json").unlink(), InvalidFile, "is no model folder"),
    ],
)
def test_an_altered_folder_is_refused_in_one_sentence(
    guide: Guide,
    tmp_path: Path,
    change: Callable[[Path], None],
    fault: type[Exception],
    sentence: str,
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(packaged_model(), folder)
    change(folder)
    with pytest.raises(fault, match=sentence):
        Matcher.load(folder, guide)


def test_a_file_that_is_no_model_is_refused_even_with_its_hash(
    guide: Guide, training: Training, tmp_path: Path
) -> None:
    import hashlib

    from kg.match.artifact import _model_id

    save_model(training.model, tmp_path, "2024", "", {})
    (tmp_path / "classifier.npz").write_bytes(b"no archive")
    files = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in FILES}
    edit("manifest.json", files=files, id=_model_id(files, {}))(tmp_path)
    with pytest.raises(InvalidFile, match="holds no readable model"):
        load_model(tmp_path, "2024")


def test_the_packaged_model_is_small_and_names_itself(guide: Guide) -> None:
    folder = packaged_model()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 10_000_000
    assert Matcher.load(folder, guide).model_id == read_model_id(folder)
    assert len(read_model_id(folder)) == 16
