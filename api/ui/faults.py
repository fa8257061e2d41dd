"""Faults in the reader's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.errors import status_of, told_outside
from api.ui.catalogue import catalogue
from api.ui.reader import Reader
from ontology.errors import (
    Busy,
    InvalidValue,
    MissingPart,
    SmartFactoryError,
    UnknownId,
    UnreadableFile,
)

# What people run into, by how our own sentence says it; the groups fill the message's places.
REASONS = (
    (re.compile(r"is (?P<length>\d+) characters long, at most (?P<most>\d+)"), "fault.too_long"),
    (re.compile(r"is empty"), "fault.empty"),
    (re.compile(r"control character"), "fault.control"),
    (re.compile(r"is no year between (?P<first>\d+) and (?P<last>\d+)"), "fault.no_year"),
    (re.compile(r"is later than year_to (?P<last>\d+)"), "fault.later"),
    (re.compile(r"names several things: (?P<ids>.+)"), "fault.several"),
    (re.compile(r"are too many cases; at most (?P<most>\d+)"), "fault.too_many"),
    (re.compile(r"are too few or many cases; 1 to (?P<most>\d+)"), "fault.too_many"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as it is told: what is wrong, what is like the value given, our own sentence."""

    title: str
    nearest: tuple[str, ...]
    detail: str


def told(reader: Reader, error: SmartFactoryError) -> Fault:
    """Return a fault as a person can act on it."""
    if isinstance(error, UnknownId):
        field = _field(reader, error.field or error.kind)
        title = reader.say("fault.unknown", field=field, value=error.value[:80])
        return Fault(title, error.nearest, "")
    if isinstance(error, InvalidValue):
        return _invalid(reader, error)
    if isinstance(error, UnreadableFile):
        return Fault(reader.say("fault.unreadable", name=error.name), (), error.reason)
    if isinstance(error, Busy):
        return Fault(reader.say("fault.busy"), (), "")
    if isinstance(error, MissingPart):
        return Fault(reader.say("fault.missing"), (), str(error))
    away = status_of(error) >= 500
    return Fault(reader.say("fault.away" if away else "fault.other"), (), told_outside(error))


def _invalid(reader: Reader, error: InvalidValue) -> Fault:
    field = _field(reader, error.field)
    for pattern, message in REASONS:
        if found := pattern.search(str(error)):
            said = reader.say(message, **found.groupdict())
            return Fault(reader.say("fault.because", field=field, reason=said), (), "")
    title = reader.say("fault.invalid", field=field, value=error.value)
    return Fault(title, (), str(error))


def _field(reader: Reader, name: str) -> str:
    """Return what a parameter is called; one of the API that no page has keeps its name."""
    known = f"field.{name}"
    return reader.say(known) if known in catalogue() else name
