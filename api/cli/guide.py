"""`sfkg guide`: the official text of an edition, or the guide of an industry, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from api.cli.options import jobs_option, on_store, settings_for
from ontology.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping

EDITION = "2024"  # the one that was put together without its text


class Wanted(TypedDict):
    """What is to be done with the file."""

    edition: str
    scheme: str
    pair: tuple[str, ...]
    yes: bool
    train: bool
    jobs: int
    mapping: Path | None


@click.group()
def guide() -> None:
    """Import the text of a guide, or go back to the packaged edition."""


@guide.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@on_store
@click.option("--edition", default=EDITION, show_default=True, help="Edition the text is of.")
@click.option("--scheme", default="", help="Name of an industry's or region's guide, instead.")
@click.option("--pair", multiple=True, metavar="ID=NAME", help="Which scene of the text an id is.")
@click.option("--yes", is_flag=True, help="Apply without asking; with --json nothing is asked.")
@click.option("--train", is_flag=True, help="Fit the matcher to the new texts as well.")
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the proposed mapping of a scheme to this file (SSSOM).")  # fmt: skip
@jobs_option
def import_guide(file: Path, store: str | None, as_json: bool, **wanted: Unpack[Wanted]) -> None:
    """Import a guide from FILE (docx, pdf, html, txt …): shows what differs, then asks.

    Ids, labels and the crosswalk stay; names, order and words become those of the text. Nothing is
    applied where a scene's counterpart is not sure; --pair tells it.
    """
    from api.cli.guide_official import import_official
    from api.cli.guide_scheme import import_scheme
    from api.cli.imports import read_file
    from ingest.read.reader import read_document

    settings = settings_for(store)
    document = read_document(file.name, read_file(file))
    if wanted["scheme"]:
        if wanted["pair"] or wanted["train"]:
            raise click.UsageError("--pair and --train are for the text of an edition")
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


def pairs_of(given: tuple[str, ...]) -> Mapping[str, str]:
    """Return the pairs that were given as ID=NAME, or raise InvalidValue."""
    found: dict[str, str] = {}
    for pair in given:
        scene_id, separator, name = (part.strip() for part in pair.partition("="))
        if not (scene_id and separator and name):
            raise InvalidValue("pair", pair, "is no pair like S05=NAME")
        if scene_id in found:
            raise InvalidValue("pair", pair, f"{scene_id} is given twice")
        found[scene_id] = name
    return found


def agreed(wanted: Wanted, as_json: bool, question: str) -> bool:
    """Whether to go on: said beforehand, or asked now; a program that wants JSON is not asked."""
    return wanted["yes"] or (not as_json and click.confirm(question, default=False, err=True))
