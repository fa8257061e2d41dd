"""Running text of a docx file: what a paragraph reads like printed, changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from ingest.document import Line
from ingest.read.docx_styles import VAL, Style, Styles, W
from ingest.read.office_xml import is_on

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"
# What only wraps other content; its children count as if they stood in its place.
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
) | {f"{W}fldSimple", f"{W}dir", f"{W}bdo", f"{MC}Choice", f"{MC}Fallback"}
_DROPPED = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "sdtPr", "customXmlPr", "smartTagPr", "pPr", "rPr", "rt")
)
_NOT_SHOWN = _DROPPED | _WRAPPERS
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
DRAWINGS = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_BOX = f"{W}txbxContent"
# Boxes, ticks and bullets of the symbol fonts, by the last two figures of their code; they have
# no characters of their own and come as those of the private area F000 to F0FF.
_SYMBOLS = {
    "Wingdings": dict(
        zip(("A8", "6F", "FE", "FD", "FC", "FB", "6C", "6E", "75"), "□□☑☒√×●■◆", strict=True)
    ),
    "Wingdings 2": dict(zip(("A3", "52", "54", "50", "4F"), "□☑☒√×", strict=True)),
}
_WINGDINGS = {0xF000 + int(code, 16): sign for code, sign in _SYMBOLS["Wingdings"].items()}
CHANGES = tuple(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is shown, struck out or hidden as one."""

    text: str
    struck: bool = False
    hidden: bool = False


@dataclass
class Content:
    """What a paragraph holds: its text, and how many text boxes and pictures it carries."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: int = 0
    pictures: int = 0


def unwrapped(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what an element holds: wrappers opened, deletions left out, one alternative of each.

    Content controls, accepted insertions and marks of other programs may stand around anything:
    runs, paragraphs, cells, rows and tables.
    """
    waiting: list[Iterator[etree._Element]] = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == f"{MC}AlternateContent":
            waiting.append(islice(child, 1))
        elif child.tag in _WRAPPERS and not _is_prompt(child):
            waiting.append(iter(child))
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN:
            yield child


def _is_prompt(element: etree._Element) -> bool:
    """Whether it is a content control nobody filled in; one around a cell still is that cell."""
    prompt = element.find(f"{W}sdtPr/{W}showingPlcHdr")
    return is_on(prompt, VAL) and next(element.iter(f"{W}tc"), None) is None


def content(paragraph: etree._Element, like: Style, styles: Styles) -> Content:
    """Return what a paragraph of a style holds; of fields the result, not the code."""
    gathered = Content()
    fields = _Field()
    for element in unwrapped(paragraph):
        if element.tag != f"{W}r":
            _gather(element, Piece(""), gathered)
            continue
        style = styles.of(element.find(f"{W}rPr"), "rStyle")
        struck = like.struck if style.struck is None else style.struck
        hidden = like.hidden if style.hidden is None else style.hidden
        for child in unwrapped(element):
            if child.tag == f"{W}fldChar":
                fields.turn(child.get(f"{W}fldCharType"))
            else:
                into = fields.code if fields.in_code else gathered
                _gather(child, Piece("", bool(struck), bool(hidden)), into)
    # The code of a field that does not end was none.
    gathered.pieces += fields.code.pieces
    return gathered


@dataclass
class _Field:
    """How far the fields begun in a paragraph have come; they may stand in each other."""

    has_result: list[bool] = field(default_factory=list)
    code: Content = field(default_factory=Content)

    @property
    def in_code(self) -> bool:
        return not all(self.has_result)

    def turn(self, mark: str | None) -> None:
        if mark == "begin":
            self.has_result.append(False)
        elif mark == "separate" and self.has_result:
            self.has_result[-1] = True
        elif mark == "end" and self.has_result:
            self.has_result.pop()
        if not self.in_code:
            self.code = Content()


def _gather(element: etree._Element, like: Piece, gathered: Content) -> None:
    """Add the text in an element, whatever the element is, and count the drawings."""
    if element.tag in DRAWINGS:
        is_box = next(element.iter(_BOX), None) is not None
        gathered.boxes += is_box
        gathered.pictures += not is_box
        return
    for child in _text_elements(element):
        text = _text(child)
        if text:
            gathered.pieces.append(Piece(text, like.struck, like.hidden))


def _text_elements(element: etree._Element) -> Iterator[etree._Element]:
    """Yield an element and all in it that the paragraph shows."""
    yield element
    for child in unwrapped(element):
        if child.tag not in DRAWINGS:
            yield from _text_elements(child)


def _text(element: etree._Element) -> str:
    if element.tag in (f"{W}t", MATH_TEXT):
        text = (element.text or "").translate(_WINGDINGS)
        # Blanks at the ends, and the line breaks of an indented file, count only where it is said.
        return text if element.get(_PRESERVED) == "preserve" else text.strip(" \t\r\n")
    if element.tag == f"{W}sym":
        signs = _SYMBOLS.get(element.get(f"{W}font", ""), {})
        return signs.get(element.get(f"{W}char", "")[-2:].upper(), "")
    return _SIGNS.get(str(element.tag), "")


def lines(pieces: list[Piece], label: str | None = None) -> tuple[Line, ...]:
    """Return the pieces cut at line breaks, the label before the first line."""
    cut: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        cut[-1].append(Piece(first, piece.struck, piece.hidden))
        cut.extend([Piece(other, piece.struck, piece.hidden)] for other in others)
    return tuple(_line(line, label if number == 0 else None) for number, line in enumerate(cut))


def _line(pieces: list[Piece], label: str | None) -> Line:
    written = [piece for piece in pieces if piece.text.strip()]
    return Line(
        "".join(piece.text for piece in pieces),
        label,
        struck=bool(written) and all(piece.struck for piece in written),
        hidden=bool(written) and all(piece.hidden for piece in written),
    )
