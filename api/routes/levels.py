"""/v1/levels: which conditions of the notice does a factory meet, and how do others get on?"""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Industries, TheDesk, TheLanguage, TheSlots
from api.level_answers import (
    DevelopmentAnswer,
    LevelsAnswer,
    StatableConditions,
    check_profile,
    development,
    statable,
)
from api.profile_form import ProfileForm
from api.spoken import spoken

router = APIRouter(prefix="/v1/levels", tags=["levels"])


@router.post("/check")
def check(form: ProfileForm, desk: TheDesk, slots: TheSlots, language: TheLanguage) -> LevelsAnswer:
    """Return for all four levels what a profile meets, misses and leaves open, clause by clause.

    What is left out is unknown. Nothing here is an assessment or a certification.
    """
    return spoken(slots.once(check_profile, desk, form), language)


@router.get("/statements")
def statements() -> StatableConditions:
    """Return the conditions that a profile can make statements of, in the notice's order."""
    return statable()


@router.get("/development")
def attested(
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
) -> DevelopmentAnswer:
    """Return which scenes cases tell of, level by level: how an industry develops, as attested."""
    return spoken(slots.once(development, desk, industry), language)
