"""`sfkg train`: fit the matcher anew from guide, packaged cases and training texts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import jobs_option, model_folder, print_json, settings_for, work_for
from ontology.errors import StoreError

if TYPE_CHECKING:
    from kg.match.artifact import Manifest
    from kg.settings import Settings


@click.command()
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the model; default `model` in the data folder, which then is used.",
)  # fmt: skip
@click.option("--even-if-worse", is_flag=True, help="Replace a model that is better on real cases.")
@click.option("--back", is_flag=True, help="Fit nothing; take back the model before this one.")
@jobs_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def train(output: Path | None, even_if_worse: bool, back: bool, jobs: int, as_json: bool) -> None:
    """Fit the matcher; the same texts give the same model.

    With SFKG_ENCODER, that sentence model gets the share in the scores that helps most out of fold.
    A model that is better on real cases than the fitted one is kept, and the command exits with 2.
    """
    from kg.match.exchange import take_back

    settings = settings_for()
    folder = output or settings.data / "model"
    try:
        if back:
            manifest = take_back(folder)
        else:
            manifest = fit_model(settings, folder, even_if_worse=even_if_worse, jobs=jobs)
    except OSError as error:
        raise StoreError(f"the model cannot be written to {folder}: {error.strerror}") from None
    if as_json:
        print_json(manifest)
    else:
        click.echo(f"{folder}: model {manifest.id}")
        for name, value in manifest.encoder.items():
            click.echo(f"  {name}: {value}")


def fit_model(settings: Settings, folder: Path, *, even_if_worse: bool, jobs: int) -> Manifest:
    """Fit a model beside the folder, and have it take its place where it may.

    It must not be worse than the one in the folder or, where there is none in the data folder yet,
    the packaged one.
    """
    from kg.match.exchange import check_place, take_place
    from kg.match.train import train as fit
    from ontology.guide import load_guide

    in_use = model_folder(settings) if folder == settings.data / "model" else folder
    check_place(folder)  # before minutes of fitting
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="training-", dir=folder.parent) as scratch:
        fitted = Path(scratch) / "model"
        guide = load_guide("2024", settings.guides)
        manifest = fit(guide, fitted, work=work_for(settings, jobs))
        take_place(fitted, folder, in_use, even_if_worse=even_if_worse)
    return manifest
