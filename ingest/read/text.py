"""Plain text: each written line a paragraph."""

from __future__ import annotations

from ingest.document import Document, Kind, Line, Paragraph, Place
from ingest.read.decode import decode, note_implausible, note_lost
from ingest.read.limits import Limits
from ingest.read.notes import Notes


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a text line by line; blank lines count, so that places agree with an editor's."""
    place = Place(name)
    notes = Notes(name)
    decoded = decode(data)
    paragraphs = []
    for number, text in enumerate(decoded.text.splitlines(), 1):
        limits.check("paragraphs", number, name)
        if text.strip():
            paragraphs.append(Paragraph(Line(text.strip()), place.at(line=number)))
    if not decoded.plausible:
        note_implausible(notes, place, decoded)
    for one in paragraphs:
        note_lost(notes, one.place, one.line.text)
    return Document(name, Kind.TEXT, tuple(paragraphs), notes.findings)
