"""`sfkg entities` and `sfkg lookup`: what does a text name, and what does a name mean?"""

from __future__ import annotations

import click

from api.cli.options import common, open_desk, print_json, settings_for


@click.command()
@click.argument("text")
@common
def entities(text: str, store: str | None, edition: str | None, as_json: bool) -> None:
    """What of the graph does TEXT name: scenes, standards, enterprises, places …?"""
    from api.lexicon_answers import entities as find
    from api.words import NAMED_BY, label

    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, text)
    if as_json:
        print_json(answer)
        return
    for mention in answer.items:
        told = "；".join(
            f"{label(one.thing.label)} {one.thing.id} {one.thing.name}（{NAMED_BY[one.how]}）"
            for one in mention.namings
        )
        click.echo(f"“{mention.text}” {mention.start}–{mention.end}：{told}")
    if not answer.items:
        click.echo("没有提到已知的场景、标准、企业、地区等。")


@click.command()
@click.argument("query")
@click.option("--type", "types", multiple=True, help="Only this kind: scenes, standards …")
@click.option("--limit", default=10, show_default=True, help="Things to print.")
@common
def lookup(
    query: str,
    types: tuple[str, ...],
    limit: int,
    store: str | None,
    edition: str | None,
    as_json: bool,
) -> None:
    """What does QUERY mean: an id, code, name, part of a name or its pinyin initials?"""
    from api.lexicon_answers import lookup as find
    from api.words import NAME_MATCH, NAMED_BY, label

    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, query, types, limit)
    if as_json:
        print_json(answer)
        return
    for hit in answer.items:
        thing = hit.naming.thing
        how = f"{NAMED_BY[hit.naming.how]}“{hit.naming.text}”{NAME_MATCH[hit.match]}"
        click.echo(f"{label(thing.label)} {thing.id} {thing.name}（{how}）")
    if not answer.items:
        click.echo("没有找到。")
