"""PDF files: text with its positions and drawn lines, page by page; scanned pages recognised."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from ingest.document import Document, Kind, Place, Severity
from ingest.read.layout import Layout, note_not_recognised, note_recognised
from ingest.read.limits import Limits
from ingest.read.notes import Notes
from ingest.read.page import Box, Page, Rule, Sign
from ontology.errors import MissingPart, UnreadableFile
from ontology.sentence import Sentence

if TYPE_CHECKING:
    from pdfplumber.page import Page as Plumbed

THIN = 2.5  # points: a filled rectangle thinner than that is a line
MOST_SIGNS = 200_000  # of a page; A4 full of the smallest print has 20,000
COVERS = 0.5  # of a page is taken up by a picture: the page is a scan
# On a page that is one picture so few characters are the scanner's mark or a page number.
FEW_SIGNS, COVERS_ALL = 30, 0.9
_NO_TEXT = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_LOST = "\ufffd"  # stands for each of them
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b\u00ad]")
# What the parser raises for bytes that are not what they should be, its own errors aside.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError,
    RecursionError, RuntimeError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

Recognise = Callable[[bytes, int], Page]  # a file and the number of a page, from one


def read(name: str, data: bytes, limits: Limits, recognise: Recognise | None = None) -> Document:
    """Read a PDF file; pages that are pictures are recognised, as many as the limit says.

    `recognise` does it; left out, the local models do, where they are installed.
    """
    place, notes = Place(name), Notes(name)
    layout, scans = Layout(place, limits, notes), 0
    for page, images, typed in _pages(name, data, limits):
        at = place.at(page=page.number)
        if _is_scan(page, images):
            scans += 1
            if scans > limits.recognised_pages:
                note_not_recognised(notes, at, limits)
            else:
                page = _recognised(page, data, recognise or _by_models, notes)
        _note_illegible(page, at, notes)
        if typed:
            message = Sentence(
                "表单域或批注中填写的内容未读取，请重新打印为PDF",
                "what is typed into form fields or notes is not read; print it as PDF again",
            )
            notes.add("form_fields_ignored", Severity.WARNING, at, message)
        layout.add(page)
    return Document(name, Kind.PDF, layout.blocks(), notes.findings)


def _is_scan(page: Page, images: float) -> bool:
    """Whether what there is to read on a page is a picture, which takes up so much of it."""
    covers = COVERS_ALL if page.signs else COVERS
    return len(page.signs) < FEW_SIGNS and images >= covers * page.width * page.height


def _recognised(page: Page, data: bytes, recognise: Recognise, notes: Notes) -> Page:
    """Return a scanned page with its characters; as it was where nothing can recognise them."""
    place = Place(notes.file, page=page.number)
    try:
        found = recognise(data, page.number)
    except MissingPart as error:
        message = Sentence(
            f"这一页是没有文字的图片，请提供打印前的原文件（{error}）",
            f"this page is a picture without text; {error}, or give what it was printed from",
        )
        notes.add("no_text_layer", Severity.ERROR, place, message)
        return page
    note_recognised(notes, place)
    return found


def _by_models(data: bytes, number: int) -> Page:
    from ingest.read.recognise import recognised_page

    return recognised_page(data, number)


def _pages(name: str, data: bytes, limits: Limits) -> Iterator[tuple[Page, float, bool]]:
    """Yield the pages, with the area that pictures take of each and whether it has form fields."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    damage = (PSException, PdfminerException, MalformedPDFException, *_DAMAGE)
    number = 0
    try:
        with warnings.catch_warnings(), pdfplumber.open(io.BytesIO(data)) as file:
            warnings.simplefilter("ignore")
            limits.check("pages", len(file.pages), name)
            for number, page in enumerate(file.pages, 1):
                yield _page(page, number, name), _area_of_images(page), _has_fields(page)
                page.close()
    except damage as error:
        wrapped = (error, *error.args)  # pdfplumber hands the parser's errors on in its own
        if any(isinstance(one, PDFPasswordIncorrect) for one in wrapped):
            reason = "protected with a password; save it without one"
            raise UnreadableFile(name, reason) from error
        where = f"page {number}: " if number else ""
        starved = any(isinstance(one, MemoryError) for one in wrapped)
        fault = "takes too much memory" if starved else "is damaged"
        reason = f"{where}this PDF file {fault}; save or print it as PDF again"
        raise UnreadableFile(name, reason) from error


def _page(page: Plumbed, number: int, name: str) -> Page:
    signs = tuple(_signs(page))
    if len(signs) > MOST_SIGNS:
        raise UnreadableFile(name, f"page {number}: more than {MOST_SIGNS} characters")
    return Page(number, float(page.width), float(page.height), signs, tuple(_rules(page)))


def _signs(page: Plumbed) -> Iterator[Sign]:
    """Yield the upright characters within the page; others are watermarks or cut off."""
    for char in page.chars:
        text = _NO_TEXT.sub(_LOST, _CONTROLS.sub("", cast(str, char["text"])))
        box = Box(char["x0"], char["top"], char["x1"], char["bottom"])
        within = 0 <= box.across <= page.width and 0 <= box.down <= page.height
        if text and char["upright"] and within:
            yield Sign(text, box, float(char["size"]))


def _rules(page: Plumbed) -> Iterator[Rule]:
    """Yield what is drawn as a line: lines, thin rectangles and the sides of framed ones."""
    for line in page.lines:
        box = Box(line["x0"], line["top"], line["x1"], line["bottom"])
        if box.bottom - box.top <= THIN or box.right - box.left <= THIN:
            yield _thin(box)
    for rectangle in page.rects:
        box = Box(rectangle["x0"], rectangle["top"], rectangle["x1"], rectangle["bottom"])
        if min(box.bottom - box.top, box.right - box.left) <= THIN:
            yield _thin(box)
        elif rectangle["stroke"]:
            yield Rule(True, box.top, box.left, box.right)
            yield Rule(True, box.bottom, box.left, box.right)
            yield Rule(False, box.left, box.top, box.bottom)
            yield Rule(False, box.right, box.top, box.bottom)


def _thin(box: Box) -> Rule:
    if box.right - box.left >= box.bottom - box.top:
        return Rule(True, box.down, box.left, box.right)
    return Rule(False, box.across, box.top, box.bottom)


def _area_of_images(page: Plumbed) -> float:
    return sum(
        float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))
        for image in page.images
    )


def _has_fields(page: Plumbed) -> bool:
    kinds = (str(one["data"].get("Subtype")) for one in page.annots)
    return any("Widget" in kind or "FreeText" in kind for kind in kinds)


def _note_illegible(page: Page, place: Place, notes: Notes) -> None:
    """Note characters that have a shape and no text."""
    lost = sum(1 for sign in page.signs if sign.text == _LOST)
    if lost:
        message = Sentence(
            f"{len(page.signs)}个字符中有{lost}个只有字形而没有文字，请提供打印前的原文件",
            f"{lost} of {len(page.signs)} characters have a shape but no text: the file does not "
            "say what they are; give the file it was printed from",
        )
        severity = Severity.ERROR if 2 * lost > len(page.signs) else Severity.WARNING
        notes.add("glyphs_without_text", severity, place, message)
