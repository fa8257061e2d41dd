"""The provincial units as a grid of equal tiles: where things are, without any drawn border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.ui.drawings.svg import NORMAL, Caption, fitted, frame, label, linked, rectangle, shade

# Column and row of each of the 34 units by its code (GB/T 2260), roughly where it lies.
PLACES: Mapping[str, tuple[int, int]] = {
    "230000": (7, 0),
    "150000": (3, 1), "210000": (6, 1), "220000": (7, 1),
    "650000": (0, 2), "620000": (1, 2), "640000": (2, 2), "140000": (3, 2), "130000": (4, 2),
    "110000": (5, 2), "120000": (6, 2),
    "630000": (1, 3), "610000": (2, 3), "410000": (3, 3), "370000": (4, 3), "320000": (5, 3),
    "540000": (0, 4), "510000": (1, 4), "500000": (2, 4), "420000": (3, 4), "340000": (4, 4),
    "330000": (5, 4), "310000": (6, 4),
    "530000": (1, 5), "520000": (2, 5), "430000": (3, 5), "360000": (4, 5), "350000": (5, 5),
    "450000": (2, 6), "440000": (3, 6), "810000": (4, 6), "710000": (6, 6),
    "460000": (2, 7), "820000": (3, 7),
}  # fmt: skip
WIDTH, HEIGHT, GAP = 88, 54, 4
NAME_SIZE = 10.5  # the longest English name, Inner Mongolia, fits a tile


@dataclass(frozen=True, slots=True)
class Tile:
    """A provincial unit by its code: its name, how many there are, and that in words."""

    code: str
    name: str
    count: int
    words: str
    address: str = ""


def tile_grid(caption: Caption, tiles: Sequence[Tile]) -> Markup:
    """Draw a tile for each unit that is given, darker where there are more."""
    most = max((tile.count for tile in tiles), default=0)
    inside = sorted(tiles, key=lambda tile: PLACES[tile.code][::-1])
    columns, rows = (max(place[axis] for place in PLACES.values()) + 1 for axis in (0, 1))
    return frame(
        caption,
        columns * (WIDTH + GAP) - GAP,
        rows * (HEIGHT + GAP) - GAP,
        *(_tile(tile, most) for tile in inside),
        links=any(tile.address for tile in tiles),
    )


def _tile(tile: Tile, most: int) -> str:
    column, row = PLACES[tile.code]
    x, y = column * (WIDTH + GAP), row * (HEIGHT + GAP)
    step = shade(tile.count, most)
    middle = x + WIDTH / 2
    return linked(
        tile.address,
        tile.words,
        rectangle(x, y, WIDTH, HEIGHT, rx=4, kind=f"heat-{step}"),
        label(
            middle, y + 22, fitted(tile.name, WIDTH - 4, NAME_SIZE),
            anchor="middle", kind=f"on-{step}", **{"font-size": NAME_SIZE},
        ),
        label(
            middle, y + 42, str(tile.count),
            anchor="middle", kind=f"on-{step} number", **{"font-size": NORMAL},
        ),
    )  # fmt: skip
