"""A file that somebody drops on a page, as the text it holds."""

from __future__ import annotations

from pathlib import PurePath

from ontology.errors import InvalidValue

TEXTS = (".txt", ".md", ".csv")
# GB 18030 holds what older Chinese programs write; every text of theirs is read with it.
ENCODINGS = ("utf-8-sig", "gb18030")


def text_of(name: str, content: bytes) -> str:
    """Return the text of a file, or raise InvalidValue where it is of no kind that can be read."""
    ending = PurePath(name).suffix.lower()
    if ending not in TEXTS:
        known = ", ".join(TEXTS)
        raise InvalidValue("file", name[-60:], f"is of a kind that is not read here; use {known}")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidValue("file", name[-60:], "is no text in UTF-8 or GB 18030")
