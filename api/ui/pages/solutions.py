"""The page at `/solutions`: all that is known to be used in a scene, or published for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import RecommendationQuestion, recommendations
from api.deps import LONGEST_VALUE, Offset, TheDesk, TheSlots
from api.ui.reader import TheReader
from api.ui.rendering import render

router = APIRouter(include_in_schema=False)
SHOWN = 12  # of each kind on a page


@router.get("/solutions")
def solutions(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    scene: Annotated[str, Query(max_length=LONGEST_VALUE)] = "",
    offset: Offset = 0,
) -> Response:
    """Show the solutions of a scene, those seen in a case apart from those only offered."""
    question = RecommendationQuestion(scene=scene, limit=SHOWN, offset=offset)
    with slots.taken():
        answer = recommendations(desk, question)
    values = {
        "active": "ask",
        "answer": answer,
        "found": answer.scenes[0],
        "offset": offset,
        "limit": SHOWN,
    }
    return render("solutions.html", reader, values)
