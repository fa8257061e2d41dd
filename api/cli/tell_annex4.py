"""The check of a recommendation table as lines for a terminal, Chinese first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from api.annex4_answers import Annex4Answer
from ingest.annex4.check import CheckedItem, CheckedTable, Proposal
from ingest.annex4.form import Correction
from ingest.annex4.resolution import Meaning
from ingest.document import Finding, Place

SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
CODES = {
    "wrong_segment": "场景不属于所填环节",
    "other_edition": "其他年版的名称",
    "mixed_editions": "环节与场景出自不同年版",
    "name_not_attested": "未见于所存各版指引的名称",
    "misspelt_name": "名称疑有一字之误",
    "segment_not_known": "不是指引中的环节",
    "example_left_in": "未删除表中示例",
    "role_words_left_in": "保留了（环节名）等提示词",
    "instance_missing": "缺少实例名",
    "bare_instance": "只有实例名",
    "order_reversed": "各部分顺序不对",
    "unknown_leading_part": "环节前另有内容",
    "several_scenes": "一条写了几个场景",
    "heading_used": "环节取自小标题",
    "over_long": "以句子代替名称",
    "placeholder": "以占位词代替内容",
    "damaged_text": "文字受损",
    "duplicate_in_table": "表内重复",
    "duplicate_in_graph": "图谱中已有",
    "numbering": "编号不连续",
    "date_instead_of_text": "文字处为日期",
    "taken_from_above": "申报单位取自上行",
    "enterprise_missing": "缺少申报单位",
    "project_missing": "缺少项目名称",
    "short_name": "不是企业全称",
    "old_name": "含原名",
    "name_and_factory": "企业与工厂写在一处",
    "level_conflict": "层级与表题不符",
    "other_programme": "其他计划的称号",
    "quota_exceeded": "超过推荐名额",
    "recommending_unit_unknown": "推荐单位不明",
    "group_count_wrong": "所列家数与实际不符",
    "contact_shape": "不是手机号",
    "contact_misplaced": "联系方式出现在其他栏",
    "number_lost": "号码位数丢失",
    "struck_out": "带删除线",
    "hidden_row": "隐藏行",
    "formula_without_value": "公式无值",
    "drawing_ignored": "图形未读取",
    "not_data": "不是数据行",
    "no_scene": "指引中没有这样的场景",
    "no_table": "未找到推荐汇总表",
}
SURETY = {
    "id": "编号",
    "name": "名称",
    "other_edition": "其他年版",
    "candidate": "可能的名称",
    "slip": "疑误写",
}
KINDS = {
    "province": "省级",
    "planned_city": "计划单列市",
    "corps": "兵团",
    "central_enterprise": "中央企业",
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
    kind = KINDS.get(table.unit_kind or "", "性质不明")
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
    said = CODES.get(finding.code, finding.message)
    severity = SEVERITIES[finding.severity.value]
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
