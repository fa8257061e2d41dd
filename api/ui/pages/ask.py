"""The page at `/`: a text is typed or dropped, and what it comes to is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.answers import (
    LONGEST_TEXT,
    RecommendationQuestion,
    check_text,
    match_texts,
    recommendations,
)
from api.case_answers import CaseQuestion, comparable_cases
from api.deps import LONGEST_VALUE, TheDesk, TheSlots
from api.desk import Desk
from api.document_answers import DocumentAnswer, match_a_document, without_accounts
from api.errors import status_of
from api.routes.cases import LONGEST_QUERY
from api.slots import Turn
from api.standard_answers import StandardQuestion, standards
from api.ui.faults import told
from api.ui.kept import DAYS, NOT_KEPT, Keeping
from api.ui.level_view import served_by
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from api.ui.upload import ACCEPTED, text_of
from api.ui.why_view import Explained, explained
from api.ui.work import Patience, TheWorkshop, Work, Workshop
from api.why_answers import why
from kg.match.matcher import ScenePick
from ontology.conditions import load_conditions
from ontology.errors import SmartFactoryError
from ontology.sentence import Language

router = APIRouter(include_in_schema=False)
Question = Annotated[str, Query(max_length=LONGEST_TEXT)]
Scene = Annotated[str, Query(max_length=LONGEST_VALUE)]

EXAMPLES: Mapping[Language, tuple[str, ...]] = {
    "zh": (
        "多品种小批量，换型太慢，停线时间长",
        "轮毂表面缺陷靠人工目检，漏检多",
        "空压机老是突然停机，想提前知道哪里要坏",
        "仓库找料慢，账实不符",
    ),
    "en": (
        "Changeover takes too long, small batches, the line stands still",
        "Surface defects of wheel hubs are found by eye and many are missed",
        "Compressors stop without warning; we want to know beforehand what will break",
        "Picking takes long in the store and stock figures are wrong",
    ),
}
# Characters; a longer text speaks of several things and is read as a document, passage by passage.
LONGEST_AS_ONE = 3_000
PASSAGES_SHOWN = 30  # on a page
CASES, SOLUTIONS, STANDARDS = 5, 5, 6  # shown of each


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks whom: what answers, its slots, where long work goes on and how long is waited for
    it, whether texts are kept.
    """

    desk: Desk
    slots: Turn
    shop: Workshop
    patience: float
    reader: Reader
    keeping: Keeping


def _asked(
    request: Request,
    desk: TheDesk,
    slots: TheSlots,
    shop: TheWorkshop,
    patience: Patience,
    reader: TheReader,
) -> Asked:
    return Asked(desk, slots, shop, patience, reader, Keeping(request.app.state.kept is not None))


TheAsked = Annotated[Asked, Depends(_asked)]


@router.get("/")
def ask(asked: TheAsked, q: Question = "", scene: Scene = "") -> Response:
    """Show the question box and, where a question is given, its answer; `scene`: why not it?"""
    return answer_page(asked, q, scene)


@router.post("/")
def ask_long(
    asked: TheAsked,
    text: Annotated[str, Form()] = "",
    scene: Annotated[str, Form(max_length=LONGEST_VALUE)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Answer a longer text or a file; a short question goes to an address to open again."""
    if file is not None and file.filename:
        text = text_of(file.filename, file.file.read())
    elif text.strip() and len(text) <= LONGEST_QUERY:
        return RedirectResponse(asked.reader.link("/", q=text.strip(), scene=scene), 303)
    return answer_page(asked, text, scene)


def answer_page(asked: Asked, text: str, scene: str = "") -> Response:
    """Return the page with the answer to a text, or the empty one."""
    reader = asked.reader
    values: dict[str, object] = {
        "active": "ask", "text": text[:LONGEST_TEXT], "short": len(text) <= LONGEST_QUERY,
        "match": None, "fault": None, "examples": EXAMPLES[reader.language], "accepted": ACCEPTED,
        "keeping": asked.keeping, "days": DAYS,
    }  # fmt: skip
    if not text.strip():
        return render("ask.html", reader, values)
    try:
        if len(text) > LONGEST_AS_ONE:
            return _document(asked, text)
        with asked.slots.taken():
            found = _answers(asked.desk, reader, check_text(text), scene)
    except SmartFactoryError as error:
        fault: dict[str, object] = {"fault": told(reader, error)}
        return render("ask.html", reader, values | fault, status_of(error))
    return render("ask.html", reader, values | found)


def _document(asked: Asked, text: str) -> Response:
    """Answer a text as a document; what takes long, or is long, has an address to come back to."""
    task = partial(_read, asked.desk, text)
    found = asked.shop.soon("document", "", task, _is_short, asked.patience)
    if isinstance(found, Work):
        return RedirectResponse(asked.reader.link(f"/work/{found.token}"), 303)
    return document_page(asked.reader, found, keep=text, keeping=asked.keeping)


def _read(desk: Desk, text: str) -> DocumentAnswer:
    """Return the scenes of a document without the accounts of why, which no page shows."""
    return without_accounts(match_a_document(desk, text, desk.edition))


def _is_short(found: DocumentAnswer) -> bool:
    return len(found.passages) <= PASSAGES_SHOWN


def document_page(
    reader: Reader,
    found: DocumentAnswer,
    held: Work[object] | None = None,
    offset: int = 0,
    keep: str = "",
    keeping: Keeping = NOT_KEPT,
) -> Response:
    """Return the page of a document; `held` is the work that keeps it, if one does."""
    values = {
        "active": "ask", "answer": found, "held": held, "text": keep, "short": not keep,
        "keeping": keeping, "days": DAYS, "offset": offset, "limit": PASSAGES_SHOWN,
        "passages": list(enumerate(found.passages))[offset : offset + PASSAGES_SHOWN],
    }  # fmt: skip
    return render("document.html", reader, values)


def _answers(desk: Desk, reader: Reader, text: str, scene: str) -> dict[str, object]:
    """Return everything the page shows for a text, asked of the same functions as the API."""
    (match,) = match_texts(desk, [text], desk.edition)
    best = match.scenes[0] if match.decision != "no_scene" else None
    account = best.account if best else None
    return {
        "match": match,
        "best": best,
        "cases": comparable_cases(desk, CaseQuestion(text, {}, limit=CASES)),
        "why": explained(reader, desk.guide, text, account, "why") if account else None,
        "why_not": _why_not(desk, reader, text, scene),
        "scene": scene,
        "scenes": desk.guide.scenes,
        **(_of_scene(desk, best) if best else {}),
    }


def _why_not(desk: Desk, reader: Reader, text: str, scene: str) -> list[Explained]:
    """Return why the text has, or has not, the scene asked about, and what taught the words."""
    return [
        explained(reader, desk.guide, text, one.account, f"why-not-{place}", one.taught)
        for place, one in enumerate(why(desk, text, scene).accounts if scene else ())
    ]


def _of_scene(desk: Desk, best: ScenePick) -> dict[str, object]:
    """Return what is known of the scene that was found."""
    question = RecommendationQuestion(scene=best.id, limit=SOLUTIONS)
    guide = desk.guide
    return {
        "solutions": recommendations(desk, question).scenes[0],
        "standards": standards(desk, StandardQuestion(scene=best.id, limit=STANDARDS)),
        "served": served_by(best.id, guide, load_conditions()) if guide.has_scene(best.id) else (),
    }
