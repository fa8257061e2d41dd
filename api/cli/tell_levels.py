"""The level check as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from api.level_answers import DevelopmentAnswer, LevelsAnswer, StatableConditions
from api.words import BASIS_OF_COVERAGE, DEGRADED, VERDICT, level, provisional
from kg.entities import Ref
from kg.levels.path import LevelPath, PathScene
from kg.levels.verdict import VERDICTS, ClauseCheck

MARKS = {"met": "✓", "not_met": "✗", "not_met_exception_possible": "!", "unknown": "?"}
NONE_KNOWN = "未见于来源"


def tell_levels(answer: LevelsAnswer, whole: bool) -> None:
    """Print what is met, missed and open of each level, and the way to the next.

    Unless the `whole` is asked for, levels that are not aimed at tell only what they miss.
    """
    if answer.factory:
        click.echo(f"{_factory(answer)}：{_attested(answer)}")
    _tell_covered(answer)
    for check in answer.levels:
        counts = " · ".join(
            f"{VERDICT[verdict]} {check.counts[verdict]}"
            for verdict in VERDICTS
            if check.counts[verdict]
        )
        click.echo(f"\n{check.id} {check.name}：{VERDICT[check.verdict]}（{counts}）")
        aimed_at = answer.next is not None and answer.next.level == check.id
        for clause in check.clauses:
            if whole or aimed_at or clause.verdict.startswith("not_met"):
                tell_clause(clause)
    click.echo("\n申报条件（通知第二部分，2024 年度卓越级）")
    for clause in answer.application:
        if whole or clause.verdict.startswith("not_met"):
            tell_clause(clause)
        else:
            _tell_heading(clause)
    if answer.next:
        tell_path(answer.next)
    elif answer.attested:
        click.echo("\n已列入最高层级，没有更高的层级；用 --target 可查看任一层级的差距。")
    click.echo(f"\n{answer.encouraged}")
    click.echo(answer.note)
    click.echo(f"快照 {answer.snapshot}" + (f"（{DEGRADED}）" if answer.degraded else ""))


def _factory(answer: LevelsAnswer) -> str:
    """Return what to call the factory: most lists name the enterprise alone."""
    if answer.factory is None or answer.factory.name != answer.factory.id:
        return answer.factory.name if answer.factory else ""
    owner = f"{answer.enterprise.name}的" if answer.enterprise else ""
    return f"{owner}（未具名）工厂 {answer.factory.id}"


def _attested(answer: LevelsAnswer) -> str:
    return "；".join(map(level, answer.attested)) or "来源中没有该工厂的层级"


def _tell_covered(answer: LevelsAnswer) -> None:
    for basis, words in BASIS_OF_COVERAGE.items():
        scenes = dict.fromkeys(one.scene for one in answer.covered if one.basis == basis)
        if scenes:
            click.echo(f"计入的场景（{words}）：{_scenes(answer, scenes)}")
    if answer.possible:
        scenes = dict.fromkeys(one.scene for one in answer.possible)
        click.echo(f"尚待确认、未计入的场景：{_scenes(answer, scenes)}")
    for text in answer.unmatched:
        click.echo(f"没有对应的典型场景，未计入：{text[:40]}")


def _scenes(answer: LevelsAnswer, scenes: Iterable[str]) -> str:
    return "、".join(f"{one} {answer.scene_names[one]}" for one in scenes)


def _tell_heading(clause: ClauseCheck) -> None:
    heading = f"{clause.heading}：" if clause.heading else ""
    click.echo(f"  {MARKS[clause.verdict]} {clause.place}　{heading}{clause.text}")


def tell_clause(clause: ClauseCheck) -> None:
    """Print a clause with its conditions, and what would settle those that are open."""
    _tell_heading(clause)
    for one in clause.conditions:
        told = one.why or one.settled_by
        more = f"还需：{one.settled_by}" if one.why and one.settled_by else ""
        asked = "" if one.why else "需要："
        click.echo(f"      {MARKS[one.verdict]} {one.id} {one.text}　{asked}{told}{more}")
        if one.serving:
            click.echo(
                f"        已覆盖的相关场景（对应关系由本项目判定）：{'、'.join(one.serving)}"
            )


def tell_path(path: LevelPath) -> None:
    """Print what is open on the way to a level, and for each scene what is known."""
    click.echo(f"\n通往 {path.level}：{len(path.open)} 项未满足或未知；可参考的场景：")
    for scene in path.scenes:
        _tell_scene(scene)


def _tell_scene(found: PathScene) -> None:
    covered = "，已覆盖" if found.covered else ""
    click.echo(f"· {found.scene.id} {found.scene.name}{provisional(found.name_status)}{covered}")
    for case in found.cases:
        owner = case.enterprise.name if case.enterprise else "（未指明企业）"
        listed = "；".join(map(level, case.levels[:1]))
        click.echo(f"     案例：{owner}—{case.instance.name} [{case.instance.id}]（{listed}）")
    parts = (
        ("案例用到", found.used, found.used_total),
        ("公开发布或供应商自述", found.offered, found.offered_total),
        ("标准", found.standards, found.standards_total),
    )
    told = " · ".join(f"{words}：{_names(refs, total)}" for words, refs, total in parts)
    more = f"该层级及以上企业的案例 {found.cases_total} 个 · "
    click.echo(f"     {more}{told}")


def _names(refs: Sequence[Ref], total: int) -> str:
    if not total:
        return NONE_KNOWN
    more = f" 等 {total} 项" if total > len(refs) else ""
    names = (f"{one.name}（供应商）" if one.label == "Organisation" else one.name for one in refs)
    return "、".join(names) + more


def tell_development(found: DevelopmentAnswer) -> None:
    """Print which scenes cases tell of at each level."""
    for step in found.steps:
        click.echo(f"{step.level} {step.name}：{step.enterprises} 家有案例的企业")
        for one in step.scenes:
            new = "（较低层级未见）" if one.scene.id in step.new else ""
            told = f"{one.enterprises} 家企业、{one.cases} 个案例"
            name = f"{one.scene.id} {one.scene.name}{provisional(one.name_status)}"
            click.echo(f"  · {name}：{told}{new}")
    click.echo(found.note)
    click.echo(f"快照 {found.snapshot}" + (f"（{DEGRADED}）" if found.degraded else ""))


def tell_statable(found: StatableConditions) -> None:
    """Print the conditions that a profile can state, for filling in one."""
    for one in found.items:
        click.echo(f"{one.id}　{one.text}（{one.place}；{'、'.join(one.levels)}）")
