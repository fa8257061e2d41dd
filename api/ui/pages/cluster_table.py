"""A standard cluster as a table with its sources, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from api.cluster_answers import ClusterAnswer
from api.ui.phrases import Phrases
from api.ui.reader import Reader
from ingest.write.table import Cell, Sheet
from kg.entities import Evidence
from kg.standards.cluster import Cluster, ClusterMember

COLUMNS = (
    "clusters.column_code",
    "clusters.column_name",
    "clusters.column_level",
    "clusters.column_role",
    "clusters.column_currency",
    "clusters.column_closeness",
    "clusters.column_linked",
    "clusters.column_related",
    "clusters.column_applied_by",
    "clusters.column_source",
    "clusters.column_address",
    "clusters.column_how_sure",
)


def cluster_sheets(reader: Reader, parts: Sequence[ClusterAnswer]) -> list[Sheet]:
    """Return the members of all parts of a cluster, then what is true of it as a whole."""
    members = [member for part in parts if part.cluster for member in part.cluster.items]
    rows = tuple(_row(reader, member) for member in members)
    heading = tuple(reader.say(name) for name in COLUMNS)
    first = parts[0]
    title = reader.say("clusters.title")
    return [
        Sheet(title, heading, rows),
        Sheet(
            reader.say("clusters.about"),
            (reader.say("clusters.about"), ""),
            tuple(_about(reader, first)),
        ),
    ]


def _row(reader: Reader, member: ClusterMember) -> tuple[Cell, ...]:
    found, phrase = member.standard, Phrases(reader)
    comma = reader.say("common.comma")
    english = reader.language == "en" and found.name_en
    evidence = _evidence(member)
    return (
        found.code,
        found.name_en if english else found.name,
        reader.code("standard_level", found.level),
        reader.code("standard_role", found.role or "unknown"),
        phrase.currency(found),
        reader.code("closeness", member.closeness),
        comma.join(phrase.standard_link(link) for link in found.links),
        comma.join(
            f"{phrase.related_standard(one)} {one.standard.name} ({phrase.related_how(one)})"
            for one in found.related
        ),
        found.applied_by,
        evidence.locator if evidence else "",
        evidence.url if evidence else "",
        phrase.source(evidence) if evidence else "",
    )


def _evidence(member: ClusterMember) -> Evidence | None:
    return next(iter(member.standard.evidence), None)


def _about(reader: Reader, answer: ClusterAnswer) -> list[tuple[Cell, ...]]:
    names = reader.say("common.comma").join(
        f"{reader.name(one)} ({reader.code('name_status', 'provisional')})"
        if one.id in answer.provisional
        else reader.name(one)
        for one in answer.of
    )
    told: list[tuple[Cell, ...]] = [
        (reader.say("clusters.of"), names),
        (reader.say("clusters.as_of"), reader.date(answer.as_of)),
        (reader.say("clusters.note"), reader.say("clusters.not_all")),
        (reader.say("clusters.order"), reader.say("clusters.ordered")),
        (reader.say("clusters.snapshot"), answer.snapshot),
    ]
    if answer.cluster:
        told += _beside(reader, answer.cluster)
    return told


def _beside(reader: Reader, found: Cluster) -> list[tuple[Cell, ...]]:
    """Return what stands beside the members: overlaps, conflicts, and what is left out."""
    told: list[tuple[Cell, ...]] = []
    for overlap in found.overlaps:
        reason = reader.code("overlap", overlap.reason)
        told.append((reader.say("clusters.overlaps"),
                     f"{overlap.first.name} / {overlap.second.name} ({reason})"))  # fmt: skip
    for conflict in found.conflicts:
        reason = reader.code("conflict", conflict.reason)
        told.append((reader.say("clusters.conflicts"),
                     f"{conflict.first.name} / {conflict.second.name} ({reason})"))  # fmt: skip
    for left in found.left_out:
        by = reader.say("common.comma").join(one.name for one in left.replaced_by)
        more = f" → {by}" if by else ""
        status = reader.code("status", left.status)
        told.append((reader.say("clusters.left_out"), f"{left.standard.name} ({status}){more}"))
    return told
