"""An importer killed at any moment leaves a graph that the next import completes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.soak import soak, stores

KILLS = 20  # `make soak` takes 200


@pytest.mark.parametrize("store_name", sorted(stores()))
def test_after_a_kill_at_any_moment_the_import_goes_on_to_the_same_graph(
    store_name: str, folder: Path
) -> None:
    assert soak(store_name, folder, KILLS).killed == KILLS
