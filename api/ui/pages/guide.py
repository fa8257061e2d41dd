"""The page at `/guide`: editions side by side, what changed, and how far cases cover the guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import check_edition
from api.coverage_answers import CoverageAnswer, guide_coverage, segment_cases
from api.deps import Industries, Offset, TheDesk, TheSlots
from api.ui.drawings.matrix import Count, Line, matrix
from api.ui.drawings.svg import Caption
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from ontology.editions import Editions, side_by_side
from ontology.guide import DEFAULT_EDITION, EDITIONS, Guide, load_crosswalk, load_guide

router = APIRouter(include_in_schema=False)
SHOWN = 20  # industries of the heat map at a time


@router.get("/guide")
def guide(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    edition: Annotated[str, Query(max_length=10)] = DEFAULT_EDITION,
    industry: Industries = [],  # noqa: B006 - FastAPI copies defaults
    offset: Offset = 0,
) -> Response:
    """Show an edition of the guide beside the other, and what is known of its scenes."""
    base = desk.guide
    editions = _editions(check_edition(edition), base)
    with slots.taken():
        coverage = guide_coverage(desk)
        cells = segment_cases(desk, industry)
    every = _industries(reader, coverage, cells)
    rows = every[offset : offset + SHOWN]
    values = {
        "active": "guide",
        "editions": editions,
        "cases": {one.scene.id: one for one in coverage.scenes},
        "coverage": coverage,
        "industry": industry,
        "industries": rows,
        "total": len(every),
        "offset": offset,
        "shown": SHOWN,
        "segments": base.segments,
        "cells": cells,
        "heat_map": _heat_map(reader, base, rows, cells),
    }
    return render("guide.html", reader, values)


def _editions(edition: str, base: Guide) -> Editions:
    """Return an edition beside the other one; `base` may be an imported text of its edition."""
    (other,) = (one for one in EDITIONS if one != edition)
    guide, beside = (base if one == base.edition else load_guide(one) for one in (edition, other))
    return side_by_side(guide, beside, load_crosswalk())


def _industries(
    reader: Reader, coverage: CoverageAnswer, cells: Mapping[tuple[str, str], int]
) -> list[Line]:
    """Return the industries that have cases, the most first, those of none that is known last."""
    names = {one.id: one.name for one in coverage.industries}
    totals: dict[str, int] = {}
    for (industry, _), count in cells.items():
        totals[industry] = totals.get(industry, 0) + count
    order = sorted(totals, key=lambda one: (not one, -totals[one], one))
    return [
        Line(one, reader.named(one, names[one]), reader.link("/cases", industry=one))
        if one
        else Line("", reader.say("guide.no_industry"))
        for one in order
    ]


def _heat_map(
    reader: Reader, guide: Guide, rows: list[Line], cells: Mapping[tuple[str, str], int]
) -> str:
    columns = [
        Line(one.id, reader.named(one.id, one.name), reader.link("/cases", segment=one.id))
        for one in guide.segments
    ]
    names = {line.id: line.name for line in (*rows, *columns)}
    counts = {
        (industry, segment): Count(
            count,
            reader.say("guide.cell", industry=names[industry], segment=names[segment], n=count),
            reader.link("/cases", industry=industry, segment=segment) if industry else "",
        )
        for (industry, segment), count in cells.items()
        if industry in names
    }
    caption = Caption("coverage", reader.say("guide.heat_map"), reader.say("guide.heat_map_text"))
    return matrix(caption, rows, columns, counts)
