"""`sfkg why`: why was this scene found, and why not another?"""

from __future__ import annotations

import click

from api.cli.options import common, in_language, open_desk, print_json, settings_for


@click.command()
@click.argument("text")
@click.option("--scene", default="", help="Why (not) this scene? Id or name.")
@click.option("--against", default="", help="Instead of which scene? Usually the most probable.")
@common
def why(
    text: str, scene: str, against: str, store: str | None, edition: str | None, as_json: bool
) -> None:
    """Why does TEXT have this scene and no other?"""
    from api.cli.tell import tell_why
    from api.why_answers import why as find

    with open_desk(settings_for(store, edition)) as desk:
        answer = find(desk, text, scene, against)
    if as_json:
        print_json(answer)
    else:
        tell_why(in_language(answer))
