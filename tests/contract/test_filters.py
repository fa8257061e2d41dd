"""What every store promises of conditions, counts and pages."""

from __future__ import annotations

import pytest

from kg.store.protocol import (
    Between,
    Condition,
    GraphStore,
    Has,
    Linked,
    StartsWith,
)
from ontology.schema import Scalar
from tests.contract.things import LIST, found, linked, said
from tests.world import (
    HAIBIN,
    instance,
)

# Filters


@pytest.fixture
def shelf(store: GraphStore) -> GraphStore:
    store.load(
        LIST,
        [
            said("a", text="100%", whole=1, ratio=1.0, flag=True, day="2024-10-28", texts=("x",)),
            said("b", text="100 %", whole=0, ratio=0.1, flag=False, texts=("x", "y")),
            said("c", text="it's", whole=2**53 + 1, ratio=2.0**53, day="1999-01-01"),
            said("d", text="1", texts=("1", "true")),
            said("e", text="𠮷野"),
            said("f"),
            said("g", texts=("\ud7ffz", "\U0010ffffz")),
        ],
    )
    return store


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Has("text", ("100%",)), "a"),
        (Has("text", ("100%", "1", "nothing")), "ad"),
        (Has("text", ("_00%",)), ""),
        (Has("text", ("it's",)), "c"),
        (Has("text", ("' OR '1'='1",)), ""),
        (Has("text", ()), ""),
        (Has("text", (1,)), ""),
        (Has("whole", ("1",)), ""),
        (Has("whole", (1,)), "a"),
        (Has("whole", (1.0,)), "a"),
        (Has("whole", (True,)), ""),
        (Has("whole", (2**53 + 1,)), "c"),
        (Has("whole", (2.0**53,)), ""),
        (Has("whole", (2**70,)), ""),
        (Has("ratio", (0.1,)), "b"),
        (Has("ratio", (1,)), "a"),
        (Has("ratio", (2**53,)), "c"),
        (Has("flag", (True,)), "a"),
        (Has("flag", (1,)), ""),
        (Has("flag", (False, True)), "ab"),
        (Has("texts", ("x",)), "ab"),
        (Has("texts", ("x", "1")), "abd"),
        (Has("texts", (1, True)), ""),
        (Between("whole", 0, 1), "ab"),
        (Between("whole", 0.5), "ac"),
        (Between("whole", high=0), "b"),
        (Between("whole"), "abc"),
        (Between("whole", -(2**70), 2**70), "abc"),
        (Between("whole", "0", "9"), ""),
        (Between("whole", 1, 0), ""),
        (Between("ratio", 0.1, 1), "ab"),
        (Between("flag", False, False), "b"),
        (Between("text", "1", "1"), "d"),
        (Between("text", "it", None), "ce"),
        (Between("text", 0, 9), ""),
        (Between("day", "2024-01-01", "2024-12-31"), "a"),
        (Between("texts", "y", "z"), "b"),
        (Between("texts", "z"), "g"),
        (StartsWith("text", ("100",)), "ab"),
        (StartsWith("text", ("100%",)), "a"),
        (StartsWith("text", ("𠮷", "it")), "ce"),
        (StartsWith("text", ("IT",)), ""),
        (StartsWith("text", ("",)), "abcde"),
        (StartsWith("text", ()), ""),
        (StartsWith("texts", ("t", "y")), "bd"),
        (StartsWith("day", ("2024-",)), "a"),
        (StartsWith("texts", ("\ud7ff",)), "g"),
        (StartsWith("texts", ("\ud7fe",)), ""),
        (StartsWith("texts", ("\U0010ffff",)), "g"),
        (StartsWith("texts", ("\ue000", "\U0010fffe")), ""),
        (StartsWith("whole", ("1",)), ""),
    ],
)
def test_a_condition_finds_what_meets_it(
    shelf: GraphStore, condition: Condition, expected: str
) -> None:
    assert found(shelf, condition) == list(expected)
    assert shelf.find("Thing", [condition], limit=0).total == len(expected)


def test_all_conditions_must_be_met(world: GraphStore) -> None:
    where: list[Condition] = [
        Has("grade", ("B",)),
        Between("year", 2024, 2025),
        StartsWith("name", ("手机", "齿轮", "面料")),
        Linked("IN_SCENE", ("S17", "S16")),
        Linked("IN_PLACE", ("gbt2260-440000",)),
    ]
    (node,) = world.find("Instance", where).nodes
    assert node.name == "手机中框外观缺陷在线检测"


def test_things_are_found_by_what_points_at_them(world: GraphStore) -> None:
    case = instance(HAIBIN, "手机中框外观缺陷在线检测")
    page = world.find("Solution", [Linked("USES", (case,), "in")])
    assert [node.name for node in page.nodes] == ["外观缺陷视觉检测系统"]


HOSTILE = (
    "' OR 1=1 --",
    '"; DROP TABLE node; --',
    "%",
    "_",
    "*",
    "?",
    "$1",
    "{}",
    "\\",
    "}) RETURN n //",
    "a\x00b",
    "\ud800",
)


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_values_are_only_values(world: GraphStore, value: str) -> None:
    before = world.state()
    for condition in (
        Has("name", (value,)),
        Has("keys", (value,)),
        Between("name", value, value),
        StartsWith("name", (value,)),
        Linked("IN_SCENE", (value,)),
        Has("year", (value,)),
    ):
        assert world.find("Instance", [condition]).total == 0
    assert world.paths(value, "S16") == ()
    assert world.state() == before


# Counting


def test_counts_come_most_first_then_by_value(world: GraphStore) -> None:
    assert world.count("Instance", (), "IN_SCENE") == (
        ("S17", 3),
        ("S12", 2),
        ("S16", 2),
        ("S18", 1),
    )
    assert world.count("Instance", (), "year") == ((2024, 4), (2025, 2), (2022, 1), (2023, 1))


def test_ends_counted_alike_come_by_id(store: GraphStore) -> None:
    store.load(LIST, [said("z"), said("𠮷"), said("b"), linked("a", "𠮷", "z", "b", "a")])
    assert store.count("Thing", (), "NEXT") == (("a", 1), ("b", 1), ("z", 1), ("𠮷", 1))


def test_counts_look_only_at_what_meets_the_conditions(world: GraphStore) -> None:
    in_scene = Linked("IN_SCENE", ("S17",))
    assert world.count("Instance", [in_scene], "year") == ((2024, 2), (2025, 1))
    assert world.count("Instance", [in_scene], "IN_PLACE") == (
        ("gbt2260-320000", 1),
        ("gbt2260-320500", 1),
        ("gbt2260-440000", 1),
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("flag", ((False, 1), (True, 1))),
        ("whole", ((0, 1), (1, 1), (2**53 + 1, 1))),
        ("ratio", ((0.1, 1), (1.0, 1), (2.0**53, 1))),
        (
            "texts",
            (("x", 2), ("1", 1), ("true", 1), ("y", 1), ("\ud7ffz", 1), ("\U0010ffffz", 1)),
        ),
        ("day", (("1999-01-01", 1), ("2024-10-28", 1))),
        ("days", ()),
    ],
)
def test_counted_values_have_the_kind_of_the_property(
    shelf: GraphStore, by: str, expected: tuple[tuple[Scalar, int], ...]
) -> None:
    counted = shelf.count("Thing", (), by)
    assert counted == expected
    assert [type(value) for value, _ in counted] == [type(value) for value, _ in expected]


# Paging


def test_pages_put_together_are_the_whole(store: GraphStore) -> None:
    names = sorted([f"n{number}" for number in range(20)] + ["𠮷", "～", "A"])
    store.load(LIST, [said(name) for name in names])
    after, seen = "", list[str]()
    while page := store.find("Thing", after=after, limit=7).nodes:
        seen += [node.id for node in page]
        after = seen[-1]
    assert seen == names
    assert store.find("Thing", after=after, limit=7).total == len(names)


def test_a_page_goes_on_after_an_id_that_is_gone(store: GraphStore) -> None:
    store.load(LIST, [said("a"), said("c")])
    assert [node.id for node in store.find("Thing", after="b").nodes] == ["c"]
