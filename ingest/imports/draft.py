"""A draft: what a file would say in the graph, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from ingest.document import Finding
from kg.ids import content_hash, name_key
from kg.records import Record, Source

# What copying leaves in a name: 名单(1).xlsx, 名单 - 副本.xlsx.
_COPY = re.compile(r"(?:\s*[（(]\d{1,2}[）)]|\s*-?\s*副本|\s*-\s*copy)+$", re.IGNORECASE)


class FileKind(StrEnum):
    """What an import takes a file for."""

    LIST = "public_list"
    RECOMMENDATIONS = "recommendation_table"
    TABLE = "own_table"


@dataclass(frozen=True, slots=True)
class Draft:
    """The source and records of a file, what was odd, and the sources it takes the place of.

    `superseded_by` names a source in the graph that is a later stage of the same; `rows` counts
    the rows of the file that name somebody.
    """

    kind: FileKind
    source: Source
    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    supersedes: tuple[str, ...] = ()
    superseded_by: str = ""

    @property
    def empty(self) -> bool:
        """Whether the file says nothing that the graph could hold."""
        return not self.records


def under(source: Source, records: Iterable[Record]) -> tuple[Source, tuple[Record, ...]]:
    """Return records under a source whose content is the hash of them all, in one order.

    So a file that is saved again, or the same rows in another order, are the same content.
    """
    named = {record.id: record for record in (replace(one, source=source.id) for one in records)}
    ordered = tuple(named[key] for key in sorted(named))
    return replace(source, content=content_hash([record.id for record in ordered])), ordered


def id_of_file(kind: str, file: str) -> str:
    """Return the id of a source that nothing but its file's name tells from others.

    A newer version is one that comes under the same name; marks of copying do not count.
    """
    stem = PurePath(file).stem
    return f"{kind}-{content_hash(name_key(_COPY.sub('', stem) or stem))[:12]}"
