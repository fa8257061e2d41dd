"""Plain text: each written line a paragraph."""

from __future__ import annotations

from ingest.document import Document, Kind, Line, Paragraph, Place
from ingest.read.decode import damaged, decode, implausible, lost
from ingest.read.limits import Limits


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a text line by line; blank lines count, so that places agree with an editor's."""
    place = Place(name)
    decoded = decode(data)
    paragraphs = []
    for number, text in enumerate(decoded.text.splitlines(), 1):
        limits.check("paragraphs", number, name)
        if text.strip():
            paragraphs.append(Paragraph(Line(text.strip()), place.at(line=number)))
    findings = [] if decoded.plausible else [implausible(place, decoded)]
    findings += [damaged(one.place, one.line.text) for one in paragraphs if lost(one.line.text)]
    return Document(name, Kind.TEXT, tuple(paragraphs), tuple(findings))
