"""The scene cell: its items, each with its label and the heading or head that it stands under.

Numbering of every kind, bullets and semicolons divide; lines that only wrap are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.annex4.comma_list import begins_pair, comma_items, is_item, outside_brackets
from ingest.annex4.form_words import (
    EXAMPLE,
    LED_EXAMPLE,
    ROLES,
    are_roles,
    introduces,
    names_next_part,
)
from ingest.annex4.names import Nomenclature, is_of_no_scene
from ingest.annex4.numbering import (
    Label,
    label_at_start,
    labels_within,
    number_before_name,
    number_of,
)
from ingest.annex4.placeholders import is_placeholder
from ingest.annex4.separators import cuts, strong_cuts
from ingest.annex4.unknown_segment import scene_between
from ingest.annex4.wording import joined, lines_of, plain
from ingest.document import Line

LONGEST_CELL = 6_000  # characters; a hundred items fit, a longer text is none of this form
MOST_ITEMS = 200  # of one cell; more are no list of instances
LONGEST_HEADING = 20
LONGEST_CLAUSE = 60  # characters; clauses of a sentence may be longer, items seldom are
_HEAD_END = re.compile(r"[-—–―－─~～:：/／→>＞|·(（]\s*\Z")
_OPEN_END = re.compile(r"[-—–―－─~～:：/／→>＞|·、，,与和及]\s*\Z")
_DASH_END = re.compile(r"[-—–―－─~～/／→>＞|·]\s*\Z")
_CLOSED_END = re.compile(r"[。；;]\s*\Z")
_MARKS = " \t-—–―－─~～:：/／→>＞|·(（"
_HEADING = re.compile(r"\A[【\[]?\s*(.{2,14}?)(?:环节)?\s*[】\]]?\s*[:：]?\Z")
_NAMED_HEADING = re.compile(r"\A[【\[]?.{2,12}环节\s*[】\]]?\s*[:：]?\Z")
_WORD = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One item as written: its label, and the heading line or the head shared with others.

    `text` is the item with the head before it where it needs one.
    """

    text: str
    label: Label | None = None
    heading: str = ""
    head: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line or a part of one; `begins` says that it cannot go on what stands before."""

    text: str
    label: Label | None
    begins: bool
    struck: bool
    head: str = ""


def split_cell(lines: Sequence[Line], names: Nomenclature) -> tuple[Item, ...]:
    """Return the items of a cell; empty ones, as the form's own `2.`, are left out."""
    if sum(len(line.text) for line in lines) > LONGEST_CELL:
        whole = " ".join(text for line in lines for text in lines_of(line.text) if text)
        return (Item(whole),)
    return _Cell(names).items(lines)


class _Cell:
    """The division of one cell."""

    def __init__(self, names: Nomenclature) -> None:
        self._names = names

    def items(self, lines: Sequence[Line]) -> tuple[Item, ...]:
        written = list(self._pieces(lines))
        listed = any(piece.text for piece in written[1:])
        if listed and introduces(written[0].text):
            del written[0]
        pieces = self._joined(written)
        found = [
            item
            for piece, heading in self._under_headings(pieces)
            for item in self._enumerated(piece, heading)
            if item.text
        ]
        return tuple(found[:MOST_ITEMS])

    def _pieces(self, lines: Sequence[Line]) -> Iterator[_Piece]:
        for line in lines:
            for place, text in enumerate(lines_of(line.text)):
                if not text or EXAMPLE.fullmatch(text):
                    continue
                label = self._label(text)
                if label is None and line.label is not None and place == 0:
                    label = Label("automatic", number_of(line.label), 0, 0)
                rest = text[label.end if label else 0 :].strip()
                yield _Piece(rest, label, label is not None, line.struck)

    def _label(self, text: str) -> Label | None:
        label = label_at_start(text)
        if label is None:
            bare = number_before_name(text)
            return bare if bare and self._is_named(text[bare.end :]) else None
        if (
            label.kind == "bullet"
            and text[0] in "-–—+＋"
            and not self._is_complete(text[label.end :])
        ):
            return label if text[0] in "-–" else None
        return label

    def _is_named(self, text: str) -> bool:
        known = self._names.begins_known(text)
        return known or scene_between(text, self._names) is not None

    def _joined(self, pieces: list[_Piece]) -> list[_Piece]:
        """Join wrapped lines to what they go on, then divide what holds several items."""
        listed = any(piece.label or self._begins_item(piece.text) for piece in pieces)
        whole: list[_Piece] = []
        for piece in pieces:
            if whole and not piece.label and names_next_part(whole[-1].text, piece.text):
                whole[-1] = replace(whole[-1], text=f"{whole[-1].text}—{piece.text}")
            elif whole and listed and self._goes_on(whole[-1], piece):
                whole[-1] = replace(whole[-1], text=self._glued(whole[-1].text, piece.text))
            else:
                whole.append(piece)
        return [part for piece in whole for part in self._divided(piece)]

    def _goes_on(self, before: _Piece, piece: _Piece) -> bool:
        if piece.begins or _CLOSED_END.search(before.text):
            return False
        if self._is_heading(piece.text):
            return False
        if self._is_heading(before.text):
            return not _HEAD_END.search(before.text) and not strong_cuts(piece.text)
        if is_placeholder(piece.text) and _WORD.search(piece.text):
            return False
        if _OPEN_END.search(before.text) and before.text:
            shape = is_item if before.text.endswith(("，", ",")) else begins_pair
            return not (begins_pair(before.text, self._names) and shape(piece.text, self._names))
        return not self._begins_item(piece.text) or self._names.is_segment(before.text)

    def _glued(self, before: str, text: str) -> str:
        """Return two lines as one; a line break between parts separates them as a dash does."""
        if self._names.is_segment(before) or self._ends_with_scene(before):
            return text if not before else f"{before}—{text.lstrip(_MARKS)}"
        return joined(before, text)

    def _ends_with_scene(self, text: str) -> bool:
        found = strong_cuts(text)
        last = text[found[0].end :] if len(found) == 1 else ""
        return self._names.is_scene(last) or bool(self._names.several(last))

    def _begins_item(self, text: str) -> bool:
        if led := LED_EXAMPLE.match(text):
            return self._begins_item(text[led.end() :])
        named = self._names.begins_known(text) or is_of_no_scene(text)
        named = named or self._ends_with_segment(text)
        return named or len(strong_cuts(text)) > 1 or scene_between(text, self._names) is not None

    def _ends_with_segment(self, text: str) -> bool:
        """Tell whether an item stands in the other order: instance, scene, segment."""
        found = list(cuts(text))
        return len(found) > 1 and self._names.is_segment(text[found[-1].end :])

    def _is_complete(self, text: str) -> bool:
        return self._names.begins_known(text.strip())

    def _is_heading(self, text: str) -> bool:
        if len(text) > LONGEST_HEADING or _DASH_END.search(text):
            return False
        match = _HEADING.match(text)
        if match and self._names.is_segment(match[1]):
            return True
        return _NAMED_HEADING.match(plain(text)) is not None

    def _divided(self, piece: _Piece) -> Iterator[_Piece]:
        """Yield the parts of a line by the labels within it, then by semicolons."""
        inner = list(self._inner_labels(piece))
        if not inner:
            yield from self._by_semicolons(piece)
            return
        first = piece.text[: inner[0].start].rstrip()
        shared = _HEAD_END.search(first) and not self._names_segment(piece.text[inner[0].end :])
        head = first.rstrip(_MARKS) if shared else ""
        if first and not head and not introduces(first):
            yield from self._by_semicolons(replace(piece, text=first))
        ends = [label.start for label in inner[1:]] + [len(piece.text)]
        for label, end in zip(inner, ends, strict=True):
            text = piece.text[label.end : end].strip(" \t；;、，,")
            if head and first.endswith(("(", "（")):
                text = text.rstrip(")）")
            yield from self._by_semicolons(_Piece(text, label, True, piece.struck, head))

    def _inner_labels(self, piece: _Piece) -> Iterator[Label]:
        """Yield the labels in the middle of a line that surely number something."""
        found = list(labels_within(piece.text))
        numbers: dict[str, int | None] = {}
        if piece.label and piece.label.kind != "automatic":
            numbers[piece.label.kind] = piece.label.number
        for place, label in enumerate(found):
            before = numbers.get(label.kind)
            follows = before is not None and label.number == before + 1
            opens = label.number == 1 and any(
                one.kind == label.kind and one.number == 2 for one in found[place + 1 :]
            )
            names = self._names.begins_known(piece.text[label.end :])
            headed = _HEAD_END.search(piece.text[: label.start]) is not None
            end = found[place + 1].start if place + 1 < len(found) else len(piece.text)
            starts = headed and label.number == 1
            sure = names and (label.loose or label.kind in numbers or starts)
            likely = (follows or opens) and (label.loose or names or headed)
            if sure or likely or (follows and self._is_part(piece.text[label.end : end].strip())):
                numbers[label.kind] = label.number
                yield label

    def _is_part(self, text: str) -> bool:
        """Tell whether a text may stand behind a number by its marks alone, or for an item."""
        return is_item(text, self._names) or is_placeholder(text)

    def _by_semicolons(self, piece: _Piece) -> Iterator[_Piece]:
        parts = [
            part for one in outside_brackets(piece.text) for part in comma_items(one, self._names)
        ]
        listed = not any(_is_clause(part) for part in parts) or any(
            self._label(part) or self._begins_item(part) for part in parts[1:]
        )
        if len(parts) < 2 or not listed or are_roles(parts) or self._are_parts(parts):
            yield piece
            return
        yield replace(piece, text=parts[0])
        for part in parts[1:]:
            label = self._label(part)
            text = part[label.end if label else 0 :].strip()
            yield _Piece(text, label, True, piece.struck, piece.head)

    def _are_parts(self, parts: Sequence[str]) -> bool:
        """Tell whether texts between semicolons are segment, scene and instance of one item."""
        if len(parts) != len(ROLES) or not self._names.is_segment(parts[0]):
            return False
        return self._names.is_scene(parts[1]) and not self._names.begins_known(parts[2])

    def _under_headings(self, pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, str]]:
        """Yield what is no heading with the heading it stands under."""
        heading = ""
        for place, piece in enumerate(pieces):
            more = place + 1 < len(pieces) and not piece.head
            if (
                more
                and self._is_heading(piece.text)
                and not self._is_heading(pieces[place + 1].text)
            ):
                heading = piece.text.strip(" :：【】[]")
            elif more and self._is_head(piece, pieces[place + 1]):
                heading = piece.text.rstrip(" :：")
            else:
                yield piece, heading

    def _is_head(self, piece: _Piece, following: _Piece) -> bool:
        """Tell whether a line with a colon heads what follows; of two equals neither does."""
        if not piece.text.endswith((":", "：")) or not self._names.begins_known(piece.text):
            return False
        labels = piece.label, following.label
        alike = labels[0] and labels[1] and labels[0].kind == labels[1].kind
        return not (alike and self._names_segment(following.text))

    def _enumerated(self, piece: _Piece, heading: str) -> Iterator[Item]:
        """Yield the items of a piece; a list of scenes alone is one item for each."""
        text = piece.text.strip()
        several = () if piece.head else self._names.several(text)
        if several and not heading:
            for term in several:
                yield Item(term.written, piece.label, struck=piece.struck)
            return
        yield Item(
            self._headed(text, piece.head, heading), piece.label, self._own(text, heading),
            piece.head, piece.struck,
        )  # fmt: skip

    def _own(self, text: str, heading: str) -> str:
        """Return the heading, "" where the item names a segment itself."""
        return "" if self._names_segment(text) else heading

    def _headed(self, text: str, head: str, heading: str) -> str:
        if not text:
            return ""
        own = text if not head or self._names_segment(text) else f"{head}—{text}"
        heading = self._own(own, heading)
        return f"{heading}—{own}" if heading else own

    def _names_segment(self, text: str) -> bool:
        return any(self._names.is_segment(part) for part in _first_parts(text))


def _is_clause(text: str) -> bool:
    """Tell whether a text is a clause of a sentence rather than an item of a list."""
    return len(text) > LONGEST_CLAUSE or any(sign in "，。" for sign in text)


def _first_parts(text: str) -> Iterator[str]:
    for length in range(4, min(len(text), 14) + 1):
        yield text[:length]
