"""Whether one matcher is better than another on the same texts: a paired bootstrap."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.match.corpus import enterprise_key
from kg.match.metrics import FIRST, Row, scenes_of
from kg.match.model import Judgement
from ontology.errors import InvalidFile

Doubles = NDArray[np.float64]

DRAWS = 10_000
SEED = 2718
TAIL = 0.025  # on either side of the interval
COLUMNS = ("id", "scenes")

FIGURES: Mapping[str, Callable[[Row, Sequence[str]], bool]] = {
    "top1": lambda row, scenes: scenes[0] == row.scene,
    "lenient": lambda row, scenes: scenes[0] in row.accepted,
    "top3": lambda row, scenes: row.scene in scenes[:FIRST],
}


@dataclass(frozen=True, slots=True)
class Gain:
    """Two shares of the same in-scope texts and the 95 % interval of their difference."""

    n: int
    share: float
    other: float
    gain: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def gains(
    rows: Sequence[Row], ours: Sequence[Sequence[str]], others: Sequence[Sequence[str]]
) -> dict[str, Gain]:
    """Return the gain of the first rankings over the second, for each figure.

    Texts of one enterprise are drawn together, each draw for both matchers (Efron & Tibshirani
    1993, chapters 8 and 16); texts without enterprise stand alone.
    """
    inside = [place for place, row in enumerate(rows) if row.in_scope]
    if not inside:
        return {}
    groups = [enterprise_key(rows[place].enterprise) or f"row {place}" for place in inside]
    found = {}
    for name, right in FIGURES.items():
        hits = [[right(rows[place], said[place]) for place in inside] for said in (ours, others)]
        found[name] = _gain(groups, np.array(hits, dtype=np.float64))
    return found


def _gain(groups: Sequence[str], hits: Doubles) -> Gain:
    """Return the gain for `hits` of shape (2, texts)."""
    group = np.unique(groups, return_inverse=True)[1]
    sizes = np.bincount(group).astype(np.float64)
    won = np.bincount(group, weights=hits[0] - hits[1])
    drawn = np.random.default_rng(SEED).integers(len(sizes), size=(DRAWS, len(sizes)))
    differences = won[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(differences, [TAIL, 1 - TAIL]).tolist()
    share, other = hits.mean(axis=1).tolist()
    return Gain(hits.shape[1], share, other, share - other, low, high)


def write_rankings(path: Path, rows: Sequence[Row], judgements: Sequence[Judgement]) -> None:
    """Write what was said of each row, for a later comparison."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, judgement in zip(rows, judgements, strict=True):
        writer.writerow((row.id, " ".join(scenes_of(judgement))))
    try:
        path.write_text(held.getvalue(), encoding="utf-8")
    except OSError as fault:
        raise InvalidFile(f"{path} cannot be written: {fault.strerror}") from None


def read_rankings(path: Path, rows: Sequence[Row]) -> list[list[str]]:
    """Return the rankings of the rows, or raise InvalidFile where one of them is missing."""
    try:
        read = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True)
        said = {str(cells.get("id")): str(cells.get("scenes") or "").split() for cells in read}
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise InvalidFile(f"{path} is no file of rankings: {fault}") from None
    missing = next((row.id for row in rows if not said.get(row.id)), None)
    if missing is not None:
        raise InvalidFile(f"{path}: there is no ranking of row {missing!r}; it is of other texts")
    return [said[row.id] for row in rows]
