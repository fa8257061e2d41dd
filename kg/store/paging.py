"""All things of a label, a page at a time: what exports, copies and the index walk over."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Node
from kg.store.protocol import GraphRead


def pages_of(read: GraphRead, label: str, size: int) -> Iterator[tuple[Node, ...]]:
    """Yield the nodes of a label in id order, at most `size` at once."""
    after = ""
    while nodes := read.find(label, after=after, limit=size).nodes:
        yield nodes
        after = nodes[-1].id
