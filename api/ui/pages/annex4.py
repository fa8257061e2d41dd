"""The page at `/annex4`: a recommendation table handed in, findings beside it, put right again."""

from __future__ import annotations

import base64
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from api.annex4_answers import Annex4Answer, Written, check_annex4, write_annex4
from api.deps import TheDesk, TheSlots
from api.desk import Desk
from api.errors import status_of
from api.ui.annex4_view import beside
from api.ui.faults import told
from api.ui.files import TYPES
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from ingest.annex4.check import Check
from ingest.write.reproducible import reproducible
from ontology.errors import InvalidValue, SmartFactoryError
from ontology.guide import EDITIONS

router = APIRouter(include_in_schema=False)
LONGEST_NAME = 200
FORMS = (".docx", ".xlsx")
ACCEPTED = ".docx,.xlsx,.xls,.et,.doc,.wps,.csv,.html,.htm,.pdf"
# Findings whose sentence says more than what was found and what is proposed.
DETAILED = ("numbering", "quota_exceeded", "group_count_wrong", "level_conflict", "other_edition",
            "mixed_editions", "duplicate_in_table", "duplicate_in_graph", "no_table")  # fmt: skip
START = {"active": "annex4", "detailed": DETAILED, "editions": EDITIONS, "accepted": ACCEPTED,
         "answer": None, "fault": None, "edition": "", "provisional": False}  # fmt: skip


@router.get("/annex4")
def form(reader: TheReader) -> Response:
    """Show where a file is handed in, and what becomes of it."""
    return render("annex4.html", reader, START)


@router.post("/annex4")
def checked(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    file: Annotated[UploadFile | None, File()] = None,
    edition: Annotated[str, Form(max_length=10)] = "",
    provisional: Annotated[bool, Form()] = False,
) -> Response:
    """Show the table with its findings; the file is read and forgotten, contacts stay masked."""
    values = START | {"edition": edition, "provisional": provisional}
    try:
        if file is None or not file.filename:
            raise InvalidValue("file", "", "is missing; choose one")
        with slots.taken():
            name = file.filename[-LONGEST_NAME:]
            answer = check_annex4(desk, name, file.file.read(), edition or None)
            written = _written(desk, answer, provisional)
    except SmartFactoryError as error:
        return render(
            "annex4.html", reader, values | {"fault": told(reader, error)}, status_of(error)
        )
    corrections = next(iter(written.values())).corrections if written else ()
    found = {
        "answer": answer,
        "shown": beside(answer.tables, answer.findings),
        "files": [
            (_name(reader, name, form), _address(form, one)) for form, one in written.items()
        ],
        "corrections": corrections,
    }
    return render("annex4.html", reader, values | found)


def _written(desk: Desk, answer: Annex4Answer, provisional: bool) -> dict[str, Written]:
    """Return the tables in the layout of the notice, without any contact."""
    check = Check(answer.file, answer.tables, answer.findings)
    if not answer.tables:
        return {}
    guide = desk.holder.current().matcher.guide
    return {form: write_annex4(check, guide, f"table{form}", provisional) for form in FORMS}


def _name(reader: Reader, name: str, form: str) -> str:
    return f"{PurePath(name).stem} {reader.say('annex4.corrected')}{form}"


def _address(form: str, written: Written) -> str:
    """Return a file as an address that holds it: so it is handed out and kept nowhere."""
    return f"data:{TYPES[form]};base64,{base64.b64encode(reproducible(written.data)).decode()}"
