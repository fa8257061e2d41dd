"""Texts kept at somebody's wish: kept, opened again, dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.answers import check_text
from api.ui.kept import Keeping, KeptTexts
from api.ui.pages.ask import TheAsked, answer_page
from api.ui.reader import TheReader
from ontology.errors import MissingPart

router = APIRouter(include_in_schema=False)


def _texts(request: Request) -> KeptTexts:
    texts = cast("KeptTexts | None", request.app.state.kept)
    if texts is None:
        raise MissingPart("this service only reads; it keeps no texts")
    return texts


TheTexts = Annotated[KeptTexts, Depends(_texts)]


@router.post("/kept")
def keep(reader: TheReader, texts: TheTexts, text: Annotated[str, Form()] = "") -> Response:
    """Keep a text and go to its address."""
    kept = texts.keep(check_text(text))
    return RedirectResponse(reader.link(f"/kept/{kept.token}"), 303)


@router.get("/kept/{token}")
def opened(token: str, asked: TheAsked, texts: TheTexts) -> Response:
    """Answer a kept text again."""
    kept = texts.read(token)
    return answer_page(replace(asked, keeping=Keeping(True, kept)), kept.text)


@router.post("/kept/{token}/drop")
def dropped(token: str, reader: TheReader, texts: TheTexts) -> Response:
    """Drop a kept text."""
    texts.drop(token)
    return RedirectResponse(reader.link("/"), 303)
