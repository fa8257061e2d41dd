"""The flow of a web page: its lines and tables in order, as a browser would show them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ingest.document import Line
from ingest.read.numerals import written

_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_BLOCK_TAGS = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section
summary td th tr ul
"""
_SILENT_TAGS = """
applet area audio button canvas datalist embed frame frameset head iframe input map math meta
noembed noframes noscript object rp rt script select style svg template textarea title video
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT = frozenset(_SILENT_TAGS.split())
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A line break in the source between two Chinese characters is no blank.
_BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff])")
_ESCAPED_TWICE = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,6});")
# Kinds of numbers in a list, by the names that the numerals of Word have.
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True)
class Text:
    """One line as shown, with its depth where it is a heading."""

    line: Line
    heading: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table met in the flow; `hidden` where something around it is."""

    element: HtmlElement
    hidden: bool = False


@dataclass(frozen=True)
class _State:
    """What holds for a piece of text because of the elements around it."""

    heading: int | None = None
    struck: bool = False
    hidden: bool = False
    kept: bool = False  # blanks and line breaks are, in `pre`


class Flow:
    """Collects lines and tables."""

    def __init__(self) -> None:
        self.items: list[Text | Grid] = []
        self._pieces: list[tuple[str, _State]] = []
        self._label: str | None = None
        self._numbers: dict[HtmlElement, int] = {}  # list → the number of its last item

    def inside(self, element: HtmlElement, state: _State | None = None) -> None:
        """Take all that stands within an element, down to tables, which stay whole."""
        now = state or _State()
        self._say(element.text, now)
        for child in element:
            if isinstance(child.tag, str):
                self._take(child, now)
            self._say(child.tail, now)

    def close(self) -> list[Text | Grid]:
        """End the last line and return all."""
        self._end_line()
        return self.items

    def _take(self, element: HtmlElement, around: _State) -> None:
        tag = element.tag
        if tag in _SILENT:
            return
        state = _within(element, around)
        if tag == "table":
            self._end_line()
            self.items.append(Grid(element, state.hidden))
        elif tag in ("br", "hr"):
            self._end_line()
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "li":
                self._label = self._label_of(element)
            self.inside(element, state)
            self._end_line()
        else:
            self.inside(element, state)

    def _say(self, text: str | None, state: _State) -> None:
        if not text:
            return
        if not state.kept:
            self._pieces.append((text, state))
            return
        first, *others = re.split(r"\r\n|\r|\n", text)
        self._pieces.append((first, state))
        for other in others:
            self._end_line()
            self._pieces.append((other, state))

    def _label_of(self, item: HtmlElement) -> str:
        """Return what a browser prints before an item of a list."""
        around = item.getparent()
        if around is None or around.tag != "ol":
            return "•"
        last = self._numbers.get(around, _whole(around.get("start"), 1) - 1)
        self._numbers[around] = number = _whole(item.get("value"), last + 1)
        return f"{written(number, _FORMS.get(around.get('type', ''), 'decimal'))}."

    def _end_line(self) -> None:
        pieces, self._pieces = self._pieces, []
        text = shown("".join(text for text, _ in pieces), any(s.kept for _, s in pieces))
        if not text:
            return
        states = [state for piece, state in pieces if piece.strip()]
        struck = bool(states) and all(state.struck for state in states)
        hidden = bool(states) and all(state.hidden for state in states)
        heading = next((state.heading for state in states if state.heading), None)
        self.items.append(Text(Line(text, self._label, struck, hidden), heading))
        self._label = None


def shown(text: str, kept: bool = False) -> str:
    """Return a text as a browser shows it; what was escaped twice is taken out once more."""
    if not kept:
        text = _BLANKS.sub(" ", _BROKEN.sub("", text))
    return _ESCAPED_TWICE.sub(lambda one: html.unescape(one.group()), text).strip(" \t\xa0\u3000")


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether an element says of itself that it is not shown."""
    return "hidden" in element.attrib or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _within(element: HtmlElement, around: _State) -> _State:
    tag = element.tag
    struck = tag in _STRUCK or bool(_STRUCK_STYLE.search(element.get("style", "")))
    return replace(
        around,
        heading=_HEADINGS.get(tag, around.heading),
        struck=around.struck or struck,
        hidden=around.hidden or is_hidden(element),
        kept=around.kept or tag == "pre",
    )


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?[0-9]{1,6}", written) else otherwise
