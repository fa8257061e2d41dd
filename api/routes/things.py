"""GET /v1/{type} and /v1/{type}/{id}: lists with filters, and one thing with its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.answers import ListPage, listed, thing
from api.deps import (
    After,
    Editions,
    Enterprises,
    Grades,
    Industries,
    Kinds,
    Levels,
    Limit,
    Providers,
    Provinces,
    Scenes,
    Segments,
    TheDesk,
    Year,
    next_link,
)
from api.desk import Desk
from kg.browse import Thing
from ontology.errors import UnknownId
from ontology.schema import schema

router = APIRouter(prefix="/v1", tags=["things"])
# Roles of an organisation have lists of their own; all else is served under its label's path.
Kind = Annotated[str, Path(max_length=40, examples=["scenes"])]
Name = Annotated[str, Path(max_length=400, examples=["S17", "GB/T 39116-2020"])]
ROLE_PATHS = {"enterprises": "enterprise", "providers": "provider"}


def _page(  # noqa: PLR0913 - one place where a list endpoint becomes a page
    request: Request,
    desk: Desk,
    label: str,
    values: Mapping[str, Sequence[str]],
    after: str,
    limit: int,
    years: tuple[int | None, int | None] = (None, None),
) -> ListPage:
    page = listed(desk, label, values, years, after, limit)
    if page.next_after is None:
        return page
    return replace(page, next=next_link(request, after=page.next_after))


@router.get("/scenes")
def scenes(
    request: Request,
    desk: TheDesk,
    edition: Editions = [],  # noqa: B006 - FastAPI copies defaults
    segment: Segments = [],  # noqa: B006
    after: After = "",
    limit: Limit = 50,
) -> ListPage:
    """Return typical scenes, those of the default edition unless another is asked for."""
    # A segment belongs to one edition already.
    values = {"edition": edition or ([] if segment else [desk.edition]), "segment": segment}
    return _page(request, desk, "Scene", values, after, limit)


@router.get("/segments")
def segments(
    request: Request,
    desk: TheDesk,
    edition: Editions = [],  # noqa: B006
    after: After = "",
    limit: Limit = 50,
) -> ListPage:
    """Return segments, those of the default edition unless another is asked for."""
    return _page(request, desk, "Segment", {"edition": edition or [desk.edition]}, after, limit)


@router.get("/instances")
def instances(  # noqa: PLR0913 - each filter is a parameter of the address
    request: Request,
    desk: TheDesk,
    scene: Scenes = [],  # noqa: B006
    segment: Segments = [],  # noqa: B006
    industry: Industries = [],  # noqa: B006
    province: Provinces = [],  # noqa: B006
    level: Levels = [],  # noqa: B006
    enterprise: Enterprises = [],  # noqa: B006
    grade: Grades = [],  # noqa: B006
    year_from: Year = None,
    year_to: Year = None,
    after: After = "",
    limit: Limit = 20,
) -> ListPage:
    """Return scene instances; `level` is one that a factory of the enterprise is listed at."""
    values = {"scene": scene, "segment": segment, "industry": industry, "province": province,
              "level": level, "enterprise": enterprise, "grade": grade}  # fmt: skip
    return _page(request, desk, "Instance", values, after, limit, (year_from, year_to))


@router.get("/solutions")
def solutions(  # noqa: PLR0913 - each filter is a parameter of the address
    request: Request,
    desk: TheDesk,
    scene: Scenes = [],  # noqa: B006
    segment: Segments = [],  # noqa: B006
    industry: Industries = [],  # noqa: B006
    provider: Providers = [],  # noqa: B006
    kind: Kinds = [],  # noqa: B006
    year_from: Year = None,
    year_to: Year = None,
    after: After = "",
    limit: Limit = 20,
) -> ListPage:
    """Return solutions; their scenes are named by the edition the publication used."""
    values = {"scene": scene, "segment": segment, "industry": industry, "provider": provider,
              "kind": kind}  # fmt: skip
    return _page(request, desk, "Solution", values, after, limit, (year_from, year_to))


@router.get("/factories")
def factories(  # noqa: PLR0913 - each filter is a parameter of the address
    request: Request,
    desk: TheDesk,
    industry: Industries = [],  # noqa: B006
    province: Provinces = [],  # noqa: B006
    level: Levels = [],  # noqa: B006
    enterprise: Enterprises = [],  # noqa: B006
    year_from: Year = None,
    year_to: Year = None,
    after: After = "",
    limit: Limit = 20,
) -> ListPage:
    """Return factories; titles of other programmes are no levels of this one."""
    values = {"industry": industry, "province": province, "level": level,
              "enterprise": enterprise}  # fmt: skip
    return _page(request, desk, "Factory", values, after, limit, (year_from, year_to))


@router.get("/enterprises")
def enterprises(request: Request, desk: TheDesk, after: After = "", limit: Limit = 20) -> ListPage:
    """Return organisations that run a factory or have an instance."""
    return _page(request, desk, "Organisation", {"role": ["enterprise"]}, after, limit)


@router.get("/providers")
def providers(request: Request, desk: TheDesk, after: After = "", limit: Limit = 20) -> ListPage:
    """Return organisations that provide a solution or supplied an instance."""
    return _page(request, desk, "Organisation", {"role": ["provider"]}, after, limit)


@router.get("/industries")
def industries(request: Request, desk: TheDesk, after: After = "", limit: Limit = 50) -> ListPage:
    """Return industries of GB/T 4754 as far as this graph uses them."""
    return _page(request, desk, "Industry", {}, after, limit)


@router.get("/{kind}")
def others(
    request: Request, kind: Kind, desk: TheDesk, after: After = "", limit: Limit = 50
) -> ListPage:
    """Return the areas, levels, kpis, places or organisations."""
    return _page(request, desk, _label(kind), {}, after, limit)


@router.get("/{kind}/{name:path}")
def one(kind: Kind, name: Name, desk: TheDesk) -> Thing:
    """Return a thing by id, key, code or name, with neighbours, conflicts and evidence."""
    if kind in ROLE_PATHS:
        found = thing(desk, name, "Organisation")
        if ROLE_PATHS[kind] in _roles(found):
            return found
        raise UnknownId(f"{ROLE_PATHS[kind]} of that name, only an organisation", name)
    return thing(desk, name, _label(kind))


def _label(kind: str) -> str:
    known = [*ROLE_PATHS, *(label.path for label in schema().labels)]
    if kind not in known:
        raise UnknownId("type", kind, known)
    return schema().label_at(kind).name


def _roles(found: Thing) -> tuple[object, ...]:
    roles = found.properties.get("roles", ())
    return roles if isinstance(roles, tuple) else (roles,)
