"""`sfkg guide`: the official text of an edition, or the guide of an industry, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from api.cli.guide_wanted import Wanted
from api.cli.options import jobs_option, on_store, settings_for
from ontology.errors import InvalidValue

EDITION = "2024"  # the one that was put together without its text


@click.group()
def guide() -> None:
    """Import the text of a guide, or go back to the packaged edition."""


@guide.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@on_store
@click.option("--edition", default=EDITION, show_default=True, help="Edition the text is of.")
@click.option("--scheme", default="", help="Name of an industry's or region's guide, instead.")
@click.option(
    "--pair",
    multiple=True,
    metavar="ID=NAME",
    help="Which scene (or segment) of the text an id is.",
)
@click.option("--new", multiple=True, metavar="NAME", help="A scene of the text that is new.")
@click.option(
    "--retire",
    multiple=True,
    metavar="ID[=ID,…]",
    help="A scene that the text lacks, and those that took it in.",
)
@click.option("--as-proposed", is_flag=True, help="Take what is not sure as it is shown.")
@click.option("--yes", is_flag=True, help="Apply without asking; with --json nothing is asked.")
@click.option("--train", is_flag=True, help="Fit the matcher to the new texts as well.")
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the proposed mapping of a scheme to this file (SSSOM).")  # fmt: skip
@jobs_option
def import_guide(file: Path, store: str | None, as_json: bool, **wanted: Unpack[Wanted]) -> None:
    """Import a guide from FILE (docx, pdf, html, txt …): shows what differs, then asks.

    Ids, labels and the crosswalk stay; names, order and words become those of the text. Scenes that
    only the text has get new ids, those that it lacks are retired and stay in the crosswalk. What
    is not sure is marked; --yes applies nothing of it unless --pair, --new and --retire tell it, or
    --as-proposed takes it.
    """
    from api.cli.guide_official import import_official
    from api.cli.guide_scheme import import_scheme
    from api.cli.imports import read_file
    from ingest.read.reader import read_document

    settings = settings_for(store)
    document = read_document(file.name, read_file(file))
    if wanted["scheme"]:
        if any(wanted[one] for one in ("pair", "new", "retire", "as_proposed", "train")):
            raise click.UsageError(
                "--pair, --new, --retire, --as-proposed and --train are for the text of an edition"
            )
        import_scheme(settings, document, wanted, as_json)
        return
    if wanted["mapping"]:
        raise click.UsageError("--mapping is for a --scheme")
    if wanted["edition"] != EDITION:
        raise InvalidValue(
            "edition", wanted["edition"], f"takes no text: only {EDITION} lacks its own"
        )
    import_official(settings, document, wanted, as_json)


@guide.command("restore")
@on_store
@click.option("--edition", default=EDITION, show_default=True, help="Edition to restore.")
def restore_guide(edition: str, store: str | None, as_json: bool) -> None:
    """Go back to the packaged edition; what was imported of its text is forgotten."""
    from api.cli.guide_official import rebuild
    from api.cli.options import print_json
    from ingest.guide.imported import forget

    settings = settings_for(store)
    forget(edition, settings.guides)
    snapshot = rebuild(settings)
    if as_json:
        print_json({"edition": edition, "restored": True, "snapshot": snapshot})
    else:
        click.echo(f"the packaged edition {edition} counts again · snapshot {snapshot}")
