"""The conditions of the notice as rules: what a profile meets, misses, and leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.levels.profile import CoveredScene, Figure, Peers, Profile
from ontology.conditions import Clause, Comparison, Condition, Conditions, Level, Scope, Standing
from ontology.guide import Guide

Verdict = Literal["met", "not_met", "not_met_exception_possible", "unknown"]
# What decides a whole of several parts: the first of these that a part has.
_DECIDING: tuple[Verdict, ...] = ("not_met", "not_met_exception_possible", "unknown")
VERDICTS: tuple[Verdict, ...] = ("met", *_DECIDING)
NO_CERTIFICATE = (
    "本结果只依据所提供的信息逐条对照通知原文，不是评估、认定或评审结论；"
    "未提供的信息一律视为未知，不视为不符合。"
)
SCOPES: Mapping[Scope, str] = {
    "province": "省（区、市）同行业",
    "country": "国内同行业",
    "world": "全球同行业",
}
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
    note: str = NO_CERTIFICATE

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
    names = {kpi.id: kpi.name for kpi in conditions.kpis}
    judge = _Judge(profile, guide, names)
    levels = tuple(judge.level(level, conditions.base) for level in conditions.levels)
    judge = _Judge(profile, guide, names, {level.id: level for level in levels})
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

    `kpis` are the names of the indicators.
    """

    profile: Profile
    guide: Guide
    kpis: Mapping[str, str]
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
        if found.verdict == "not_met" and _exception(condition):
            told = f"{found.why}{_exception(condition)}"
            found = _Finding("not_met_exception_possible", told)
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
        covered = self._by_area(self.profile.covered)
        missing = [area for area in condition.areas if area not in covered]
        told = "；".join(
            f"{self._area(area)}：{'、'.join(covered[area])}"
            for area in condition.areas
            if area in covered
        )
        told = f"已覆盖 {told}。{self._hedge(condition)}" if told else ""
        if not missing:
            return _Finding("met", told)
        names = "、".join(map(self._area, missing))
        possible = self._by_area(self.profile.possible)
        if self.profile.complete and not all(area in possible for area in missing):
            return _Finding("not_met", f"{told}所列场景未覆盖：{names}。")
        hint = "；".join(f"{self._area(area)}可能有 {'、'.join(possible[area])}"
                        for area in missing if area in possible)  # fmt: skip
        settled = f"列出工厂已覆盖的全部典型场景，尚不清楚是否覆盖：{names}。"
        if hint:
            settled = f"确认文字描述对应的典型场景（{hint}）。"
        return _Finding("unknown", told, settled)

    def _by_area(self, scenes: Iterable[CoveredScene]) -> dict[str, list[str]]:
        """Return the scenes of each construction area; those of no area count for none."""
        found: dict[str, list[str]] = {}
        for one in scenes:
            area, name = self.guide.area_of(one.scene), self.guide.scene(one.scene).name
            told = f"{one.scene} {name}"
            if area is not None and told not in found.setdefault(area, []):
                found[area].append(told)
        return found

    def _hedge(self, condition: Condition) -> str:
        """Say where areas are covered by nothing but what was matched or what sources tell."""
        sure = self._by_area(
            one for one in self.profile.covered if one.basis in {"stated", "mapped"}
        )
        covered = self._by_area(self.profile.covered)
        unsure = [area for area in condition.areas if area in covered and area not in sure]
        if not unsure:
            return ""
        names = "、".join(map(self._area, unsure))
        return f"其中{names}仅由文字描述匹配或来源中的企业案例得出，请核实。"

    def _area(self, area_id: str) -> str:
        return self.guide.area(area_id).name

    def _maturity(self, condition: Condition) -> _Finding:
        asked, figure = condition.maturity or 0, self.profile.maturity
        if figure is None or figure.value is None:
            settled = f"按 GB/T 39117 评估得出的能力成熟度等级（要求 {asked} 级及以上）及其出处。"
            return _Finding("unknown", "", settled)
        told = f"填报的能力成熟度为 {figure.value:g} 级，要求 {asked} 级及以上"
        verdict: Verdict = "met" if figure.value >= asked else "not_met"
        return _Finding(verdict, f"{told}{_source(figure.source)}。")

    def _comparison(self, condition: Condition) -> _Finding:
        comparison = condition.comparison
        if comparison is None:
            raise ValueError(f"{condition.id} compares with nobody")
        if comparison.of == "maturity":
            figures = {"智能制造能力成熟度": self.profile.maturity} if self.profile.maturity else {}
        else:
            figures = dict(sorted(self.profile.kpis.items()))
        if not figures:
            return _Finding("unknown", "", f"给出指标值，以及{_asked_for(comparison)}。")
        found = {
            name: stands(figure, comparison.scope, comparison.standing)
            for name, figure in figures.items()
            if figure is not None
        }
        verdict = all_of(found.values())
        told = "；".join(
            self._compared(name, figures[name], comparison, own) for name, own in found.items()
        )
        more = ""
        if comparison.of == "kpis" and verdict != "not_met":
            more = f"只比较了所填报的 {len(found)} 项指标（附1 共 {len(self.kpis)} 项）。"
        settled = f"为每项指标给出本厂数值和{_asked_for(comparison)}。"
        return _Finding(verdict, f"{told}。{more}", settled if verdict == "unknown" else "")

    def _compared(
        self, name: str, figure: Figure | None, comparison: Comparison, verdict: Verdict
    ) -> str:
        """Say of one figure how it stands beside its peers, with both figures and their sources."""
        shown = f"{name} {self.kpis[name]}" if name in self.kpis else name
        words = {"met": "达到", "not_met": "未达到"}.get(verdict, "尚无可比数据")
        if figure is None or figure.value is None or verdict == "unknown":
            return f"{shown}：{words}"
        peers = figure.peers[comparison.scope]
        beside = [f"平均 {peers.average:g}"] if peers.average is not None else []
        beside += [f"领先 {peers.leading:g}"] if peers.leading is not None else []
        own = figure.source.strip() or "未给出处"
        told = f"本厂 {figure.value:g}（{own}），{SCOPES[comparison.scope]}{'、'.join(beside)}"
        return f"{shown}：{words}，{told}（{peers.source.strip()}）"

    def _others(self, condition: Condition) -> _Finding:
        # P1 asks for the base requirements by name, so P2's 卓越级要素条件 are the level's own.
        wanted = condition.refers_to == BASE_CLAUSES
        own = [one for one in self.levels["L3"].clauses if one.id.startswith("B") == wanted]
        verdict = all_of(clause.verdict for clause in own)
        open_ones = [clause.id for clause in own if clause.verdict == verdict != "met"]
        told = "由所涉各条的结论得出" + (f"（{'、'.join(open_ones)}）。" if open_ones else "。")
        settled = "先查明所涉各条。" if verdict == "unknown" else ""
        return _Finding(verdict, told, settled)

    def _statement(self, condition: Condition) -> _Finding:
        given = self.profile.statements.get(condition.id)
        if given is None:
            settled = "说明是否符合本条，并给出可查的材料。"
            if condition.check == "assessment":
                settled = "按所列文件开展的成效评估及其出处。"
            return _Finding("unknown", "", settled)
        told = "企业自述符合" if given.holds else "企业自述不符合"
        if given.listed:
            told = "名单所列，由本项目据此得出"
        return _Finding("met" if given.holds else "not_met", f"{told}{_source(given.source)}。")


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


def _exception(condition: Condition) -> str:
    """Return the words of the way out that a condition leaves, "" where it leaves none."""
    if condition.strictness == "in_principle":
        return "通知写明“原则上”，可有例外，由评审决定。"
    return f"通知写明例外：{condition.exception}。" if condition.exception else ""


def _asked_for(comparison: Comparison) -> str:
    kind = "领先水平" if comparison.standing == "leading" else "平均水平"
    return f"{SCOPES[comparison.scope]}{kind}的数值及其出处"


def _source(source: str) -> str:
    return f"，出处：{source}" if source.strip() else "，未给出处"
