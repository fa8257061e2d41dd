"""Answers as lines for a terminal, Chinese first, with what is provisional, assigned or claimed."""

from __future__ import annotations

from collections.abc import Mapping

import click

from api.answers import FitsAnswer, MatchAnswer, RecommendationsAnswer, Statistics
from api.case_answers import CasesPage
from api.document_answers import DocumentAnswer
from api.why_answers import WhyAnswer
from api.words import (
    BASIS,
    CORRESPONDENCE,
    DECISIONS,
    DEGRADED,
    FIT_BASIS,
    METHOD,
    TAUGHT,
    contributions,
    dated,
    effect_summary,
    facts,
    label,
    level,
    neighbour_facts,
    percent,
    property_name,
    provisional,
    relation,
    step,
    title,
)
from kg.browse import Thing
from kg.case_facts import Case
from kg.entities import Evidence, Path
from kg.match.matcher import Match, ScenePick
from kg.offered import OfferedSolution
from kg.recommend import SceneSolutions
from kg.used import UsedSolution

SHOWN = 60  # characters of a passage


def tell_match(answer: MatchAnswer) -> None:
    """Print decision and scenes."""
    _tell_decision(answer)
    for pick in answer.scenes:
        _tell_pick(pick)
    if answer.read_as:
        read = (
            f"“{one.text}”" + (f" → {one.means}" if one.means else "") for one in answer.read_as
        )
        click.echo("     按词表理解：" + "；".join(read))
    click.echo(f"指引版本 {answer.edition} · 快照 {answer.snapshot}{_state(answer)}")


def _tell_decision(answer: MatchAnswer | Match) -> None:
    click.echo(
        f"判定：{DECISIONS[answer.decision]}" + (f"（{answer.reason}）" if answer.reason else "")
    )


def _tell_pick(pick: ScenePick) -> None:
    status = provisional(pick.name_status)
    click.echo(f"  {pick.id} {pick.name}{status} · {pick.segment} · {percent(pick.probability)}")
    if pick.mapping and pick.mapping != "exactMatch":
        told = CORRESPONDENCE.get(pick.mapping, pick.mapping)
        click.echo(f"     经 2024 年版场景对应得出（{told}），概率是对 2024 年版场景的判断")
    if pick.reasons:
        click.echo("     依据：" + "、".join(f"“{reason.text}”" for reason in pick.reasons[:5]))


def tell_document(answer: DocumentAnswer) -> None:
    """Print the scenes of a document and its passages."""
    for found in answer.scenes:
        numbers = "、".join(str(number + 1) for number in found.passages)
        name = f"{found.pick.id} {found.pick.name}{provisional(found.pick.name_status)}"
        chance = percent(found.pick.probability)
        click.echo(f"{name}：{DECISIONS[found.decision]}，{chance}（第 {numbers} 段）")
    for number, passage in enumerate(answer.passages, 1):
        picks = passage.match.scenes[: 1 if passage.match.decision == "matched" else None]
        told = "、".join(pick.id for pick in picks) or DECISIONS["no_scene"]
        words = " ".join(passage.text.split())
        shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
        click.echo(f"{number}. [{passage.start}–{passage.end}] {told}：{shown}")
    click.echo(f"指引版本 {answer.edition} · 快照 {answer.snapshot}{_state(answer)}")


def tell_why(answer: WhyAnswer) -> None:
    """Print what speaks for and against each scene, and what taught it."""
    _tell_decision(answer.match)
    for one in answer.accounts:
        account = one.account
        above = "高于" if account.margin >= 0 else "低于"
        click.echo(
            f"{account.scene} {above} {account.against}：{account.margin:+.2f}（份额之比的对数）"
        )
        by = {taught.span: taught for taught in one.taught}
        for span in account.spans:
            told = TAUGHT[by[span].by] if span in by else f"支持 {account.against}"
            thing = by[span].thing if span in by else None
            words = f"“{by[span].words}”" if thing else ""
            source = f"：{thing.name} {words}" if thing else ""
            click.echo(f"  {span.weight:+.2f} “{span.text}”（{told}{source}）")
        click.echo(f"  {account.prior:+.2f} 先验，{account.rest:+.2f} 其余未列出的文字")


def tell_cases(page: CasesPage) -> None:
    """Print comparable cases."""
    _tell_decision(page.match)
    if page.ranked_by == "text":
        click.echo("没有合适的典型场景，以下仅按文字相似排序。")
    shown = f"{page.offset + 1}–{page.offset + len(page.items)}" if page.items else "0"
    folded = f"，归并后 {page.total} 个" if page.total < page.hits else ""
    click.echo(f"符合条件的案例 {page.hits} 个{folded}，显示 {shown}：")
    for case in page.items:
        _tell_case(case, page.weights)
    for summary in page.effects:
        if summary.median is not None:
            click.echo(f"最相近的案例中 {effect_summary(summary)}")
    if any(summary.median is not None for summary in page.effects):
        click.echo(page.effects_note)
    click.echo(f"快照 {page.snapshot}{_state(page)}")


def _tell_case(case: Case, weights: Mapping[str, float]) -> None:
    owner = case.enterprise.name if case.enterprise else "（未指明企业）"
    click.echo(f"· {owner}—{case.name or '（未具名）'}  [{case.id}]  相近度 {case.score:.2f}")
    for scene in case.scenes:
        basis = BASIS.get(scene.basis, scene.basis)
        unattested = "" if scene.name_status == "attested" else "名称暂定，"
        second = "备选，" if scene.rank == "alternative" else ""
        click.echo(f"     场景 {scene.id} {scene.name}（{unattested}{second}标签{basis}）")
    for found in case.levels:
        click.echo(f"     {level(found)}")
    click.echo(f"     相近之处：{contributions(case, weights)}")
    if case.also_reported:
        click.echo(f"     同一事例另有 {len(case.also_reported)} 处报道")
    if case.others:
        click.echo(f"     该企业另有 {case.others} 个符合条件的案例")
    if case.description:
        click.echo(f"     {case.description}")
    if case.effects:
        click.echo("     成效（来源所述）：" + "；".join(case.effects))
    if case.replication or case.replicated_to:
        places = (place.name for place in case.replicated_to)
        click.echo("     复制推广（来源所述）：" + "；".join((*case.replication, *places)))
    _tell_evidence(case.evidence)


def _tell_evidence(evidence: tuple[Evidence, ...]) -> None:
    for one in evidence[:1]:
        grade = f"，来源等级 {one.grade}" if one.grade else ""
        place = one.url or one.locator
        click.echo(f"     出处：{place}（{METHOD[one.method]}{grade}{dated(one)}）")


def tell_recommendations(answer: RecommendationsAnswer) -> None:
    """Print solutions in their two groups."""
    if answer.match is not None:
        _tell_decision(answer.match)
    for found in answer.scenes:
        _tell_solutions(found)
    if answer.note and answer.scenes:
        click.echo(answer.note)
    if answer.near is not None:
        _tell_solutions(answer.near)
    click.echo(f"快照 {answer.snapshot}{_state(answer)}")


def _tell_solutions(found: SceneSolutions) -> None:
    click.echo(f"{found.scene.id} {found.scene.name}{provisional(found.name_status)}")
    click.echo(f"  已在案例中使用（{found.used_total}）：")
    for used in found.used:
        _tell_used(used)
    click.echo(f"  已发布的方案，未必有使用案例（{found.offered_total}）：")
    for offered in found.offered:
        _tell_offered(offered)


def _tell_used(item: UsedSolution) -> None:
    name = item.name if item.kind == "solution" else f"{item.name}（供应商，方案未具名）"
    own = item.enterprises - item.outside
    used = f"{item.enterprises} 家企业" + (f"（其中 {own} 家属提供方自身）" if own else "")
    click.echo(f"  · {name}：{used} [{item.id}]")
    if item.used_with:
        click.echo("     同一案例中还用到：" + "、".join(other.name for other in item.used_with))
    for one in item.replications:
        chain = " → ".join(map(step, one.chain)) + "".join(f"（{words}）" for words in one.told)
        click.echo(f"     复制推广（来源所述）：{chain}")
    _tell_path(item.paths[0])


def _tell_offered(item: OfferedSolution) -> None:
    providers = "、".join(provider.name for provider in item.providers)
    click.echo(f"  · {item.name}（{providers}）[{item.id}] {METHOD.get(item.publication, '')}")
    if item.targets:
        click.echo("     目标值（非成效）：" + "；".join(item.targets))
    if item.claims or item.replication_claim:
        claims = [*item.claims, *filter(None, [item.replication_claim])]
        click.echo(f"     供应商自述（{providers}）：" + "；".join(claims))
    _tell_path(item.paths[0])


def _tell_path(path: Path) -> None:
    steps = " → ".join(map(step, path.steps))
    basis = BASIS.get(path.basis, path.basis) + ("，备选场景" if path.rank == "alternative" else "")
    click.echo(f"     路径：{steps}（{basis}，{CORRESPONDENCE[path.correspondence]}）")
    _tell_evidence(path.evidence)


def tell_fits(answer: FitsAnswer) -> None:
    """Print where a solution fits next."""
    click.echo(f"{answer.of.name}：{answer.total} 处有实践的场景与行业{_degraded(answer.degraded)}")
    for item in answer.items:
        present = "，已有使用记录" if item.present else ""
        place = f"{item.scene.id} {item.scene.name} × {item.industry.name}"
        known = f"{item.enterprises} 家企业、{item.cases} 个案例{present}"
        click.echo(f"· {place}：{known}  契合度 {item.score:.2f}")
        basis = FIT_BASIS.get(item.basis, item.basis)
        used = "、".join(thing.name for thing in item.attested) or "来源未写"
        click.echo(f"     面向该场景的依据：{basis}；这些案例用到：{used}")
        for example in item.examples[:1]:
            owner = example.enterprise.name if example.enterprise else "（未指明企业）"
            click.echo(f"     例：{owner}—{example.instance.name} [{example.instance.id}]")
            _tell_evidence(example.evidence)
    click.echo(answer.note)


def tell_thing(answer: Thing) -> None:
    """Print everything known of one thing."""
    click.echo(f"{answer.id} · {label(answer.label)} · {title(answer)}{_degraded(answer.degraded)}")
    for name, value in facts(answer):
        click.echo(f"  {name}：{value}")
    for neighbour in answer.neighbours:
        arrow = "→" if neighbour.direction == "out" else "←"
        more = neighbour_facts(neighbour)
        told = f"{relation(neighbour.relation)} {neighbour.thing.id} {neighbour.thing.name}"
        click.echo(f"  {arrow} {told}" + (f"（{more}）" if more else ""))
    for conflict in answer.conflicts:
        values = " / ".join(str(value) for value, _ in conflict.values)
        click.echo(f"  来源不一致 {property_name(answer.label, conflict.property)}：{values}")
    _tell_evidence(answer.evidence)


def tell_statistics(answer: Statistics) -> None:
    """Print the state of the graph."""
    click.echo(f"graph hash {answer.graph_hash}\nrecords {answer.records}")
    for name, count in {**answer.labels, **answer.relations}.items():
        click.echo(f"  {name}: {count}")
    for source in answer.sources:
        state = "" if source.complete else " (loading)"
        click.echo(f"source {source.source.id}: {source.records} records{state}")
    click.echo(f"snapshot {answer.snapshot or '-'}{_state(answer)}")


def _state(
    answer: MatchAnswer | DocumentAnswer | CasesPage | RecommendationsAnswer | Statistics,
) -> str:
    return ("（索引落后于数据）" if answer.index_lag else "") + _degraded(answer.degraded)


def _degraded(degraded: bool) -> str:
    return f"（{DEGRADED}）" if degraded else ""
