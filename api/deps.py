"""What endpoints receive: the desk, the compute slots and the parameters that many share."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant

from api.answers import LARGEST_PAGE, Desk
from api.slots import Slots
from ontology.errors import UnknownId


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


def _slots(request: Request) -> Slots:
    return cast("Slots", request.app.state.slots)


TheDesk = Annotated[Desk, Depends(_desk)]
TheSlots = Annotated[Slots, Depends(_slots)]

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Items on a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Items to skip")]
After = Annotated[str, Query(max_length=400, description="Id to go on from; see `next`")]
Edition = Annotated[str | None, Query(description="Guide edition, 2024 or 2025")]
Year = Annotated[int | None, Query(description="Year, inclusive; unknown years do not match")]
Values = Annotated[
    list[str],
    Query(description="Id, code or name; given several times it means any of them"),
]


def next_link(request: Request, **changed: object) -> str:
    """Return the address of this request with some parameters changed."""
    url = request.url.include_query_params(**changed)
    return f"{url.path}?{url.query}"


def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the endpoint does not know: misspelt, it filters nothing."""
    route = request.scope.get("route")
    known = sorted(_query_names(getattr(route, "dependant", None)))
    for name in request.query_params:
        if name not in known:
            raise UnknownId("parameter", name, known, field=name)


def _query_names(dependant: Dependant | None) -> set[str]:
    if dependant is None:
        return set()
    names = {parameter.alias for parameter in dependant.query_params}
    for inner in dependant.dependencies:
        names |= _query_names(inner)
    return names
