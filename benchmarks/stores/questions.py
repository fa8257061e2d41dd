"""What is asked of each store: every method of the protocol, in the ways the service uses it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.records import Record, Source
from kg.store.protocol import Between, GraphStore, Has, Linked, StartsWith

Ask = Callable[[], object]
SCENE = Linked("IN_SCENE", ("S01",))
RARE_SCENE = Linked("IN_SCENE", ("S40",))


def questions(store: GraphStore, chance: random.Random) -> Mapping[str, Ask]:
    """Return the questions by name; ids and keys are drawn anew each time they are asked."""
    total = store.find("Instance", limit=0).total
    pages = [store.find("Instance", after=f"instance-{digit}", limit=100) for digit in "048c"]
    some = [node.id for page in pages for node in page.nodes]

    def ids(number: int) -> list[str]:
        return chance.sample(some, number)

    return {
        "get, 1 id": lambda: store.get(ids(1)),
        "get, 100 ids": lambda: store.get(ids(100)),
        "find, first page": lambda: store.find("Instance"),
        "find, page in the middle": lambda: store.find("Instance", after=ids(1)[0]),
        "find, key of a list": lambda: store.find(
            "Instance", [Has("keys", (f"I{chance.randrange(total)}",))]
        ),
        "find, code begins with": lambda: store.find("Industry", [StartsWith("code", ("C34",))]),
        "find, year and scene": lambda: store.find("Instance", [Has("year", (2024,)), SCENE]),
        "find, years, grade and rare scene": lambda: store.find(
            "Instance", [Between("year", 2022, 2025), Has("grade", ("A",)), RARE_SCENE]
        ),
        "find, pointed at by a case": lambda: store.find(
            "Solution", [Linked("USES", tuple(ids(10)), "in")]
        ),
        "count, year": lambda: store.count("Instance", (), "year"),
        "count, roles (a list)": lambda: store.count("Organisation", (), "roles"),
        "count, scene": lambda: store.count("Instance", (), "IN_SCENE"),
        "count, industry within a scene": lambda: store.count("Instance", [SCENE], "IN_INDUSTRY"),
        "count, year within a rare scene": lambda: store.count("Instance", [RARE_SCENE], "year"),
        "edges, of 1": lambda: store.edges(ids(1)),
        "edges, of 100": lambda: store.edges(ids(100)),
        "edges, of a scene, first 100": lambda: store.edges(["S01"], limit=100),
        "paths, case to its scene's segment": lambda: store.paths(ids(1)[0], "E01"),
        "paths, between two cases": lambda: store.paths(*_two(ids(2))),
        "records, of 1": lambda: store.records(ids(1)),
        "records, of 100": lambda: store.records(ids(100)),
        "sources": store.sources,
        "state, unchanged": store.state,
    }


def _two(ids: list[str]) -> tuple[str, str]:
    return ids[0], ids[1]


def changes(store: GraphStore, chance: random.Random) -> Mapping[str, tuple[Ask, Ask]]:
    """Return the changes by name, each after what must be so before, which is not timed."""
    subjects = [node.id for node in store.find("Instance", limit=100).nodes]
    said = [record for record in store.records(subjects) if record.source == "synthetic-cases"][
        :100
    ]

    def another(source_id: str) -> list[Record]:
        return [replace(one, source=source_id, locator=str(chance.random())) for one in said]

    def fresh(source_id: str) -> Source:
        return Source(source_id, source_id, "table", content=str(chance.random()))

    def begin_parts() -> None:
        store.start(fresh("parted"))

    def nothing() -> None:
        pass

    return {
        "load, 100 records": (nothing, lambda: store.load(fresh("extra"), another("extra"))),
        "load, nothing new": (nothing, lambda: store.load(Source("same", "Same", "table"), [])),
        "state, after a change": (lambda: store.load(fresh("token"), []), store.state),
        "start": (nothing, begin_parts),
        "put, 100 records": (begin_parts, lambda: store.put("parted", 1, another("parted"))),
        "finish": (begin_parts, lambda: store.finish("parted")),
        "delete, 100 records": (
            lambda: store.load(fresh("extra"), another("extra")),
            lambda: store.delete("extra"),
        ),
        "point_to": (nothing, lambda: store.point_to(str(chance.random()))),
    }


def forget(store: GraphStore) -> None:
    """Take away what the changes brought."""
    for state in store.sources():
        if not state.source.id.startswith("synthetic-"):
            store.delete(state.source.id)
