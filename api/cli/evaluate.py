"""`sfkg evaluate`: how good the matcher is on a file of labelled texts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from api.cli.options import common, model_folder, print_json, settings_for
from ontology.errors import InvalidValue


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
@click.option("--cv", is_flag=True, help="Refit per fold without anything of the held-out side.")
def evaluate(file: Path, store: str | None, edition: str | None, as_json: bool, cv: bool) -> None:
    """Measure matching on FILE: CSV with id,text,scene,also[,kind,enterprise]."""
    from kg.match.evaluate import cross_validate, evaluate_file
    from kg.match.matcher import Matcher
    from ontology.guide import load_guide

    settings = settings_for(store, edition)
    if settings.edition != "2024":
        raise InvalidValue("edition", settings.edition, "is not measured: labels are those of 2024")
    guide = load_guide("2024")
    if cv:
        report = cross_validate(file, guide, progress=lambda said: click.echo(said, err=True))
    else:
        report = evaluate_file(file, Matcher.load(model_folder(settings), guide))
    found = report.to_dict()
    if as_json:
        print_json(found)
        return
    for name, value in found.items():
        click.echo(f"{name}: {json.dumps(value, ensure_ascii=False)}")
