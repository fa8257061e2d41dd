"""The page at `/`: a text is typed or dropped, and what it comes to is read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile

from api.answers import LONGEST_TEXT, RecommendationQuestion, match_texts, recommendations
from api.case_answers import CaseQuestion, comparable_cases
from api.deps import TheDesk, TheSlots
from api.desk import Desk
from api.errors import status_of
from api.slots import Slots
from api.standard_answers import StandardQuestion, standards
from api.ui.faults import told
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from api.ui.upload import TEXTS, text_of
from api.why_answers import why
from ontology.errors import SmartFactoryError

router = APIRouter(include_in_schema=False)
Question = Annotated[str, Query(max_length=LONGEST_TEXT)]
EXAMPLES = (
    "多品种小批量，换型太慢，停线时间长",
    "轮毂表面缺陷靠人工目检，漏检多",
    "空压机老是突然停机，想提前知道哪里要坏",
    "仓库找料慢，账实不符",
)


@router.get("/")
def ask(desk: TheDesk, slots: TheSlots, reader: TheReader, q: Question = "") -> Response:
    """Show the question box and, where a question is given, its answer."""
    return _page(desk, slots, reader, q)


@router.post("/")
def ask_long(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Answer a longer text or a file, which then does not stand in the address."""
    if file is not None and file.filename:
        text = text_of(file.filename, file.file.read())
    return _page(desk, slots, reader, text)


def _page(desk: Desk, slots: Slots, reader: Reader, text: str) -> Response:
    values: dict[str, object] = {
        "active": "ask",
        "text": text,
        "examples": EXAMPLES,
        "accepted": TEXTS,
    }
    if not text.strip():
        return render("ask.html", reader, values | {"match": None, "fault": None})
    try:
        with slots.taken():
            found = _answers(desk, text)
    except SmartFactoryError as error:
        fault: dict[str, object] = {"match": None, "fault": told(reader, error)}
        return render("ask.html", reader, values | fault, status_of(error))
    return render("ask.html", reader, values | {"fault": None} | found)


def _answers(desk: Desk, text: str) -> dict[str, object]:
    """Return everything the page shows for a text, asked of the same functions as the API."""
    (match,) = match_texts(desk, [text], desk.edition)
    cases = comparable_cases(desk, CaseQuestion(text, {}, limit=6))
    best = match.scenes[0].id if match.decision != "no_scene" else ""
    return {
        "match": match,
        "cases": cases,
        "best": match.scenes[0] if best else None,
        "accounts": why(desk, text).accounts,
        "solutions": _solutions(desk, best) if best else None,
        "standards": standards(desk, StandardQuestion(scene=best, limit=8)) if best else None,
    }


def _solutions(desk: Desk, scene: str) -> object:
    (found,) = recommendations(desk, RecommendationQuestion(scene=scene, limit=5)).scenes
    return found
