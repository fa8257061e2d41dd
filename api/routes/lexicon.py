"""POST /v1/entities and GET /v1/lookup: what does a text name, and what does a name mean?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.deps import MOST_VALUES, Limit, TheDesk, Value
from api.lexicon_answers import EntitiesAnswer, LookupAnswer, entities, lookup

router = APIRouter(prefix="/v1", tags=["lexicon"])


class EntitiesRequest(BaseModel):
    """A text that may name things."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "江苏的钢铁厂按 gb/t39116 评到三级"}]},
    )
    text: str


@router.post("/entities")
def named(request: EntitiesRequest, desk: TheDesk) -> EntitiesAnswer:
    """Return the scenes, standards, enterprises, places … that a text names, with offsets.

    By id, code, name or other name, whatever the width, case and punctuation; the longest first.
    """
    return entities(desk, request.text)


@router.get("/lookup")
def meant(
    desk: TheDesk,
    q: Annotated[str, Query(examples=["gbt39116"])],
    type: Annotated[list[Value], Query(max_length=MOST_VALUES, examples=[["scenes"]])] = [],  # noqa: B006
    limit: Limit = 10,
) -> LookupAnswer:
    """Return what a name means as it is typed: exact id, code, name, other name, then the rest.

    The rest begins with it, has these initials in pinyin, or holds it.
    """
    return lookup(desk, q, type, limit)
