"""The index and the local copy brought up to a graph that a command has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.options import model_folder

if TYPE_CHECKING:
    from kg.settings import Settings
    from kg.store.protocol import GraphStore


def publish_graph(store: GraphStore, settings: Settings) -> tuple[str, bool]:
    """Make the index fit the graph; return its id and whether it was built."""
    from kg.index.holder import IndexPlan, publish
    from kg.store.open import configured_replica

    plan = IndexPlan(settings.snapshots, model_folder(settings), settings.encoder)
    published = publish(store, plan)
    if replica := configured_replica(settings):
        replica.follow(store)
    return published
