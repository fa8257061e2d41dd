"""The edition of a whole table: the one in which most of its names and pairs are at home."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.annex4.names import Nomenclature
from ingest.annex4.parts import Parts

_STATED = re.compile(r"(20\d\d)\s*年?\s*版")


@dataclass(frozen=True, slots=True)
class TableEdition:
    """The edition that a table's names are judged by.

    `basis` is `asked` where the caller says so, `stated` where the table does, `names` where they
    decide, `default` where they speak for none. `votes` says how far they speak for each.
    """

    edition: str
    basis: str
    votes: Mapping[str, int]


def edition_of(
    items: Sequence[Parts], names: Nomenclature, asked: str | None = None, stated: str = ""
) -> TableEdition:
    """Return the edition of a table with these items; `stated` is the text around it.

    A name speaks for every held edition that has it, a scene in its own segment once more.
    """
    votes = dict.fromkeys(names.editions, 0)
    for parts in items:
        for edition in votes:
            votes[edition] += _votes(parts, edition)
    if asked is not None:
        return TableEdition(asked, "asked", votes)
    years = [year for year in _STATED.findall(stated) if year in votes]
    if len(set(years)) == 1:
        return TableEdition(years[0], "stated", votes)
    most = max(votes.values())
    leading = [edition for edition, count in votes.items() if count == most]
    basis = "names" if len(leading) == 1 else "default"
    base = names.base.edition
    return TableEdition(base if base in leading else leading[0], basis, votes)


def _votes(parts: Parts, edition: str) -> int:
    segment = parts.segment.of(edition) if parts.segment.known else None
    scene = parts.scene.of(edition) if parts.scene.known else None
    at_home = segment is not None and scene is not None and scene.segment == segment.id
    return (segment is not None) + (scene is not None) + at_home
