"""Style sheet and script: files of ours, served under a name that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from ontology.errors import UnknownId

FOLDER = Path(__file__).parent
# The style sheet is one file to the browser; here each part stands by itself.
PARTS = {"page.css": ("style/*.css", "text/css"), "page.js": ("*.js", "text/javascript")}


@cache
def content(name: str) -> tuple[bytes, str]:
    """Return a file and its media type, or raise UnknownId."""
    if name not in PARTS:
        raise UnknownId("file", name, list(PARTS))
    pattern, media_type = PARTS[name]
    return b"".join(file.read_bytes() for file in sorted(FOLDER.glob(pattern))), media_type


@cache
def address(name: str) -> str:
    """Return the address of a file, which tells its content from that of another version."""
    body, _ = content(name)
    return f"/assets/{name}?v={hashlib.sha256(body).hexdigest()[:12]}"
