"""Characters recognised in pictures, by local models and without a network (extra `ocr`)."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from ingest.read.page import Box, Page, Sign, em_of
from ingest.read.picture import Pixels, rules_of, upright
from kg.text import is_han
from ontology.errors import MissingPart

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from rapidocr import RapidOCR


@dataclass(frozen=True)
class Recognised:
    """A line of characters, where it stands and how sure it is."""

    text: str
    box: Box
    confidence: float


class _Found(Protocol):
    """What the engine says of a picture, each of the same length, or nothing at all."""

    boxes: NDArray[np.float32] | None  # of each line its four corners
    txts: tuple[str, ...] | None
    scores: tuple[float, ...] | None


# Lines are found in a picture of at most this side and read from one of at most the other: on a
# page of A4 with 90 lines 4.4 s of one core, against 6.3 s where both are 2,000.
FOUND_SIDE = 1280
READ_SIDE = 2400
HEIGHT = 0.85  # of the box found round a line is the size of its characters
NARROW = 0.55  # of a Chinese character is as wide as a Latin one or a digit
LEAST = 0.2  # below it is a speck or a seal; what is less than sure is kept and marked
MOST_SURE = 0.999  # what is recognised is never certain
CLEARLY = 2  # times as long as wide is a line of three characters, and no single digit
DOUBTFUL = 0.85  # less sure is a page on its head: 0.62, one of A4 the right way up has 0.99
STROKE = 1.3  # characters long are lines that are no strokes of characters
POINTS = 72  # an inch
DOTS = 200  # an inch, at which pages of PDF files are drawn

_ONE_AT_A_TIME = threading.Lock()


def recognised(picture: Pixels, number: int) -> Page:
    """Return a picture as a page: its characters with their confidence, its drawn lines."""
    _engine()  # says first of all what is not installed
    picture, lines = _read_upright(upright(picture))
    signs = [sign for line in lines for sign in spread(line)]
    shortest = STROKE * em_of(signs)
    rules = tuple(rule for rule in rules_of(picture) if rule.end - rule.start > shortest)
    height, width = picture.shape[:2]
    return Page(number, width, height, tuple(signs), rules)


def _read_upright(picture: Pixels) -> tuple[Pixels, list[Recognised]]:
    """Return the picture as it can be read, and its lines: turned where it lies on its side, and
    where it may stand on its head.
    """
    lines = _lines(picture)
    turns = (1, 3) if _is_sideways(lines) else (2,) if _mean_sureness(lines) < DOUBTFUL else ()
    tried = [] if turns == (1, 3) else [(picture, lines)]
    for quarters in turns:
        turned = np.ascontiguousarray(np.rot90(picture, quarters))
        tried.append((turned, _lines(turned)))
    return max(tried, key=lambda one: _sureness(one[1]))


def recognised_page(data: bytes, number: int) -> Page:
    """Return a page of a PDF file, drawn and then recognised."""
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(data)) as file:
        page = file[number - 1]
        scale = min(DOTS / POINTS, READ_SIDE / max(page.get_size()))
        picture: Pixels = page.render(scale=scale).to_numpy()
    return recognised(picture[:, :, ::-1].copy(), number)


def spread(line: Recognised) -> list[Sign]:
    """Return the characters of a line, spread over its box by how wide they are."""
    widths = [1.0 if is_han(sign) or not sign.isascii() else NARROW for sign in line.text]
    box = line.box
    unit = (box.right - box.left) / max(sum(widths), NARROW)
    size = (box.bottom - box.top) * HEIGHT
    signs = []
    left = box.left
    for sign, width in zip(line.text, widths, strict=True):
        right = left + width * unit
        signs.append(Sign(sign, Box(left, box.top, right, box.bottom), size, line.confidence))
        left = right
    return signs


def _lines(picture: Pixels) -> list[Recognised]:
    with _ONE_AT_A_TIME:
        found = cast(_Found, _engine()(picture))
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    lines = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        left, top = (float(one) for one in corners.min(axis=0))
        right, bottom = (float(one) for one in corners.max(axis=0))
        sure = min(float(score), MOST_SURE)
        lines.append(Recognised(text, Box(left, top, right, bottom), sure))
    return lines


def _is_sideways(lines: Sequence[Recognised]) -> bool:
    """Tell whether most lines that are clearly longer one way are so from top to bottom."""
    sides = [(line.box.right - line.box.left, line.box.bottom - line.box.top) for line in lines]
    tall = sum(high > CLEARLY * wide for wide, high in sides)
    return tall > sum(wide > CLEARLY * high for wide, high in sides)


def _sureness(lines: Sequence[Recognised]) -> float:
    return sum(len(line.text) * line.confidence for line in lines)


def _mean_sureness(lines: Sequence[Recognised]) -> float:
    return _sureness(lines) / max(sum(len(line.text) for line in lines), 1)


@cache
def _engine() -> RapidOCR:
    """Return the engine with the models that its package carries; it would fetch others."""
    try:
        import rapidocr
    except ImportError:
        raise MissingPart(
            "recognising characters in pictures needs more: pip install 'sfkg[ocr]'"
        ) from None
    models = Path(rapidocr.__file__).parent / "models"
    found, read = (_model(models, part) for part in ("_det_", "_rec_"))
    return rapidocr.RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.max_side_len": READ_SIDE,
            "Global.text_score": LEAST,
            "Det.model_path": str(found),
            "Det.limit_type": "max",
            "Det.limit_side_len": FOUND_SIDE,
            "Rec.model_path": str(read),
            # More threads than one wait for each other in a loop, and cost more than they give.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _model(folder: Path, part: str) -> Path:
    models = sorted(folder.glob(f"*{part}*.onnx"))
    if not models:
        raise MissingPart(f"rapidocr carries no model *{part}*.onnx; install rapidocr>=3.10")
    return models[-1]
