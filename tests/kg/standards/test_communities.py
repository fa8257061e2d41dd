"""Clusters of the whole graph: planted ones are found again, chance and few data give none."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence

import pytest
from sklearn.metrics import adjusted_rand_score

from kg.records import Edge, Node
from kg.standards.communities import (
    LEAST_EDGES,
    Communities,
    changes,
    communities,
    name_of,
    ties_of,
)
from kg.standards.table import Application, StandardTable

TODAY = datetime.date(2026, 11, 27)
GROUPS, PER_GROUP, ENTERPRISES = 6, 12, 120
TOPICS = ("机器视觉检测", "能源管理", "数据字典", "功能安全", "仓储物流", "排产优化")


def table_of(
    applied: Mapping[str, Sequence[str]], published: Sequence[tuple[str, str]] = ()
) -> StandardTable:
    """Return a table of standards named g-n, applied by enterprises, some adopting another."""
    standards = sorted({one for some in applied.values() for one in some} | {
        one for pair in published for one in pair})  # fmt: skip
    nodes = {
        one: Node(one, "Standard", {"code": one, "name": f"{TOPICS[int(one[0])]} 第{one[2:]}部分"})
        for one in standards
    }
    takers = {
        one: frozenset(name for name, some in applied.items() if one in some) for one in standards
    }
    adopts: dict[str, tuple[Edge, ...]] = {}
    for first, second in published:
        edge = Edge(first, "ADOPTS", second, {"basis": "stated"})
        adopts[first] = (*adopts.get(first, ()), edge)
    own = {name: frozenset(some) for name, some in applied.items()}
    adoption = Application({o: t for o, t in takers.items() if t}, {}, {}, own)
    return StandardTable(nodes, {}, {}, {}, {}, adopts, {}, adoption, frozenset(), {})


def planted(seed: int) -> dict[str, list[str]]:
    """Return enterprises that apply most of one group and a few standards of others."""
    chance = random.Random(seed)
    every = [f"{group}-{number}" for group in range(GROUPS) for number in range(PER_GROUP)]
    applied = {}
    for enterprise in range(ENTERPRISES):
        group = enterprise % GROUPS
        own = [f"{group}-{number}" for number in range(PER_GROUP)]
        applied[f"org-{enterprise:03}"] = chance.sample(own, 7) + chance.sample(every, 2)
    return applied


def at_random(seed: int) -> dict[str, list[str]]:
    """Return enterprises that apply standards of no pattern."""
    chance = random.Random(seed)
    every = [f"{group}-{number}" for group in range(GROUPS) for number in range(PER_GROUP)]
    return {f"org-{number:03}": chance.sample(every, 9) for number in range(ENTERPRISES)}


def labels(found: Communities) -> dict[str, str]:
    """Return the cluster of each member."""
    return {member.id: item.id for item in found.items for member in item.members}


@pytest.mark.parametrize("seed", range(5))
def test_planted_groups_are_recovered(seed: int) -> None:
    found = labels(communities(table_of(planted(seed)), TODAY))
    members = [f"{group}-{number}" for group in range(GROUPS) for number in range(PER_GROUP)]
    truth = [one[0] for one in members]
    assert adjusted_rand_score(truth, [found.get(one, one) for one in members]) >= 0.9


@pytest.mark.parametrize("seed", range(10))
def test_chance_gives_no_cluster(seed: int) -> None:
    found = communities(table_of(at_random(seed)), TODAY)
    assert (found.items, bool(found.reason)) == ((), True)


@pytest.mark.parametrize("seed", range(5))
def test_a_few_that_apply_nearly_everything_make_no_cluster(seed: int) -> None:
    # The test of ties takes enterprises for alike; the modularity must hold against such ones.
    chance = random.Random(seed)
    every = [f"{group}-{number}" for group in range(GROUPS) for number in range(PER_GROUP)]
    applied = {f"broad-{number}": chance.sample(every, 50) for number in range(20)}
    applied |= {f"narrow-{number}": chance.sample(every, 2) for number in range(300)}
    found = communities(table_of(applied), TODAY)
    assert found.ties >= LEAST_EDGES
    assert (found.state, found.items) == ("no_structure", ())


@pytest.mark.parametrize("seed", range(5))
def test_random_published_relations_give_no_cluster(seed: int) -> None:
    chance = random.Random(seed)
    every = [f"{group}-{number}" for group in range(GROUPS) for number in range(PER_GROUP)]
    pairs = {(a, b) for a in every for b in every if a < b}
    found = communities(table_of({}, chance.sample(sorted(pairs), 150)), TODAY)
    assert found.state == "no_structure"
    assert found.modularity is not None
    assert found.by_chance is not None
    assert found.modularity <= found.by_chance


@pytest.mark.parametrize("seed", range(5))
def test_a_tenth_fewer_cases_keep_the_clusters(seed: int) -> None:
    applied = planted(seed)
    kept = random.Random(seed).sample(sorted(applied), int(0.9 * len(applied)))
    before = labels(communities(table_of(applied), TODAY))
    after = labels(communities(table_of({name: applied[name] for name in kept}), TODAY))
    both = sorted(set(before) | set(after))
    score = adjusted_rand_score([before.get(o, o) for o in both], [after.get(o, o) for o in both])
    assert score >= 0.8


def test_too_few_ties_are_told_as_too_little_data() -> None:
    applied = {f"org-{number}": ["0-0", "0-1", "0-2"] for number in range(5)}
    found = communities(table_of(applied), TODAY)
    assert found.state == "too_little_data"
    assert found.ties < LEAST_EDGES
    assert str(found.ties) in found.reason
    assert sum(cell.count for cell in found.shape) == 3  # the roles alone are shown


def test_one_enterprise_ties_nothing_and_inferred_relations_neither() -> None:
    assert ties_of(table_of({"org-1": ["0-0", "0-1", "0-2"]})) == ()
    table = table_of({}, [("0-0", "0-1")])
    (tie,) = ties_of(table)
    assert (tie.relation, tie.enterprises, tie.weight) == ("adopts", 0, 1.0)
    edge = Edge("0-0", "ADOPTS", "0-1", {"basis": "inferred"})
    unsure = StandardTable(
        table.nodes, {}, {}, {}, {}, {"0-0": (edge,)}, {}, table.application, frozenset(), {}
    )
    assert ties_of(unsure) == ()


def test_clusters_are_named_by_what_their_titles_share_and_keep_their_ids() -> None:
    found = communities(table_of(planted(1)), TODAY)
    assert {item.name for item in found.items} <= {*TOPICS}
    shuffled = dict(reversed(planted(1).items()))
    assert communities(table_of(shuffled), TODAY) == found
    assert all(item.id.removeprefix("cluster-") in {m.id for m in item.members}
               for item in found.items)  # fmt: skip
    assert name_of(["甲乙", "丙丁"], "锚") == "锚"


def test_two_dates_are_compared_by_members() -> None:
    before = {"a": frozenset("123"), "b": frozenset("456"), "c": frozenset("xyz")}
    now = {"a": frozenset("1234"), "d": frozenset("56"), "e": frozenset("q")}
    found, gone = changes(now, before)
    assert [(c.id, c.before, round(c.overlap, 2)) for c in found] == [
        ("a", "a", 0.75), ("d", "b", 0.67), ("e", None, 0.0),
    ]  # fmt: skip
    assert (found[0].joined, found[1].left, gone) == (("4",), ("4",), ("c",))
