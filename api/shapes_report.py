"""The graph held against its shapes: the report of the last check, for the page on the data."""

from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ontology.check import Finding
from ontology.errors import SmartFactoryError

NAME = "shapes.json"
Look = Callable[[], Sequence[Finding]]
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


class ShapesCheck:
    """The check of the graph against its shapes, made beside the requests where none was made yet.

    A state of the graph is checked once, and only while it has at most `most_records`: the packaged
    graph takes a quarter of a minute, a large one hours, which are for `sfkg check`.
    """

    most_records = 5_000

    def __init__(self, look: Look, folder: Path, keeps: bool) -> None:
        self._look = look
        self._folder = folder
        self._keeps = keeps
        self._lock = threading.Lock()
        self._own: ShapesReport | None = None
        self._begun = ""
        self._under_way = False

    @property
    def last(self) -> ShapesReport | None:
        """The report of the last check, made here or by `sfkg check`."""
        kept = last_report(self._folder)
        known = [one for one in (kept, self._own) if one]
        return max(known, key=lambda one: one.checked, default=None)

    def begin(self, graph_hash: str, records: int) -> bool:
        """Check a state that no report is of, and tell whether a check is under way."""
        last = self.last
        with self._lock:
            known = self._begun == graph_hash or (last and last.graph_hash == graph_hash)
            if not known and not self._under_way and records <= self.most_records:
                self._begun, self._under_way = graph_hash, True
                threading.Thread(target=self._check, args=(graph_hash,), daemon=True).start()
            return self._under_way

    def _check(self, graph_hash: str) -> None:
        try:
            findings = tuple(self._look())
            now = datetime.datetime.now(datetime.UTC)
            self._own = ShapesReport(graph_hash, now, findings)
            if self._keeps:
                keep_report(self._folder, graph_hash, findings)
        except SmartFactoryError as error:
            log.warning("the graph cannot be checked: %s", error)
        finally:
            self._under_way = False
