"""Scans and photos: each picture a page whose characters are recognised."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.document import Document, Kind, Place, Severity
from ingest.read.layout import Layout, note_not_recognised, note_recognised
from ingest.read.limits import Limits
from ingest.read.notes import Notes
from ontology.errors import MissingPart, UnreadableFile
from ontology.sentence import Sentence

if TYPE_CHECKING:
    from ingest.read.picture import Pixels

FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP")
SEAL = 0.002  # of a page is red; a seal of 4 cm is ten times that
SMALL = 600  # pixels on the longer side: characters of a page are then a few pixels high
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, MemoryError, OSError, OverflowError,
    RuntimeError, SyntaxError, TypeError, ValueError, struct.error,
)  # fmt: skip


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read pictures; every character is as sure as its recognition, and marked so."""
    from ingest.read.picture import red_share
    from ingest.read.recognise import recognised

    place, notes = Place(name), Notes(name)
    layout = Layout(place, limits, notes)
    for number, picture in enumerate(_pictures(name, data, limits), 1):
        at = place.at(page=number)
        if number > limits.recognised_pages:
            note_not_recognised(notes, at, limits)
            continue
        page = recognised(picture, number)
        note_recognised(notes, at)
        if red_share(picture) > SEAL:
            message = Sentence(
                "红色印迹（如印章）未读取", "red print, a seal for one, was left out"
            )
            notes.add("red_print_ignored", Severity.NOTICE, at, message)
        if max(picture.shape[:2]) < SMALL:
            message = Sentence(
                "图片太小：请以每英寸200点以上扫描",
                "the picture is small: scan the page with 200 dots to the inch or more",
            )
            notes.add("picture_small", Severity.WARNING, at, message)
        if not page.signs:
            message = Sentence(
                "这张图片中没有识别出文字", "no characters were found in this picture"
            )
            notes.add("nothing_recognised", Severity.WARNING, at, message)
        layout.add(page)
    return Document(name, Kind.IMAGE, layout.blocks(), notes.findings)


def _pictures(name: str, data: bytes, limits: Limits) -> Iterator[Pixels]:
    """Yield each picture of a file in red, green and blue, on white where it is transparent."""
    try:
        import numpy as np
        from PIL import Image, ImageOps, ImageSequence
    except ImportError:
        raise MissingPart("reading pictures needs more: pip install 'sfkg[ocr]'") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                limits.check("pages", getattr(file, "n_frames", 1), name)
                for frame in ImageSequence.Iterator(file):
                    limits.check("expanded_bytes", 4 * frame.width * frame.height, name)
                    turned = ImageOps.exif_transpose(frame).convert("RGBA")
                    paper = Image.new("RGBA", turned.size, "white")
                    flat = Image.alpha_composite(paper, turned).convert("RGB")
                    yield np.asarray(flat)
    except (*_DAMAGE, Image.DecompressionBombError) as error:
        raise UnreadableFile(name, "this picture is damaged; save it anew as PNG") from error
