"""The guide of an industry or region: a scheme of its own, shown with its mapping, then loaded."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from api.cli.guide_wanted import Wanted, agreed
from api.cli.options import model_folder, print_json, sentence_model
from api.cli.publish import publish_graph
from ontology.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest.document import Document
    from ingest.guide.scheme import Likely, ProposedMapping, Proposer
    from kg.settings import Settings


def import_scheme(settings: Settings, document: Document, wanted: Wanted, as_json: bool) -> None:
    """Show which scenes a scheme has and what they may correspond to; where agreed, load them."""
    from ingest.guide.outline import read_outline
    from ingest.guide.scheme import draft_scheme, map_scheme, sssom
    from ingest.load import load_with_account
    from kg.store.open import open_configured

    title = wanted["scheme"]
    outline = read_outline(document)
    mappings = map_scheme(outline, title, _proposer(settings))
    source, records = draft_scheme(outline, title, mappings)
    if not as_json:
        _tell(mappings)
    if wanted["mapping"]:
        _write(wanted["mapping"], sssom(title, mappings))
    applied = agreed(wanted, as_json, f"Load {title} with {len(mappings)} scenes?")
    changed = False
    if applied:
        with open_configured(settings) as store:
            changed = load_with_account(store, source, records).changed
            publish_graph(store, settings)
    if as_json:
        answer = {"scheme": title, "source": source.id, "applied": applied, "changed": changed}
        scenes = [asdict(one) for one in mappings]
        print_json(answer | {"segments": outline.segments, "scenes": scenes})
    else:
        state = "loaded" if changed else "unchanged" if applied else "not loaded"
        click.echo(f"{source.id} · {title}: {state}; its mapping is proposed, checked by nobody")


def _proposer(settings: Settings) -> Proposer:
    from ingest.guide.scheme import Likely
    from kg.match.matcher import Matcher
    from ontology.guide import load_guide

    guide = load_guide("2024", settings.guides)
    matcher = Matcher.load(model_folder(settings), guide, encoder=sentence_model(settings))

    def propose(texts: Sequence[str]) -> list[Likely | None]:
        found: list[Likely | None] = []
        for match in matcher.match_many(texts):
            best = match.best
            sure = match.decision == "matched"
            found.append(Likely(best.id, best.name, best.probability, sure) if best else None)
        return found

    return propose


def _tell(mappings: Sequence[ProposedMapping]) -> None:
    for one in mappings:
        to = one.to
        told = (
            f"{one.predicate} {to.scene} {to.name} ({to.chance:.2f})" if to else "no scene of ours"
        )
        click.echo(f"{one.scene.segment}—{one.scene.name} → {told}")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}") from None
