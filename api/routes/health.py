"""Health: whether the process lives, and whether it can answer. Neither touches the graph."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

router = APIRouter(tags=["health"])


@router.get("/health/live")
async def live() -> dict[str, str]:
    """Say that the process runs."""
    return {"status": "ok"}


@router.get("/health/ready")
async def ready(request: Request) -> Response:
    """Say whether questions can be answered, and if not, why."""
    health = request.app.state.health
    return JSONResponse(health.to_dict(), 200 if health.ready else 503)
