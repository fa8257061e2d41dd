"""GET /v1/standards and /v1/clusters: which standards apply, and which belong together?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.answers import LARGEST_PAGE
from api.cluster_answers import (
    ClusterAnswer,
    ClusterQuestion,
    CommunitiesAnswer,
    cluster,
    whole_graph,
)
from api.deps import (
    LONGEST_VALUE,
    MOST_VALUES,
    Levels,
    Limit,
    Offset,
    Segments,
    Statuses,
    TheDesk,
    TheLanguage,
    TheSlots,
    Value,
    Year,
    next_link,
)
from api.spoken import spoken
from api.standard_answers import VALUE_FIELDS, StandardQuestion, StandardsPage, standards

router = APIRouter(prefix="/v1", tags=["standards"])
Name = Annotated[str, Query(max_length=LONGEST_VALUE)]
Day = Annotated[
    str, Query(max_length=20, description="Day that `currency` is told for, today unless given")
]
Several = Annotated[list[Value], Query(max_length=MOST_VALUES)]


class ClusterRequest(BaseModel):
    """A text whose scenes' standards are wanted."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "设备坏之前能不能提前知道"}]}
    )
    text: str
    as_of: str = Field("", max_length=20)
    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(30, ge=1, le=LARGEST_PAGE)


@router.get("/standards")
def find(  # noqa: PLR0913 - each filter is a parameter of the address
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    code: Annotated[str, Query(max_length=LONGEST_VALUE, examples=["gbt39116"])] = "",
    scene: Name = "",
    segment: Segments = [],  # noqa: B006 - FastAPI copies defaults
    level: Levels = [],  # noqa: B006
    kind: Several = [],  # noqa: B006
    branch: Several = [],  # noqa: B006
    role: Several = [],  # noqa: B006
    status: Statuses = [],  # noqa: B006
    currency: Several = [],  # noqa: B006
    as_of: Day = "",
    year_from: Year = None,
    year_to: Year = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> StandardsPage:
    """Return standards by code in any spelling, scene, segment and what they are.

    `currency` says whether each is current on the day; what no source says is unknown.
    """
    values = (segment, level, kind, branch, role, status, currency)
    question = StandardQuestion(
        code=code,
        scene=scene,
        values=dict(zip(VALUE_FIELDS, values, strict=True)),
        as_of=as_of,
        year_from=year_from,
        year_to=year_to,
        offset=offset,
        limit=limit,
    )
    page = slots.once(standards, desk, question)
    more = offset + limit < page.total
    return replace(page, next=next_link(request, offset=offset + limit) if more else None)


@router.get("/clusters")
def clusters(  # noqa: PLR0913 - each is a parameter of the address
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    scene: Name = "",
    segment: Name = "",
    area: Name = "",
    industry: Name = "",
    enterprise: Name = "",
    as_of: Day = "",
    offset: Offset = 0,
    limit: Limit = 30,
) -> ClusterAnswer:
    """Return the standard cluster of a scene, segment, area, industry or enterprise."""
    of = {"scene": scene, "segment": segment, "area": area, "industry": industry,
          "enterprise": enterprise}  # fmt: skip
    asked = ClusterQuestion(of, as_of=as_of, offset=offset, limit=limit)
    answer = spoken(slots.once(cluster, desk, asked), language)
    more = answer.cluster is not None and offset + limit < answer.cluster.total
    return replace(answer, next=next_link(request, offset=offset + limit) if more else None)


@router.get("/clusters/whole")
def whole(desk: TheDesk, slots: TheSlots, language: TheLanguage) -> CommunitiesAnswer:
    """Return the standard clusters of the whole graph: standards that are applied together."""
    return spoken(slots.once(whole_graph, desk), language)


@router.post("/clusters")
def post_clusters(
    request: ClusterRequest, desk: TheDesk, slots: TheSlots, language: TheLanguage
) -> ClusterAnswer:
    """Return the standard cluster of the scenes that a text matches."""
    asked = ClusterQuestion({}, request.text, request.as_of, request.offset, request.limit)
    return spoken(slots.once(cluster, desk, asked), language)
