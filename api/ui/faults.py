"""Faults in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from api.errors import status_of, told_outside
from api.ui.catalogue import catalogue
from api.ui.reader import Reader
from ontology.errors import Busy, InvalidValue, SmartFactoryError, UnknownId


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
        title = reader.say("fault.invalid", field=_field(reader, error.field), value=error.value)
        return Fault(title, (), str(error))
    if isinstance(error, Busy):
        return Fault(reader.say("fault.busy"), (), "")
    away = status_of(error) >= 500
    return Fault(reader.say("fault.away" if away else "fault.other"), (), told_outside(error))


def _field(reader: Reader, name: str) -> str:
    """Return what a parameter is called; one of the API that no page has keeps its name."""
    known = f"field.{name}"
    return reader.say(known) if known in catalogue() else name
