"""POST /v1/why: why was this scene found, and why not another?"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import LONGEST_VALUE, TheDesk, TheLanguage, TheSlots
from api.spoken import spoken
from api.why_answers import WhyAnswer, why

router = APIRouter(prefix="/v1", tags=["match"])


class WhyRequest(BaseModel):
    """A text, and the scene that is asked about, where it is not the answer itself."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "多品种小批量，换型太慢", "scene": "S16"}]},
    )
    text: str
    scene: str = Field("", max_length=LONGEST_VALUE, description="Why (not) this one? Id or name")
    against: str = Field("", max_length=LONGEST_VALUE, description="Instead of which one?")


@router.post("/why")
def explain(
    request: WhyRequest, desk: TheDesk, slots: TheSlots, language: TheLanguage
) -> WhyAnswer:
    """Return what speaks for each scene of a text, adding up to its margin over another.

    Each span that speaks for the scene names the guide text or case that taught it.
    """
    found = slots.once(why, desk, request.text, request.scene, request.against)
    return spoken(found, language)
