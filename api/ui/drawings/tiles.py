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
HEIGHT, GAP = 48, 4
# Size of names and width of tiles: three Han characters fit a tile, and the map of small tiles a
# phone; so does the longest English name, Inner Mongolia, a wide tile.
SHORT, LONG = (12.5, 46), (10.5, 88)
LONGEST_SHORT = 3


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
    short = all(len(tile.name) <= LONGEST_SHORT for tile in tiles)
    size, width = SHORT if short else LONG
    inside = sorted(tiles, key=lambda tile: PLACES[tile.code][::-1])
    columns, rows = (max(place[axis] for place in PLACES.values()) + 1 for axis in (0, 1))
    return frame(
        caption,
        columns * (width + GAP) - GAP,
        rows * (HEIGHT + GAP) - GAP,
        *(_tile(tile, shade(tile.count, most), size, width) for tile in inside),
        links=any(tile.address for tile in tiles),
    )


def _tile(tile: Tile, step: int, size: float, width: int) -> str:
    column, row = PLACES[tile.code]
    x, y = column * (width + GAP), row * (HEIGHT + GAP)
    middle = x + width / 2
    return linked(
        tile.address,
        tile.words,
        rectangle(x, y, width, HEIGHT, rx=4, kind=f"heat-{step}"),
        label(
            middle, y + 20, fitted(tile.name, width - 4, size),
            anchor="middle", kind=f"on-{step}", **{"font-size": size},
        ),
        label(
            middle, y + 38, str(tile.count),
            anchor="middle", kind=f"on-{step} number", **{"font-size": NORMAL},
        ),
    )  # fmt: skip
