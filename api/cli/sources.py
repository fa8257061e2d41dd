"""`sfkg source`: which sources the graph is made of, and some taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.options import on_store, print_json, settings_for
from api.cli.publish import publish_graph
from ontology.errors import UnknownId

if TYPE_CHECKING:
    from kg.store.protocol import GraphRead


@click.group()
def source() -> None:
    """List the sources of the graph, or remove some."""


@source.command("list")
@on_store
def list_sources(store: str | None, as_json: bool) -> None:
    """List every source with its date and how many records it says."""
    from ingest.pipeline import packaged_sources
    from kg.store.open import open_configured

    packaged = {one.source.id for one in packaged_sources()}
    with open_configured(settings_for(store), read_only=True) as opened:
        states = opened.sources()
    if as_json:
        print_json([
            {
                "id": state.source.id, "title": state.source.title, "kind": state.source.kind,
                "date": state.source.date, "records": state.records,
                "complete": state.complete, "packaged": state.source.id in packaged,
            }
            for state in states
        ])  # fmt: skip
        return
    for state in states:
        one = state.source
        how = "packaged" if one.id in packaged else "imported"
        unfinished = "" if state.complete else " · NOT COMPLETE, import it again"
        date = f" · {one.date}" if one.date else ""
        click.echo(f"{one.id} · {how} · {state.records} records{date} · {one.title}{unfinished}")


@source.command("remove")
@click.argument("names", metavar="ID…", nargs=-1, required=True)
@on_store
def remove_sources(names: tuple[str, ...], store: str | None, as_json: bool) -> None:
    """Remove sources with all that only they say; a packaged one comes back with a build."""
    from ingest.imports.changes import changes_of
    from ingest.pipeline import remove
    from kg.store.open import open_configured
    from ontology.schema import schema

    settings = settings_for(store)
    with open_configured(settings) as opened:
        _check_known(names, opened)
        changes = changes_of(opened, (), names, schema())
        for name in dict.fromkeys(names):
            remove(opened, name)
        publish_graph(opened, settings)
    gone, changed = changes.count("removed"), changes.count("changed")
    records = changes.records_removed
    if as_json:
        counts = {"records": records, "things_removed": gone, "things_changed": changed}
        print_json({"removed": names} | counts)
    else:
        told = f"{records} records, {gone} things gone, {changed} changed"
        click.echo(f"removed {', '.join(names)}: {told}")


def _check_known(names: tuple[str, ...], read: GraphRead) -> None:
    """Raise UnknownId before anything is removed."""
    known = [state.source.id for state in read.sources()]
    for name in names:
        if name not in known:
            raise UnknownId("source", name, known)
