"""The page at `/levels/application`: an application of annex 3 held against the levels."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile

from api.annex3_answers import check_annex3
from api.deps import TheDesk, TheSlots
from api.errors import status_of
from api.ui.faults import told
from api.ui.ladder_view import drawn_ladder
from api.ui.reader import TheReader
from api.ui.rendering import render
from api.upload import LONGEST_FILE_NAME
from ontology.conditions import load_conditions
from ontology.errors import InvalidValue, SmartFactoryError

router = APIRouter(include_in_schema=False)
MARKS = {"present": "✓", "nearly_empty": "!", "missing": "✗"}


@router.get("/levels/application")
def form(reader: TheReader) -> Response:
    """Show where an application is handed in."""
    return render("application.html", reader, {"active": "levels", "answer": None, "fault": None})


@router.post("/levels/application")
def checked(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show what an application would support; it is read and forgotten, contacts stay masked."""
    values: dict[str, object] = {"active": "levels", "answer": None, "fault": None}
    try:
        if file is None or not file.filename:
            raise InvalidValue("file", "", "is missing; choose one")
        with slots.taken():
            answer = check_annex3(desk, file.filename[-LONGEST_FILE_NAME:], file.file.read())
    except SmartFactoryError as error:
        fault = {"fault": told(reader, error)}
        return render("application.html", reader, values | fault, status_of(error))
    conditions, check = load_conditions(), answer.check
    found = {
        "answer": answer,
        "conditions": conditions,
        "marks": MARKS,
        "checks": {
            one.id: one.check for clause in conditions.clauses() for one in clause.conditions
        },
        "aimed": next(level for level in check.levels if level.id == check.target),
        "ladder": drawn_ladder(reader, check.levels, check.target),
    }
    return render("application.html", reader, values | found)
