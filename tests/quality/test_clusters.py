"""Members of standard clusters belong there, as two judges who saw titles alone found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.standards.members import NO_MEMBER, agreement, judged, table
from kg.match.matcher import Matcher
from kg.standards.members import members_of, scope_of_scene
from kg.standards.table import StandardTable, read_standards
from kg.store.open import open_store
from kg.store.protocol import GraphStore

README = Path(__file__).parent / "clusters" / "README.md"
DAY = datetime.date(2026, 11, 27)
LEAST_PRECISION = 0.9  # 37 of the 40 members judged belong


@pytest.fixture(scope="module")
def packaged(packaged_data: Path) -> Iterator[GraphStore]:
    """The packaged graph."""
    with open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True) as store:
        yield store


def test_the_members_judged_are_members_still_and_most_belong(
    packaged: GraphStore, matcher: Matcher
) -> None:
    standards: StandardTable = read_standards(packaged, matcher)
    rows = judged()
    now = {
        (scene, member.id): member.closeness
        for scene in {row.scene for row in rows}
        for member in members_of(standards, scope_of_scene(packaged, standards, scene), DAY)
    }
    found = [row for row in rows if (row.scene, row.standard) in now]
    assert [row for row in found if row.closeness == NO_MEMBER] == []
    assert len(found) >= 36
    assert sum(row.belongs for row in found) / len(found) >= LEAST_PRECISION


def test_few_standards_that_are_no_members_belong() -> None:
    outside = [row for row in judged() if row.closeness == NO_MEMBER]
    assert sum(row.belongs for row in outside) <= 2
    assert not any(row.first == row.second == 2 for row in outside)


def test_the_readme_tells_what_was_judged() -> None:
    text = README.read_text(encoding="utf-8")
    assert "\n".join(table(judged())) in text
    assert f"{agreement(judged()):.2f}" in text
