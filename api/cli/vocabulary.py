"""`sfkg vocabulary`: words that are taught, what changing them would do, and changing them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import index_plan, model_folder, print_json, sentence_model, settings_for

if TYPE_CHECKING:
    from kg.match.effect import Effect
    from kg.settings import Settings

MOST_TOLD = 10  # changed texts of each set
files_argument = click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
remove_option = click.option(
    "--remove", multiple=True, metavar="NAME", help="Take out one of your own files."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
store_option = click.option(
    "--store", metavar="URL", help="Store; default a file in the data folder."
)


@click.group()
def vocabulary() -> None:
    """Teach words: CSV files with kind,term,means,source,author.

    Kinds: synonym and abbreviation (read as what they mean), word (speaks for the scene whose id it
    means), background (speaks for no scene), stop (is left out).
    """


@vocabulary.command(name="list")
@json_option
def list_words(as_json: bool) -> None:
    """List the words in use: the packaged ones and your own."""
    from kg.match.vocabulary import load_vocabulary

    words = load_vocabulary(settings_for().words).words
    if as_json:
        print_json(words)
        return
    for word in words:
        means = f" → {word.means}" if word.means else ""
        click.echo(f"{word.kind}: {word.term}{means}  ({word.source}; {word.author})")


@vocabulary.command()
@files_argument
@remove_option
@json_option
def check(files: tuple[Path, ...], remove: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong with FILES and what they would do to the development figures."""
    found = _effects(settings_for(), files, remove)
    if as_json:
        print_json(found)
    else:
        _tell(found)


@vocabulary.command()
@files_argument
@remove_option
@store_option
@json_option
def apply(
    files: tuple[Path, ...], remove: tuple[str, ...], store: str | None, as_json: bool
) -> None:
    """Use FILES from now on, in the place of your own files of their names.

    The index is built beside the one in use; services take it over within seconds. Where anything
    fails, words and index stay as they are.
    """
    from kg.index.rewording import Change, apply_words
    from kg.store.open import open_configured

    settings = settings_for(store)
    found = _effects(settings, files, remove)
    if not as_json:
        _tell(found)
    with open_configured(settings) as opened:
        snapshot = apply_words(opened, index_plan(settings), Change(files, remove))
    if as_json:
        print_json({"effects": [asdict(one) for one in found], "snapshot": snapshot})
    else:
        click.echo(f"in use: snapshot {snapshot}")


def _effects(
    settings: Settings, files: tuple[Path, ...], removed: tuple[str, ...]
) -> tuple[Effect, ...]:
    from kg.index.rewording import Change, changed_words
    from kg.match.effect import effects
    from kg.match.matcher import Matcher
    from kg.match.vocabulary import load_vocabulary
    from ontology.guide import load_guide

    if not (files or removed):
        raise click.UsageError("Missing argument 'FILES...' (or --remove).")
    encoder = sentence_model(settings)
    guide = load_guide("2024", settings.guides)
    matcher = Matcher.load(model_folder(settings), guide, encoder=encoder)
    before = load_vocabulary(settings.words)
    with changed_words(settings.words, Change(files, removed)) as beside:
        return effects(matcher, before, load_vocabulary(beside))


def _tell(found: tuple[Effect, ...]) -> None:
    for one in found:
        click.echo(f"{one.name}: {one.texts} texts")
        for name, value in one.after.items():
            before = one.before[name]
            moved = f"{before:.4f} → {value:.4f}" if value != before else f"{value:.4f}, unchanged"
            click.echo(f"  {name}: {moved}")
        right = sum(change.is_right for change in one.changed)
        wrong = sum(change.was_right for change in one.changed)
        click.echo(f"  {len(one.changed)} answers change: {wrong} were right, {right} are")
        for change in one.changed[:MOST_TOLD]:
            click.echo(f"    {change.before} → {change.after}: {change.text[:40]}")
