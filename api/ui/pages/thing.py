"""The page of one thing: everything known of it, with its sources."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.answers import thing
from api.deps import TheDesk
from api.ui.reader import TheReader
from api.ui.rendering import render

router = APIRouter(include_in_schema=False)


@router.get("/thing/{name:path}")
def one(name: str, desk: TheDesk, reader: TheReader) -> Response:
    """Show everything known of the thing that an id, key, code or name gives."""
    return render("thing.html", reader, {"thing": thing(desk, name)})
