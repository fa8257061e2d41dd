"""What is worked out of the whole graph, kept until the graph changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Kept:
    """Results by name for one state of the graph; any number of threads may ask.

    Of several threads that ask for the same at once, one works and the others wait for it.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._graph_hash = ""
        self._results: dict[str, Any] = {}
        self._locks: dict[str, threading.Lock] = {}

    def get(self, graph_hash: str, name: str, work: Callable[[], Found]) -> Found:
        """Return what `work` gives for this state of the graph, worked out at most once."""
        with self._guard:
            if graph_hash != self._graph_hash:
                self._graph_hash, self._results, self._locks = graph_hash, {}, {}
            results, lock = self._results, self._locks.setdefault(name, threading.Lock())
        with lock:
            if name not in results:
                results[name] = work()
            found: Found = results[name]
            return found
