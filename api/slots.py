"""A bounded number of computations at a time, and a bounded number that may wait for one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ontology.errors import Busy


class Slots:
    """Compute slots shared by all requests; health checks never take one."""

    def __init__(self, slots: int, queue: int) -> None:
        self._free = threading.BoundedSemaphore(slots)
        self._places = threading.BoundedSemaphore(slots + queue)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a slot; raise Busy at once where too many wait already."""
        if not self._places.acquire(blocking=False):
            raise Busy("more requests are waiting than this service takes on; try again shortly")
        try:
            with self._free:
                yield
        finally:
            self._places.release()
