"""The page at `/levels/application`: an application of annex 3 held against the levels."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.annex3_answers import Annex3Answer, check_annex3
from api.deps import TheDesk
from api.desk import Desk
from api.errors import status_of
from api.ui.faults import told
from api.ui.ladder_view import drawn_ladder
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from api.ui.work import Patience, TheWorkshop, Work
from api.upload import LONGEST_FILE_NAME
from ingest.annex3.draft import DraftField
from ontology.conditions import load_conditions
from ontology.errors import InvalidValue, SmartFactoryError
from ontology.guide import Guide

router = APIRouter(include_in_schema=False)
START: dict[str, object] = {"active": "levels", "answer": None, "fault": None, "held": None}
MARKS = {"present": "✓", "nearly_empty": "!", "missing": "✗"}


@router.get("/levels/application")
def form(reader: TheReader) -> Response:
    """Show where an application is handed in."""
    return render("application.html", reader, START)


@router.post("/levels/application")
def checked(
    desk: TheDesk,
    shop: TheWorkshop,
    reader: TheReader,
    patience: Patience,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show what an application would support; it is read and forgotten, contacts stay masked.

    What takes long has an address of its own to come back to.
    """
    try:
        if file is None or not file.filename:
            raise InvalidValue("file", "", "is missing; choose one")
        name = file.filename[-LONGEST_FILE_NAME:]
        task = partial(check_annex3, desk, name, file.file.read())
        found = shop.soon("application", name, task, lambda _: True, patience)
    except SmartFactoryError as error:
        fault = {"fault": told(reader, error)}
        return render("application.html", reader, START | fault, status_of(error))
    if isinstance(found, Work):
        return RedirectResponse(reader.link(f"/work/{found.token}"), 303)
    return result_page(desk, reader, found)


def result_page(
    desk: Desk, reader: Reader, answer: Annex3Answer, held: Work[object] | None = None
) -> Response:
    """Return the page of a checked application; `held` is the work that keeps it, if one does."""
    conditions, check = load_conditions(), answer.check
    guide = desk.guide
    found = {
        "answer": answer,
        "held": held,
        "conditions": conditions,
        "marks": MARKS,
        "checks": {
            one.id: one.check for clause in conditions.clauses() for one in clause.conditions
        },
        "counted": [(_said(reader, guide, one), one) for one in check.fields],
        "left_out": [(_said(reader, guide, one), one) for one in check.left_out],
        "aimed": next(level for level in check.levels if level.id == check.target),
        "ladder": drawn_ladder(reader, check.levels, check.target),
    }
    return render("application.html", reader, START | found)


def _said(reader: Reader, guide: Guide, drafted: DraftField) -> str:
    """Return what a drafted field says in words, as far as its name tells of what it is."""
    kind, _, name = drafted.field.partition(".")
    conditions = load_conditions()
    if kind == "scenes":
        title = guide.scene(name).name if guide.has_scene(name) else name
        return f"{name} {reader.named(name, title)}"
    if kind == "kpis":
        kpi = conditions.kpi(name)
        return f"{kpi.name if reader.language == 'zh' else kpi.name_en} {drafted.value}"
    if kind == "statements":
        said = {"yes": reader.say("levels.holds"), "no": reader.say("levels.holds_not")}
        return f"{conditions.condition(name).text} {said.get(drafted.value, drafted.value)}"
    return f"{drafted.field} {drafted.value}"
