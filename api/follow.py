"""Following the graph while serving: newer snapshots are swapped in, stale ones rebuilt beside."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from api.desk import Desk
from api.errors import told_outside
from kg.index.holder import publish
from kg.index.snapshot import IndexPlan
from kg.store.protocol import GraphStore
from ontology.errors import SmartFactoryError, StoreError, StoreUnavailable

log = logging.getLogger("sfkg.follow")
LAST_LOOK_SECONDS = 5.0


@dataclass(slots=True)
class Health:
    """What the last look at store and snapshot showed.

    `degraded` is ready all the same: while the store is away, snapshot and local copy answer.
    `settled` says that what is kept of the whole graph is of its present state; until then answers
    about it are those of the last one, and all take longer.
    """

    ready: bool = False
    settled: bool = False
    problems: list[str] = field(default_factory=list)
    snapshot: str = ""
    index_lag: bool = False
    degraded: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the state as plain JSON."""
        return {
            "status": "ready" if self.ready else "not ready",
            "snapshot": self.snapshot or None,
            "index_lag": self.index_lag,
            "degraded": self.degraded,
            "settled": self.settled,
            "problems": list(self.problems),
        }


class Follower:
    """A background thread that looks at the store every few seconds.

    `when_settled` is called each time that what is kept of the graph has been worked out anew.
    """

    def __init__(self, store: GraphStore, desk: Desk, plan: IndexPlan, rebuild: bool) -> None:
        self._store = store
        self._desk = desk
        self._holder = desk.holder
        self._plan = plan
        self._rebuild = rebuild
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self.health = Health()
        self.when_settled: Callable[[], None] = lambda: None

    def start(self, every_seconds: float) -> None:
        """Look once now, then on and on until stopped; beside it, work out what is kept.

        That can take a minute for a large graph, and neither start nor health wait for it.
        """
        self.look()
        for task in (self._run, self._work_out):
            thread = threading.Thread(target=task, args=(every_seconds,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Stop looking; a look under way ends first, because the store is closed after it."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(LAST_LOOK_SECONDS)
        if self._desk.replica:
            self._desk.replica.close()

    def _run(self, every_seconds: float) -> None:
        while not self._stopped.wait(every_seconds):
            try:
                self.look()
            except Exception as error:  # a thread that ended would go unnoticed
                log.error("following the graph: %s", type(error).__name__, exc_info=error)
                self.health.ready = False
                self.health.problems = ["the graph cannot be followed; the log says why"]

    def _work_out(self, every_seconds: float) -> None:
        """Work out anew what is kept of the whole graph; questions go on with the last."""
        while True:
            try:
                settled = self.health.settled = self._desk.settled
                self._desk.move_on()
                self.health.settled = True
                if not settled:
                    self.when_settled()
            except Exception as error:  # noqa: BLE001 - whoever asks is told what is wrong
                if not self._stopped.is_set():
                    log.warning("working out the whole graph: %s", type(error).__name__)
            if self._stopped.wait(every_seconds):
                return

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
            self._desk.presence.away = False
            self._copy()
        except SmartFactoryError as error:
            log.warning("following the graph: %s", error)
            problems.append(told_outside(error))
            self._desk.presence.away = isinstance(error, StoreUnavailable)
        if self._holder.problem:
            problems.append(self._holder.problem)
        self.health.problems = problems
        self._describe(readable)

    def _copy(self) -> None:
        """Bring the local copy up to date; without it everything still goes, so it only warns."""
        if self._desk.replica is None or not self._rebuild:
            return
        try:
            self._desk.replica.follow(self._store)
        except StoreUnavailable:
            raise
        except StoreError as error:
            log.warning("copying the graph: %s", error)

    def _describe(self, readable: bool) -> None:
        try:
            self.health.snapshot = self._holder.current().id
        except SmartFactoryError as error:
            self.health.snapshot = ""
            self.health.problems.append(str(error))
        self.health.index_lag = self._holder.lag
        self.health.degraded = self._desk.presence.away
        replica = self._desk.replica
        answering = readable or (replica is not None and replica.opened() is not None)
        self.health.ready = answering and bool(self.health.snapshot)
