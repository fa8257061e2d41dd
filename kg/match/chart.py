"""The reliability chart: how often the first scene was accepted, by the chance that was stated."""

from __future__ import annotations

from pathlib import Path

from kg.match.reliability import Reliability
from ontology.errors import InvalidFile, MissingPart

SIZE = (5.0, 5.0)  # inches
INK, MUTED = "#1f3a5f", "#888888"


def draw_reliability(found: Reliability, title: str, path: Path) -> None:
    """Draw the bins of equal mass with their 95 % intervals as SVG; the same bytes every time."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingPart(
            "a chart needs matplotlib; pip install 'sfkg[charts]' installs it"
        ) from None
    stated = [one.stated for one in found.bins]
    right = [one.right for one in found.bins]
    reach = [
        [one.right - one.low for one in found.bins],
        [one.high - one.right for one in found.bins],
    ]
    with rc_context({"svg.hashsalt": "sfkg", "svg.fonttype": "none"}):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot(xlim=(0, 1), ylim=(0, 1), aspect="equal", title=title)
        axes.set_xlabel("chance stated for the first scene")
        axes.set_ylabel("share accepted by the annotators")
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle="--")
        axes.errorbar(stated, right, yerr=reach, fmt="o", color=INK, capsize=3)
        axes.text(
            0.03, 0.97,
            f"n = {found.n}\nECE {found.error:.3f} (by chance up to {found.error_by_chance:.3f})"
            f"\nBrier skill {found.brier_skill:.2f}",
            verticalalignment="top",
        )  # fmt: skip
        try:
            figure.savefig(path, format="svg", metadata={"Date": None})
        except OSError as fault:
            raise InvalidFile(f"{path} cannot be written: {fault.strerror}") from None
