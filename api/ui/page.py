"""The page at `/`: a question is typed and its answer read; works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api import words
from api.answers import (
    LONGEST_TEXT,
    RecommendationQuestion,
    match_texts,
    recommendations,
    thing,
)
from api.case_answers import CaseQuestion, CasesPage, comparable_cases
from api.deps import TheDesk, TheSlots
from api.desk import Desk
from api.errors import status_of, told_outside
from api.standard_answers import StandardQuestion, StandardsPage, standards
from kg.match.matcher import ScenePick
from kg.recommend import SceneSolutions
from ontology.errors import SmartFactoryError

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address holds the question
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
EXAMPLES = (
    "多品种小批量，换型太慢，停线时间长",
    "轮毂表面缺陷靠人工目检，漏检多",
    "空压机老是突然停机，想提前知道哪里要坏",
    "仓库找料慢，账实不符",
)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@router.get("/")
def ask(desk: TheDesk, slots: TheSlots, q: Annotated[str, Query()] = "") -> Response:
    """Show the question box and, where a question is given, its answer."""
    return _answer_page(desk, slots, q)


@router.post("/")
def ask_long(desk: TheDesk, slots: TheSlots, text: Annotated[str, Form()] = "") -> Response:
    """Answer a longer text, which then does not stand in the address."""
    return _answer_page(desk, slots, text)


@router.get("/style.css")
def style() -> Response:
    """Return the style sheet."""
    return Response(
        (FOLDER / "style.css").read_text(encoding="utf-8"),
        media_type="text/css",
        headers={"Cache-Control": "max-age=3600"},
    )


@router.get("/thing/{name:path}")
def one(name: str, desk: TheDesk) -> Response:
    """Show everything known of one thing."""
    try:
        found = thing(desk, name)
    except SmartFactoryError as error:
        status = status_of(error)
        told = _told(error) if status >= 500 else f"没有找到：{error}"
        return _render("thing.html", {"thing": None, "error": told}, status)
    return _render("thing.html", {"thing": found, "error": ""})


def _answer_page(desk: Desk, slots: TheSlots, text: str) -> Response:
    if not text.strip():
        return _render("ask.html", {"text": "", "error": "", "match": None})
    try:
        with slots.taken():
            found = _answers(desk, text)
        return _render("ask.html", {"text": text, "error": "", **found})
    except SmartFactoryError as error:
        told = {"text": text[:LONGEST_TEXT], "error": _told(error), "match": None}
        return _render("ask.html", told, status_of(error))


def _told(error: SmartFactoryError) -> str:
    if status_of(error) >= 500:
        return f"现在没法回答：{told_outside(error)}"
    return f"这段文字没法处理：{error}"


def _answers(desk: Desk, text: str) -> dict[str, object]:
    """Return everything the page shows for a text, asked of the same functions as the API."""
    (match,) = match_texts(desk, [text], desk.edition)
    cases: CasesPage = comparable_cases(desk, CaseQuestion(text, {}, limit=6))
    best: ScenePick | None = match.scenes[0] if match.decision != "no_scene" else None
    return {
        "match": match,
        "cases": cases,
        "best": best,
        "solutions": _solutions(desk, best.id) if best else None,
        "standards": _standards(desk, best.id) if best else None,
    }


def _solutions(desk: Desk, scene: str) -> SceneSolutions:
    (found,) = recommendations(desk, RecommendationQuestion(scene=scene, limit=5)).scenes
    return found


def _standards(desk: Desk, scene: str) -> StandardsPage:
    return standards(desk, StandardQuestion(scene=scene, limit=8))


def _render(name: str, values: Mapping[str, object], status: int = 200) -> Response:
    html = _templates().get_template(name).render(words=words, examples=EXAMPLES, **values)
    return Response(html, status, media_type="text/html; charset=utf-8", headers=HEADERS)
