"""All claims of a document: the build period first, which says what 建成后 means."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from ingest.extract.claim import BuildPeriod, Claim, Claims
from ingest.extract.counts import counts
from ingest.extract.grades import awards, maturity
from ingest.extract.integrators import integrators
from ingest.extract.investments import investments
from ingest.extract.kpis import kpi_statements, same_figure
from ingest.extract.nlp import Sentence, sentences
from ingest.extract.periods import filing_date, joined, periods
from ingest.extract.standing import Context, announces_plans
from ingest.outline import Fragment, Heading
from ontology.conditions import Conditions

Kind = TypeVar("Kind", bound=Claim)


def claims_of(fragments: Iterable[Fragment], conditions: Conditions, applicant: str = "") -> Claims:
    """Return what fragments of a document state; contacts must be blanked out before."""
    read = [(fragment, one) for fragment in fragments for one in sentences(fragment.text)]
    filed = filing_date(one for _, one in read)
    built = _distinct(
        joined(claim for fragment, one in read for claim in periods(one, Context(fragment), filed)),
        lambda claim: (claim.start, claim.end),
    )
    planned = _planned(fragment for fragment, _ in read)
    placed = [(one, Context(fragment, _finished(built), filed, planned)) for fragment, one in read]

    def every(kind: Callable[[Sentence, Context], Iterable[Kind]]) -> Iterable[Kind]:
        return (claim for one, context in placed for claim in kind(one, context))

    return Claims(
        _distinct(every(investments), lambda one: (one.part, one.amount, one.standing)),
        built,
        _distinct(every(lambda one, place: integrators(one, place, applicant)),
                  lambda one: (one.name, one.role)),
        _distinct(every(lambda one, place: kpi_statements(one, place, conditions)), same_figure),
        _distinct(every(counts), lambda one: (one.thing, one.number, one.standing, one.words)),
        _distinct(every(maturity), lambda one: (one.level, one.standing)),
        _distinct(every(awards), lambda one: (one.level, one.standing)),
    )  # fmt: skip


def _planned(fragments: Iterable[Fragment]) -> frozenset[Heading]:
    """Return the headings that announce plans; each is read once."""
    headings = {heading for fragment in fragments for heading in fragment.path}
    return frozenset(one for one in headings if announces_plans(f"{one.number}{one.title}"))


def _finished(periods: tuple[BuildPeriod, ...]) -> bool | None:
    """Return whether the factory was built when it was described; None where nobody says."""
    found = {one.standing for one in periods}
    if len(found) != 1 or "open" in found:  # phases: what is meant by 建成后 is not known
        return None
    return "achieved" in found


def _distinct(claims: Iterable[Kind], key: Callable[[Kind], Hashable]) -> tuple[Kind, ...]:
    """Return claims without those that repeat an earlier one."""
    kept: dict[Hashable, Kind] = {}
    for claim in claims:
        kept.setdefault(key(claim), claim)
    return tuple(kept.values())
