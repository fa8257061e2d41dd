"""The conditions of the notice as rules: what a profile meets, misses, and leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.levels import wording
from kg.levels.profile import CoveredScene, Figure, Peers, Profile
from ontology.conditions import (
    Clause,
    Comparison,
    Condition,
    Conditions,
    Kpi,
    Level,
    Scope,
    Standing,
)
from ontology.guide import Guide, Scene
from ontology.sentence import Sentence, joined

Verdict = Literal["met", "not_met", "not_met_exception_possible", "unknown"]
# What decides a whole of several parts: the first of these that a part has.
_DECIDING: tuple[Verdict, ...] = ("not_met", "not_met_exception_possible", "unknown")
VERDICTS: tuple[Verdict, ...] = ("met", *_DECIDING)
BASE_CLAUSES = "base_requirements"


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """The verdict on one condition: `why`, and where it is unknown what would settle it.

    `serving` are covered scenes whose instances can serve the condition, `scenes` all that can:
    both are assigned by this project, and covering one does not fulfil the condition.
    """

    id: str
    text: str
    place: str
    verdict: Verdict
    why: str
    settled_by: str
    serving: tuple[str, ...]
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseCheck:
    """The verdict on a numbered item of the notice, with its wording and place."""

    id: str
    heading: str
    text: str
    place: str
    area: str | None
    verdict: Verdict
    conditions: tuple[ConditionCheck, ...]


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """All that annex 2 asks of a level; `counts` are conditions by verdict."""

    id: str
    name: str
    verdict: Verdict
    counts: Mapping[Verdict, int]
    clauses: tuple[ClauseCheck, ...]


@dataclass(frozen=True, slots=True)
class LevelsCheck:
    """A profile against all four levels and, apart, the application conditions of part two.

    `highest` is the highest level of which every condition is met while none of a lower one is
    known not to be, None where there is none.
    """

    levels: tuple[LevelCheck, ...]
    application: tuple[ClauseCheck, ...]
    highest: str | None
    note: str = wording.NO_CERTIFICATE

    def level(self, level_id: str) -> LevelCheck:
        """Return the check of one level."""
        return next(level for level in self.levels if level.id == level_id)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A verdict with its reason and, where it is open, what would settle it."""

    verdict: Verdict
    why: str
    settled_by: str = ""


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a whole from those on its parts."""
    found = set(verdicts)
    return next((verdict for verdict in _DECIDING if verdict in found), "met")


def check_levels(profile: Profile, conditions: Conditions, guide: Guide) -> LevelsCheck:
    """Check a profile; raise UnknownId or InvalidValue where it holds what the notice knows not.

    `guide` is the 2024 edition, which the notice refers to.
    """
    profile.check(conditions)
    kpis = {kpi.id: kpi for kpi in conditions.kpis}
    judge = _Judge(profile, guide, kpis)
    levels = tuple(judge.level(level, conditions.base) for level in conditions.levels)
    judge = _Judge(profile, guide, kpis, {level.id: level for level in levels})
    application = tuple(judge.clause(clause) for clause in conditions.application)
    return LevelsCheck(levels, application, _highest(levels))


def _highest(levels: Sequence[LevelCheck]) -> str | None:
    found = None
    for level in levels:
        if level.verdict.startswith("not_met"):
            break
        found = level.id if level.verdict == "met" else found
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    """A profile with what its conditions are judged by; `levels` are those judged already.

    `kpis` are the indicators of the notice by id.
    """

    profile: Profile
    guide: Guide
    kpis: Mapping[str, Kpi]
    levels: Mapping[str, LevelCheck] = field(default_factory=dict)

    def level(self, level: Level, base: Sequence[Clause]) -> LevelCheck:
        """Judge base requirements, floor, content and results of a level."""
        clauses = [
            self.clause(clause, level.id)
            for clause in (*base, level.floor, *level.content, *level.results)
        ]
        every = [condition.verdict for clause in clauses for condition in clause.conditions]
        counts = {verdict: every.count(verdict) for verdict in VERDICTS}
        return LevelCheck(level.id, level.name, all_of(every), counts, tuple(clauses))

    def clause(self, clause: Clause, level_id: str = "") -> ClauseCheck:
        """Judge a clause, as far as it concerns the level."""
        checks = tuple(
            self._condition(condition)
            for condition in clause.conditions
            if not level_id or level_id in condition.levels
        )
        verdict = all_of(check.verdict for check in checks)
        return ClauseCheck(
            clause.id, clause.heading, clause.text, clause.place.text, clause.area, verdict, checks
        )

    def _condition(self, condition: Condition) -> ConditionCheck:
        rules: Mapping[str, Callable[[Condition], _Finding]] = {
            "coverage": self._coverage,
            "maturity": self._maturity,
            "comparison": self._comparison,
            "other_conditions": self._others,
        }
        found = rules.get(condition.check, self._statement)(condition)
        if found.verdict == "not_met" and (way_out := wording.exception(condition)):
            found = _Finding("not_met_exception_possible", joined([found.why, way_out]))
        covered = {one.scene for one in self.profile.covered}
        return ConditionCheck(
            condition.id,
            condition.text,
            condition.place.text,
            found.verdict,
            found.why,
            found.settled_by,
            tuple(scene for scene in condition.scenes if scene in covered),
            condition.scenes,
        )

    def _coverage(self, condition: Condition) -> _Finding:
        guide, covered = self.guide, self._by_area(self.profile.covered)
        missing = [area for area in condition.areas if area not in covered]
        told = joined([wording.covered(guide, condition.areas, covered), self._hedge(condition)])
        if not missing:
            return _Finding("met", told)
        possible = self._by_area(self.profile.possible)
        if self.profile.complete and not all(area in possible for area in missing):
            lack = wording.not_covered(guide, missing)
            return _Finding("not_met", joined([told, lack]))
        hinted = [area for area in missing if area in possible]
        settled = wording.list_scenes(guide, missing)
        if hinted:
            settled = wording.confirm_scenes(guide, hinted, possible)
        return _Finding("unknown", told, settled)

    def _by_area(self, scenes: Iterable[CoveredScene]) -> dict[str, list[Scene]]:
        """Return the scenes of each construction area; those of no area count for none."""
        found: dict[str, list[Scene]] = {}
        for one in scenes:
            area, scene = self.guide.area_of(one.scene), self.guide.scene(one.scene)
            if area is not None and scene not in found.setdefault(area, []):
                found[area].append(scene)
        return found

    def _hedge(self, condition: Condition) -> str:
        """Say where areas are covered by nothing but what was matched or what sources tell."""
        sure = self._by_area(
            one for one in self.profile.covered if one.basis in {"stated", "mapped"}
        )
        covered = self._by_area(self.profile.covered)
        unsure = [area for area in condition.areas if area in covered and area not in sure]
        return wording.unsure(self.guide, unsure) if unsure else ""

    def _maturity(self, condition: Condition) -> _Finding:
        asked, figure = condition.maturity or 0, self.profile.maturity
        if figure is None or figure.value is None:
            return _Finding("unknown", "", wording.ask_maturity(asked))
        verdict: Verdict = "met" if figure.value >= asked else "not_met"
        return _Finding(verdict, wording.of_maturity(figure.value, asked, figure.source))

    def _comparison(self, condition: Condition) -> _Finding:
        comparison = condition.comparison
        if comparison is None:
            raise ValueError(f"{condition.id} compares with nobody")
        if comparison.of == "maturity":
            figures = {"maturity": self.profile.maturity} if self.profile.maturity else {}
        else:
            figures = dict(sorted(self.profile.kpis.items()))
        if not figures:
            return _Finding("unknown", "", wording.ask_figures(comparison, some=False))
        found = {
            name: stands(figure, comparison.scope, comparison.standing)
            for name, figure in figures.items()
            if figure is not None
        }
        verdict = all_of(found.values())
        told: list[str] = [
            wording.of_figures(
                self._compared(name, figures[name], comparison, own) for name, own in found.items()
            )
        ]
        if comparison.of == "kpis" and verdict != "not_met":
            told.append(wording.only_some(len(found), len(self.kpis)))
        settled = wording.ask_figures(comparison, some=True) if verdict == "unknown" else ""
        return _Finding(verdict, joined(told), settled)

    def _compared(
        self, name: str, figure: Figure | None, comparison: Comparison, verdict: Verdict
    ) -> Sentence:
        shown = wording.indicator(name, self.kpis.get(name))
        if figure is None or figure.value is None or verdict == "unknown":
            return wording.incomparable(shown)
        return wording.compared(shown, figure, comparison.scope, verdict == "met")

    def _others(self, condition: Condition) -> _Finding:
        # P1 asks for the base requirements by name, so P2's 卓越级要素条件 are the level's own.
        wanted = condition.refers_to == BASE_CLAUSES
        own = [one for one in self.levels["L3"].clauses if one.id.startswith("B") == wanted]
        verdict = all_of(clause.verdict for clause in own)
        open_ones = [clause.id for clause in own if clause.verdict == verdict != "met"]
        settled = wording.SETTLE_OTHERS if verdict == "unknown" else ""
        return _Finding(verdict, wording.follows(open_ones), settled)

    def _statement(self, condition: Condition) -> _Finding:
        given = self.profile.statements.get(condition.id)
        if given is None:
            assessed = condition.check == "assessment"
            return _Finding("unknown", "", wording.ASSESS_IT if assessed else wording.STATE_IT)
        told = wording.stated(given.holds, given.listed, given.source)
        return _Finding("met" if given.holds else "not_met", told)


def stands(figure: Figure, scope: Scope, standing: Standing) -> Verdict:
    """Return whether a figure stands as asked among the peers of a scope; larger is better.

    A peers' figure without a source settles nothing. Who is below the average does not lead, and
    who reaches the leaders is above the average.
    """
    peers = figure.peers.get(scope, Peers())
    value, average, leading = figure.value, peers.average, peers.leading
    if value is None or not peers.source.strip():
        return "unknown"
    if standing == "leading":
        if leading is not None:
            return "met" if value >= leading else "not_met"
        return "not_met" if average is not None and value < average else "unknown"
    if average is not None:
        return "met" if value > average else "not_met"
    return "met" if leading is not None and value >= leading else "unknown"
