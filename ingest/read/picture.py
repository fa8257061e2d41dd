"""Pictures as pixels: squared and straightened, freed of seals; the lines drawn in them."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan, degrees
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ingest.read.page import Rule

Pixels = NDArray[np.uint8]  # rows × columns × red, green, blue
Corners = NDArray[np.float32]  # four points

LONG = 40  # of the width or height of a page is the shortest line that counts
TILTED = 0.15  # degrees; less moves the end of a line by two pixels
MOST_TILTED = 8.0  # degrees; more is no slip of the scanner
MOST_LINES = 60  # measured to find the tilt
WIDE, HIGH = 0.4, 0.1  # of a picture at least is a table by which it is squared
LEANING = 0.008  # of the table's longer side; corners further out of square come from a camera
ROUGH = 0.02  # of its outline may a table depart from four straight sides


def upright(picture: Pixels) -> Pixels:
    """Return the picture squared and straightened by its drawn lines, red print taken out."""
    plain = without_red(picture)
    corners = _corners(plain)
    return _straightened(plain if corners is None else _squared(plain, corners))


def without_red(picture: Pixels) -> Pixels:
    """Return the picture as seen through red glass: a seal vanishes, what it covers stays."""
    red = picture[:, :, 0]
    return np.repeat(red[:, :, None], 3, axis=2)


def red_share(picture: Pixels) -> float:
    """Return how much of a picture is red print."""
    wide = picture.astype(np.int16)
    red = (wide[:, :, 0] > 120) & (wide[:, :, 0] - np.maximum(wide[:, :, 1], wide[:, :, 2]) > 60)
    return float(red.mean())


def rules_of(picture: Pixels) -> Iterator[Rule]:
    """Yield the lines drawn across and down."""
    ink = _ink(picture)
    height, width = ink.shape
    for across, length in ((True, width // LONG), (False, height // LONG)):
        for left, top, wide, high in _bars(ink, across, max(length, 10)):
            if across:
                yield Rule(True, top + high / 2, left, left + wide)
            else:
                yield Rule(False, left + wide / 2, top, top + high)


def _bars(ink: Pixels, across: bool, length: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes of what is left of the ink when only long strokes are kept."""
    import cv2

    shape = (length, 1) if across else (1, length)
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    _, _, found, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    thick = max(ink.shape) / 150
    for left, top, wide, high, _ in found[1:]:
        if (high if across else wide) <= thick:  # thicker is a filled area or a bar of a letter
            yield int(left), int(top), int(wide), int(high)


def _ink(picture: Pixels) -> Pixels:
    import cv2

    gray = picture[:, :, 0]
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15
    )
    return np.asarray(ink, np.uint8)


def _corners(picture: Pixels) -> Corners | None:
    """Return the corners of the largest table from the upper left one round, None where no table
    leans as only a camera makes it lean: a scanner tilts, and its opposite sides stay parallel.
    """
    import cv2

    height, width = picture.shape[:2]
    ink, lines = _ink(picture), np.zeros((height, width), np.uint8)
    for shape in ((max(width // 60, 3), 1), (1, max(height // 60, 3))):
        stroke = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines |= np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, stroke), np.uint8)
    joined = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=lambda one: float(np.prod(cv2.boundingRect(one)[2:])), default=None)
    if outline is None:
        return None
    _, _, wide, high = cv2.boundingRect(outline)
    hull = cv2.convexHull(outline)
    four = cv2.approxPolyDP(hull, ROUGH * cv2.arcLength(hull, True), True)
    if wide < WIDE * width or high < HIGH * height or len(four) != 4:
        return None
    corners = _from_upper_left(np.asarray(four, np.float32).reshape(4, 2))
    first, second, third, fourth = corners
    out_of_square = np.abs((second - first) - (third - fourth)).max()
    return corners if out_of_square > LEANING * max(wide, high) else None


def _from_upper_left(corners: Corners) -> Corners:
    """Return four corners in the order upper left, upper right, lower right, lower left."""
    by_height = corners[np.argsort(corners[:, 1])]
    upper, lower = (half[np.argsort(half[:, 0])] for half in (by_height[:2], by_height[2:]))
    return np.asarray([*upper, *lower[::-1]], np.float32)


def _squared(picture: Pixels, corners: Corners) -> Pixels:
    """Return the picture drawn so that the four corners are those of a rectangle."""
    import cv2

    height, width = picture.shape[:2]
    left, right = corners[[0, 3], 0].mean(), corners[[1, 2], 0].mean()
    top, bottom = corners[[0, 1], 1].mean(), corners[[2, 3], 1].mean()
    square = np.asarray([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, square)
    turned = cv2.warpPerspective(
        picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )
    return np.asarray(turned, np.uint8)


def _straightened(picture: Pixels) -> Pixels:
    import cv2

    tilt = _tilt(picture)
    if not TILTED < abs(tilt) < MOST_TILTED:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    turned = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )
    return np.asarray(turned, np.uint8)


def _tilt(picture: Pixels) -> float:
    """Return by how many degrees the longest lines across go down."""
    import cv2

    ink = _ink(picture)
    width = ink.shape[1]
    # A line that leans by 6 degrees is still made of strokes this long.
    stroke = cv2.getStructuringElement(cv2.MORPH_RECT, (max(width // 60, 3), 1))
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, stroke)
    _, marks, found, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    long = [one for one in range(1, len(found)) if found[one][cv2.CC_STAT_WIDTH] > width / 5]
    angles = []
    for one in long[:MOST_LINES]:
        left, top, wide, high, _ = (int(number) for number in found[one])
        down, along = np.nonzero(marks[top : top + high, left : left + wide] == one)
        angles.append(degrees(atan(float(np.polyfit(along, down, 1)[0]))))
    return median(angles) if angles else 0.0
