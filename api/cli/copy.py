"""`sfkg copy`: the whole graph from one store into another, checked by its hash."""

from __future__ import annotations

import click

from api.cli.options import print_json, settings_for


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def copy(source: str, target: str, as_json: bool) -> None:
    """Make the store at TO hold what the store at FROM holds, and nothing else."""
    from kg.store.copying import copy as copy_graph
    from kg.store.open import open_configured
    from ontology.schema import schema

    with (
        open_configured(settings_for(source), read_only=True) as read,
        open_configured(settings_for(target)) as written,
    ):
        graph_hash = copy_graph(read, written, schema())
    if as_json:
        print_json({"graph_hash": graph_hash})
    else:
        click.echo(f"copied, graph {graph_hash[:12]} on both")
