"""What endpoints receive: the desk, the compute slots and the parameters that many share."""

from __future__ import annotations

from typing import Annotated, Any, cast, get_origin

from fastapi import Depends, Header, Query, Request, Response
from fastapi.dependencies.models import Dependant
from pydantic import Field

from api.answers import ASKER_FIELDS, LARGEST_PAGE
from api.departure import left
from api.desk import Desk
from api.language import TAGS, chosen
from api.slots import Slots, Turn
from kg.settings import Settings
from ontology.errors import InvalidValue, UnknownId
from ontology.sentence import Language


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


def _turn(request: Request) -> Turn:
    return Turn(cast("Slots", request.app.state.slots), left(request))


def _settings(request: Request) -> Settings:
    return cast("Settings", request.app.state.settings)


TheSettings = Annotated[Settings, Depends(_settings)]
TheDesk = Annotated[Desk, Depends(_desk)]
TheSlots = Annotated[Turn, Depends(_turn)]


def _language(
    response: Response,
    accept_language: Annotated[
        str, Header(description="Language of our own sentences: zh (default) or en")
    ] = "",
) -> Language:
    language = chosen("", accept_language)
    response.headers["Content-Language"] = TAGS[language]
    response.headers["Vary"] = "Accept-Language"
    return language


TheLanguage = Annotated[Language, Depends(_language)]


LONGEST_VALUE, MOST_VALUES = 200, 50  # of one filter
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Items on a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Items to skip")]
After = Annotated[str, Query(max_length=400, description="Id to go on from; see `next`")]
Year = Annotated[
    int | None, Query(description="Year, inclusive; unknown years do not match", examples=[2024])
]
Value = Annotated[str, Field(max_length=LONGEST_VALUE)]
_ANY = "Id, code or name; given several times it means any of them"


def _filter(example: str, more: str = "") -> Any:
    described = f"{_ANY}{more}"
    return Query(max_length=MOST_VALUES, description=described, examples=[[example]])


Editions = Annotated[list[Value], _filter("2025")]
Scenes = Annotated[list[Value], _filter("S17", "; of any edition, with its counterparts")]
Segments = Annotated[list[Value], _filter("质量管控")]
Areas = Annotated[list[Value], _filter("A03")]
Industries = Annotated[list[Value], _filter("C36", ", with all within it")]
Provinces = Annotated[list[Value], _filter("江苏", ", with all within it")]
Levels = Annotated[
    list[Value],
    _filter("卓越级", ". A factory's own level, an instance's through its enterprise's factories;"
            " lists under public notice count and say so; of standards national, industry …"),
]  # fmt: skip
Grades = Annotated[list[Value], _filter("A")]
Bases = Annotated[list[Value], _filter("awarded")]
FilterValues = Annotated[list[Value], Field(max_length=MOST_VALUES)]  # in a body
Kpis = Annotated[list[Value], _filter("K07", "; cases that state a figure of it")]
Has = Annotated[list[Value], _filter("solution", "; solution, supplier, effects or standard")]
Technologies = Annotated[list[Value], _filter("机器视觉", "; a technology of it, or words in one")]
Effects = Annotated[
    list[Value],
    Query(
        max_length=MOST_VALUES,
        description="A figure that a case must state of itself, all of them where several are"
        " given: indicator, kind (change in percent, points, difference, level), bound, unit",
        examples=[["K07:change>=30%"]],
    ),
]
Weights = Annotated[
    list[Value],
    Query(
        max_length=MOST_VALUES,
        description="A weight in place of the usual one, such as industry:0.2",
        examples=[["industry:0.2"]],
    ),
]
Enterprises = Annotated[list[Value], _filter("宝山钢铁股份有限公司")]
Providers = Annotated[list[Value], _filter("中控技术")]
Kinds = Annotated[list[Value], _filter("工业软件")]
Statuses = Annotated[list[Value], _filter("in force")]


def _asker(
    for_industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
    for_province: Provinces = [],  # noqa: B006
    for_level: Levels = [],  # noqa: B006
) -> dict[str, list[str]]:
    return dict(zip(ASKER_FIELDS, (for_industry, for_province, for_level), strict=True))


TheAsker = Annotated[dict[str, list[str]], Depends(_asker)]


def next_link(request: Request, **changed: object) -> str:
    """Return the address of this request with some parameters changed."""
    url = request.url.include_query_params(**changed)
    return f"{url.path}?{url.query}"


def known_parameters(request: Request) -> None:
    """Refuse a parameter that the endpoint does not know, or one given twice that takes one value.

    Misspelt it would filter nothing, and of two values one would be dropped unseen.
    """
    known = query_parameters(getattr(request.scope.get("route"), "dependant", None))
    for name in request.query_params:
        if name not in known:
            raise UnknownId("parameter", name, sorted(known), field=name)
        if not known[name] and len(request.query_params.getlist(name)) > 1:
            raise InvalidValue(name, request.query_params[name], "is given more than once")


def query_parameters(dependant: Dependant | None) -> dict[str, bool]:
    """Return the names of the query parameters and whether each takes several values."""
    if dependant is None:
        return {}
    found = {
        parameter.alias: get_origin(parameter.field_info.annotation) is list
        for parameter in dependant.query_params
    }
    for inner in dependant.dependencies:
        found |= query_parameters(inner)
    return found
