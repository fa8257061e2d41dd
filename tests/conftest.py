"""Fixtures for all tests.

Policy: the tiny world of `world.py` where an answer can be checked by eye, the packaged knowledge
base where real data is the point; real stores on temporary files, the shipped matcher; nothing of
ours is mocked. Session-wide fixtures are only read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.index.holder import publish
from kg.index.snapshot import IndexPlan, Snapshot, load_snapshot
from kg.match import packaged_model
from kg.match.matcher import Matcher
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from ontology.guide import Guide, load_guide
from tests.world import load_world

pytest_plugins = ["tests.servers.plugin"]
settings.register_profile("default", max_examples=60, deadline=None, derandomize=True,
                          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
settings.register_profile("ci", settings.get_profile("default"), max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The 2024 edition."""
    return load_guide("2024")


@pytest.fixture(scope="session")
def matcher(guide: Guide) -> Matcher:
    """The shipped matcher."""
    return Matcher.load(packaged_model(), guide)


@pytest.fixture(scope="session")
def world_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store with the tiny world."""
    path = tmp_path_factory.mktemp("world") / "graph.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        load_world(store)
        yield store


@pytest.fixture(scope="session")
def world_snapshot(
    world_store: GraphStore, guide: Guide, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    """The index of the tiny world."""
    plan = IndexPlan(tmp_path_factory.mktemp("snapshots"), packaged_model())
    name, _ = publish(world_store, plan, guide)
    return load_snapshot(plan.folder / name)


@pytest.fixture(scope="session")
def packaged_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the packaged knowledge base built and indexed in it."""
    from ingest.pipeline import build

    folder = tmp_path_factory.mktemp("packaged")
    with open_store(f"sqlite:///{folder / 'graph.sqlite'}") as store:
        build(store)
        publish(store, IndexPlan(folder / "snapshots", packaged_model()))
    return folder
