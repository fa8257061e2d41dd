"""GET and POST /v1/cases: who has done something comparable?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.answers import ASKER_FIELDS, LARGEST_PAGE
from api.case_answers import (
    VALUE_FIELDS,
    CaseQuestion,
    CasesPage,
    comparable_cases,
    weights_of,
)
from api.deps import (
    LONGEST_VALUE,
    Areas,
    Bases,
    Effects,
    FilterValues,
    Grades,
    Has,
    Industries,
    Kpis,
    Levels,
    Limit,
    Offset,
    Provinces,
    Scenes,
    Segments,
    Technologies,
    TheAsker,
    TheDesk,
    TheLanguage,
    TheSlots,
    Weights,
    Year,
    next_link,
)
from api.spoken import spoken

router = APIRouter(prefix="/v1", tags=["cases"])
Name = Annotated[str, Query(max_length=LONGEST_VALUE)]
LONGEST_QUERY = 200  # characters that fit an address; longer texts are posted


class CasesRequest(BaseModel):
    """A text or a known case, who asks, and filters; all take ids, codes or names."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "钢卷表面缺陷靠人看，漏检多", "for_industry": ["C31"], "limit": 5},
                {"like": "I289", "industry": ["C36"], "weights": {"industry": 0.2}},
            ]
        },
    )
    text: str = ""
    like: str = Field("", max_length=LONGEST_VALUE)
    scene: FilterValues = []
    segment: FilterValues = []
    area: FilterValues = []
    industry: FilterValues = []
    province: FilterValues = []
    level: FilterValues = []
    grade: FilterValues = []
    basis: FilterValues = []
    kpi: FilterValues = []
    has: FilterValues = []
    technology: FilterValues = []
    effect: FilterValues = []
    year_from: int | None = None
    year_to: int | None = None
    exclude_enterprise: str = Field("", max_length=LONGEST_VALUE)
    for_industry: FilterValues = []
    for_province: FilterValues = []
    for_level: FilterValues = []
    weights: dict[str, float] = {}
    fold: bool = True
    by_enterprise: bool = False
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(10, ge=1, le=LARGEST_PAGE)


def filter_values(  # noqa: PLR0913 - each filter is a parameter of the address
    scene: Scenes = [],  # noqa: B006 - FastAPI copies defaults
    segment: Segments = [],  # noqa: B006
    area: Areas = [],  # noqa: B006
    industry: Industries = [],  # noqa: B006
    province: Provinces = [],  # noqa: B006
    level: Levels = [],  # noqa: B006
    grade: Grades = [],  # noqa: B006
    basis: Bases = [],  # noqa: B006
    kpi: Kpis = [],  # noqa: B006
    has: Has = [],  # noqa: B006
) -> dict[str, list[str]]:
    """Return the value filters of a request by name."""
    given = (scene, segment, area, industry, province, level, grade, basis, kpi, has)
    return dict(zip(VALUE_FIELDS, given, strict=True))


@router.get("/cases")
def cases(  # noqa: PLR0913 - each is a parameter of the address
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    values: Annotated[dict[str, list[str]], Depends(filter_values)],
    asker: TheAsker,
    q: Annotated[str, Query(max_length=LONGEST_QUERY, examples=["轮毂表面缺陷视觉检测"])] = "",
    like: Name = "",
    technology: Technologies = [],  # noqa: B006
    effect: Effects = [],  # noqa: B006
    weight: Weights = [],  # noqa: B006
    year_from: Year = None,
    year_to: Year = None,
    exclude_enterprise: Name = "",
    fold: bool = True,
    by_enterprise: bool = False,
    offset: Offset = 0,
    limit: Limit = 10,
) -> CasesPage:
    """Return cases comparable to a text or to a known case; any filters combine exactly.

    `for_industry`, `for_province` and `for_level` say who asks and rank what is nearer higher.
    """
    question = CaseQuestion(
        text=q,
        text_field="q",
        like=like,
        values=values,
        asker=asker,
        technology=technology,
        effect=effect,
        weights=weights_of(weight),
        year_from=year_from,
        year_to=year_to,
        exclude_enterprise=exclude_enterprise,
        fold=fold,
        by_enterprise=by_enterprise,
        offset=offset,
        limit=limit,
    )
    page = spoken(slots.once(comparable_cases, desk, question), language)
    more = offset + limit < page.total
    return replace(page, next=next_link(request, offset=offset + limit) if more else None)


@router.post("/cases")
def post_cases(
    request: CasesRequest, desk: TheDesk, slots: TheSlots, language: TheLanguage
) -> CasesPage:
    """Return comparable cases for a longer text; `offset` leads to the next page."""
    rest = request.model_dump(exclude={*VALUE_FIELDS, *ASKER_FIELDS})
    question = CaseQuestion(
        values={name: getattr(request, name) for name in VALUE_FIELDS},
        asker={name: getattr(request, name) for name in ASKER_FIELDS},
        **rest,
    )
    return spoken(slots.once(comparable_cases, desk, question), language)
