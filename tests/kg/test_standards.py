"""Standards of a scene: closest link first, each with its basis."""

from __future__ import annotations

from kg.standards import standards_of
from kg.store.protocol import GraphStore


def test_standards_of_the_scene_come_before_those_of_its_segment(world_store: GraphStore) -> None:
    found = standards_of(world_store, "S17")
    assert [item.code for item in found.items] == [
        "GB/T 40659-2021",
        "GB/T 42980-2023",
        "GB/T 39116-2020",
    ]
    assert [item.links[0].via for item in found.items] == ["scene", "scene", "segment"]


def test_each_link_has_basis_and_evidence(world_store: GraphStore) -> None:
    link = standards_of(world_store, "S17").items[0].links[0]
    assert (link.basis, link.evidence[0].method) == ("assigned", "published")


def test_pages_are_slices(world_store: GraphStore) -> None:
    whole = standards_of(world_store, "S17").items
    assert standards_of(world_store, "S17", limit=1, offset=1).items == whole[1:2]
    assert standards_of(world_store, "S17", limit=1, offset=1).total == 3
