"""GET /assets/…: the style sheet and the script of the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.errors import problem
from api.ui.assets import content
from ontology.errors import UnknownId

router = APIRouter(include_in_schema=False)
FOREVER = "public, max-age=31536000, immutable"


@router.get("/assets/{name}")
def file(name: str, v: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Return a file; under an address with its version it may be kept for ever."""
    try:
        body, media_type = content(name)
    except UnknownId as error:
        return problem(404, "Not found", str(error))
    headers = {
        "Cache-Control": FOREVER if v else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=f"{media_type}; charset=utf-8", headers=headers)
