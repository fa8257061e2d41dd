"""What lies next to what, for the search of shortest paths."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from kg.store.shortest import Ids, shortest
from kg.store.sqlite.reading import get
from kg.store.sqlite.statements import OF_RELATIONS, as_list

NEIGHBOURS = """
    SELECT {near}.id, {far}.id
    FROM json_each(:wanted) AS wanted
    CROSS JOIN node AS {near} ON {near}.id = wanted.value
    CROSS JOIN edge ON edge.{near} = {near}.key {of_relations}
    CROSS JOIN node AS {far} ON {far}.key = edge.{far} AND {far}.label IS NOT NULL {among}
"""
AMONG = "AND {far}.id IN (SELECT value FROM json_each(:among))"


def paths(
    connection: sqlite3.Connection, ends: tuple[str, str], relations: Sequence[str], longest: int
) -> tuple[tuple[str, ...], ...]:
    """Return all shortest paths, the smallest sequence of ids first, up to the limit."""

    def neighbours(ids: Ids, among: Ids | None) -> Iterable[tuple[str, str]]:
        given = {
            "wanted": as_list(ids),
            "relations": as_list(relations),
            "among": as_list(among or ()),
        }
        return connection.execute(_either_way(bool(relations), among is not None), given)

    if len(get(connection, ends)) < len(set(ends)):
        return ()
    return shortest(*ends, longest, neighbours)


def _either_way(of_relations: bool, among: bool) -> str:
    return " UNION ALL ".join(
        NEIGHBOURS.format(
            near=near,
            far=far,
            of_relations=OF_RELATIONS if of_relations else "",
            among=AMONG.format(far=far) if among else "",
        )
        for near, far in (("start", "end"), ("end", "start"))
    )
