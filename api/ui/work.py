"""Long work that goes on beside the requests: how far it is, and its result, for some hours.

Its address nobody can guess. Results stay in memory; of the work itself only that it was begun is
written down, so that after a restart one is told that it is gone instead of that it never was.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Annotated, Generic, Literal, TypeVar, cast

from fastapi import Depends, Header, Request

from api.slots import Slots, Turn
from api.ui.kept import Clock, KeptTexts, made_token, now
from ontology.errors import Busy, UnknownId

LIFETIME = datetime.timedelta(hours=4)
MOST_KEPT = 20  # works, done or not; their results take some megabytes each
MOST_AT_ONCE = 4  # of which compute slots let fewer compute
PATIENCE_SECONDS = 1.5  # what is done by then is answered at once
LONGEST_WAIT_SECONDS = 60.0
WAIT = re.compile(r"\bwait=(\d{1,4})\b")
Kind = Literal["document", "annex4", "application"]
Result = TypeVar("Result")


@dataclass(slots=True)
class Work(Generic[Result]):
    """A piece of work: what it is about, how much of it is done, and what becomes of it."""

    token: str
    kind: Kind
    name: str
    until: datetime.datetime
    future: Future[Result] = field(default_factory=Future)
    left: threading.Event = field(default_factory=threading.Event)
    waiting: bool = True  # for a compute slot
    done: int = 0
    total: int = 0

    def finished(self, seconds: float = 0.0) -> bool:
        """Tell whether the work is done or has failed, waiting so long for it."""
        try:
            self.future.exception(seconds)
        except NotYet:
            return False
        return True

    def result(self) -> Result:
        """Return what finished work came to, or raise what it failed with."""
        return self.future.result()

    def report(self, done: int, total: int) -> None:
        """Take down how far the work is."""
        self.done, self.total = done, total

    @property
    def share(self) -> float | None:
        """How much is done, from 0 to 1; None while nobody knows of how much."""
        return self.done / self.total if self.total else None


class Workshop:
    """The works of a service; `begun` takes down which were begun, None where nothing is kept."""

    def __init__(self, slots: Slots, begun: KeptTexts | None, clock: Clock = now) -> None:
        self._slots = slots
        self._begun = begun
        self._clock = clock
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, "work")
        self._lock = threading.Lock()
        self._works: dict[str, Work[object]] = {}

    def soon(
        self,
        kind: Kind,
        name: str,
        task: Callable[[], Result],
        short: Callable[[Result], bool],
        patience: float = PATIENCE_SECONDS,
    ) -> Result | Work[Result]:
        """Return what a task comes to, or the work where it takes long or its result is not short.

        `patience` is how many seconds it may take at most to be answered at once; what is answered
        at once is not kept. Raises what the task raises, and Busy.
        """
        work = self._begin(kind, name, task)
        soon = work.finished(patience)
        if soon and (work.future.exception() or short(work.result())):
            self.drop(work.token)
            return work.result()
        if self._begun:
            self._begun.keep(kind, work.token)
        return work

    def _begin(self, kind: Kind, name: str, task: Callable[[], Result]) -> Work[Result]:
        work: Work[Result] = Work(made_token(), kind, name, self._clock() + LIFETIME)
        turn = Turn(self._slots, work.left, work.report)

        def do() -> Result:
            with turn.taken():
                work.waiting = False
                return task()

        with self._lock:
            self._make_room()
            work.future = self._pool.submit(do)
            self._works[work.token] = cast("Work[object]", work)
        return work

    def find(self, token: str) -> Work[object] | None:
        """Return a work, None where a restart has lost it; raise UnknownId where there is none."""
        with self._lock:
            work = self._works.get(token)
        if work is not None and work.until > self._clock():
            return work
        if self._begun is None:
            raise UnknownId("work", f"{token[:4]}…")
        self._begun.read(token)
        return None

    def drop(self, token: str) -> Kind | None:
        """Give a work up, done or not, and return its kind; one that is gone is no fault."""
        with self._lock:
            work = self._works.pop(token, None)
        if work is not None:
            work.left.set()
        if self._begun is not None:
            self._begun.drop(token)
        return work.kind if work else None

    def close(self) -> None:
        """Give all works up; a service that is started again takes on new ones."""
        with self._lock:
            given_up, self._pool = self._pool, ThreadPoolExecutor(MOST_AT_ONCE, "work")
            for work in self._works.values():
                work.left.set()
        given_up.shutdown(wait=False, cancel_futures=True)

    def _make_room(self) -> None:
        """Forget works whose time is over, and the oldest finished one where there are too many."""
        over = [one.token for one in self._works.values() if one.until <= self._clock()]
        for token in over:
            self._works.pop(token).left.set()
        if len(self._works) < MOST_KEPT:
            return
        finished = next((one.token for one in self._works.values() if one.finished()), None)
        if finished is None:
            raise Busy("as much long work is under way as this service takes on")
        del self._works[finished]


def _workshop(request: Request) -> Workshop:
    return cast("Workshop", request.app.state.workshop)


def _patience(prefer: Annotated[str, Header(max_length=500)] = "") -> float:
    """Return how many seconds to wait for a result, which a client may prefer (RFC 7240)."""
    asked = WAIT.search(prefer)
    return min(float(asked[1]), LONGEST_WAIT_SECONDS) if asked else PATIENCE_SECONDS


TheWorkshop = Annotated[Workshop, Depends(_workshop)]
Patience = Annotated[float, Depends(_patience)]
