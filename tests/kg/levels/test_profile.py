"""Profiles: what is not known stays unknown, and what the notice does not know is refused."""

from __future__ import annotations

import math

import pytest

from kg.levels.profile import (
    CoveredScene,
    Figure,
    Peers,
    Profile,
    Statement,
    stated_conditions,
)
from kg.levels.verdict import LevelsCheck, all_of, check_levels
from kg.levels.wording import NO_CERTIFICATE
from ontology.conditions import load_conditions
from ontology.errors import InvalidValue, SmartFactoryError, UnknownId
from ontology.guide import load_guide


def check(profile: Profile) -> LevelsCheck:
    """Check a profile against the notice."""
    return check_levels(profile, load_conditions(), load_guide())


def test_nothing_said_leaves_everything_unknown_and_says_what_would_settle_it() -> None:
    found = check(Profile())
    conditions = [
        condition
        for clauses in (*(level.clauses for level in found.levels), found.application)
        for clause in clauses
        for condition in clause.conditions
    ]
    assert {one.verdict for one in conditions} == {"unknown"}
    assert all(one.settled_by for one in conditions)
    assert (found.highest, found.note) == (None, NO_CERTIFICATE)


def test_a_scene_left_open_by_a_text_is_asked_for_and_not_held_against_the_factory() -> None:
    possible = (CoveredScene("S15", "matched", "炉温自己调"), CoveredScene("S14", "matched"))
    floor = _condition(check(Profile(possible=possible, complete=True)), "L1", "L1-F")
    assert floor[0] == "unknown"
    assert "S15 先进过程控制、S14" in floor[1]


def test_scenes_known_only_from_sources_are_never_all_there_are() -> None:
    covered = (CoveredScene("S15", "attested", "I001"),)
    found = check(Profile(covered))
    assert _condition(found, "L1", "L1-F")[0] == "met"
    assert _condition(found, "L2", "L2-F")[0] == "unknown"
    assert _condition(check(Profile(covered, complete=True)), "L2", "L2-F")[0] == "not_met"


def test_covered_scenes_are_named_with_the_conditions_they_can_serve_but_fulfil_none() -> None:
    found = check(Profile((CoveredScene("S01", "stated"),), complete=True))
    clause = next(one for one in found.level("L1").clauses if one.id == "L1-A01")
    assert clause.conditions[0].serving == ("S01",)
    assert clause.verdict == "unknown"


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        (("met", "met"), "met"),
        (("met", "unknown"), "unknown"),
        (("unknown", "not_met_exception_possible"), "not_met_exception_possible"),
        (("not_met_exception_possible", "not_met", "unknown"), "not_met"),
    ],
)
def test_a_whole_is_decided_by_its_worst_part(verdicts: tuple[str, ...], whole: str) -> None:
    assert all_of(verdicts) == whole  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("profile", "field"),
    [
        (Profile(statements={"B9-1": Statement(True)}), "statements.B9-1"),
        (Profile(statements={"B5-1": Statement(True)}), "statements.B5-1"),
        (Profile(statements={"L1-F": Statement(True)}), "statements.L1-F"),
        (Profile(statements={"P1-3": Statement(True)}), "statements.P1-3"),
        (Profile(statements={"L3-R1-2": Statement(False)}), "statements.L3-R1-2"),
        (Profile(kpis={"K21": Figure(1)}), "kpis.K21"),
        (Profile(kpis={"K01": Figure(math.nan)}), "kpis.K01.value"),
        (
            Profile(kpis={"K01": Figure(1, peers={"world": Peers(math.inf)})}),
            "kpis.K01.peers.world",
        ),
        (
            Profile(kpis={"K01": Figure(1, peers={"world": Peers(3, 2, "统计")})}),
            "kpis.K01.peers.world.average",
        ),
        (Profile(maturity=Figure(0)), "maturity.level"),
        (Profile(maturity=Figure(2.5)), "maturity.level"),
        (Profile(maturity=Figure(6)), "maturity.level"),
    ],
)
def test_what_the_notice_does_not_know_is_refused_with_its_field(
    profile: Profile, field: str
) -> None:
    with pytest.raises(SmartFactoryError) as refused:
        check(profile)
    assert isinstance(refused.value, UnknownId | InvalidValue)
    assert refused.value.field == field


def test_what_can_be_stated_are_all_conditions_that_nothing_else_settles() -> None:
    ids = [one.id for one in stated_conditions(load_conditions())]
    assert len(ids) == len(set(ids)) == 114
    assert {"B1-1", "L3-R3-2", "P3-3"} <= set(ids)
    assert not {"B5-1", "L1-F", "L1-R1-2", "P1-3", "P2-2"} & set(ids)


def _condition(found: LevelsCheck, level: str, condition: str) -> tuple[str, str]:
    one = next(
        one
        for clause in found.level(level).clauses
        for one in clause.conditions
        if one.id == condition
    )
    return one.verdict, one.settled_by
