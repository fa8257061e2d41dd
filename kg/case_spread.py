"""Where and when cases are: how many of each place and of each year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.cases import CaseFilters, selected
from kg.index.table import UNKNOWN_YEAR, CaseTable


@dataclass(frozen=True, slots=True)
class Spread:
    """Cases by place (its id; whatever lies within counts) and by year; `undated` have no year."""

    cases: int
    places: Mapping[str, int]
    years: Mapping[int, int]
    undated: int


def spread(table: CaseTable, filters: CaseFilters) -> Spread:
    """Return the spread of the cases that meet the filters."""
    hit = selected(table, filters)
    places = {place: int(hit[rows].sum()) for place, rows in table.facets["province"].items()}
    years, counts = np.unique(table.years[hit], return_counts=True)
    of_year = dict(zip(years.tolist(), counts.tolist(), strict=True))
    undated = of_year.pop(UNKNOWN_YEAR, 0)
    found = {place: count for place, count in places.items() if count}
    return Spread(int(hit.sum()), found, of_year, undated)
