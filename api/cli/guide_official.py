"""The official text of an edition: what differs is shown, then applied and everything rebuilt."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from api.cli.guide_wanted import Wanted, agreed, told_of
from api.cli.options import model_folder, print_json
from api.cli.publish import publish_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ingest.document import Document
    from ingest.guide.pairing import Pairing
    from ingest.guide.revision import Figures, Recognised, SceneChange
    from kg.settings import Settings
    from ontology.guide import Guide


def import_official(settings: Settings, document: Document, wanted: Wanted, as_json: bool) -> None:
    """Show what a text changes of its edition and, where agreed, apply it."""
    from ingest.guide.imported import keep
    from ingest.guide.outline import read_outline
    from ingest.guide.pairing import pair_up
    from ingest.guide.revision import changes_of, check_sure, figures_of, revised
    from ontology.guide import load_guide

    told = told_of(wanted)
    held = load_guide(wanted["edition"], settings.guides)
    outline = read_outline(document, lambda name: bool(held.find(name)))
    pairing = pair_up(outline, held, _likeness(settings, held), told)
    changes = changes_of(held, pairing)
    if not as_json:
        _tell_changes(held, changes)
        _tell_others(held, pairing)
    if wanted["yes"] and not wanted["as_proposed"]:
        check_sure(held, pairing)
    after = revised(held, outline, pairing, document.name)
    before_asked = _asked(settings, held, pairing)
    applied = agreed(wanted, as_json, f"Make this the edition {held.edition}?")
    snapshot = ""
    if applied:
        keep(after, settings.guides)
        if wanted["train"]:
            _train(settings, wanted["jobs"])
        snapshot = rebuild(settings)
    figures = {
        "before": _figures(figures_of(held), before_asked),
        "after": _figures(figures_of(after), _asked(settings, after, pairing)),
    }
    if as_json:
        print_json({"edition": held.edition, "applied": applied, "sure": pairing.sure,
                    "snapshot": snapshot, "figures": figures,
                    "scenes": [asdict(one) for one in changes],
                    "added": [asdict(one) for one in pairing.additions],
                    "retired": [asdict(one) for one in pairing.retirements]})  # fmt: skip
    else:
        _tell_figures(figures, applied)


def rebuild(settings: Settings) -> str:
    """Load the packaged sources again under the edition that counts now; return the snapshot."""
    from ingest.pipeline import build
    from kg.store.open import open_configured

    with open_configured(settings) as store:
        build(store, guides=settings.guides)
        return publish_graph(store, settings)[0]


def _train(settings: Settings, jobs: int) -> None:
    """Fit the matcher to the new texts; a fitted one that is worse is left, which is told."""
    from api.cli.train import fit_model
    from ontology.errors import InvalidValue

    try:
        manifest = fit_model(settings, settings.data / "model", even_if_worse=False, jobs=jobs)
    except InvalidValue as error:
        click.echo(f"the matcher stays as it was: {error}", err=True)
    else:
        click.echo(f"matcher fitted to the new texts: model {manifest.id}", err=True)


def _likeness(
    settings: Settings, guide: Guide
) -> Callable[[Sequence[str]], Sequence[Mapping[str, float]]]:
    from kg.match.matcher import Matcher

    matcher = Matcher.load(model_folder(settings), guide)

    def likeness(texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        rows = matcher.posteriors(texts).tolist()
        return [dict(zip(matcher.model.scenes, row, strict=True)) for row in rows]

    return likeness


def _asked(settings: Settings, guide: Guide, pairing: Pairing) -> Recognised:
    """Ask the matcher in use, under an edition, for every official name and text."""
    from ingest.guide.revision import recognised
    from kg.match.matcher import Matcher

    matcher = Matcher.load(model_folder(settings), guide)

    def scene_of(text: str) -> str:
        best = matcher.match(text).best
        return best.id if best else ""

    return recognised(pairing, scene_of)


def _figures(edition: Figures, asked: Recognised) -> dict[str, int]:
    return {
        **asdict(edition),
        "official_names_recognised": asked.names,
        "official_texts_recognised": asked.texts,
    }


def _tell_changes(guide: Guide, changes: Sequence[SceneChange]) -> None:
    for one in changes:
        name = f"{one.name_before} → {one.name}" if one.renamed else one.name
        said = [f"{guide.segment(one.segment_before).name} → {guide.segment(one.segment).name}"]
        told = [
            *(said if one.moved else []),
            *([f"order {one.order_before} → {one.order}"] if one.order != one.order_before else []),
            *([] if one.text else ["no words under the name, ours stay"]),
            f"{one.how} {one.likeness:.2f}" if one.how in ("alike", "left over") else str(one.how),
        ]
        mark = "?" if one.how == "left over" else "~" if one.renamed or one.moved else "="
        click.echo(f"{mark} {one.id} {name} ({'; '.join(told)})")


def _tell_others(guide: Guide, pairing: Pairing) -> None:
    """Tell what only one side has; a question mark says that somebody should look."""
    for added in pairing.additions:
        near = f"; resembles {added.near} {guide.scene(added.near).name}" if added.near else ""
        mark = "+" if added.how == "given" else "+?"
        click.echo(f"{mark} {added.id} {added.scene.name} (new; {added.scene.segment}{near})")
    for gone in pairing.retirements:
        into = f"taken in by {', '.join(gone.into)}" if gone.into else "taken in by none"
        mark = "-" if gone.how == "given" else "-?"
        click.echo(f"{mark} {gone.id} {guide.scene(gone.id).name} (not in the text; {into})")


def _tell_figures(figures: Mapping[str, Mapping[str, int]], applied: bool) -> None:
    before, after = figures["before"], figures["after"]
    for name, value in before.items():
        click.echo(f"{name.replace('_', ' ')}: {value} → {after[name]}")
    if applied:
        click.echo("applied and rebuilt; `sfkg train` fits the matcher to the new words,"
                   " `sfkg guide restore` goes back")  # fmt: skip
    else:
        click.echo("nothing was applied")
