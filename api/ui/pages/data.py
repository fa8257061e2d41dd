"""The page at `/data`: where the data comes from, where it disagrees, how good matching is."""

from __future__ import annotations

from urllib.parse import unquote

from fastapi import APIRouter, Response

from api.data_answers import data
from api.deps import Offset, TheDesk, TheSettings, TheSlots
from api.shapes_report import last_report
from api.ui.reader import TheReader
from api.ui.rendering import render
from ontology.check import SEVERITIES, Finding

router = APIRouter(include_in_schema=False)
SHOWN, FINDINGS = 20, 30  # contradictions and findings on a page


@router.get("/data")
def about_the_data(
    desk: TheDesk, slots: TheSlots, settings: TheSettings, reader: TheReader, offset: Offset = 0
) -> Response:
    """Show what the graph is made of, where it disagrees with itself, and how good matching is."""
    with slots.taken():
        answer = data(desk)
    report = last_report(settings.data)
    values = {
        "active": "data",
        "answer": answer,
        "report": report,
        "findings": [(_thing(one), one) for one in report.findings[:FINDINGS]] if report else [],
        "severities": SEVERITIES,
        "offset": offset,
        "shown": SHOWN,
        "contradictions": answer.contradictions[offset : offset + SHOWN],
    }
    return render("data.html", reader, values)


def _thing(finding: Finding) -> str:
    """Return the id of the thing that a finding is about; its IRI ends with it."""
    return unquote(finding.focus.rpartition(":")[2])
