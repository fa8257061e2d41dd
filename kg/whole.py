"""What is worked out of the whole graph, once for each state of it."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.contradictions import Contradiction, contradictions
from kg.coverage import Coverage, coverage
from kg.index.snapshot import Snapshot
from kg.lexicon import Lexicon
from kg.standards.communities import Communities, communities
from kg.standards.table import StandardTable, read_standards
from kg.store.protocol import GraphRead
from kg.support import SceneSupport, supports

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class State:
    """What results hold for: the graph's hash, the snapshot, the day."""

    graph_hash: str
    snapshot: str
    day: datetime.date


class WholeGraph:
    """Standards, support of scenes, clusters, coverage, names and contradictions of one state.

    Each part is worked out at the first question for it; of several threads that ask for the same
    at once, one works and the others wait.
    """

    def __init__(self, read: GraphRead, snapshot: Snapshot, state: State) -> None:
        self.state = state
        self._read = read
        self._snapshot = snapshot
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._parts: dict[str, Any] = {}

    @property
    def standards(self) -> StandardTable:
        """All standards with what links them."""
        return self._part("standards", lambda: read_standards(self._read, self._snapshot.matcher))

    @property
    def supports(self) -> Mapping[str, SceneSupport]:
        """What is known for each scene of the guide, standards as of the day."""
        guide, day = self._snapshot.matcher.guide, self.state.day
        return self._part("supports", lambda: supports(self._read, guide, self.standards, day))

    @property
    def communities(self) -> Communities:
        """The standard clusters of the whole graph."""
        return self._part("communities", lambda: communities(self.standards, self.state.day))

    @property
    def coverage(self) -> Coverage:
        """What is known of every scene of the guide, in all industries."""
        return self._part("coverage", lambda: coverage(self._read, self._snapshot, self.supports))

    @property
    def lexicon(self) -> Lexicon:
        """All names of the graph."""
        return self._part("lexicon", lambda: Lexicon.of_graph(self._read))

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Where sources contradict each other."""
        return self._part("contradictions", lambda: contradictions(self._read))

    def prepare(self) -> None:
        """Work out every part, so that no question has to wait for it."""
        _ = self.supports, self.communities, self.coverage, self.lexicon, self.contradictions

    def _part(self, name: str, work: Callable[[], Part]) -> Part:
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            if name not in self._parts:
                self._parts[name] = work()
            found: Part = self._parts[name]
            return found


class Kept:
    """The results in use; only who follows the graph moves them on, questions take what there is.

    A question that saw an older graph can thus never put older results back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._whole: WholeGraph | None = None

    def current(self, make: Callable[[], WholeGraph]) -> WholeGraph:
        """Return the results in use, made now where there are none yet."""
        with self._lock:
            if self._whole is None:
                self._whole = make()
            return self._whole

    def move_on(self, whole: WholeGraph) -> None:
        """Prepare the results of a newer state, then use them; those in use answer meanwhile."""
        whole.prepare()
        with self._lock:
            self._whole = whole

    def holds(self, state: State) -> bool:
        """Whether the results in use are those of a state, worked out in full."""
        with self._lock:
            return self._whole is not None and self._whole.state == state
