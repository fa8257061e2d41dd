"""Encoding: the text that bytes without a label hold, by the encodings Chinese files come in."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(data: bytes) -> str:
    """Return the encoding: by a byte order mark, else UTF-8 where valid, else GB18030.

    GB18030 comes last because it takes nearly every UTF-8 file and makes nonsense of it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        # Not final: a sample may end within a character.
        codecs.getincrementaldecoder("utf-8")("strict").decode(data)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def decoded(data: bytes) -> str:
    """Return the text without its byte order mark; what cannot be decoded becomes U+FFFD."""
    return data.decode(encoding_of(data), errors="replace").removeprefix("\ufeff")
