"""Pages put together: what runs along their edges left out, paragraphs and tables made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import Finding, Line, Paragraph, Place, Severity, Table
from ingest.read.aligned import aligned_tables
from ingest.read.continued import continued
from ingest.read.drawn import Drawn, from_alignment, from_grid
from ingest.read.limits import Limits
from ingest.read.page import Page, Sign, em_of
from ingest.read.printed import LABEL, joined, printed_lines
from ingest.read.ruled import grids

EDGE = 0.1  # of a page's height, above and below, in which running titles and numbers stand
HEADING = 1.15  # times the size of the text; 小四 over 五号 is 1.14 and no heading
LONGEST_HEADING = 40  # characters
MOST_HEADINGS = 4  # sizes that count, the largest first
_PAGE_NUMBER = re.compile(
    r"[-—–―·. ]*(?:第 ?)?(?:[0-9]{1,4}|[IVXivx]{1,5})(?: ?页)?(?:[ ,，/／]*(?:共|of)? ?[0-9]{1,4} ?页?)?[-—–―·. ]*"
)
_SENTENCE_END = re.compile(r"[。！？!?；;：:]\\s*$")


@dataclass(frozen=True)
class Edged:
    """A line outside tables, with what joins it to others."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    running: str | None  # its text without digits, where it stands at the edge of its page


class Layout:
    """Takes page after page and keeps of each only lines and tables."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.place = place
        self.limits = limits
        self._blocks: list[Edged | Drawn] = []
        self._sizes: Counter[float] = Counter()
        self._cells = 0
        self._pages = 0
