"""A bounded number of computations at a time, and a bounded number that may wait for one.

The same question asked again while it is being answered is not computed again, and what nobody
waits for any more is not computed at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar, cast

from api.desk import Desk
from ontology.errors import Busy, Deserted

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Report = Callable[[int, int], None]  # how much is done, and of how much
LOOK_SECONDS = 0.05  # how often who waits looks whether anybody waits for it


def _to_nobody(done: int, total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(slots=True)
class _Flight:
    """A question being answered: what becomes of it, and whether each of its askers has left.

    `report` is told how far it is.
    """

    future: Future[object] = field(default_factory=Future)
    left: list[threading.Event] = field(default_factory=list)
    report: Report = _to_nobody

    @property
    def deserted(self) -> bool:
        """Whether all who asked have left."""
        return all(left.is_set() for left in self.left)


_FLIGHT: ContextVar[_Flight | None] = ContextVar("flight", default=None)


def go_on(done: int = 0, total: int = 0) -> None:
    """Tell how far this thread is; raise Deserted where all who asked what it computes have left.

    A total of 0 says that nobody knows yet.
    """
    flight = _FLIGHT.get()
    if flight is None:
        return
    if flight.deserted:
        raise Deserted
    flight.report(done, total)


class Slots:
    """Compute slots shared by all requests; health checks never take one."""

    def __init__(self, slots: int, queue: int) -> None:
        self._free = threading.BoundedSemaphore(slots)
        self._places = threading.BoundedSemaphore(slots + queue)
        self._lock = threading.Lock()
        self._flights: dict[object, _Flight] = {}

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place among those who compute or wait; raise Busy where there is none."""
        if not self._places.acquire(blocking=False):
            raise Busy("more requests are waiting than this service takes on; try again shortly")
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def slot(self, flight: _Flight) -> Iterator[None]:
        """Hold a slot; raise Deserted where all who asked leave before or while it is held."""
        while not self._free.acquire(timeout=LOOK_SECONDS):
            if flight.deserted:
                raise Deserted
        token = _FLIGHT.set(flight)
        try:
            go_on()
            yield
        finally:
            _FLIGHT.reset(token)
            self._free.release()

    def join(self, key: object, left: threading.Event) -> tuple[_Flight, bool]:
        """Return the flight of a question and whether it begins with this asker."""
        with self._lock:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
            flight.left.append(left)
            return flight, leads

    def land(self, key: object) -> None:
        """Let the next who asks this begin anew."""
        with self._lock:
            del self._flights[key]


@dataclass(frozen=True, slots=True)
class Turn:
    """One request's way to a slot; `left` is set once its client has gone.

    `report` is told how far what it holds a slot for is.
    """

    slots: Slots
    left: threading.Event
    report: Report = _to_nobody

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a slot; raise Busy at once where too many wait already."""
        flight = _Flight(left=[self.left], report=self.report)
        with self.slots.place(), self.slots.slot(flight):
            yield

    def once(
        self,
        question: Callable[Concatenate[Desk, Given], Answer],
        desk: Desk,
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Answer:
        """Return the answer to a question, computed once for all who ask it at the same time.

        What is shared is immutable, and of one snapshot: who asks after a swap computes anew.
        """
        key = question.__qualname__, repr((given, named)), desk.holder.snapshot_id
        with self.slots.place():
            while True:
                flight, leads = self.slots.join(key, self.left)
                if leads:
                    return self._lead(flight, key, lambda: question(desk, *given, **named))
                try:
                    return cast("Answer", self._follow(flight))
                except Deserted:
                    if self.left.is_set():
                        raise  # else it was given up in the moment when this one joined it

    def _lead(self, flight: _Flight, key: object, compute: Callable[[], Answer]) -> Answer:
        try:
            with self.slots.slot(flight):
                answer = compute()
        except BaseException as fault:
            self.slots.land(key)
            flight.future.set_exception(fault)
            raise
        self.slots.land(key)
        flight.future.set_result(answer)
        return answer

    def _follow(self, flight: _Flight) -> object:
        while True:
            try:
                return flight.future.result(LOOK_SECONDS)
            except TimeoutError:
                if flight.future.done():
                    raise  # the question's own
                if self.left.is_set():
                    raise Deserted from None
