"""How much of what the application texts state is read, and how much of what is read is so."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.ingest.annex3.documents import APPLICATIONS
from tests.ingest.annex3.gold import Fact, found, wanted

NAMES = sorted(path.stem for path in APPLICATIONS.glob("*.md"))
NOT_SO = ("target", "planned", "open")


def test_nearly_all_that_the_texts_state_is_read_and_nearly_nothing_else() -> None:
    gold, read = Counter[Fact](), Counter[Fact]()
    for name in NAMES:
        gold.update({(name, *fact): often for fact, often in wanted(name).items()})
        read.update({(name, *fact): often for fact, often in found(name).items()})
    hits = (gold & read).total()
    assert gold.total() > 250
    assert hits / read.total() > 0.97
    assert hits / gold.total() > 0.96


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_planned_or_open_is_read_as_achieved(name: str) -> None:
    gold = wanted(name)
    not_so = {fact[:-1] for fact in gold if fact[-1] in NOT_SO}
    so = {fact[:-1] for fact in gold if fact[-1] == "achieved"}
    claimed = {fact[:-1] for fact in found(name) if fact[-1] == "achieved"}
    assert claimed & (not_so - so) == set()
