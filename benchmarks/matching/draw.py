"""Draws the real cases of the report: a point and an interval for each system and figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH, HEIGHT_OF_ROW, MARGIN = 8.0, 0.5, 1.4  # inches
# The figure, what the legend calls it, its colour (told apart by the colour-blind too), its offset.
SERIES = (
    ("lenient", "alternatives accepted", "#1f5fa6", -0.14),
    ("top1", "top-1", "#d1720a", 0.14),
)
GRID = "#d9d9d9"


def draw(held: Mapping[str, Any], chart: Path) -> None:
    """Write the chart of a report's figures as SVG."""
    # A fixed salt and no date: the same figures give the same bytes.
    with rc_context({"svg.hashsalt": "matching", "svg.fonttype": "none"}):
        _figure(held).savefig(chart, format="svg", metadata={"Date": None})


def _figure(held: Mapping[str, Any]) -> Figure:
    """Return the chart, the best system on top."""
    systems = sorted(held["systems"], key=lambda one: -one["cases"]["lenient"]["value"])
    height = MARGIN + HEIGHT_OF_ROW * len(systems)
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    for series in SERIES:
        _points(axes, systems, series)
    axes.set_yticks(range(len(systems)), [one["title"] for one in systems])
    axes.invert_yaxis()
    axes.set_xlabel(f"share of {held['cases']} real cases, 95 % interval over enterprises")
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.legend(loc="outside upper right", ncols=len(SERIES), frameon=False)
    return figure


def _points(
    axes: Axes, systems: Sequence[Mapping[str, Any]], series: tuple[str, str, str, float]
) -> None:
    name, label, colour, offset = series
    shares = [one["cases"][name] for one in systems]
    values = [one["value"] for one in shares]
    reach = [
        [one["value"] - one["low"] for one in shares],
        [one["high"] - one["value"] for one in shares],
    ]
    places = [place + offset for place in range(len(systems))]
    axes.errorbar(values, places, xerr=reach, fmt="o", color=colour, capsize=3, label=label)
