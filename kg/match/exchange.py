"""A newly fitted model takes the place of the one in use, unless that is better; and back again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from kg.match.artifact import MANIFEST, Manifest, check_model, load_manifest
from ontology.errors import InvalidFile, InvalidValue, MissingPart, SmartFactoryError

BEFORE = ".before"  # ending of the folder of the model that was replaced


def check_place(folder: Path) -> None:
    """Raise InvalidFile where a folder holds other files than a model."""
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise InvalidFile(f"{folder} holds other files than a model and was left as it is")


def take_place(fitted: Path, folder: Path, in_use: Path, *, even_if_worse: bool = False) -> None:
    """Move a fitted model to `folder`; what was there stays beside it.

    Raise InvalidValue where the model in use is better on real cases, InvalidFile where `folder`
    holds other files, and that or IncompatibleSnapshot where the fitted one cannot be read;
    `folder` is as before then.
    """
    check_place(folder)
    manifest = load_manifest(fitted)
    check_model(fitted)
    if not even_if_worse:
        _check_not_worse(manifest, in_use)
    before = _before(folder)
    if (folder / MANIFEST).is_file():
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
    try:
        _move(fitted, folder)
    except OSError:
        if before.exists() and not folder.exists():
            before.rename(folder)
        raise


def take_back(folder: Path) -> Manifest:
    """Exchange the model in `folder` for the one before it; done twice, nothing has changed."""
    before = _before(folder)
    if not (before / MANIFEST).is_file():
        raise MissingPart(f"there is no model before the one in {folder}")
    manifest = load_manifest(before)
    check_model(before)
    aside = folder.with_name(f"{folder.name}.aside")
    if folder.exists():
        folder.rename(aside)
    before.rename(folder)
    if aside.exists():
        aside.rename(before)
    return manifest


def quality(manifest: Manifest) -> float | None:
    """Return how good a model was on real cases out of fold: the mean of top-1 and lenient."""
    figures: Any = manifest.figures.get("out_of_fold", {}).get("by_kind", {}).get("case", {})
    top1, lenient = figures.get("top1"), figures.get("lenient")
    return None if top1 is None or lenient is None else (top1 + lenient) / 2


def _check_not_worse(manifest: Manifest, in_use: Path) -> None:
    try:
        held = quality(load_manifest(in_use))
    except SmartFactoryError:  # none, or of another version: nothing to lose
        return
    fitted = quality(manifest)
    if held is not None and (fitted is None or fitted < held):
        told = "unknown" if fitted is None else f"{fitted:.4f}"
        raise InvalidValue(
            "model", manifest.id,
            f"is worse on real cases ({told}, mean of top-1 and lenient out of fold) than the one"
            f" in use ({held:.4f}), which was kept; --even-if-worse replaces it",
        )  # fmt: skip


def _before(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{BEFORE}")


def _move(fitted: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    fitted.rename(folder)
