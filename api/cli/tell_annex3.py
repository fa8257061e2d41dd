"""The check of an application as lines for a terminal: first what to do, then what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import click

from api.annex3_answers import Annex3Answer, DraftedCheck
from api.cli.tell_levels import tell_clause, tell_path
from api.words import DEGRADED, VERDICT
from ingest.annex3.draft import DraftField
from ingest.annex3.parts import Part
from ingest.document import Finding, Place, Severity
from ingest.extract.claim import BuildPeriod, Claims, KpiStatement
from kg.levels.path import LevelPath
from kg.levels.verdict import VERDICTS, LevelCheck
from ontology.conditions import load_conditions

STATE_MARKS = {"present": "✓", "nearly_empty": "!", "missing": "✗"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTICE: "提示"}
STANDINGS = {"achieved": "已做到", "planned": "计划", "target": "目标", "open": "未写明是否做到"}
INVESTED = {"total": "总投资", "equipment": "其中设备", "software": "其中软件"}
ROLES = {"integrator": "集成商", "supplier": "供应商"}
THINGS = {
    "robots": "机器人", "agvs": "AGV", "equipment": "设备", "instruments": "仪表",
    "sensors": "传感器", "systems": "信息系统", "lines": "产线", "scenes": "场景",
    "standards": "标准", "staff": "人才", "solutions": "解决方案",
}  # fmt: skip
MOST_OPEN = 8  # conditions named of those that are open
MOST_SCENES = 5  # of the way to the level


def tell_annex3(answer: Annex3Answer, whole: bool) -> None:
    """Print the parts, what should be mended, what was read, and the drafted level check."""
    click.echo(f"{answer.file} · {answer.applicant or '（没有找到申报单位名称）'}")
    click.echo(f"错误 {answer.errors} · 警告 {answer.warnings} · 提示 {answer.notices}")
    click.echo("\n一、清单要求的四个部分")
    for part in answer.parts:
        click.echo(_part(part))
    if answer.findings:
        click.echo("\n二、需要看一看的地方")
        for severity in Severity:
            for finding in answer.findings:
                if finding.severity == severity:
                    click.echo(_finding(finding))
    click.echo("\n三、文中写到的内容（联系方式不读取）")
    for line in _claims(answer.claims):
        click.echo(f"  {line}")
    click.echo("\n四、典型场景（2024 年版）")
    for line in _scenes(answer):
        click.echo(f"  {line}")
    _tell_check(answer.check, whole)
    click.echo(f"快照 {answer.snapshot}" + (f"（{DEGRADED}）" if answer.degraded else ""))


def _part(part: Part) -> str:
    lacking = [one.name for one in part.items if one.state != "present"]
    if part.state == "missing" or part.begins is None:
        return f"  ✗ {part.order} {part.name}：没有找到。{part.asked}"
    told = f"  {STATE_MARKS[part.state]} {part.order} {part.name}：“{part.heading}”"
    told += f"，{_place(part.begins)}起，{part.characters} 字"
    return f"{told}；缺 {'、'.join(lacking)}" if lacking else told


def _finding(finding: Finding) -> str:
    return f"  {SEVERITIES[finding.severity]} {_place(finding.place)}　{finding.message}"


def _place(place: Place) -> str:
    """Return a place within the file in words."""
    named = (
        ("第{}页", place.page), ("表{}", place.table), ("工作表{}", place.sheet),
        ("第{}行", place.row), ("第{}列", place.column), ("第{}段", place.line),
    )  # fmt: skip
    return "".join(form.format(value) for form, value in named if value is not None) or "全文"


def _claims(claims: Claims) -> Iterator[str]:
    """Yield a line for each claim, figures that are reached before those aimed at."""
    for money in claims.investments:
        told = f"{INVESTED[money.part]} {money.amount:g} 万元"
        yield f"{told}（{STANDINGS[money.standing]}）　{_place(money.place)}“{money.words}”"
    for period in claims.periods:
        told = f"建设 {_span(period)}（{STANDINGS[period.standing]}）"
        yield f"{told}　{_place(period.place)}“{period.words}”"
    for one in claims.integrators:
        yield f"{ROLES[one.role]} {one.name}　{_place(one.place)}"
    yield from _kpis(claims.kpis)
    for level in claims.maturity:
        told = f"智能制造能力成熟度 {level.level} 级（{STANDINGS[level.standing]}）"
        yield f"{told}　{_place(level.place)}“{level.words}”"
    for award in claims.awards:
        told = f"智能工厂层级 {award.level}（{STANDINGS[award.standing]}）"
        yield f"{told}　{_place(award.place)}“{award.words}”"
    counts = "、".join(
        f"{THINGS.get(one.thing, one.thing)} {one.number:g}{one.unit}"
        + ("" if one.standing == "achieved" else f"（{STANDINGS[one.standing]}）")
        for one in claims.counts
    )
    if counts:
        yield f"数量：{counts}"


def _span(period: BuildPeriod) -> str:
    """Return from when to when, as far as the text says."""
    if period.start and period.end:
        return f"{period.start} 至 {period.end}"
    return f"{period.start} 起" if period.start else f"至 {period.end}"


def _kpis(kpis: Sequence[KpiStatement]) -> Iterator[str]:
    names = {one.id: one.name for one in load_conditions().kpis}
    for standing in ("achieved", "target", "open"):
        for one in kpis:
            if one.standing == standing:
                told = f"{one.kpi} {names[one.kpi]}：“{one.words}”"
                because = f"，据“{one.because}”" if one.because else ""
                yield f"{told}（{STANDINGS[standing]}{because}）　{_place(one.place)}"


def _scenes(answer: Annex3Answer) -> Iterator[str]:
    for named in answer.named_scenes:
        planned = "（计划）" if named.planned else ""
        yield f"标题 {named.scene} {named.name}{planned}　{_place(named.place)}“{named.words}”"
    for passage in answer.passages:
        if passage.decision == "no_scene":
            yield f"没有对应的场景　{_place(passage.begins)}“{_short(passage.text)}”"
            continue
        picks = passage.scenes[: 1 if passage.decision == "matched" else 3]
        found = "、".join(f"{pick.id} {pick.name} {pick.probability:.0%}" for pick in picks)
        sure = "文字" if passage.decision == "matched" else "文字（请选择）"
        planned = "（计划）" if passage.planned else ""
        yield f"{sure} {found}{planned}　{_place(passage.begins)}“{_short(passage.text)}”"
    if not answer.named_scenes and not answer.passages:
        yield "没有找到场景描述"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"


def _tell_check(check: DraftedCheck, whole: bool) -> None:
    """Print the drafted check: counts of each level, what counted, what did not, what is open."""
    click.echo(f"\n五、层级核对（草拟）\n  {check.note}")
    for level in check.levels:
        counts = " · ".join(f"{VERDICT[v]} {level.counts[v]}" for v in VERDICTS if level.counts[v])
        aimed = "（申报的层级）" if level.id == check.target else ""
        click.echo(f"  {level.id} {level.name}{aimed}：{VERDICT[level.verdict]}（{counts}）")
        if whole:
            for clause in level.clauses:
                tell_clause(clause)
    for clause in check.application:
        if whole or clause.verdict.startswith("not_met"):
            tell_clause(clause)
    _tell_fields("计入", check.fields)
    _tell_fields("未计入", check.left_out)
    target = next(one for one in check.levels if one.id == check.target)
    open_ones = list(_open(target))
    if open_ones:
        click.echo(f"  {target.name}还不知道的 {len(open_ones)} 项，例如：")
        for line in open_ones[:MOST_OPEN]:
            click.echo(f"    ? {line}")
    if check.next:
        _tell_way(check.next, whole)
    click.echo(f"  {check.disclaimer}")


def _tell_way(path: LevelPath, whole: bool) -> None:
    """Print the way to the level: all of it, or the first scenes that are not covered yet."""
    open_ones = [one for one in path.scenes if not one.covered]
    tell_path(path if whole else replace(path, scenes=tuple(open_ones[:MOST_SCENES])))
    if not whole and len(path.scenes) > MOST_SCENES:
        click.echo(f"  共 {len(path.scenes)} 个场景，--all 全部显示")


def _tell_fields(told: str, fields: Iterable[DraftField]) -> None:
    for one in fields:
        why = f"，{one.why}" if one.why else ""
        value = one.value if one.field.startswith(("kpis", "maturity")) else ""
        name = " ".join(part for part in (one.field.split(".")[-1], value) if part)
        click.echo(f"  {told} {name}{why}　{_place(one.place)}“{_short(one.words)}”")


def _open(level: LevelCheck) -> Iterator[str]:
    for clause in level.clauses:
        for condition in clause.conditions:
            if condition.verdict == "unknown":
                yield f"{condition.id} {condition.text}　需要：{condition.settled_by}"
