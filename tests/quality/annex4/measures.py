"""How much of the wrong a checker finds in rows, and how often it cries over right ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ingest.document import Document, Finding, Severity
from tests.quality.annex4.rows import Row, groups
from tests.quality.annex4.sheets import Sheet, sheets

Check = Callable[[Document], Iterable[Finding]]  # the checker comes in here, and nowhere else


@dataclass(frozen=True)
class ReadItem:
    """An item as a reader of tables left it: the row it stands in and what it was resolved to."""

    row: int  # of the table, counted from one
    segment: str | None
    scene: str | None
    instance: str


Read = Callable[[Document], Iterable[ReadItem]]  # what reads the items, where they are measured


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, or none of nothing as 0."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Outcome:
    """What a checker said of a group of rows: whether all was found, which findings were false."""

    group: tuple[Row, ...]
    missed: tuple[str, ...]  # the codes that should have been found, alternatives by |
    alarms: tuple[Finding, ...]  # errors and warnings that nothing excuses

    @property
    def wrong(self) -> bool:
        """Whether something had to be found."""
        return any(row.expected for row in self.group)

    @property
    def pattern(self) -> str:
        """The pattern of the group."""
        return self.group[-1].pattern


@dataclass(frozen=True)
class Figures:
    """Shares by pattern: of wrong groups found, of right ones with a false alarm."""

    found: dict[str, Share]
    alarmed: dict[str, Share]

    @property
    def found_share(self) -> float:
        """The share found of all that is wrong."""
        return _sum(self.found).value

    @property
    def alarm_share(self) -> float:
        """The share of right rows that got an error or warning."""
        return _sum(self.alarmed).value


def measured(rows: Sequence[Row], check: Check) -> list[Outcome]:
    """Put the rows into tables, check these, and return an outcome for each group of rows."""
    return [outcome for one in sheets(rows) for outcome in outcomes(one, check(one.document))]


def outcomes(of: Sheet, findings: Iterable[Finding]) -> list[Outcome]:
    """Return what the findings of one table say of each group in it."""
    by_row: dict[str, list[Finding]] = {}
    for finding in findings:
        row = of.rows.get(finding.place.row or 0)
        if row is not None:
            by_row.setdefault(row.id, []).append(finding)
    return [_outcome(group, by_row) for group in groups(list(of.rows.values()))]


def figures(results: Iterable[Outcome], part_of: str | None = None) -> Figures:
    """Count outcomes by pattern, of one set or of all."""
    wrong: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    for one in results:
        if part_of not in (None, one.group[-1].part_of):
            continue
        if one.wrong:
            wrong[one.pattern] += 1
            found[one.pattern] += not one.missed
        else:
            right[one.pattern] += 1
            alarmed[one.pattern] += bool(one.alarms)
    return Figures(_shares(found, wrong), _shares(alarmed, right))


def items_read(rows: Sequence[Row], read: Read) -> dict[str, Share]:
    """Return by pattern in how many rows every item was read as expected, in order."""
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for of in sheets(rows):
        seen: dict[int, list[ReadItem]] = {}
        for item in read(of.document):
            seen.setdefault(item.row, []).append(item)
        for number, row in of.rows.items():
            if row.items is not None:
                whole[row.pattern] += 1
                part[row.pattern] += _as_expected(row, seen.get(number, []))
    return _shares(part, whole)


def table_of(shown: Figures) -> list[str]:
    """Return the figures as the lines of a Markdown table."""
    lines = ["| pattern | wrong | found | right | alarmed |", "| --- | --: | --: | --: | --: |"]
    for pattern in sorted({*shown.found, *shown.alarmed}):
        found = shown.found.get(pattern, Share(0, 0))
        alarmed = shown.alarmed.get(pattern, Share(0, 0))
        lines.append(
            f"| {pattern} | {found.whole} | {found.part} | {alarmed.whole} | {alarmed.part} |"
        )
    return lines


def _outcome(group: tuple[Row, ...], by_row: dict[str, list[Finding]]) -> Outcome:
    all_found = [finding for row in group for finding in by_row.get(row.id, [])]
    missed = [
        "|".join(code for code, _ in expected.codes)
        for row in group
        for expected in row.expected
        if not any(map(expected.met_by, all_found))
    ]
    alarms = [
        finding
        for row in group
        for finding in by_row.get(row.id, [])
        if finding.severity is not Severity.NOTICE and not _excused(group, row, finding)
    ]
    return Outcome(group, tuple(missed), tuple(alarms))


def _excused(group: tuple[Row, ...], row: Row, finding: Finding) -> bool:
    asked = any(expected.met_by(finding) for one in group for expected in one.expected)
    return asked or finding.code in row.excused


def _as_expected(row: Row, seen: Sequence[ReadItem]) -> bool:
    wanted = row.items or ()
    return len(seen) == len(wanted) and all(
        want.allows(got.segment, got.scene, got.instance)
        for want, got in zip(wanted, seen, strict=True)
    )


def _shares(part: Counter[str], whole: Counter[str]) -> dict[str, Share]:
    return {pattern: Share(part[pattern], number) for pattern, number in whole.items()}


def _sum(shares: dict[str, Share]) -> Share:
    every = shares.values()
    return Share(sum(one.part for one in every), sum(one.whole for one in every))
