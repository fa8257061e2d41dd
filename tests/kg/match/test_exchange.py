"""A fitted model replaces a worse one, never a better one unless told, and gives way again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.match.artifact import MANIFEST, load_manifest
from kg.match.exchange import quality, take_back, take_place
from ontology.errors import IncompatibleSnapshot, InvalidFile, InvalidValue, MissingPart


def made(small_model: Path, folder: Path, top1: float | None) -> Path:
    """Return a copy of a fitted model that says it is so good on real cases."""
    shutil.copytree(small_model, folder)
    manifest = json.loads((folder / MANIFEST).read_text())
    case = {} if top1 is None else {"top1": top1, "lenient": top1}
    manifest["figures"] = {"out_of_fold": {"by_kind": {"case": case}}}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return folder


def said(folder: Path) -> float | None:
    return quality(load_manifest(folder))


def test_a_better_model_takes_the_place_and_the_one_before_can_be_taken_back(
    small_model: Path, tmp_path: Path
) -> None:
    folder = made(small_model, tmp_path / "model", 0.6)
    take_place(made(small_model, tmp_path / "fitted", 0.7), folder, folder)
    assert said(folder) == 0.7
    take_back(folder)
    assert said(folder) == 0.6
    take_back(folder)
    assert said(folder) == 0.7


def test_a_worse_model_is_refused_with_both_figures_and_nothing_changes(
    small_model: Path, tmp_path: Path
) -> None:
    folder = made(small_model, tmp_path / "model", 0.7)
    fitted = made(small_model, tmp_path / "fitted", 0.65)
    with pytest.raises(InvalidValue, match=r"0\.6500.*0\.7000.*--even-if-worse"):
        take_place(fitted, folder, folder)
    assert said(folder) == 0.7
    take_place(fitted, folder, folder, even_if_worse=True)
    assert said(folder) == 0.65


def test_a_first_model_is_held_against_the_one_that_is_used_without_it(
    small_model: Path, tmp_path: Path
) -> None:
    packaged = made(small_model, tmp_path / "packaged", 0.7)
    with pytest.raises(InvalidValue, match="is worse"):
        take_place(made(small_model, tmp_path / "fitted", 0.6), tmp_path / "model", packaged)
    take_place(made(small_model, tmp_path / "better", 0.8), tmp_path / "model", packaged)
    assert said(tmp_path / "model") == 0.8
    with pytest.raises(MissingPart, match="no model before"):
        take_back(tmp_path / "model")


def test_a_model_that_was_not_measured_replaces_none_that_was(
    small_model: Path, tmp_path: Path
) -> None:
    folder = made(small_model, tmp_path / "model", 0.7)
    with pytest.raises(InvalidValue, match="unknown"):
        take_place(made(small_model, tmp_path / "fitted", None), folder, folder)


def test_a_damaged_model_never_takes_a_place(small_model: Path, tmp_path: Path) -> None:
    folder = made(small_model, tmp_path / "model", 0.6)
    fitted = made(small_model, tmp_path / "fitted", 0.7)
    (fitted / "classifier.npz").write_bytes(b"")
    with pytest.raises(IncompatibleSnapshot, match="hash differs"):
        take_place(fitted, folder, folder)
    assert said(folder) == 0.6


def test_a_folder_of_other_files_is_left_as_it_is(small_model: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_text("")
    with pytest.raises(InvalidFile, match="holds other files"):
        take_place(
            made(small_model, tmp_path / "fitted", 0.7), tmp_path / "photos", tmp_path / "photos"
        )
    assert (tmp_path / "photos" / "one.jpg").exists()
