"""The page at `/annex4`: a recommendation table handed in, findings beside it, put right again."""

from __future__ import annotations

import base64
from functools import partial
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.annex4_answers import Written, check_annex4, write_annex4
from api.deps import TheDesk
from api.desk import Desk
from api.errors import status_of
from api.slots import go_on
from api.ui.annex4_view import Handled, beside, window
from api.ui.faults import told
from api.ui.files import TYPES
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from api.ui.work import Patience, TheWorkshop, Work
from ingest.annex4.check import Check
from ingest.write.reproducible import reproducible
from ontology.errors import InvalidValue, SmartFactoryError
from ontology.guide import EDITIONS

router = APIRouter(include_in_schema=False)
LONGEST_NAME = 200
ROWS_SHOWN = 25  # on a page, which stays below 150 kB
CHANGES_SHOWN = 50
FORMS = (".docx", ".xlsx")
ACCEPTED = ".docx,.xlsx,.xls,.et,.doc,.wps,.csv,.html,.htm,.pdf"
START = {"active": "annex4", "editions": EDITIONS, "accepted": ACCEPTED,
         "answer": None, "fault": None, "edition": "", "provisional": False,
         "held": None}  # fmt: skip


@router.get("/annex4")
def form(reader: TheReader) -> Response:
    """Show where a file is handed in, and what becomes of it."""
    return render("annex4.html", reader, START)


@router.post("/annex4")
def checked(  # noqa: PLR0913 - each is a part of the form or of the service
    desk: TheDesk,
    shop: TheWorkshop,
    reader: TheReader,
    patience: Patience,
    file: Annotated[UploadFile | None, File()] = None,
    edition: Annotated[str, Form(max_length=10)] = "",
    provisional: Annotated[bool, Form()] = False,
) -> Response:
    """Show the table with its findings; the file is read and forgotten, contacts stay masked.

    What takes long, or is long, has an address of its own to come back to.
    """
    values = START | {"edition": edition, "provisional": provisional}
    try:
        if file is None or not file.filename:
            raise InvalidValue("file", "", "is missing; choose one")
        name = file.filename[-LONGEST_NAME:]
        task = partial(_handled, desk, name, file.file.read(), edition, provisional)
        found = shop.soon("annex4", name, task, _is_short, patience)
    except SmartFactoryError as error:
        return render(
            "annex4.html", reader, values | {"fault": told(reader, error)}, status_of(error)
        )
    if isinstance(found, Work):
        return RedirectResponse(reader.link(f"/work/{found.token}"), 303)
    return result_page(reader, found)


def _is_short(found: Handled) -> bool:
    return found.rows <= ROWS_SHOWN


def _handled(desk: Desk, name: str, data: bytes, edition: str, provisional: bool) -> Handled:
    """Check a file and write its tables in the layout of the notice, without any contact."""
    go_on(0, 1 + len(FORMS))
    answer = check_annex4(desk, name, data, edition or None)
    written: dict[str, Written] = {}
    check = Check(answer.file, answer.tables, answer.findings)
    guide = desk.guide
    for place, form in enumerate(FORMS if answer.tables else (), 1):
        go_on(place, 1 + len(FORMS))
        written[form] = write_annex4(check, guide, f"table{form}", provisional)
    return Handled(answer, written, edition, provisional)


def result_page(
    reader: Reader, found: Handled, held: Work[object] | None = None, offset: int = 0
) -> Response:
    """Return the page of a handled table; `held` is the work that keeps it, if one does."""
    name = found.answer.file
    shown = window(beside(found.answer.tables, found.answer.findings), offset, ROWS_SHOWN)
    values = {
        "answer": found.answer,
        "edition": found.edition,
        "provisional": found.provisional,
        "shown": shown,
        "held": held,
        "rows": found.rows,
        "offset": offset,
        "limit": ROWS_SHOWN,
        "files": [
            (form, file_name(reader, name, form), _address(reader, form, one, held))
            for form, one in found.written.items()
        ],
        "corrections": found.corrections,
        "changes_shown": CHANGES_SHOWN,
    }
    return render("annex4.html", reader, START | values)


def file_name(reader: Reader, name: str, form: str) -> str:
    """Return what the corrected file of a file is called."""
    return f"{PurePath(name).stem} {reader.say('annex4.corrected')}{form}"


def _address(reader: Reader, form: str, written: Written, held: Work[object] | None) -> str:
    """Return where a file is; one that is not kept stands in the address itself."""
    if held:
        return reader.link(f"/work/{held.token}/file/{form[1:]}")
    return f"data:{TYPES[form]};base64,{base64.b64encode(reproducible(written.data)).decode()}"
