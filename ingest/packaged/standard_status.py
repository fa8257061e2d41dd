"""The status of a standard, read from the remark of its row and from what replaces it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.schema import PLANNED

AS_OF = datetime.date(2026, 8, 25)  # the latest state that a row of the table speaks of
UNKNOWN = "unknown"
_IN_FORCE = re.compile(r"in force (\d{4}-\d{2}-\d{2})")
# The first pattern found in the remark gives the status; dates of entry into force come before.
_STATUSES = (
    (re.compile(r"snapshot: withdrawn"), "withdrawn"),
    (re.compile(r"lists it as abolished"), "doubtful"),
    (re.compile(r"succeeded by"), "replaced"),
    (re.compile(r"not yet published"), "final draft"),
    (re.compile(r"status: drafting|^draft:"), "drafting"),
    (re.compile(r"status: consultation|^consultation draft"), "consultation"),
    (re.compile(r"status: under review"), "under review"),
    (re.compile(r"review: remains valid"), "in force"),
    (re.compile(r"snapshot: published|review conclusion|^version \d"), "published"),
)


_SEEN = re.compile(r"snapshot (\d{4}-\d{2}-\d{2})")
_REVIEWED = re.compile(r"(\d{4}-\d{2}-\d{2}) review")


@dataclass(frozen=True, slots=True)
class Status:
    """A status; `derived` where no remark states it and it follows from another row.

    `as_of` is the day (ISO) that it was seen at, "" for an unknown one.
    """

    value: str
    derived: bool = False
    as_of: str = ""


def status_of(code: str, note: str, known: Mapping[str, Mapping[str, str]]) -> Status:
    """Return the status that the remark states, `replaced` where another row in force says so."""
    stated = _stated(note)
    if stated not in {"withdrawn", "replaced", "doubtful"} and _replaced(code, known):
        return Status("replaced", True, AS_OF.isoformat())
    return Status(stated, as_of=_seen(code, note, known) if stated != UNKNOWN else "")


def in_force_from(note: str) -> str:
    """Return the day (ISO) that the remark says a standard enters into force, "" without one."""
    found = _IN_FORCE.search(note)
    return found[1] if found else ""


def _seen(code: str, note: str, known: Mapping[str, Mapping[str, str]]) -> str:
    """Return the day of the catalogue or review that the row follows, else of the whole table."""
    seen = _REVIEWED.search(note) or _SEEN.search(known[code]["confidence"])
    return seen[1] if seen else AS_OF.isoformat()


def _stated(note: str) -> str:
    if found := _IN_FORCE.search(note):
        return "in force" if _has_come(found[1]) else "published"
    for pattern, status in _STATUSES:
        if pattern.search(note):
            return status
    return UNKNOWN


def _has_come(day: str) -> bool:
    return datetime.date.fromisoformat(day) <= AS_OF


def _replaced(code: str, known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a standard of the table that is issued and not of the future replaces this one."""
    for cells in known.values():
        if cells["replaces"].strip() == code and _stated(cells["note"]) not in PLANNED:
            begins = _IN_FORCE.search(cells["note"])
            if not begins or _has_come(begins[1]):
                return True
    return False
