"""POST /v1/match: which typical scene is this?"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.answers import MOST_TEXTS, MatchAnswer, match_texts
from api.deps import TheDesk, TheLanguage, TheSlots
from api.document_answers import DocumentAnswer, match_a_document
from api.spoken import spoken
from ontology.errors import InvalidValue

router = APIRouter(prefix="/v1", tags=["match"])


class MatchRequest(BaseModel):
    """One text or up to 100 of them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "用视觉相机在线检查轮毂表面缺陷，替代人工目检"}]},
    )
    text: str | None = Field(None, description="What is done or needed, in your own words")
    texts: list[str] | None = Field(
        None, min_length=1, max_length=MOST_TEXTS, description="Several such texts"
    )
    edition: str | None = Field(None, description="Guide edition, 2024 or 2025")
    mode: Literal["text", "document"] = Field(
        "text", description="`document`: passages of `text`, each with its scenes"
    )


class MatchResults(BaseModel):
    """The answers in the order of the texts."""

    results: list[MatchAnswer]


@router.post("/match")
def match(
    request: MatchRequest, desk: TheDesk, slots: TheSlots, language: TheLanguage
) -> Annotated[
    MatchAnswer | MatchResults | DocumentAnswer, "one answer for `text`, a list for `texts`"
]:
    """Return the typical scenes of a text with probability, decision and reasons.

    In the mode `document` the text is divided into passages, each with its own match.
    """
    edition = request.edition or desk.edition
    if request.texts is not None and request.text is not None:
        raise InvalidValue("texts", len(request.texts), "and text exclude each other; give one")
    if request.mode == "document" and request.texts is not None:
        raise InvalidValue("mode", request.mode, "goes with one text")
    if request.mode == "document":
        found = slots.once(match_a_document, desk, request.text or "", edition)
        return spoken(found, language)
    texts = [request.text or ""] if request.texts is None else request.texts
    results = list(spoken(slots.once(match_texts, desk, texts, edition), language))
    return results[0] if request.texts is None else MatchResults(results=results)
