"""GET and POST /v1/cases: who has done something comparable?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.answers import CASE_FIELDS, LARGEST_PAGE, CaseQuestion, CasesPage, comparable_cases
from api.deps import (
    LONGEST_VALUE,
    MOST_VALUES,
    Areas,
    Bases,
    Grades,
    Industries,
    Levels,
    Limit,
    Offset,
    Provinces,
    Scenes,
    Segments,
    TheDesk,
    TheSlots,
    Year,
    next_link,
)

router = APIRouter(prefix="/v1", tags=["cases"])
FilterValues = Annotated[
    list[Annotated[str, Field(max_length=LONGEST_VALUE)]], Field(max_length=MOST_VALUES)
]
LONGEST_QUERY = 200  # characters that fit an address; longer texts are posted


class CasesRequest(BaseModel):
    """A text and filters; every filter takes ids, codes or names."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "钢卷表面缺陷靠人看，漏检多", "industry": ["C31"], "limit": 5}]
        },
    )
    text: str
    scene: FilterValues = []
    segment: FilterValues = []
    area: FilterValues = []
    industry: FilterValues = []
    province: FilterValues = []
    level: FilterValues = []
    grade: FilterValues = []
    basis: FilterValues = []
    year_from: int | None = None
    year_to: int | None = None
    exclude_enterprise: str = Field("", max_length=LONGEST_VALUE)
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(10, ge=1, le=LARGEST_PAGE)


@router.get("/cases")
def cases(  # noqa: PLR0913 - each filter is a parameter of the address
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    q: Annotated[str, Query(max_length=LONGEST_QUERY, examples=["轮毂表面缺陷视觉检测"])],
    scene: Scenes = [],  # noqa: B006 - FastAPI copies defaults
    segment: Segments = [],  # noqa: B006
    area: Areas = [],  # noqa: B006
    industry: Industries = [],  # noqa: B006
    province: Provinces = [],  # noqa: B006
    level: Levels = [],  # noqa: B006
    grade: Grades = [],  # noqa: B006
    basis: Bases = [],  # noqa: B006
    year_from: Year = None,
    year_to: Year = None,
    exclude_enterprise: Annotated[str, Query(max_length=LONGEST_VALUE)] = "",
    offset: Offset = 0,
    limit: Limit = 10,
) -> CasesPage:
    """Return comparable cases; any filters combine, and the total counts all that meet them."""
    given = (scene, segment, area, industry, province, level, grade, basis)
    values = dict(zip(CASE_FIELDS, given, strict=True))
    question = CaseQuestion(q, values, year_from, year_to, exclude_enterprise, offset, limit, "q")
    with slots.taken():
        page = comparable_cases(desk, question)
    more = offset + limit < page.total
    return replace(page, next=next_link(request, offset=offset + limit) if more else None)


@router.post("/cases")
def post_cases(request: CasesRequest, desk: TheDesk, slots: TheSlots) -> CasesPage:
    """Return comparable cases for a longer text; `offset` leads to the next page."""
    question = CaseQuestion(
        request.text,
        {name: getattr(request, name) for name in CASE_FIELDS},
        request.year_from,
        request.year_to,
        request.exclude_enterprise,
        request.offset,
        request.limit,
    )
    with slots.taken():
        return comparable_cases(desk, question)
