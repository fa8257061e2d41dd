"""An importer killed at any moment leaves a graph that the next import completes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.contract.stores import STORES
from tests.faults.soak import soak

IN_CI = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
KILLS = 20 if IN_CI else 6  # `make soak` takes 200


@pytest.mark.parametrize("store_name", sorted(STORES))
def test_after_a_kill_at_any_moment_the_import_goes_on_to_the_same_graph(
    store_name: str, folder: Path
) -> None:
    assert soak(store_name, folder, KILLS).killed == KILLS
