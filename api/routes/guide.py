"""GET /v1/guide/coverage: what is known of each scene, by industry and level?"""

from __future__ import annotations

from fastapi import APIRouter

from api.coverage_answers import CoverageAnswer, guide_coverage
from api.deps import Industries, TheDesk, TheLanguage, TheSlots
from api.spoken import spoken

router = APIRouter(prefix="/v1/guide", tags=["guide"])


@router.get("/coverage")
def covered(
    desk: TheDesk,
    slots: TheSlots,
    language: TheLanguage,
    industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
) -> CoverageAnswer:
    """Return cases, enterprises, solutions and standards of every scene of the guide, and cells.

    A cell is a scene in an industry at a level, with its cases, enterprises and listed factories.
    White spots are scenes of which no source that we know tells a case.
    """
    return spoken(slots.once(guide_coverage, desk, industry), language)
