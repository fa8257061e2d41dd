"""The page of one thing: everything known of it, what is around it, and it as a file."""

from __future__ import annotations

import json
from typing import Literal

from fastapi import APIRouter, Response

from api.answers import thing
from api.deps import TheDesk
from api.plain import plain
from api.turtle_answers import thing_as_turtle
from api.ui.files import attachment
from api.ui.reader import TheReader
from api.ui.rendering import render
from api.ui.thing_view import drawn, relations, ways_on

router = APIRouter(include_in_schema=False)


@router.get("/thing/{name:path}")
def one(name: str, desk: TheDesk, reader: TheReader) -> Response:
    """Show everything known of the thing that an id, key, code or name gives."""
    found = thing(desk, name)
    around = relations(reader, found)
    values = {
        "thing": found,
        "relations": around,
        "drawing": drawn(reader, found, around) if around else "",
        "ways_on": ways_on(reader, found),
    }
    return render("thing.html", reader, values)


@router.get("/file/{form}/{name:path}")
def as_file(form: Literal["json", "ttl"], name: str, desk: TheDesk) -> Response:
    """Return a thing as JSON, as the API tells it, or as Turtle."""
    found = thing(desk, name)
    if form == "ttl":
        return attachment(f"{found.id}.ttl", thing_as_turtle(desk, found.id).encode())
    told = json.dumps(plain(found), ensure_ascii=False, indent=2)
    return attachment(f"{found.id}.json", told.encode())
