"""`sfkg build`: load the packaged knowledge base and bring the index up to date."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from api.cli.options import common, in_language, print_json, settings_for
from api.cli.publish import publish_graph

if TYPE_CHECKING:
    from ingest.pipeline import BuildReport


@click.command()
@common
@click.option("--quiet", is_flag=True, help="Print one line, and nothing held back.")
def build(store: str | None, edition: str | None, as_json: bool, quiet: bool) -> None:
    """Load the packaged knowledge base; what did not change is left alone."""
    from ingest.pipeline import build as load_packaged
    from kg.store.open import open_configured

    settings = settings_for(store, edition)
    started = time.perf_counter()
    with open_configured(settings) as opened:
        report = load_packaged(opened, guides=settings.guides)
        snapshot, indexed = publish_graph(opened, settings)
    seconds = time.perf_counter() - started
    if as_json:
        more = {"snapshot": snapshot, "index_built": indexed, "seconds": round(seconds, 2)}
        print_json(report.to_dict() | more)
        return
    if not quiet:
        _tell(report)
    state = "index built" if indexed else "index unchanged"
    click.echo(f"graph {report.graph_hash[:12]} · snapshot {snapshot} ({state}) · {seconds:.1f} s")


def _tell(report: BuildReport) -> None:
    for source in report.sources:
        if source.rows_in is None:
            click.echo(f"{source.id}: unchanged ({source.records} records)")
            continue
        click.echo(
            f"{source.id}: {source.rows_in} rows in = {source.represented} represented"
            f" + {source.rows_held_back} held back ({source.records} records)"
        )
        for held in source.held_back:
            click.echo(f"  held back: {in_language(held.told)}")
