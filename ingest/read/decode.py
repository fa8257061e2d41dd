"""Bytes as text: which encoding they are in, and whether anything was lost on the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Place, Severity
from ingest.read.notes import Notes
from kg.text import is_han, normalise
from ontology.sentence import Sentence

SAMPLE = 20_000  # characters looked at to judge a decoding
NULS = 10  # of so many bytes of UTF-16 with some ASCII at least one is NUL
FEW_HAN = 8  # with fewer Chinese characters their mixture says nothing
# Of running Chinese 0.93 to 0.99 are level-1 characters of GB 2312; of UTF-8 read as GB18030 0.1 to
# 0.3, of Big5 read so 0.4 to 0.6.
PLAUSIBLE = 0.7

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What a page may declare beside Unicode and GB18030; any codec of Python's would be too many.
_DECLARED = frozenset({"big5", "big5-hkscs", "shift_jis", "euc-jp", "euc-kr", "windows-1252"})
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")  # nothing that anyone wrote
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd]")
_HAN = "\u3400-\u9fff"
# Characters lost in a conversion: U+FFFD, several question marks within a text, a question mark
# between two Chinese characters or before a closing bracket or `018年`. A question that ends a
# sentence is none of these.
_LOST = re.compile(
    rf"\ufffd|(?<=[{_HAN}])\?(?=[{_HAN}）〕》)])|\?\?+(?=[{_HAN}])|(?<![{_HAN}])[?？](?=\d{{3}}年)"
    r"|(?<=\d)。(?=\d+%)"
)


@dataclass(frozen=True)
class Decoded:
    """A text with the encoding it was in; `plausible` tells whether it reads like one."""

    text: str
    encoding: str
    plausible: bool = True


def decode(data: bytes, declared: str | None = None, cut: bool = False) -> Decoded:
    """Return the text of some bytes: a byte order mark decides, then UTF-8, then what is plausible.

    GB18030 comes after UTF-8, because nearly every UTF-8 text decodes as GB18030, into nonsense.
    What a page declares decides only between the encodings that fit its bytes. A sample that is
    `cut` may end within a character.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _judged(data[len(mark) :].decode(encoding, "replace"), encoding)
    if data[:SAMPLE].count(0) * NULS > len(data[:SAMPLE]):
        pairs = data[: len(data) // 2 * 2]
        return _judged(pairs.decode(_sixteen(data), "replace"), _sixteen(data))
    try:
        return _judged(_exactly(data, "utf-8", cut), "utf-8")
    except UnicodeDecodeError:
        return _best(data, declared, cut)


def lost(text: str) -> bool:
    """Tell whether characters of a text were lost when someone converted it."""
    return _LOST.search(text) is not None


def note_lost(notes: Notes, place: Place, text: str) -> None:
    """Note a text in which characters were lost."""
    if lost(text):
        message = Sentence(
            "此处的文字在转换中丢失，请从原件取得",
            "characters were lost here in a conversion; take the text from the original",
        )
        notes.add("damaged_text", Severity.WARNING, place, message, text[:80])


def note_implausible(notes: Notes, place: Place, decoded: Decoded) -> None:
    """Note a file that reads like nothing in any encoding."""
    message = Sentence(
        f"按{decoded.encoding}编码读出的文字不成文，请把文件另存为UTF-8",
        f"the text makes no sense, read as {decoded.encoding}; save the file as UTF-8",
    )
    notes.add("encoding_unclear", Severity.ERROR, place, message, decoded.text[:40])


def _sixteen(data: bytes) -> str:
    """Of ASCII in UTF-16 without a mark every other byte is NUL: the second of a pair, or first."""
    sample = data[:SAMPLE]
    little = sample[1::2].count(0) >= sample[0::2].count(0)
    return "utf-16-le" if little else "utf-16-be"


def _exactly(data: bytes, encoding: str, cut: bool) -> str:
    return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not cut)


def _best(data: bytes, declared: str | None, cut: bool) -> Decoded:
    """Take what decodes without a fault and reads like a text; else what loses least."""
    names = ["gb18030", *({(declared or "").lower()} & _DECLARED)]
    strict = [found for name in names if (found := _strictly(data, name, cut))]
    for found in strict:
        if found.plausible:
            return found
    loose = [_judged(data.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    return max(
        loose, key=lambda found: (_share_common(_telling(found.text)), -found.text.count("\ufffd"))
    )


def _strictly(data: bytes, encoding: str, cut: bool) -> Decoded | None:
    try:
        return _judged(_exactly(data, encoding, cut), encoding)
    except UnicodeDecodeError:
        return None


def _judged(text: str, encoding: str) -> Decoded:
    clean = _CONTROLS.sub("", text)
    signs = _telling(clean)
    return Decoded(clean, encoding, len(signs) < FEW_HAN or _share_common(signs) >= PLAUSIBLE)


def _telling(text: str) -> list[str]:
    """Return the Chinese characters of a sample, and what stands for those that were lost."""
    folded = normalise(text[:SAMPLE])  # traditional characters count as their simplified forms
    return [sign for sign in folded if is_han(sign) or _STRANGE.match(sign)]


def _share_common(signs: Sequence[str]) -> float:
    return sum(map(_is_common, signs)) / len(signs) if signs else 0.0


def _is_common(sign: str) -> bool:
    """Tell whether a character stands in level 1 of GB 2312, its 3,755 most used."""
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= code[0] <= 0xD7
