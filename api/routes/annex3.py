"""POST /v1/annex3/check: is an application complete, and what does it state?"""

from __future__ import annotations

from fastapi import APIRouter

from api.annex3_answers import Annex3Answer, check_annex3
from api.deps import TheDesk, TheLanguage, TheSlots
from api.spoken import spoken
from api.upload import TheUpload

CHECK_PATH = "/v1/annex3/check"

router = APIRouter(tags=["annex 3"])


@router.post(CHECK_PATH)
def check(file: TheUpload, desk: TheDesk, slots: TheSlots, language: TheLanguage) -> Annex3Answer:
    """Return the four parts of an application, its claims, its scenes, and what to mend.

    The file (docx, pdf, html, text …) is read and forgotten; contacts in it are masked. The level
    check is of a profile drafted from the text, which nobody has confirmed.
    """
    with slots.taken():
        return spoken(check_annex3(desk, file.name, file.data), language)
