"""One thing as Turtle, for those who go on with it in RDF."""

from __future__ import annotations

from api.desk import Desk, going_on
from kg.store.rdf import thing_turtle


@going_on
def thing_as_turtle(desk: Desk, thing_id: str) -> str:
    """Return the thing of an id with what it leads to and the records of it, as Turtle."""
    return thing_turtle(desk.read, thing_id)
