"""POST /v1/annex4/check: what is wrong with a recommendation table?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.annex4_answers import Annex4Answer, check_annex4
from api.auth import check_contacts
from api.deps import TheDesk, TheLanguage, TheSettings, TheSlots
from api.spoken import spoken
from api.upload import TheUpload

CHECK_PATH = "/v1/annex4/check"

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
    file: TheUpload,
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    contacts: Annotated[bool, Depends(_contacts)],
    edition: Annotated[
        str | None, Query(description="Guide edition the table is of; by its names if left out")
    ] = None,
) -> Annex4Answer:
    """Return what a recommendation table (annex 4) says by ids, and what is to be said of it.

    The file (docx, xlsx, csv, html, pdf …) is read and forgotten. Contacts in it are masked.
    """
    with slots.taken():
        return spoken(check_annex4(desk, file.name, file.data, edition, contacts), language)
