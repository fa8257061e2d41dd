"""Markdown: read as the page it describes, tables and pieces of HTML included."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from ingest.document import Document, Kind
from ingest.read.decode import decode
from ingest.read.html import read_page
from ingest.read.limits import Limits

# What some programs note of a text before it begins; as Markdown it would become a heading.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n){0,100}?---[ \t]*(?:\r?\n|\Z)")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a text in Markdown; paragraphs are counted, not the lines of the file."""
    decoded = decode(data)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    page = parser.render(_FRONT_MATTER.sub("", decoded.text))
    return read_page(name, page, Kind.MARKDOWN, limits, decoded)
