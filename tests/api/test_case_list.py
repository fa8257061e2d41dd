"""Cases by filters alone and by their ids."""

from __future__ import annotations

from typing import cast

import pytest
from fastapi.testclient import TestClient

from api.case_answers import CaseQuestion
from api.case_list_answers import case_spread, list_cases, named_cases
from api.desk import Desk
from ontology.errors import InvalidValue, UnknownId


@pytest.fixture
def desk(client: TestClient) -> Desk:
    """The desk of the running service."""
    return cast("Desk", client.app.state.desk)  # type: ignore[attr-defined]


def test_filters_of_a_list_are_those_of_a_search(desk: Desk) -> None:
    question = CaseQuestion(values={"province": ["江苏"], "scene": ["S17"]}, limit=200)
    found = list_cases(desk, question)
    assert found.hits == len(found.items) > 0
    assert all(case.place and "江苏" in case.place.name for case in found.items)
    assert case_spread(desk, question).cases == found.hits


def test_several_reports_of_one_story_are_one_case_of_the_list(desk: Desk) -> None:
    folded = list_cases(desk, CaseQuestion())
    assert folded.total <= folded.hits == 323
    assert list_cases(desk, CaseQuestion(fold=False)).total == 323


def test_named_cases_come_in_the_order_asked_for_each_once(desk: Desk) -> None:
    ids = ["instance-2561d2a7244c", "instance-0af704096b8f"]
    assert [case.id for case in named_cases(desk, [*ids, ids[0]])] == ids


def test_a_case_that_is_not_there_and_none_at_all_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownId, match="instance-none"):
        named_cases(desk, ["instance-none"])
    with pytest.raises(UnknownId, match="S17"):
        named_cases(desk, ["S17"])
    with pytest.raises(InvalidValue, match="too few or many"):
        named_cases(desk, ["", " "])
