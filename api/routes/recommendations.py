"""GET and POST /v1/recommendations: which solutions are known for it?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.answers import (
    ASKER_FIELDS,
    LARGEST_PAGE,
    RecommendationQuestion,
    RecommendationsAnswer,
)
from api.answers import recommendations as find
from api.deps import (
    FilterValues,
    Limit,
    Offset,
    TheAsker,
    TheDesk,
    TheLanguage,
    TheSlots,
    next_link,
)
from api.routes.cases import LONGEST_QUERY
from api.spoken import spoken
from ontology.errors import InvalidValue

router = APIRouter(prefix="/v1", tags=["recommendations"])


class RecommendationsRequest(BaseModel):
    """A text in the asker's own words, and who asks."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "多品种小批量，换型太慢", "for_industry": ["C36"], "limit": 5}]
        },
    )
    text: str
    for_industry: FilterValues = []
    for_province: FilterValues = []
    for_level: FilterValues = []
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(10, ge=1, le=LARGEST_PAGE)


@router.get("/recommendations")
def recommendations(  # noqa: PLR0913 - each is a parameter of the address
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    asker: TheAsker,
    scene: Annotated[str | None, Query(max_length=100, examples=["S17"])] = None,
    q: Annotated[str | None, Query(max_length=LONGEST_QUERY)] = None,
    offset: Offset = 0,
    limit: Limit = 10,
) -> RecommendationsAnswer:
    """Return solutions in two groups: `used` in a case, and `offered` by a publication or claim.

    `for_industry` and `for_level` say who asks and rank what is nearer higher.
    """
    if (scene is None) == (q is None):
        raise InvalidValue("scene", scene or "", "give either scene or q")
    question = RecommendationQuestion(scene or "", q or "", asker, limit, offset, "q")
    found = spoken(slots.once(find, desk, question), language)
    longest = max((max(one.used_total, one.offered_total) for one in found.scenes), default=0)
    more = offset + limit < longest
    return replace(found, next=next_link(request, offset=offset + limit) if more else None)


@router.post("/recommendations")
def post_recommendations(
    request: RecommendationsRequest, desk: TheDesk, slots: TheSlots, language: TheLanguage
) -> RecommendationsAnswer:
    """Return solutions for the scenes that a longer text matches."""
    asker = {name: getattr(request, name) for name in ASKER_FIELDS}
    question = RecommendationQuestion("", request.text, asker, request.limit, request.offset)
    return spoken(slots.once(find, desk, question), language)
