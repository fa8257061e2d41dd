"""The pages of cases: found and filtered, side by side, and as a document."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.case_answers import CaseQuestion, CasesPage, comparable_cases
from api.case_list_answers import CaseList, case_spread, list_cases, named_cases
from api.deps import (
    LONGEST_VALUE,
    MOST_VALUES,
    Effects,
    Offset,
    Technologies,
    TheDesk,
    TheSlots,
    Value,
)
from api.desk import Desk
from api.routes.cases import LONGEST_QUERY, filter_values
from api.ui.case_view import chosen_filters, facets, line_of, located, map_of
from api.ui.collecting import collected, side_by_side
from api.ui.files import attachment
from api.ui.reader import TheReader
from api.ui.rendering import render
from ingest.write.collection import FORMATS
from ontology.errors import InvalidValue

router = APIRouter(include_in_schema=False)
CASES_SHOWN = 10  # on a page
SIDE_BY_SIDE = 4
Name = Annotated[str, Query(max_length=LONGEST_VALUE)]
Picked = Annotated[list[Value], Query(max_length=MOST_VALUES * 4)]


def _question(  # noqa: PLR0913 - each is a parameter of the address
    values: Annotated[dict[str, list[str]], Depends(filter_values)],
    q: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
    like: Name = "",
    technology: Technologies = [],  # noqa: B006 - FastAPI copies defaults
    effect: Effects = [],  # noqa: B006
    year_from: Name = "",
    year_to: Name = "",
    exclude_enterprise: Name = "",
    offset: Offset = 0,
) -> CaseQuestion:
    """Return the question of an address; a form sends its empty fields along."""
    return CaseQuestion(
        text=q,
        text_field="q",
        like=like.strip(),
        values={name: _filled(given) for name, given in values.items()},
        technology=_filled(technology),
        effect=_filled(effect),
        year_from=_year("year_from", year_from),
        year_to=_year("year_to", year_to),
        exclude_enterprise=exclude_enterprise.strip(),
        offset=offset,
        limit=CASES_SHOWN,
    )


TheQuestion = Annotated[CaseQuestion, Depends(_question)]


@router.get("/cases")
def cases(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    question: TheQuestion,
    pick: Picked = [],  # noqa: B006
) -> Response:
    """Show the cases that meet filters, comparable to a text or the newest first."""
    with slots.taken():
        found = _found(desk, question)
        spread = case_spread(desk, question)
    chosen = {**question.values, "technology": question.technology, "effect": question.effect}
    chosen = {name: values for name, values in chosen.items() if values}
    values = {
        "active": "cases",
        "question": question,
        "cases": found,
        "ranked": isinstance(found, CasesPage),
        "pick": pick,
        "facets": facets(reader, found.facets, chosen),
        "chosen": chosen_filters(reader, chosen, _names(found)),
        "map": map_of(reader, spread),
        "line": line_of(reader, spread),
        "located": located(spread),
        "page_size": CASES_SHOWN,
        "most": SIDE_BY_SIDE,
    }
    return render("cases.html", reader, values)


@router.get("/compare")
def compare(desk: TheDesk, reader: TheReader, pick: Picked = []) -> Response:  # noqa: B006
    """Show up to four cases side by side."""
    if len(set(pick)) > SIDE_BY_SIDE:
        raise InvalidValue("pick", len(set(pick)), f"are too many cases; at most {SIDE_BY_SIDE}")
    found = named_cases(desk, pick) if pick else ()
    rows = side_by_side(reader, found)
    values = {"active": "cases", "items": found, "pick": pick, "rows": rows}
    return render("compare.html", reader, values)


@router.get("/collection")
def collection(
    desk: TheDesk,
    reader: TheReader,
    pick: Picked = [],  # noqa: B006
    form: Annotated[Literal["xlsx", "docx", "md"], Query()] = "xlsx",
) -> Response:
    """Return the picked cases as a document, every case with its sources."""
    document = collected(reader, named_cases(desk, pick))
    return attachment(f"{document.title}.{form}", FORMATS[form](document))


def _found(desk: Desk, question: CaseQuestion) -> CasesPage | CaseList:
    if question.text.strip() or question.like:
        return comparable_cases(desk, question)
    return list_cases(desk, question)


def _names(found: CasesPage | CaseList) -> dict[str, str]:
    """Return what the values of facets are called, by value."""
    return {one.value: one.name for counts in found.facets.values() for one in counts}


def _filled(given: list[str]) -> list[str]:
    return [one for one in given if one.strip()]


def _year(field: str, given: str) -> int | None:
    if not given.strip():
        return None
    try:
        return int(given)
    except ValueError:
        raise InvalidValue(field, given, "is no year between 1949 and 2100") from None
