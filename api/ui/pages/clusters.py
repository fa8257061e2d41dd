"""The page at `/clusters`: a standard cluster by role and level, its members, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Response

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

router = APIRouter(include_in_schema=False)
MEMBERS = 30  # on a page
Kind = Literal["scene", "segment", "area", "industry", "enterprise"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A cluster as its address asks for it: what it is of, by id or name, and for which day."""

    kind: Kind
    of: str
    as_of: str

    def question(self, offset: int, limit: int) -> ClusterQuestion:
        """Return the question for some of its members."""
        return ClusterQuestion({self.kind: self.of}, as_of=self.as_of, offset=offset, limit=limit)


NOTHING = Asked("scene", "", "")


def _asked(
    kind: Kind = "scene",
    of: Annotated[str, Query(max_length=LONGEST_VALUE)] = "",
    as_of: Annotated[str, Query(max_length=20)] = "",
) -> Asked:
    return Asked(kind, of.strip(), as_of)


TheAsked = Annotated[Asked, Depends(_asked)]


@router.get("/clusters")
def clusters(
    desk: TheDesk, slots: TheSlots, reader: TheReader, asked: TheAsked, offset: Offset = 0
) -> Response:
    """Show the cluster that is asked for, else what can be asked for."""
    if not asked.of:
        return _page(desk, reader, asked, None)
    with slots.taken():
        answer = cluster(desk, asked.question(offset, MEMBERS))
    return _page(desk, reader, asked, answer)


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
    return _page(desk, reader, NOTHING, answer)


@router.get("/clusters/export.{form}")
def export(
    desk: TheDesk,
    slots: TheSlots,
    reader: TheReader,
    form: Literal["csv", "xlsx"],
    asked: TheAsked,
) -> Response:
    """Return all members of a cluster with their sources, as a file for a spreadsheet."""
    with slots.taken():
        parts = _all_members(desk, asked)
    sheets = cluster_sheets(reader, parts)
    name = f"{asked.kind}-{parts[0].of[0].id}-standards.{form}"
    return attachment(name, to_csv(sheets[0]) if form == "csv" else to_xlsx(sheets))


def _all_members(desk: Desk, asked: Asked) -> list[ClusterAnswer]:
    """Return a cluster in as many answers as its members take."""
    parts = [cluster(desk, asked.question(0, LARGEST_PAGE))]
    total = parts[0].cluster.total if parts[0].cluster else 0
    return parts + [
        cluster(desk, asked.question(offset, LARGEST_PAGE))
        for offset in range(LARGEST_PAGE, total, LARGEST_PAGE)
    ]


def _page(desk: Desk, reader: Reader, asked: Asked, answer: ClusterAnswer | None) -> Response:
    found = answer.cluster if answer else None
    values = {
        "active": "clusters",
        "asked": asked,
        "answer": answer,
        "scopes": SCOPES,
        "guide": desk.guide,
        "whole": whole_graph(desk) if answer is None else None,
        "shape": _shape(reader, found) if found and found.total else "",
        "members": MEMBERS,
    }
    return render("clusters.html", reader, values)


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
