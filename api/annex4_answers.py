"""The question what a recommendation table says and what is wrong with it, and its answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.answers import check_edition
from api.desk import Desk, going_on
from ingest.annex4.check import Check, CheckedTable, Checker, Proposal
from ingest.annex4.form import Correction, Filing
from ingest.annex4.names import Nomenclature
from ingest.annex4.reading import read_tables
from ingest.annex4.write import check_read_back, write_forms
from ingest.contacts import Contact
from ingest.document import Finding, Place, Severity
from ingest.read.limits import CHECKED, SENT, Limits
from ingest.read.reader import read_document
from kg.match.matcher import Matcher
from ontology.conditions import load_conditions
from ontology.guide import Guide

MOST_PROPOSALS = 3
BASE_EDITION = "2024"


@dataclass(frozen=True, slots=True)
class ShownContact:
    """A contact as it is shown to those who may see it."""

    kind: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Annex4Answer:
    """What the recommendation tables of a file say, and the findings in the order of the file.

    `contacts` is None unless they were asked for by somebody who may see them.
    """

    file: str
    kind: str
    errors: int
    warnings: int
    notices: int
    tables: tuple[CheckedTable, ...]
    findings: tuple[Finding, ...]
    contacts_found: int
    contacts: tuple[ShownContact, ...] | None
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def check_annex4(
    desk: Desk,
    name: str,
    data: bytes,
    edition: str | None = None,
    contacts: bool = False,
    limits: Limits = SENT,
) -> Annex4Answer:
    """Return what a file's recommendation tables say; raise UnreadableFile where it is none."""
    document = read_document(name, data, limits)
    check = checker(desk).check(document, edition and check_edition(edition))
    return Annex4Answer(
        name,
        document.kind.value,
        check.count(Severity.ERROR),
        check.count(Severity.WARNING),
        check.count(Severity.NOTICE),
        check.tables,
        check.findings,
        len(check.contacts),
        shown(check.contacts) if contacts else None,
        desk.holder.current().id,
        desk.holder.lag,
        desk.degraded,
    )


def read_annex4(name: str, data: bytes, guide: Guide, edition: str | None = None) -> Check:
    """Return what a file's recommendation tables say by themselves, without matcher and graph."""
    document = read_document(name, data, CHECKED)
    return Checker(nomenclature(guide), load_conditions()).check(
        document, edition and check_edition(edition)
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A table written anew: the file, and what was changed on the way."""

    data: bytes
    corrections: tuple[Correction, ...]


def write_annex4(
    check: Check, guide: Guide, output: str, provisional: bool = False, contacts: bool = False
) -> Written:
    """Return a check's tables in the notice's layout, read back before they are given out."""
    conditions = load_conditions()
    names = nomenclature(guide)
    filing = Filing(conditions.table, names, provisional)
    forms = filing.forms(check, contacts)
    data = write_forms(forms, output)
    again = read_tables(read_document(output, data, CHECKED), names, conditions)
    check_read_back(forms, again.tables)
    return Written(data, tuple(one for form in forms for one in form.corrections))


def shown(contacts: Sequence[Contact]) -> tuple[ShownContact, ...]:
    """Return contacts in the open, for those who may see them."""
    return tuple(ShownContact(one.kind, one.place, one.text.reveal()) for one in contacts)


def checker(desk: Desk) -> Checker:
    """Return what tables are checked by: the guide, the notice, the matcher and the graph."""
    matcher = desk.holder.current().matcher

    def propose(texts: Sequence[str], edition: str) -> list[tuple[Proposal, ...]]:
        return [_proposals(matcher, text, edition) for text in texts]

    def known(ids: Collection[str]) -> list[str]:
        return [node.id for node in desk.read.get(list(ids))]

    return Checker(nomenclature(matcher.guide), load_conditions(), propose, known)


@lru_cache(maxsize=2)
def nomenclature(guide: Guide) -> Nomenclature:
    """Return the names of all editions, worked out once for the guide of 2024 that is in use."""
    return Nomenclature.load(guide)


def _proposals(matcher: Matcher, text: str, edition: str) -> tuple[Proposal, ...]:
    """Return the scenes of a text; the base edition goes without the reasons, which take time."""
    if edition != BASE_EDITION:
        picks = matcher.match(text, edition).scenes[:MOST_PROPOSALS]
        return tuple(Proposal(pick.id, pick.name, pick.probability) for pick in picks)
    judgement = matcher.judge(text)
    ranked = judgement.ranking[: min(judgement.shown, MOST_PROPOSALS)]
    names = {one.scene: matcher.guide.scene(one.scene).name for one in ranked}
    return tuple(Proposal(r.scene, names[r.scene], round(r.probability, 4)) for r in ranked)
