"""The page at `/clusters`: a standard cluster by role and level, its members, and as a file."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Response

from api.answers import LARGEST_PAGE, LONGEST_TEXT
from api.cluster_answers import SCOPES, ClusterAnswer, ClusterQuestion, cluster, whole_graph
from api.deps import LONGEST_VALUE, Offset, TheDesk, TheSlots
from api.desk import Desk
from api.ui.drawings.matrix import Count, Line, matrix
from api.ui.drawings.svg import Caption
from api.ui.files import attachment
from api.ui.pages.cluster_table import cluster_sheets
from api.ui.reader import Reader, TheReader
from api.ui.rendering import render
from ingest.write.table import to_csv, to_xlsx
from kg.standards.cluster import Cluster
from ontology.guide import load_guide

router = APIRouter(include_in_schema=False)
MEMBERS = 30  # on a page
Kind = Literal["scene", "segment", "area", "industry", "enterprise"]
Of = Annotated[str, Query(max_length=LONGEST_VALUE)]
Day = Annotated[str, Query(max_length=20)]


@router.get("/clusters")
def clusters(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    kind: Kind = "scene",
    of: Of = "",
    as_of: Day = "",
    offset: Offset = 0,
) -> Response:
    """Show the cluster that is asked for, else what can be asked for."""
    if not of.strip():
        return _page(desk, reader, {"kind": kind, "of": "", "as_of": as_of, "answer": None})
    question = ClusterQuestion({kind: of}, as_of=as_of, offset=offset, limit=MEMBERS)
    with slots.taken():
        answer = cluster(desk, question)
    return _page(desk, reader, {"kind": kind, "of": of, "as_of": as_of, "answer": answer})


@router.post("/clusters")
def clusters_of_text(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    text: Annotated[str, Form(max_length=LONGEST_TEXT)],
) -> Response:
    """Show the cluster of the scenes that a text matches, all its members at once."""
    with slots.taken():
        answer = cluster(desk, ClusterQuestion({}, text, limit=LARGEST_PAGE))
    return _page(desk, reader, {"kind": "scene", "of": "", "as_of": "", "answer": answer})


@router.get("/clusters/export.{form}")
def export(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    form: Literal["csv", "xlsx"],
    of: Of,
    kind: Kind = "scene",
    as_of: Day = "",
) -> Response:
    """Return all members of a cluster with their sources, as a file for a spreadsheet."""
    with slots.taken():
        parts = [cluster(desk, ClusterQuestion({kind: of}, as_of=as_of, limit=LARGEST_PAGE))]
        while parts[0].cluster and len(parts) * LARGEST_PAGE < parts[0].cluster.total:
            question = ClusterQuestion(
                {kind: of}, as_of=as_of, offset=len(parts) * LARGEST_PAGE, limit=LARGEST_PAGE
            )
            parts.append(cluster(desk, question))
    sheets = cluster_sheets(reader, parts)
    name = f"{kind}-{parts[0].of[0].id}-standards.{form}"
    return attachment(name, to_csv(sheets[0]) if form == "csv" else to_xlsx(sheets))


def _page(desk: Desk, reader: Reader, values: dict[str, object]) -> Response:
    answer = values["answer"]
    found = answer.cluster if isinstance(answer, ClusterAnswer) else None
    more = {
        "active": "clusters",
        "scopes": SCOPES,
        "guide": load_guide("2024"),
        "whole": whole_graph(desk) if answer is None else None,
        "shape": _shape(reader, found) if found and found.total else "",
        "members": MEMBERS,
    }
    return render("clusters.html", reader, values | more)


def _shape(reader: Reader, found: Cluster) -> str:
    rows = dict.fromkeys(cell.role for cell in found.shape)
    columns = dict.fromkeys(cell.level for cell in found.shape)
    words = {
        **{role: reader.code("standard_role", role) for role in rows},
        **{level: reader.code("standard_level", level) for level in columns},
    }
    counts = {
        (cell.role, cell.level): Count(
            cell.count,
            reader.say(
                "clusters.cell", role=words[cell.role], level=words[cell.level], n=cell.count
            ),
        )
        for cell in found.shape
        if cell.count
    }
    caption = Caption("shape", reader.say("clusters.shape"), reader.say("clusters.shape_text"))
    return matrix(
        caption,
        [Line(role, words[role]) for role in rows],
        [Line(level, reader.code("standard_level", level)) for level in columns],
        counts,
    )
