"""The page at `/data`: where the data comes from, where it disagrees, how good matching is."""

from __future__ import annotations

from typing import Annotated, cast
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Request, Response

from api.data_answers import data
from api.deps import Offset, TheDesk, TheSlots
from api.shapes_report import ShapesCheck
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from ontology.check import SEVERITIES, Finding

router = APIRouter(include_in_schema=False)
SHOWN, FINDINGS = 20, 30  # contradictions and findings on a page
PACKAGED = ("classification", "crosswalk", "factories", "guide_2024", "guide_2025", "instances",
            "programme", "solutions", "standard_roles", "standards")  # fmt: skip
EVERY_SECONDS = 5  # the page renews itself while the graph is being checked


def _shapes(request: Request) -> ShapesCheck:
    return cast("ShapesCheck", request.app.state.shapes)


TheShapes = Annotated[ShapesCheck, Depends(_shapes)]


@router.get("/data")
def about_the_data(
    desk: TheDesk, slots: TheSlots, shapes: TheShapes, reader: TheReader, offset: Offset = 0
) -> Response:
    """Show what the graph is made of, where it disagrees with itself, and how good matching is."""
    with slots.taken():
        answer = data(desk)
    state = answer.statistics
    checking = shapes.begin(state.graph_hash, state.records)
    report = shapes.last
    values = {
        "active": "data",
        "answer": answer,
        "report": report,
        "titles": _titles(reader),
        "checking": checking,
        "seconds": EVERY_SECONDS,
        "findings": [(_thing(one), one) for one in report.findings[:FINDINGS]] if report else [],
        "severities": SEVERITIES,
        "offset": offset,
        "shown": SHOWN,
        "contradictions": answer.contradictions[offset : offset + SHOWN],
    }
    return render("data.html", reader, values)


def _titles(reader: Reader) -> dict[str, str]:
    """Return what the packaged sources are called; others keep the title that they came with."""
    return {name: reader.say(f"data.source_{name}") for name in PACKAGED}


def _thing(finding: Finding) -> str:
    """Return the id of the thing that a finding is about; its IRI ends with it."""
    return unquote(finding.focus.rpartition(":")[2])
