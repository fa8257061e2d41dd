"""How alike the matcher finds the scenes of an official text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from ingest.guide.pairing import Likeness
from kg.match.matcher import Matcher


@pytest.fixture(scope="module")
def likeness(matcher: Matcher) -> Likeness:
    def alike(texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        rows = matcher.posteriors(texts).tolist()
        return [dict(zip(matcher.model.scenes, row, strict=True)) for row in rows]

    return alike
