"""What stands on a page: characters with their boxes, and the rules that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

EM = 10.0  # where a page has no characters to measure


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in units of the page, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        """The middle from top to bottom."""
        return (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Tell whether the middle of another box is within this one."""
        return self.left <= other.across <= self.right and self.top <= other.down <= self.bottom


@dataclass(frozen=True, slots=True)
class Sign:
    """A printed character; a blank that is printed is one too."""

    text: str
    box: Box
    size: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, across or down: at which height or depth, from where to where."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """A page as printed; `number` counts from one."""

    number: int
    width: float
    height: float
    signs: tuple[Sign, ...]
    rules: tuple[Rule, ...]


def em_of(signs: Sequence[Sign]) -> float:
    """Return the usual size of characters, by which all distances on a page are judged."""
    return median(sign.size for sign in signs) if signs else EM


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around some."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
