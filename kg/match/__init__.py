"""Free text to typical scenes of the guide: probability, decision, and the words behind it."""

from __future__ import annotations

from pathlib import Path


def packaged_model() -> Path:
    """Return the folder of the fitted model that ships with the program."""
    return Path(__file__).parent / "model"
