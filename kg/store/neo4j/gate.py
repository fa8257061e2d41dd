"""Reading one consistent state from a server that shows a change bit by bit.

Neo4j reads what is committed at the moment, so a question asked while a change becomes visible sees
part of it. Each change therefore has a number: it is noted as begun just before the change is
committed and as done right after. A question that notes, after all it read, that nothing began
since a moment at which everything was done, saw one state; any other is asked again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TypeVar, cast

from kg.store.neo4j.faults import Address
from kg.store.neo4j.schema import GATE
from kg.store.neo4j.sessions import Sessions
from ontology.errors import StoreUnavailable

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Answer = TypeVar("Answer")
Mark = tuple[int, int]  # numbers of the last change begun and done

LAST: Final = f"\nMATCH (gate:{GATE}) RETURN rows, [gate.begun, gate.done] AS mark"
BEGIN: Final = f"MATCH (gate:{GATE}) SET gate.begun = gate.begun + 1 RETURN gate.begun AS begun"
END: Final = f"""
MATCH (gate:{GATE})
SET gate.done = CASE WHEN gate.done < $begun THEN $begun ELSE gate.done END
RETURN [gate.begun, gate.done] AS mark
"""
LOOK: Final = f"MATCH (gate:{GATE}) RETURN [gate.begun, gate.done] AS mark"

# A change is visible within a second of being noted; where it is not, its writer was killed.
# Counted in looks, about two seconds of them, because a server that stands still ends no change.
STALE_LOOKS = 250
PAUSE_SECONDS = 0.005
TRIES_SECONDS = 20.0


class Look:
    """A read transaction; every statement ends with `rows` and the gate is noted after them."""

    def __init__(self, transaction: ManagedTransaction, address: Address) -> None:
        self._transaction = transaction
        self._address = address
        self.mark: Mark | None = None  # none where nothing was asked

    def ask(self, statement: str, **parameters: object) -> list[list[object]]:
        """Return the rows that a statement collects."""
        record = self._transaction.run(statement + LAST, parameters).single()
        if record is None:
            raise self._address.error("its data is gone; run `sfkg build`")
        begun, done = record["mark"]
        self.mark = (begun, done)
        return cast("list[list[object]]", record["rows"])


class Gate:
    """Lets consistent answers through."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._quiet: Mark | None = None  # a mark after which nothing was being written

    def read(self, question: Callable[[Look], Answer]) -> Answer:
        """Return the answer to a question that saw one state."""
        end = time.monotonic() + TRIES_SECONDS
        while True:
            quiet = self._quiet
            answer, mark = self._sessions.read(self._asking(question))
            if mark is None or mark == quiet:
                return answer
            self._quiet = mark if mark[0] == mark[1] else self._wait(mark)
            if time.monotonic() > end:
                raise self._sessions.address.away("it is being written without a pause")

    def _asking(
        self, question: Callable[[Look], Answer]
    ) -> Callable[[ManagedTransaction], tuple[Answer, Mark | None]]:
        def ask(transaction: ManagedTransaction) -> tuple[Answer, Mark | None]:
            look = Look(transaction, self._sessions.address)
            return question(look), look.mark

        return ask

    def _wait(self, mark: Mark) -> Mark:
        """Return a mark after which nothing is being written."""
        unchanged = 0
        while mark[0] != mark[1] and unchanged < STALE_LOOKS:
            time.sleep(PAUSE_SECONDS)
            seen = self._sessions.read(_look)
            unchanged = unchanged + 1 if seen == mark else 0
            mark = seen
        return mark

    @contextmanager
    def changing(self) -> Iterator[Callable[[], None]]:
        """Lend a function that notes a change as begun; at the end it is noted as done."""
        begun: list[int] = []

        def begin() -> None:
            begun.append(int(cast("int", self._sessions.once(BEGIN))))

        try:
            yield begin
        finally:
            if begun:
                self._end(begun[-1])

    def _end(self, begun: int) -> None:
        # What became of the change is known already; without this mark others wait a little.
        with suppress(StoreUnavailable):
            first, last = cast("Mark", self._sessions.once(END, begun=begun))
            if first == last:
                self._quiet = first, last


def _look(transaction: ManagedTransaction) -> Mark:
    begun, done = transaction.run(LOOK).single(strict=True)["mark"]
    return begun, done
