"""`sfkg annex3`: applications checked before they are filed."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.options import common, in_language, open_desk, print_json, read_bytes, settings_for


@click.group()
def annex3() -> None:
    """Check the application materials of annex 3."""


@annex3.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--all", "whole", is_flag=True, help="Print every clause of the level check too.")
@common
def check(file: Path, whole: bool, store: str | None, edition: str | None, as_json: bool) -> None:
    """Which of the four parts does FILE hold, what does it state, which level would that support?

    Ends with 0 where there is no error, with 1 where there is one, with 2 where FILE cannot be
    read. The level check is of a profile drafted from the text, confirmed by nobody.
    """
    from api.annex3_answers import check_annex3
    from api.cli.tell_annex3 import tell_annex3
    from ingest.read.limits import CHECKED

    with open_desk(settings_for(store, edition)) as desk:
        answer = check_annex3(desk, file.name, read_bytes(file), CHECKED)
    if as_json:
        print_json(answer)
    else:
        tell_annex3(in_language(answer), whole)
    if answer.errors:
        raise SystemExit(1)
