"""The report of the last check of the graph against its shapes, kept for the page on the data."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ontology.check import Finding

NAME = "shapes.json"
log = logging.getLogger("sfkg.shapes")


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What the shapes minded about a state of the graph, and when it was looked at."""

    graph_hash: str
    checked: datetime.datetime
    findings: tuple[Finding, ...]

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(one.severity == severity for one in self.findings)


_FORM = TypeAdapter(ShapesReport)


def keep_report(folder: Path, graph_hash: str, findings: Sequence[Finding]) -> None:
    """Keep a report in the data folder; where that cannot be written to, only say so."""
    report = ShapesReport(graph_hash, datetime.datetime.now(datetime.UTC), tuple(findings))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / f"{NAME}.part"
        made.write_bytes(_FORM.dump_json(report))
        made.replace(folder / NAME)
    except OSError as error:
        log.warning("the report of the check cannot be kept in %s: %s", folder, error.strerror)


def last_report(folder: Path) -> ShapesReport | None:
    """Return the report of the last check, None where there is none that can be read."""
    try:
        return _FORM.validate_json((folder / NAME).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        log.warning("%s cannot be read: %s", folder / NAME, type(error).__name__)
        return None
