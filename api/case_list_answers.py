"""The question which cases there are at all, where and when, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.answers import check_window, check_years
from api.case_answers import CaseQuestion, filters_of
from api.desk import Desk, going_on
from kg.case_facts import Case, Standing, case_of, describe
from kg.case_spread import Spread, spread
from kg.cases import CaseQuery, FacetCount, newest_cases
from ontology.errors import InvalidValue, UnknownId

MOST_NAMED = 200  # cases asked for by id


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases that meet filters, the newest first; see CasesPage for what the fields hold."""

    items: tuple[Case, ...]
    total: int
    hits: int
    offset: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    snapshot: str
    index_lag: bool
    degraded: bool


@going_on
def list_cases(desk: Desk, question: CaseQuestion) -> CaseList:
    """Return the cases that meet the question's filters; it asks for no text and none like it."""
    check_window(question.offset, question.limit)
    check_years(question.year_from, question.year_to)
    snapshot = desk.holder.current()
    filters = filters_of(desk, question, snapshot.table)
    query = CaseQuery(
        "", filters, fold=question.fold, by_enterprise=question.by_enterprise,
        offset=question.offset, limit=question.limit,
    )  # fmt: skip
    found = newest_cases(desk.read, snapshot, query)
    return CaseList(
        found.items, found.total, found.hits, question.offset, found.facets, snapshot.id,
        desk.holder.lag, desk.degraded,
    )  # fmt: skip


@going_on
def case_spread(desk: Desk, question: CaseQuestion) -> Spread:
    """Return where and when the cases are that meet the question's filters."""
    table = desk.holder.current().table
    return spread(table, filters_of(desk, question, table))


@going_on
def named_cases(desk: Desk, ids: Sequence[str]) -> tuple[Case, ...]:
    """Return the cases of these ids, in that order, each once; else UnknownId."""
    wanted = tuple(dict.fromkeys(one.strip() for one in ids if one.strip()))
    if not 1 <= len(wanted) <= MOST_NAMED:
        raise InvalidValue("id", len(wanted), f"are too few or many cases; 1 to {MOST_NAMED}")
    found = describe(desk.read, wanted)
    for one in wanted:
        if one not in found:
            raise UnknownId("case", one, field="id")
    return tuple(case_of(found[one], Standing(0.0, {})) for one in wanted)
