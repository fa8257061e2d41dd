"""Drawings of a sheet: text boxes, pictures and comments that lie over its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.read.office_xml import optional_tree, relationships, whole
from ingest.read.package import Package
from ingest.read.xlsx_sheet import address
from ingest.read.xlsx_styles import S
from ontology.sentence import Sentence

_COMMENT = Sentence("批注", "a comment")


@dataclass(frozen=True)
class Drawing:
    """Something over the cells, with the row and column it begins at, from one."""

    what: Sentence
    row: int
    column: int


def drawings(package: Package, sheet: str) -> Iterator[Drawing]:
    """Yield what lies over the cells of a sheet."""
    for one in relationships(package, sheet):
        if one.kind in ("drawing", "comments"):
            root = optional_tree(package, one.path)
            if root is not None:
                yield from _anchored(root) if one.kind == "drawing" else _comments(root)


def _comments(root: etree._Element) -> Iterator[Drawing]:
    for comment in root.iter(f"{S}comment"):
        row, column = address(comment.get("ref", "")) or (1, 1)
        yield Drawing(_COMMENT, row, column)


def _anchored(root: etree._Element) -> Iterator[Drawing]:
    for anchor in root:
        # The first of a name counts: where it begins stands before where it ends.
        inside = reversed(list(anchor.iter(etree.Element)))
        named = {etree.QName(one).localname: one for one in inside}
        what = _what(named)
        if what is not None:
            row, column = (
                whole(named[name].text) if name in named else 0 for name in ("row", "col")
            )
            yield Drawing(what, row + 1, column + 1)


def _what(named: dict[str, etree._Element]) -> Sentence | None:
    """Return what a drawing is by the elements in it; lines and arrows are nothing to read."""
    if "t" in named:
        return Sentence("文本框", "a text box")
    if "pic" in named:
        return Sentence("图片", "a picture")
    return Sentence("图表", "a chart") if "graphicFrame" in named else None
