"""Whether one matcher is better than another on the same texts: a paired bootstrap."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.match.bootstrap import Bootstrap, Interval
from kg.match.corpus import enterprise_key
from kg.match.metrics import FIRST, Row, scenes_of
from kg.match.model import Judgement
from ontology.errors import InvalidFile

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
        return Interval(self.gain, self.low, self.high).beyond_chance


def gains(
    rows: Sequence[Row], ours: Sequence[Sequence[str]], others: Sequence[Sequence[str]]
) -> dict[str, Gain]:
    """Return the gain of the first rankings over the second, for each figure.

    Texts of one enterprise are drawn together; texts without enterprise stand alone.
    """
    inside = [place for place, row in enumerate(rows) if row.in_scope]
    if not inside:
        return {}
    bootstrap = Bootstrap(groups_of([rows[place] for place in inside]))
    found = {}
    for name, right in FIGURES.items():
        hits = np.array(
            [[right(rows[place], said[place]) for place in inside] for said in (ours, others)],
            dtype=np.float64,
        )
        gain = bootstrap.interval(hits[0] - hits[1])
        share, other = hits.mean(axis=1).tolist()
        found[name] = Gain(len(inside), share, other, share - other, gain.low, gain.high)
    return found


def groups_of(rows: Sequence[Row]) -> list[str]:
    """Return what is drawn together with each row: its enterprise, or the row by itself."""
    return [enterprise_key(row.enterprise) or f"row {row.id}" for row in rows]


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
