"""How much is read of sentences that were written before their rules, in many hands' styles.

Each line of `sentences/KIND.tsv` is a sentence and what a person reads in it: the facts apart by
semicolons, each ending with its standing (a achieved, p planned, t target, o open), or its role
(I integrator, S supplier, I|S either). A sentence with nothing behind it states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.extract.claim import Claims
from ingest.extract.claims import claims_of
from ingest.outline import outline
from ingest.read.reader import read_document
from kg.effects.effect import Effect
from ontology.conditions import load_conditions

SENTENCES = Path(__file__).parent / "sentences"
Fact = tuple[str, ...]


def wanted(line: str) -> tuple[str, list[Fact]]:
    text, _, facts = line.partition("\t")
    return text, [tuple(fact.rsplit(" ", 1)) for fact in facts.split("; ") if fact.strip()]


def claims(text: str) -> Claims:
    document = read_document("application.txt", f"一、项目概况\n{text}\n".encode())
    return claims_of(outline(document).fragments, load_conditions(), "江城示范机械有限公司")


def read(kind: str, text: str) -> Iterator[set[Fact]]:
    """Yield for each claim the ways in which a person may note it."""
    found = claims(text)
    if kind == "investments":
        for money in found.investments:
            yield {(f"{money.part} {money.amount:g}", money.standing[0])}
    elif kind == "periods":
        for one in found.periods:
            yield {(f"{one.start or '-'} {one.end or '-'}", one.standing[0])}
    elif kind == "integrators":
        for named in found.integrators:
            yield {(named.name, role) for role in (named.role[0].upper(), "I|S")}
    else:
        for kpi in found.kpis:
            yield {(f"{kpi.kpi} {value}", kpi.standing[0]) for value in values(kpi.effect)}


def values(effect: Effect) -> Iterator[str]:
    """Yield the ways in which a figure may be noted: from→to as its end or as its difference."""
    figure = effect.low if effect.low is not None else effect.high
    kinds = {"level", "count"} if effect.kind in {"level", "count"} else {effect.kind}
    yield from (f"{kind} {figure:g}" for kind in kinds)
    if effect.start is not None and effect.end is not None:
        yield f"points {round(effect.end - effect.start, 6):g}"
        yield f"level {effect.end:g}"


@pytest.mark.parametrize(
    ("kind", "recall", "precision"),
    [
        ("investments", 0.9, 0.94),
        ("periods", 0.9, 0.97),
        ("integrators", 0.92, 0.96),
        ("kpis", 0.78, 0.93),
    ],
)
def test_most_of_what_sentences_state_is_read_and_little_else(
    kind: str, recall: float, precision: float
) -> None:
    stated = hits = claimed = 0
    for line in (SENTENCES / f"{kind}.tsv").read_text(encoding="utf-8").splitlines():
        text, facts = wanted(line)
        left = [fact[0] for fact in facts]
        stated += len(left)
        for ways in read(kind, text):
            claimed += 1
            match = next((fact for fact in left if fact in {way[0] for way in ways}), None)
            if match:
                hits += 1
                left.remove(match)
    assert hits / stated >= recall
    assert hits / claimed >= precision


@pytest.mark.parametrize("kind", ["investments", "periods", "kpis"])
def test_nothing_that_a_sentence_plans_or_leaves_open_is_read_as_achieved(kind: str) -> None:
    for line in (SENTENCES / f"{kind}.tsv").read_text(encoding="utf-8").splitlines():
        text, facts = wanted(line)
        not_so = {fact[0] for fact in facts if fact[1] != "a"}
        claimed = {way[0] for ways in read(kind, text) for way in ways if way[1] == "a"}
        assert not claimed & not_so, text
