"""Following the graph while serving: newer snapshots are swapped in, stale ones rebuilt beside."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from api.errors import told_outside
from kg.index.holder import IndexPlan, SnapshotHolder, publish
from kg.store.protocol import GraphStore
from ontology.errors import SmartFactoryError

log = logging.getLogger("sfkg.follow")


@dataclass(slots=True)
class Health:
    """What the last look at store and snapshot showed."""

    ready: bool = False
    problems: list[str] = field(default_factory=list)
    snapshot: str = ""
    index_lag: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the state as plain JSON."""
        return {
            "status": "ready" if self.ready else "not ready",
            "snapshot": self.snapshot or None,
            "index_lag": self.index_lag,
            "problems": list(self.problems),
        }


class Follower:
    """A background thread that looks at the store every few seconds."""

    def __init__(
        self, store: GraphStore, holder: SnapshotHolder, plan: IndexPlan, rebuild: bool
    ) -> None:
        self._store = store
        self._holder = holder
        self._plan = plan
        self._rebuild = rebuild
        self._stopped = threading.Event()
        self.health = Health()

    def start(self, every_seconds: float) -> None:
        """Look once now, then on and on until stopped."""
        self.look()
        thread = threading.Thread(target=self._run, args=(every_seconds,), daemon=True)
        thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._stopped.set()

    def _run(self, every_seconds: float) -> None:
        while not self._stopped.wait(every_seconds):
            try:
                self.look()
            except Exception as error:  # a thread that ended would go unnoticed
                log.error("following the graph: %s", type(error).__name__, exc_info=error)
                self.health.ready = False
                self.health.problems = ["the graph cannot be followed; the log says why"]

    def look(self) -> None:
        """Bring snapshot and health up to date; whatever fails is tried again at the next look."""
        problems: list[str] = []
        readable = False
        try:
            self._holder.refresh()
            if self._holder.outdated and self._rebuild:
                publish(self._store, self._plan)
                self._holder.refresh()
            unfinished = [one.source.id for one in self._store.sources() if not one.complete]
            problems += [f"source {name} is not loaded completely" for name in unfinished]
            readable = True
        except SmartFactoryError as error:
            log.warning("following the graph: %s", error)
            problems.append(told_outside(error))
        if self._holder.problem:
            problems.append(self._holder.problem)
        self.health.problems = problems
        self._describe(readable)

    def _describe(self, readable: bool) -> None:
        try:
            self.health.snapshot = self._holder.current().id
        except SmartFactoryError as error:
            self.health.snapshot = ""
            self.health.problems.append(str(error))
        self.health.index_lag = self._holder.lag
        self.health.ready = readable and bool(self.health.snapshot)
