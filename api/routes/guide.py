"""GET /v1/guide/coverage: what is known of each scene, by industry and level?"""

from __future__ import annotations

from fastapi import APIRouter

from api.coverage_answers import CoverageAnswer, guide_coverage
from api.deps import Industries, TheDesk

router = APIRouter(prefix="/v1/guide", tags=["guide"])


@router.get("/coverage")
def covered(
    desk: TheDesk,
    industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
) -> CoverageAnswer:
    """Return cases, enterprises, factories, solutions and standards of every scene of the guide.

    White spots are scenes of which no source that we know tells a case.
    """
    return guide_coverage(desk, industry)
