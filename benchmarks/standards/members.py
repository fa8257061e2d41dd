"""How often members of a scene's standard cluster belong there, by two judges.

`python -m benchmarks.standards.members` prints the table of tests/quality/clusters/README.md from
the grades in judged.csv: 40 members of ten scenes, four each, and ten standards that are no
members, shuffled and graded by two judges who saw scene and title alone (2 speaks of the scene's
object or process, 1 general but applies, 0 does not belong).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

GRADES = Path(__file__).parents[2] / "tests" / "quality" / "clusters" / "judged.csv"
NO_MEMBER = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """A standard for a scene, how it was chosen, and both grades."""

    scene: str
    standard: str
    closeness: str
    basis: str
    first: int
    second: int

    @property
    def belongs(self) -> bool:
        """Whether both judges put it in."""
        return min(self.first, self.second) > 0


def judged() -> list[Judged]:
    """Return all judgements."""
    with GRADES.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["scene"],
                row["standard"],
                row["closeness"],
                row["basis"],
                int(row["first"]),
                int(row["second"]),
            )
            for row in csv.DictReader(file)
        ]


def table(rows: list[Judged]) -> list[str]:
    """Return the share that belongs by how a standard was chosen, as lines of Markdown."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for row in rows:
        groups[row.closeness, row.basis].append(row)
    lines = ["| closeness | basis | judged | belong by both | grade 2 by both |",
             "| --- | --- | --- | --- | --- |"]  # fmt: skip
    for (closeness, basis), some in sorted(groups.items()):
        belong = sum(row.belongs for row in some)
        twice = sum(row.first == row.second == 2 for row in some)
        name = "no member" if closeness == NO_MEMBER else closeness
        lines.append(f"| {name} | {basis} | {len(some)} | {belong} | {twice} |")
    return lines


def agreement(rows: list[Judged]) -> float:
    """Return how often both judges give the same grade."""
    return sum(row.first == row.second for row in rows) / len(rows)


if __name__ == "__main__":
    print("\n".join(table(judged())))
    print(f"\nSame grade by both judges: {agreement(judged()):.2f}")
