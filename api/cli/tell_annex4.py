"""The check of a recommendation table as lines for a terminal, Chinese first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from api.annex4_answers import Annex4Answer
from api.words import FINDING, RECOMMENDING_KIND, SEVERITY
from ingest.annex4.check import CheckedItem, CheckedTable, Proposal
from ingest.annex4.form import Correction
from ingest.annex4.resolution import Meaning
from ingest.document import Finding, Place

SURETY = {
    "id": "编号",
    "name": "名称",
    "other_edition": "其他年版",
    "candidate": "可能的名称",
    "slip": "疑误写",
}


def tell_check(answer: Annex4Answer) -> None:
    """Print a line for each table, then the findings row by row."""
    for table in answer.tables:
        click.echo(_head(table))
    for place, findings in groupby(answer.findings, key=lambda f: _row(f.place)):
        click.echo(f"\n{place or answer.file}")
        for finding in findings:
            for line in _finding(finding):
                click.echo(f"  {line}")
    click.echo(
        f"\n错误 {answer.errors} · 警告 {answer.warnings} · 提示 {answer.notices}"
        f" · 联系方式 {answer.contacts_found} 处（不显示） · 快照 {answer.snapshot}"
    )


def tell_tables(tables: Sequence[CheckedTable]) -> None:
    """Print every row with its items and what they mean."""
    if not tables:
        click.echo("未找到推荐汇总表")
    for table in tables:
        click.echo(_head(table))
        for entry in table.entries:
            order = "" if entry.order is None else f"{entry.order}. "
            hidden = "（隐藏或带删除线）" if entry.hidden else ""
            click.echo(
                f"\n{order}{entry.applicant or '（未填申报单位）'} · {entry.project}{hidden}"
            )
            for item in entry.items:
                click.echo(f"  {_item(item)}")


def tell_corrections(file: str, corrections: Sequence[Correction]) -> None:
    """Print what was changed on the way to the written file."""
    click.echo(f"已写入 {file}，改动 {len(corrections)} 处")
    for one in corrections:
        click.echo(f"\n{_row(one.place)}{_where(one.place)}")
        click.echo(f"    原文：{one.before}".replace("\n", "⏎"))
        click.echo(f"    改为：{one.after or '（未写入）'}")


def _head(table: CheckedTable) -> str:
    kind = RECOMMENDING_KIND.get(table.unit_kind or "", "性质不明")
    unit = f"{table.unit}（{kind}）" if table.unit else "未填推荐单位"
    rows = sum(not entry.continues for entry in table.entries)
    level = table.level or "层级未写明"
    title = table.title or "推荐汇总表"
    return f"{title} · {unit} · {level} · {rows} 个项目 · 指引 {table.edition} 年版"


def _item(item: CheckedItem) -> str:
    if not item.segment and not item.scene:
        return f"{item.written}{_proposed(item.proposals)}"
    parts = [_meaning(item.segment), _meaning(item.scene), item.instance or "（缺实例名）"]
    return " — ".join(parts) + _proposed(item.proposals)


def _meaning(found: Meaning | None) -> str:
    if found is None:
        return "（未识别）"
    return f"{found.name}[{found.id or found.edition}·{SURETY.get(found.surety, found.surety)}]"


def _proposed(proposals: Sequence[Proposal]) -> str:
    named = "、".join(f"{one.name}[{one.scene}] {one.probability:.0%}" for one in proposals)
    return f"（建议：{named}）" if named else ""


def _finding(finding: Finding) -> Iterator[str]:
    said = FINDING.get(finding.code, finding.message)
    severity = SEVERITY[finding.severity.value]
    yield f"{severity} {said}（{finding.code}）{_where(finding.place)}: {finding.message}"
    if finding.found:
        yield f"    原文：{finding.found}".replace("\n", "⏎")
    if finding.proposal:
        yield f"    建议：{finding.proposal}"


def _row(place: Place) -> str:
    said = [
        f"{word} {value}"
        for word, value in (
            ("页", place.page), ("工作表", place.sheet), ("表格", place.table), ("行", place.row),
            ("段", place.line),
        )
        if value is not None
    ]  # fmt: skip
    return " · ".join(said)


def _where(place: Place) -> str:
    return "".join(
        f" {word}{value}"
        for word, value in (("列", place.column), ("项", place.item))
        if value is not None
    )
