"""What a person reads in the application texts of this folder, and how a reading compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import yaml

from ingest.extract.claim import Claims
from ingest.extract.claims import claims_of
from ingest.masked_document import masked_document
from ingest.outline import outline
from kg.effects.effect import Effect
from ontology.conditions import load_conditions
from tests.ingest.annex3.documents import APPLICATIONS, application

KINDS = ("investments", "periods", "integrators", "kpis", "counts", "maturity", "awarded")
Fact = tuple[object, ...]


def wanted(name: str) -> Counter[Fact]:
    """Return the facts that a person reads in a text."""
    gold = yaml.safe_load((APPLICATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return Counter((kind, *row) for kind in KINDS for row in gold[kind])


def found(name: str) -> Counter[Fact]:
    """Return the facts that are read by the rules."""
    fragments = outline(masked_document(application(name))).fragments
    return Counter(_facts(claims_of(fragments, load_conditions())))


def scenes(name: str) -> set[str]:
    """Return the scenes that a person reads in a text."""
    gold = yaml.safe_load((APPLICATIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return set(gold["scenes"])


def _facts(claims: Claims) -> Iterator[Fact]:
    for money in claims.investments:
        yield "investments", money.part, money.amount, money.standing
    for period in claims.periods:
        yield "periods", period.start, period.end, period.standing
    for integrator in claims.integrators:
        yield "integrators", integrator.name, integrator.role
    for kpi in claims.kpis:
        yield "kpis", kpi.kpi, kpi.effect.kind, _value(kpi.effect), kpi.standing
    for count in claims.counts:
        yield "counts", count.thing, count.number, count.standing
    for level in claims.maturity:
        yield "maturity", level.level, level.standing
    for award in claims.awards:
        yield "awarded", award.level, award.standing


def _value(effect: Effect) -> float | None:
    return effect.low if effect.low is not None else effect.high
