"""The page at `/work/…`: how far long work is, and what it came to."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.annex3_answers import Annex3Answer
from api.deps import Offset, TheDesk
from api.desk import Desk
from api.document_answers import DocumentAnswer
from api.ui.annex4_view import Handled
from api.ui.files import attachment
from api.ui.pages import annex4, application, ask
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from api.ui.work import TheWorkshop, Work
from ontology.errors import UnknownId

router = APIRouter(include_in_schema=False)
EVERY_SECONDS = 2
# Where work of each kind is handed in.
BEGINS = {"document": "/", "annex4": "/annex4", "application": "/levels/application"}
GONE = 410


@router.get("/work/{token}")
def opened(
    token: str, desk: TheDesk, reader: TheReader, shop: TheWorkshop, offset: Offset = 0
) -> Response:
    """Show how far a work is or, once it is done, its result."""
    work = shop.find(token)
    if work is None:
        return render("work.html", reader, {"work": None}, GONE)
    if not work.finished():
        values = {"work": work, "seconds": EVERY_SECONDS}
        return render("work.html", reader, values)
    return _shown(desk, reader, work, offset)


@router.get("/work/{token}/file/{form}")
def file(
    token: str, form: Literal["docx", "xlsx"], reader: TheReader, shop: TheWorkshop
) -> Response:
    """Return a table put right by a work as a file."""
    work = shop.find(token)
    found = work.result() if work and work.finished() else None
    if not isinstance(found, Handled) or f".{form}" not in found.written:
        raise UnknownId("file", form)
    name = annex4.file_name(reader, found.answer.file, f".{form}")
    return attachment(name, found.written[f".{form}"].data)


@router.post("/work/{token}/drop")
def dropped(token: str, reader: TheReader, shop: TheWorkshop) -> Response:
    """Give a work up and go to where such work begins."""
    kind = shop.drop(token)
    return RedirectResponse(reader.link(BEGINS[kind] if kind else "/"), 303)


def _shown(desk: Desk, reader: Reader, work: Work[object], offset: int) -> Response:
    """Return the page of the work's result; a fault of it is told as if asked just now."""
    match work.result():
        case DocumentAnswer() as found:
            return ask.document_page(reader, found, work, offset)
        case Handled() as found:
            return annex4.result_page(reader, found, work, offset)
        case Annex3Answer() as found:
            return application.result_page(desk, reader, found, work)
        case other:
            raise TypeError(f"{type(other).__name__} has no page")
