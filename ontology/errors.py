"""The error tree of the service: every sentence a user reads about a fault starts here.

SmartFactoryError
├── UnknownId            an id, edition or filter value that does not exist (names the nearest)
├── InvalidValue         a value that is malformed or out of range
├── InvalidFile          a file that is not what it should be (ours, readable, complete)
├── UnreadableFile       a file someone handed in that is broken, too large, locked or of no use
├── NotPermitted         something that the key at hand does not allow
├── IncompatibleSnapshot a snapshot or model that this version must not use
├── StoreError           the store cannot be read or written
│   └── StoreUnavailable the store is away for now; trying later may help
├── Busy                 more work is waiting than will be taken on; trying later helps
└── MissingPart          an optional part (package, model, port, folder) is not there
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

SHORT_LIST = 8
LIKE_ENOUGH = 0.5
LONGEST_COMPARED = 80  # characters; comparing takes the product of both lengths


class SmartFactoryError(Exception):
    """A fault that is told to the user in one sentence."""


class UnknownId(SmartFactoryError):
    """An id or value that does not exist; `nearest` holds the valid ones closest to it.

    `field` names the parameter it was given in, None where the thing itself was asked for.
    """

    def __init__(
        self, kind: str, value: str, known: Iterable[str] = (), field: str | None = None
    ) -> None:
        self.field = field
        self.kind = kind
        self.value = value
        self.nearest = nearest(value, list(known))
        hint = f"; did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(f"there is no {kind} {value[:80]!r}{hint}")


def nearest(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return up to three known values that are most like the given one; all of a very short list.

    A common first character counts extra: by 江酥, people mean 江苏 more often than 阳江; so does
    a name that holds the value whole.
    """
    if len(known) <= SHORT_LIST:
        return tuple(known)
    given = value[:LONGEST_COMPARED]
    rated = [(_likeness(given, one), one) for one in dict.fromkeys(known)]
    close = sorted((pair for pair in rated if pair[0] >= LIKE_ENOUGH), key=lambda pair: -pair[0])
    return tuple(one for _, one in close[:3])


def _likeness(value: str, known: str) -> float:
    likeness = difflib.SequenceMatcher(None, value, known).ratio()
    return likeness + 0.2 * (value[:1] == known[:1]) + 0.5 * (len(value) > 1 and value in known)


class InvalidValue(SmartFactoryError):
    """A malformed value; `field` says where it stood, `reason` goes on from it."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        self.field = field
        self.value = str(value)[:80]
        self.reason = reason
        super().__init__(f"{field} {self.value!r}: {reason}")


class InvalidFile(SmartFactoryError):
    """A file or folder that is not what it should be."""


class UnreadableFile(SmartFactoryError):
    """A file handed in that cannot be read; the sentence says why, and what to do where known."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


class NotPermitted(SmartFactoryError):
    """Something that whoever asks may not see or do; the sentence says what it takes."""


class IncompatibleSnapshot(SmartFactoryError):
    """A snapshot or model of another format, encoder, edition or content."""


class StoreError(SmartFactoryError):
    """The store cannot be read or written; what was in it is as before."""


class StoreUnavailable(StoreError):
    """The store is away for now; where a change is in doubt, the sentence says so."""


class MissingPart(SmartFactoryError):
    """Something optional that was asked for is not there; the sentence says how to get it."""


class Busy(SmartFactoryError):
    """More requests wait than the queue takes."""


class Deserted(SmartFactoryError):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("the client has gone; its question was given up")
