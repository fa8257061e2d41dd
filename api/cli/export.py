"""`sfkg check` and `sfkg export`: the graph held against its shapes, and out of the house."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click

from api.cli.options import common, print_json, settings_for


@click.command()
@common
@click.pass_context
def check(ctx: click.Context, store: str | None, edition: str | None, as_json: bool) -> None:
    """Hold the graph against its shapes; exits with 1 where something violates them.

    The page on the data shows the report of the last check.
    """
    from api.shapes_report import keep_report
    from kg.store.open import open_configured
    from kg.store.rdf import to_rdf
    from ontology.check import check as check_shapes

    settings = settings_for(store, edition)
    with open_configured(settings, read_only=True) as opened:
        graph_hash = opened.state().graph_hash
        findings = check_shapes(to_rdf(opened))
        unfinished = [one.source.id for one in opened.sources() if not one.complete]
    keep_report(settings.data, graph_hash, findings)
    violations = [one for one in findings if one.severity == "violation"]
    if as_json:
        print_json({"conforms": not violations and not unfinished, "findings": findings,
                    "unfinished_sources": unfinished})  # fmt: skip
    else:
        for one in findings:
            click.echo(f"{one.severity}: {one.focus} {one.path} {one.value} — {one.message}")
        for name in unfinished:
            click.echo(f"violation: source {name} is not loaded completely; load it again")
        click.echo(
            f"{len(violations)} violations, {len(findings) - len(violations)} other findings"
        )
    ctx.exit(1 if violations or unfinished else 0)


@click.command()
@common
@click.option(
    "--format",
    "form",
    type=click.Choice(["ttl", "jsonld", "csv"]),
    default="ttl",
    show_default=True,
    help="Turtle, JSON-LD, or tables as CSV.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="File to write (for csv a folder or a .zip file); default standard output.",
)
def export(
    store: str | None, edition: str | None, as_json: bool, form: str, output: Path | None
) -> None:
    """Write the whole graph with its evidence; an existing file is replaced only when complete."""
    from kg.store.export import write_export
    from kg.store.open import open_configured

    target: Path | TextIO = sys.stdout if output is None else output
    with open_configured(settings_for(store, edition), read_only=True) as opened:
        write_export(opened, form, target)
    if output and as_json:
        print_json({"output": str(output), "format": form})
    elif output:
        click.echo(f"wrote {output}", err=True)
