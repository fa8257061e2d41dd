"""The question for comparable cases, as it comes in by name, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.answers import asker_of, check_text, check_window, check_years, resolved
from api.desk import Desk, going_on
from kg.browse import resolve
from kg.case_facts import Case
from kg.cases import CaseFilters, CaseQuery, FacetCount, find_cases, own_case
from kg.effects.effect import Summary
from kg.filters import read_bound, resolve_values, technologies
from kg.index.table import CaseTable
from kg.match.matcher import Match
from kg.ranking import Asker
from ontology.errors import InvalidValue
from ontology.sentence import Sentence

VALUE_FIELDS = ("scene", "segment", "area", "industry", "province", "level", "grade", "basis",
                "kpi", "has")  # fmt: skip
LIKE = ("Instance", "Factory")
OWN_FIGURES = Sentence(
    "成效数据均为企业自述，口径不一，未经核实；不足三家企业时不给出中位数。",
    "All figures of effect are the enterprises' own, by different measures, and not verified; fewer"
    " than three enterprises give no median.",
)


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A question for cases as it comes in: filter values unresolved, all by name.

    Either `text` or `like`, an instance or factory that others are compared with; its own
    enterprise is left out then. `asker` says who asks (ASKER_FIELDS), where it is not `like`.
    `effect` holds figures that a case must state, `weights` those that differ from the usual ones.
    """

    text: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    technology: Sequence[str] = ()
    effect: Sequence[str] = ()
    year_from: int | None = None
    year_to: int | None = None
    exclude_enterprise: str = ""
    like: str = ""
    asker: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    fold: bool = True
    by_enterprise: bool = False
    offset: int = 0
    limit: int = 10
    text_field: str = "text"  # what the text came in as


@dataclass(frozen=True, slots=True)
class CasesPage:
    """Comparable cases in order, and the address of the next page.

    `hits` cases meet the filters; `total` of them are shown one after the other, other reports of
    the same story folded. `ranked_by` is `scene` (then what else counts, by `weights`) or, where no
    scene fits, `text`. `facets` and `effects` are of all hits and of the most comparable of them.
    `asker` is what is known of who asks. Ranking and filters look at every case.
    """

    items: tuple[Case, ...]
    total: int
    hits: int
    offset: int
    ranked_by: str
    weights: Mapping[str, float]
    asker: Asker
    facets: Mapping[str, tuple[FacetCount, ...]]
    effects: tuple[Summary, ...]
    effects_note: str
    match: Match
    snapshot: str
    index_lag: bool
    degraded: bool
    next: str | None = None


@going_on
def comparable_cases(desk: Desk, question: CaseQuestion) -> CasesPage:
    """Return the cases comparable to the question's text that meet its filters."""
    check_window(question.offset, question.limit)
    check_years(question.year_from, question.year_to)
    snapshot = desk.holder.current()
    query = _query(desk, question, snapshot.table)
    if question.like:
        query = _like(desk, question.like, query)
    (match,) = snapshot.matcher.match_many([query.text], desk.edition)
    found = find_cases(desk.read, snapshot, match, query)
    return CasesPage(
        found.items,
        found.total,
        found.hits,
        question.offset,
        found.ranked_by,
        found.weights,
        query.asker,
        found.facets,
        found.effects,
        OWN_FIGURES if found.effects else "",
        match,
        snapshot.id,
        desk.holder.lag,
        desk.degraded,
    )


def _query(desk: Desk, question: CaseQuestion, table: CaseTable) -> CaseQuery:
    """Return the question with every name resolved."""
    if bool(question.text.strip()) == bool(question.like):
        told = "give either a text or an instance or factory to compare with (like)"
        raise InvalidValue(question.text_field, question.text, told)
    return CaseQuery(
        "" if question.like else check_text(question.text, question.text_field),
        filters_of(desk, question, table),
        asker_of(desk, question.asker),
        question.weights,
        question.fold,
        question.by_enterprise,
        question.offset,
        question.limit,
    )


def filters_of(desk: Desk, question: CaseQuestion, table: CaseTable) -> CaseFilters:
    """Return the filters of a question, every name resolved."""
    filters = CaseFilters(
        year_from=question.year_from,
        year_to=question.year_to,
        technology=technologies(table, question.technology),
        bounds=tuple(read_bound(desk.read, wanted) for wanted in question.effect),
        **resolved(desk, question.values),
    )
    if not question.exclude_enterprise:
        return filters
    given = (question.exclude_enterprise,)
    (left_out,) = resolve_values(desk.read, "exclude_enterprise", given)
    return replace(filters, exclude_enterprise=left_out)


def _like(desk: Desk, name: str, query: CaseQuery) -> CaseQuery:
    """Return the query with text, asker and enterprise of a known instance or factory."""
    node = resolve(desk.read, name, None, desk.edition)
    if node.label not in LIKE:
        raise InvalidValue("like", name, "is no instance or factory; only these are compared")
    text, asker, enterprise = own_case(desk.read, desk.holder.current(), node)
    asker = Asker(
        query.asker.industry or asker.industry,
        query.asker.place or asker.place,
        query.asker.level or asker.level,
        asker.scenes,
    )
    filters = query.filters
    if not filters.exclude_enterprise:
        filters = replace(filters, exclude_enterprise=enterprise)
    return replace(query, text=text, asker=asker, filters=filters)


def weights_of(given: Sequence[str]) -> dict[str, float]:
    """Return the weights that texts such as industry:0.2 name, or raise InvalidValue."""
    found: dict[str, float] = {}
    for one in given:
        name, _, number = one.replace("=", ":").partition(":")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise InvalidValue("weight", one, "must look like industry:0.2") from None
    return found
