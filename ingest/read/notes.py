"""Notes: the findings a reader makes, so many of a kind and no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.document import Finding, Place, Severity
from ontology.sentence import Sentence

LONGEST = 80  # characters told of what was found
MOST = 30  # of a code; a sheet of a thousand formulas is one fault, not a thousand
STRUCK = Sentence("文字划有删除线，仍已读取", "text is struck out; it was read all the same")
HIDDEN = Sentence("文字被隐藏，仍已读取", "text is hidden; it was read all the same")


@dataclass
class Notes:
    """Findings in the order they were made."""

    file: str
    _made: list[Finding] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, code: str, severity: Severity, place: Place, message: Sentence, found: str = ""
    ) -> None:
        """Take note of something; beyond the most of its code it is only counted."""
        self._counts[code] += 1
        if self._counts[code] <= MOST:
            self._made.append(Finding(code, severity, place, message, found[:LONGEST]))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, and for each code with too many how many more there are."""
        more = (
            Finding(code, Severity.NOTICE, Place(self.file), _more(code, count - MOST))
            for code, count in self._counts.items()
            if count > MOST
        )
        return (*self._made, *more)


def _more(code: str, count: int) -> Sentence:
    return Sentence(f"同类情况（{code}）还有{count}处", f"{count} more of {code}")
