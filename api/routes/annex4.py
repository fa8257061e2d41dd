"""POST /v1/annex4/check: what is wrong with a recommendation table?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, UploadFile

from api.annex4_answers import LARGEST_TABLE, Annex4Answer, check_annex4
from api.auth import check_contacts
from api.deps import TheDesk, TheSettings, TheSlots

CHECK_PATH = "/v1/annex4/check"
LARGEST_UPLOAD = LARGEST_TABLE + 100_000  # bytes, with what a form adds around the file
LONGEST_FILE_NAME = 200

router = APIRouter(tags=["annex 4"])


def _contacts(
    request: Request,
    settings: TheSettings,
    contacts: Annotated[
        bool, Query(description="Show contacts too; needs a key with the scope `contacts`")
    ] = False,
) -> bool:
    if contacts:
        check_contacts(request.headers, settings)
    return contacts


@router.post(CHECK_PATH)
def check(
    file: UploadFile,
    desk: TheDesk,
    slots: TheSlots,
    contacts: Annotated[bool, Depends(_contacts)],
    edition: Annotated[
        str | None, Query(description="Guide edition the table is of; by its names if left out")
    ] = None,
) -> Annex4Answer:
    """Return what a recommendation table (annex 4) says by ids, and what is to be said of it.

    The file (docx, xlsx, csv, html, pdf …) is read and forgotten. Contacts in it are masked.
    """
    name = (file.filename or "file")[-LONGEST_FILE_NAME:]
    with slots.taken():
        return check_annex4(desk, name, file.file.read(), edition, contacts)
