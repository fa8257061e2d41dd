"""GET /v1/fits: where does a solution, or what a provider offers, fit next?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.answers import FitsAnswer
from api.answers import fits as find
from api.deps import LONGEST_VALUE, Limit, Offset, TheDesk, TheLanguage, next_link
from api.spoken import spoken

router = APIRouter(prefix="/v1", tags=["fits"])


@router.get("/fits")
def fits(
    request: Request,
    desk: TheDesk,
    language: TheLanguage,
    of: Annotated[str, Query(max_length=LONGEST_VALUE, examples=["中控技术"])],
    offset: Offset = 0,
    limit: Limit = 10,
) -> FitsAnswer:
    """Return in which scenes and industries a solution, or what a provider offers, fits next.

    `of` is an id, key or name. What counts is what sources say; nobody is said to lack anything.
    """
    found = spoken(find(desk, of, limit, offset), language)
    more = offset + limit < found.total
    return replace(found, next=next_link(request, offset=offset + limit) if more else None)
