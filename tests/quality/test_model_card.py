"""What is written of the model is written of the model that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.match import packaged_model
from kg.match.artifact import load_manifest
from kg.match.corpus import fingerprint, load_corpus
from ontology.guide import Guide

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["model-card.md", "evaluation.md"])
def test_the_documents_speak_of_this_model(name: str, guide: Guide) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert f"`{load_manifest(packaged_model()).id}`" in text
    assert f"{len(load_corpus(guide)):,} texts" in text


def test_the_model_has_learnt_these_texts(guide: Guide) -> None:
    assert load_manifest(packaged_model()).training == fingerprint(load_corpus(guide))


def test_the_card_quotes_the_figures_of_the_manifest() -> None:
    kinds = load_manifest(packaged_model()).figures["out_of_fold"]["by_kind"]
    card = (DOCS / "model-card.md").read_text(encoding="utf-8")
    for kind in ("case", "need", "instance", "practice", "solution", "english"):
        figures = kinds[kind]
        row = f"| {kind} | {figures['n']:,} | {figures['top1']:.2f} | {figures['lenient']:.2f} |"
        assert row in card
