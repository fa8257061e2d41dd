"""The index and the local copy brought up to a graph that a command has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.options import index_plan

if TYPE_CHECKING:
    from kg.settings import Settings
    from kg.store.protocol import GraphStore


def publish_graph(store: GraphStore, settings: Settings) -> tuple[str, bool]:
    """Make the index fit the graph; return its id and whether it was built."""
    from kg.index.holder import publish
    from kg.store.open import configured_replica

    published = publish(store, index_plan(settings))
    if replica := configured_replica(settings):
        replica.follow(store)
    return published
