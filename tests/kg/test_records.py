"""Records have one form whatever the order of writing, and their projection follows one table."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import content_hash
from kg.records import (
    GRADES,
    METHODS,
    Conflict,
    Edge,
    Link,
    Method,
    Record,
    check_record,
    graph_hash,
    project,
)
from ontology.errors import InvalidValue, UnknownId
from ontology.schema import Value, schema
from tests.contract.drawn import records
from tests.contract.kinds import KINDS
from tests.world import world

CASE = Record(
    source="cases",
    locator="row 7",
    subject="instance-1",
    label="Instance",
    properties={"name": "面料疵点机器视觉检测", "technologies": ("机器视觉", "5G"), "year": 2024},
    links=(Link("IN_SCENE", "S17", {"basis": "assigned"}), Link("IN_PLACE", "gbt2260-320000")),
    grade="B",
    date="2024",
)


def says(method: Method = "reported", grade: str = "", date: str = "", **values: Value) -> Record:
    return Record("list", "row 1", "a", "Thing", values, method=method, grade=grade, date=date)


# One form


def test_the_id_is_the_hash_of_the_content() -> None:
    assert CASE.id == content_hash(CASE.to_dict())[:32]
    assert replace(CASE, date="2025").id != CASE.id


def test_order_of_properties_values_and_links_does_not_change_the_id() -> None:
    other = replace(
        CASE,
        properties={"year": 2024, "technologies": ("5G", "机器视觉", "5G"),
                    "name": CASE.properties["name"]},
        links=tuple(reversed(CASE.links)),
    )  # fmt: skip
    assert other.id == CASE.id


def test_a_text_a_number_and_a_truth_value_are_told_apart() -> None:
    assert len({says(text="1").id, says(text=1).id, says(text=True).id, says(text=1.0).id}) == 4


def test_a_record_of_everything_we_package_comes_back_from_its_form() -> None:
    for told in world().values():
        for record in told:
            again = Record.from_dict(record.to_dict())
            assert again.to_dict() == record.to_dict()
            assert again.id == record.id


@given(records("list"))
def test_any_record_comes_back_from_its_form(record: Record) -> None:
    again = Record.from_dict(record.to_dict())
    assert again.written() == record.written()
    assert project([again], KINDS) == project([record], KINDS)


def test_the_hash_of_a_graph_does_not_depend_on_order() -> None:
    assert graph_hash(["b", "a"]) == graph_hash(iter(["a", "b"]))
    assert graph_hash(["a"]) != graph_hash(["a", "b"])


# Projection


def test_a_single_record_becomes_a_node_with_its_edges() -> None:
    projection = project([CASE], schema())
    assert projection.node.name == "面料疵点机器视觉检测"
    assert projection.node.properties["technologies"] == ("5G", "机器视觉")
    assert projection.edges == (
        Edge("instance-1", "IN_PLACE", "gbt2260-320000"),
        Edge("instance-1", "IN_SCENE", "S17", {"basis": "assigned"}),
    )
    assert projection.conflicts == ()


@pytest.mark.parametrize(
    ("believed", "doubted"),
    [
        *((says(sure), says(less)) for sure, less in pairwise(METHODS)),
        *((says(grade=sure), says(grade=less)) for sure, less in pairwise(GRADES)),
        (says(date="2025"), says(date="2024")),
        (says(date="2024-05"), says(date="2024")),
        (says(date="2024"), says(date="")),
        (says("official", "C", "2001"), says("published", "A", "2026")),
        (says("official", "A", "2001"), says("official", "B", "2026")),
    ],
)  # fmt: skip
def test_belief_goes_by_method_then_grade_then_later_date(
    believed: Record, doubted: Record
) -> None:
    believed = replace(believed, properties={"text": "believed"})
    doubted = replace(doubted, properties={"text": "doubted", "whole": 1})
    for told in ([believed, doubted], [doubted, believed]):
        projection = project(told, KINDS)
        assert projection.node.properties == {"text": "believed", "whole": 1}
        assert projection.conflicts == (
            Conflict("a", "text", (("believed", believed.id), ("doubted", doubted.id))),
        )


def test_values_of_a_many_valued_property_are_united_without_conflict() -> None:
    one, other = says(texts=("y", "x")), says("claimed", texts=("x", "z"))
    projection = project([one, other], KINDS)
    assert projection.node.properties == {"texts": ("x", "y", "z")}
    assert projection.conflicts == ()


def test_whole_numbers_of_a_many_valued_property_stand_by_size() -> None:
    assert project([says(wholes=(10, 9, -1))], KINDS).node.properties == {"wholes": (-1, 9, 10)}


def test_a_many_valued_property_without_values_is_missing() -> None:
    assert project([says(texts=())], KINDS).node.properties == {}


def test_an_edge_takes_the_properties_of_its_most_believed_record() -> None:
    assigned = replace(
        CASE, method="assigned", links=(Link("IN_SCENE", "S17", {"rank": "primary"}),)
    )
    for told in ([CASE, assigned], [assigned, CASE]):
        (in_scene,) = (edge for edge in project(told, schema()).edges if edge.end == "S17")
        assert in_scene.properties == {"basis": "assigned"}


def test_two_links_to_one_end_in_one_record_give_one_edge_whatever_their_order() -> None:
    links = (Link("NEXT", "b", {"basis": "x"}), Link("NEXT", "b", {"basis": "a"}))
    one, other = replace(says(), links=links), replace(says(), links=links[::-1])
    assert one.id == other.id
    assert project([one], KINDS) == project([other], KINDS)
    assert project([one], KINDS).edges[0].properties == {"basis": "a"}


def test_a_record_of_another_label_adds_a_conflict_and_nothing_else() -> None:
    thing = says("official", text="x")
    group = replace(says("inferred", whole=1), label="Group", links=(Link("WITHIN", "g"),))
    for told in ([thing, group], [group, thing]):
        projection = project(told, KINDS)
        assert (projection.node.label, projection.node.properties) == ("Thing", {"text": "x"})
        assert projection.edges == ()
        assert projection.conflicts == (
            Conflict("a", "label", (("Thing", thing.id), ("Group", group.id))),
        )


@given(st.lists(records("list"), min_size=1, max_size=6), st.randoms())
def test_a_projection_does_not_depend_on_the_order_of_records(
    told: list[Record], chance: random.Random
) -> None:
    same = [replace(record, subject="a") for record in told]
    before = project(same, KINDS)
    chance.shuffle(same)
    assert project(same, KINDS) == before


@given(st.lists(records("list"), min_size=1, max_size=6))
def test_a_record_told_twice_adds_nothing(told: list[Record]) -> None:
    same = [replace(record, subject="a") for record in told]
    assert project([*same, *same], KINDS) == project(same, KINDS)


# What fits


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (replace(CASE, subject=""), "subject '': must not be empty"),
        (replace(CASE, locator="row\x00"), r"locator 'row\\x00': holds the character U\+0000"),
        (replace(CASE, subject="a\ud83d"), r"holds the character U\+D83D"),
        (replace(CASE, method="guessed"), "method 'guessed': is none of official"),  # type: ignore[arg-type]
        (replace(CASE, grade="D"), "grade 'D': is none of A, B, C"),
        (replace(CASE, properties={"year": "2024"}), "year '2024': is no integer"),
        (replace(CASE, properties={"year": True}), "year 'True': is no integer"),
        (replace(CASE, properties={"name": ("a", "b")}), "takes one value, not several"),
        (replace(CASE, links=(Link("IN_SCENE", ""),)), "end of IN_SCENE '': must not be empty"),
        (replace(CASE, links=(Link("AT_LEVEL", "level-1"),)), "does not start at Instance"),
        (
            replace(CASE, links=(Link("IN_SCENE", "S17", {"year": 2024}),)),
            "year '2024': is no property of IN_SCENE",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(record: Record, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        check_record(record, schema())


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (replace(CASE, label="Instanc"), "label 'Instanc'; did you mean Instance"),
        (replace(CASE, properties={"yaer": 1}), "property of Instance 'yaer'; did you mean year"),
        (replace(CASE, links=(Link("IN_SCENES", "S17"),)), "relation 'IN_SCENES'; did you mean"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(record: Record, sentence: str) -> None:
    with pytest.raises(UnknownId, match=sentence):
        check_record(record, schema())


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_numbers_without_a_value_do_not_fit(number: float) -> None:
    with pytest.raises(InvalidValue, match="ratio"):
        check_record(says(ratio=number), KINDS)
