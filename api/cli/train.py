"""`sfkg train`: fit the matcher anew from guide, packaged cases and training texts."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.options import print_json, settings_for
from ontology.errors import StoreError


@click.command()
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the model; default `model` in the data folder, which then is used.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def train(output: Path | None, as_json: bool) -> None:
    """Fit the matcher; the same texts give the same model."""
    from kg.match.train import train as fit
    from ontology.guide import load_guide

    folder = output or settings_for().data / "model"
    try:
        manifest = fit(load_guide("2024"), folder, progress=lambda said: click.echo(said, err=True))
    except OSError as error:
        raise StoreError(f"the model cannot be written to {folder}: {error.strerror}") from None
    if as_json:
        print_json(manifest)
    else:
        click.echo(f"{folder}: model {manifest.id}")
