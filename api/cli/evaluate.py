"""`sfkg evaluate`: how good the matcher is on a file of labelled texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from api.cli.options import (
    common,
    jobs_option,
    model_folder,
    print_json,
    sentence_model,
    settings_for,
    work_for,
)
from ontology.errors import InvalidValue

if TYPE_CHECKING:
    from kg.match.evaluate import Judged
    from kg.settings import Settings


class Wanted(TypedDict):
    """How to judge, and what to make of it."""

    cv: bool
    tune: bool
    authors: bool
    jobs: int
    save: Path | None
    against: Path | None
    chart: Path | None


FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@common
@click.option("--cv", is_flag=True, help="Refit per fold without anything of the held-out side.")
@click.option("--tune", is_flag=True, help="Also choose the settings anew inside each fold.")
@click.option("--authors", is_flag=True, help="Leave out the training authors one by one; no FILE.")
@jobs_option
@click.option("--save", type=FILE, help="Write the rankings to a file, for --against.")
@click.option("--against", type=FILE, help="Compare with saved rankings of these rows.")
@click.option("--chart", type=FILE, help="Draw the reliability chart as SVG.")
def evaluate(
    file: Path | None, store: str | None, edition: str | None, as_json: bool, **how: Unpack[Wanted]
) -> None:
    """Measure matching on FILE: CSV with id,text,scene,also[,kind,enterprise]."""
    settings = settings_for(store, edition)
    if settings.edition != "2024":
        raise InvalidValue("edition", settings.edition, "is not measured: labels are those of 2024")
    if how["authors"]:
        found = _by_author(settings, how["jobs"])
    elif file is None:
        raise click.UsageError("Missing argument 'FILE' (or --authors).")
    else:
        found = _figures(_judged(file, settings, how), how)
    if as_json:
        print_json(found)
        return
    for name, value in found.items():
        click.echo(f"{name}: {json.dumps(value, ensure_ascii=False)}")


def _judged(file: Path, settings: Settings, how: Wanted) -> Judged:
    from kg.match.evaluate import Refit, cross_validate, judge_file
    from kg.match.matcher import Matcher
    from kg.match.tuning import GRID
    from kg.match.vocabulary import load_vocabulary
    from ontology.guide import load_guide

    guide = load_guide("2024", settings.guides)
    if not (how["cv"] or how["tune"]):
        encoder = sentence_model(settings)
        matcher = Matcher.load(model_folder(settings), guide, encoder=encoder)
        return judge_file(file, matcher.with_words(load_vocabulary(settings.words)))
    work = work_for(settings, how["jobs"])
    return cross_validate(file, guide, Refit(GRID, work=work) if how["tune"] else Refit(work=work))


def _figures(judged: Judged, how: Wanted) -> dict[str, Any]:
    from kg.match.chart import draw_reliability
    from kg.match.metrics import rounded, scenes_of
    from kg.match.paired import gains, read_rankings, write_rankings

    figures = judged.figures()
    found = figures.to_dict()
    if how["against"]:
        others = read_rankings(how["against"], judged.rows)
        ours = [scenes_of(judgement) for judgement in judged.judgements]
        compared = gains(judged.rows, ours, others)
        found["gain"] = {name: rounded(asdict(gain)) for name, gain in compared.items()}
    if how["save"]:
        write_rankings(how["save"], judged.rows, judged.judgements)
    if how["chart"] and figures.reliability:
        draw_reliability(figures.reliability, "Chance stated and come true", how["chart"])
    return found


def _by_author(settings: Settings, jobs: int) -> dict[str, Any]:
    """Return a few figures for each file of composed texts, and those of all together."""
    from kg.match.artifact import load_model
    from kg.match.corpus import load_corpus
    from kg.match.evaluate import Judged, leave_authors_out
    from ontology.guide import load_guide

    guide = load_guide("2024", settings.guides)
    model = load_model(model_folder(settings), guide.edition, sentence_model(settings))
    said = leave_authors_out(load_corpus(guide), model.scenes, model.calibration, jobs=jobs)
    shown = ("n", "lenient", "top3", "in_scope_rejected", "off_topic")
    by_author = {}
    for name, one in said.items():
        found = one.figures().to_dict()
        by_author[name] = {figure: found[figure] for figure in shown}
    together = Judged.together(list(said.values())).figures().to_dict()
    return {**together, "by_author": by_author}
