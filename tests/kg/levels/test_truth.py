"""The truth table: made-up profiles with the verdict each clause deserves.

tests/quality/level_profiles.yaml was written from the notice by somebody who had not read the
rules' code; a clause that a profile does not list is expected to be unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.profile_form import ProfileForm, figure, maturity, statement
from kg.levels.profile import CoveredScene, Profile
from kg.levels.verdict import VERDICTS, ClauseCheck, LevelsCheck, check_levels
from ontology.conditions import load_conditions
from ontology.guide import load_guide

TABLE = Path(__file__).parents[2] / "quality" / "level_profiles.yaml"
LEAST_PROFILES, LEAST_OF_EACH = 100, 3
NEVER = {("L3-F", "not_met")}  # 原则上 leaves a way out of it


@cache
def rows() -> list[dict[str, Any]]:
    """Return the profiles of the table."""
    found: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return found


def profile(given: dict[str, Any]) -> Profile:
    """Return a profile of the table as the rules take it."""
    form = ProfileForm.model_validate(given)
    return Profile(
        tuple(CoveredScene(scene, "stated") for scene in form.scenes or ()),
        complete=form.scenes is not None,
        maturity=maturity(form.maturity) if form.maturity else None,
        kpis={name: figure(one) for name, one in form.kpis.items()},
        statements={name: statement(one) for name, one in form.statements.items()},
    )


def check(given: dict[str, Any]) -> LevelsCheck:
    """Return the check of a profile of the table."""
    return check_levels(profile(given), load_conditions(), load_guide())


def clauses(found: LevelsCheck) -> Iterator[tuple[tuple[str, ...], ClauseCheck]]:
    """Yield each clause with the keys by which the table may name it."""
    for level in found.levels:
        for clause in level.clauses:
            base = clause.id.startswith("B")
            yield ((f"{level.id}/{clause.id}", clause.id) if base else (clause.id,)), clause
    for clause in found.application:
        yield (clause.id,), clause


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_clause_gets_the_verdict_it_deserves(row: dict[str, Any]) -> None:
    found, wanted = {}, {}
    for keys, clause in clauses(check(row["profile"])):
        found[keys[0]] = clause.verdict
        wanted[keys[0]] = next(
            (row["expected"][key] for key in keys if key in row["expected"]), "unknown"
        )
    assert found == wanted, row["why"]


def test_the_table_is_large_and_names_only_what_there_is() -> None:
    keys = {key for names, _ in clauses(check({})) for key in names}
    assert len(rows()) >= LEAST_PROFILES
    assert {key for row in rows() for key in row["expected"]} <= keys


def test_every_clause_is_often_met_not_met_and_unknown() -> None:
    seen: Counter[tuple[str, str]] = Counter(
        (keys[0], clause.verdict)
        for row in rows()
        for keys, clause in clauses(check(row["profile"]))
    )
    every = [keys[0] for keys, _ in clauses(check({}))]
    verdicts = ("met", "not_met", "unknown")
    wanted = {(key, verdict) for key in every for verdict in verdicts} - NEVER
    assert min(seen[one] for one in wanted) >= LEAST_OF_EACH
    assert {key for key in every if seen[key, VERDICTS[2]]} == {"L3-F", "P1", "P2"}
