"""Standards and standard clusters as lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from api.cluster_answers import ChangedClusters, ClusterAnswer, CommunitiesAnswer
from api.standard_answers import StandardsPage
from api.words import (
    CLOSENESS,
    CONFLICT,
    CURRENCY,
    DECISIONS,
    DEGRADED,
    METHOD,
    OVERLAP,
    STANDARD_LEVEL,
    STANDARD_ROLE,
    STATUS,
    currency,
    dated,
    link_basis,
    percent,
    provisional,
    related_standard,
    step,
)
from kg.entities import Evidence, Ref
from kg.match.matcher import Match
from kg.standards.cluster import Cell, Cluster
from kg.standards.standard import Standard

WIDTH = 8  # of a column of the table of roles and levels


def tell_standards(answer: StandardsPage) -> None:
    """Print standards with status, relations and why they belong."""
    head = ""
    if answer.scene:
        head = f"{answer.scene.id} {answer.scene.name}{provisional(answer.name_status)}："
    click.echo(
        f"{head}{answer.total} 项标准（按 {answer.as_of} 判断是否现行）{_degraded(answer.degraded)}"
    )
    for item in answer.items:
        tell_standard(item, "")


def tell_standard(item: Standard, closeness: str) -> None:
    """Print one standard."""
    level = STANDARD_LEVEL.get(item.level, item.level)
    role = STANDARD_ROLE.get(item.role, "作用未判定")
    click.echo(f"· {item.code} {item.name}（{level}，{role}，{currency(item)}）")
    for one in item.related:
        click.echo(f"     {related_standard(one)}")
    near = f"{CLOSENESS[closeness]}；" if closeness else ""
    if item.links:
        click.echo(f"     关联依据：{near}{link_basis(item.links[0])}")
    _tell_evidence((item.links[0].evidence if item.links else ()) or item.evidence)


def _tell_evidence(evidence: Sequence[Evidence]) -> None:
    for one in evidence[:1]:
        click.echo(f"     出处：{one.url or one.locator}（{METHOD[one.method]}{dated(one)}）")


def tell_cluster(answer: ClusterAnswer) -> None:
    """Print a standard cluster: shape, members, what stands beside."""
    _tell_match(answer.match)
    names = "、".join(
        step(one) + provisional("provisional" if one.id in answer.provisional else "attested")
        for one in answer.of
    )
    reason = f"（{answer.reason}）" if answer.reason else ""
    click.echo(f"标准群：{names}{reason}{_degraded(answer.degraded)}")
    cluster = answer.cluster
    if cluster is None:
        _tell_own(answer)
        return
    near = "，".join(
        f"{CLOSENESS[name]} {count}" for name, count in cluster.closenesses.items() if count
    )
    told = f"状态不详 {cluster.unknown} 项，制定中或尚未实施 {cluster.coming} 项"
    click.echo(f"{cluster.total} 项" + (f"（{near}）；{told}" if cluster.total else "：未见于来源"))
    if cluster.total:
        _tell_shape(cluster.shape)
    for member in cluster.items:
        tell_standard(member.standard, member.closeness)
    _tell_beside(cluster)
    _tell_own(answer)
    if cluster.applied_note:
        click.echo(cluster.applied_note)
    click.echo(f"排列：{cluster.order}")
    click.echo(cluster.note)


def tell_communities(answer: CommunitiesAnswer) -> None:
    """Print the clusters of the whole graph, or why there are none."""
    click.echo(f"标准之间有依据的联系 {answer.ties} 条{_degraded(answer.degraded)}")
    if answer.reason:
        click.echo(answer.reason)
    for item in answer.items:
        click.echo(
            f"· {item.id} {item.name}：{len(item.members)} 项标准，{item.enterprises} 家企业采用"
        )
        click.echo(f"     {_names(item.members)}")
        _tell_shape(item.shape)


def tell_changes(found: ChangedClusters) -> None:
    """Print what became of the clusters of an earlier answer."""
    for one in found.changes:
        before = f"延续 {one.before}，重合 {one.overlap:.0%}" if one.before else "新出现"
        click.echo(f"· {one.id}：{before}，新增 {len(one.joined)} 项，减少 {len(one.left)} 项")
    for gone in found.gone:
        click.echo(f"· {gone}：不再出现")


def _tell_own(answer: ClusterAnswer) -> None:
    if answer.own:
        click.echo(f"企业自身采用的标准：{_names(answer.own.own) or '未见于来源'}")
        if answer.own.own:
            click.echo(f"  其中属于本标准群的：{_names(answer.own.shared) or '未见于来源'}")


def _tell_match(match: Match | None) -> None:
    if match is not None:
        chances = "、".join(f"{one.id} {percent(one.probability)}" for one in match.scenes)
        click.echo(f"场景判定：{DECISIONS[match.decision]}" + (f"（{chances}）" if chances else ""))


def _tell_beside(cluster: Cluster) -> None:
    """Print what overlaps, what is left out and what cases apply beyond the cluster."""
    for overlap in cluster.overlaps:
        reason = OVERLAP[overlap.reason]
        click.echo(f"重叠：{overlap.first.name} 与 {overlap.second.name}（{reason}）")
    for left in cluster.left_out:
        by = f"，由 {_names(left.replaced_by)} 代替" if left.replaced_by else ""
        click.echo(f"不列入：{left.standard.name}（{STATUS.get(left.status, left.status)}{by}）")
    for conflict in cluster.conflicts:
        told = CONFLICT[conflict.reason]
        click.echo(f"冲突：{conflict.first.name} 与 {conflict.second.name}（{told}）")
    for beside in cluster.applied:
        counted = f"{beside.enterprises} 家企业，{CURRENCY[beside.currency]}"
        click.echo(f"同类案例还采用：{beside.standard.name}（{counted}）")


def _tell_shape(cells: Sequence[Cell]) -> None:
    """Print roles by levels; an empty cell is a dot, for none known to us."""
    levels = list(dict.fromkeys(cell.level for cell in cells))
    counts = {(cell.role, cell.level): cell.count for cell in cells}
    head = "".join(STANDARD_LEVEL.get(level, level)[:2].rjust(WIDTH - 2) for level in levels)
    click.echo(f"  {'':　<6}{head}")
    for role in dict.fromkeys(cell.role for cell in cells):
        row = "".join(str(counts[role, level] or "·").rjust(WIDTH) for level in levels)
        click.echo(f"  {STANDARD_ROLE.get(role, role):　<6}{row}")


def _names(refs: Sequence[Ref]) -> str:
    return "、".join(one.name for one in refs)


def _degraded(degraded: bool) -> str:
    return f"（{DEGRADED}）" if degraded else ""
