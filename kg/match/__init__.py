"""Free text to typical scenes of the guide: probability, decision, and the words behind it."""

from __future__ import annotations

from pathlib import Path


def packaged_model() -> Path:
    """Return the folder of the fitted model that ships with the program."""
    return Path(__file__).parent / "model"


def development(name: str) -> Path:
    """Return a file of labelled texts for checking, never for training: `cases` or `queries`."""
    return Path(__file__).parent / "development" / f"{name}.csv"
