"""`sfkg coverage`: what is known of each scene of the guide?"""

from __future__ import annotations

from collections import Counter, defaultdict

import click

from api.cli.options import common, in_language, open_desk, print_json, settings_for


@click.command()
@click.option("--industry", multiple=True, help="Only cases of this GB/T 4754 industry.")
@common
def coverage(
    industry: tuple[str, ...], store: str | None, edition: str | None, as_json: bool
) -> None:
    """What is known of each scene of the guide: cases, solutions, standards?"""
    from api.coverage_answers import guide_coverage
    from api.words import provisional

    with open_desk(settings_for(store, edition)) as desk:
        answer = guide_coverage(desk, industry)
    if as_json:
        print_json(answer)
        return
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in answer.cells:
        levels[cell.scene][cell.level] += cell.cases
    for one in answer.scenes:
        told = f"案例 {one.cases}（{one.enterprises} 家企业）· 使用 {one.used} · 提供 {one.offered}"
        name = f"{one.scene.id} {one.scene.name}{provisional(one.name_status)}"
        found = levels[one.scene.id]
        at = "、".join(f"{level} {found[level]}" for level in sorted(found) if level)
        click.echo(f"{name}：{told} · 标准 {one.standards}" + (f" · 层级 {at}" if at else ""))
    if answer.white_spots:
        click.echo(f"来源中没有见到案例的场景：{'、'.join(answer.white_spots)}")
    click.echo(in_language(answer.note))
