"""Where an instance was replicated, as sources tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.case_facts import Standing, case_of, describe
from kg.recommend import recommend
from kg.records import Link, Record
from kg.replication import LONGEST_CHAIN, Replication, replications
from kg.store.open import open_store
from kg.store.protocol import GraphStore
from tests.world import HAIBIN, JIANGCHENG, NANHU, XISHAN, factory, instance, load_world, source_of

PLANTS = ((JIANGCHENG, "变速箱智能工厂"), (NANHU, "空调智能工厂"), (XISHAN, ""))
INSPECTION = instance(HAIBIN, "手机中框外观缺陷在线检测")


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[GraphStore]:
    """The tiny programme in a store of its own."""
    with open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}") as store:
        load_world(store)
        yield store


def replicated(subject: str, label: str, *places: str, told: str = "") -> Record:
    """Return what an invented report says of where something was replicated."""
    links = tuple(Link("REPLICATED_TO", place, {"as_found": f"复制到{place}"}) for place in places)
    properties = {"replication": (told,)} if told else {}
    return Record(
        source="reports",
        locator=f"of {subject}",
        subject=subject,
        label=label,
        properties=properties,
        links=links,
        method="reported",
        grade="B",
        url="https://example.org/reports",
    )


def told_of(store: GraphStore, *records: Record) -> tuple[Replication, ...]:
    store.load(source_of("reports", list(records)), list(records))
    return replications(store, store.get([INSPECTION]))


def names(one: Replication) -> list[str]:
    return [step.id for step in one.chain]


def test_a_chain_goes_on_from_factory_to_factory(programme: GraphStore) -> None:
    first, second, third = (factory(*name) for name in PLANTS)
    (chain,) = told_of(
        programme,
        replicated(INSPECTION, "Instance", first),
        replicated(first, "Factory", second),
        replicated(second, "Factory", third),
    )
    assert names(chain) == [INSPECTION, first, second, third]
    assert chain.told == (f"复制到{first}",)
    assert sorted(one.locator for one in chain.evidence) == sorted(
        f"of {step}" for step in (INSPECTION, first, second)
    )


def test_a_mother_factory_starts_a_chain_for_each_that_was_made_after_it(
    programme: GraphStore,
) -> None:
    mother, *others = (factory(*name) for name in PLANTS)
    chains = told_of(
        programme,
        replicated(INSPECTION, "Instance", mother),
        replicated(mother, "Factory", *others),
    )
    assert [names(one) for one in chains] == [
        [INSPECTION, mother, other] for other in sorted(others)
    ]


def test_factories_that_took_over_from_each_other_end_the_chain(programme: GraphStore) -> None:
    first, second = factory(*PLANTS[0]), factory(*PLANTS[1])
    (chain,) = told_of(
        programme,
        replicated(INSPECTION, "Instance", first),
        replicated(first, "Factory", second),
        replicated(second, "Factory", first),
    )
    assert names(chain) == [INSPECTION, first, second]


def test_a_long_chain_ends_after_so_many_steps(programme: GraphStore) -> None:
    places = [instance(HAIBIN, f"第{step}处") for step in range(LONGEST_CHAIN + 3)]
    steps = zip([INSPECTION, *places], places, strict=False)
    records = [replicated(start, "Instance", end) for start, end in steps]
    (chain,) = told_of(programme, *records, replicated(places[-1], "Instance"))
    assert len(chain.chain) == LONGEST_CHAIN + 1


def test_words_without_a_place_stand_alone(programme: GraphStore) -> None:
    (chain,) = told_of(
        programme, replicated(INSPECTION, "Instance", told="经验已复制到多家兄弟工厂")
    )
    assert names(chain) == [INSPECTION]
    assert chain.told == ("经验已复制到多家兄弟工厂",)
    assert [one.source for one in chain.evidence] == ["reports"]


def test_where_no_source_says_so_nothing_is_told(programme: GraphStore) -> None:
    assert replications(programme, programme.get([INSPECTION])) == ()


def test_a_used_solution_tells_where_its_instances_were_replicated(
    programme: GraphStore,
) -> None:
    told = told_of(programme, replicated(INSPECTION, "Instance", factory(*PLANTS[0])))
    (used,) = recommend(programme, "S17").used
    assert used.replications == told
    programme.delete("reports")
    (used,) = recommend(programme, "S17").used
    assert used.replications == ()


def test_a_case_tells_the_words_and_the_places(programme: GraphStore) -> None:
    place = factory(*PLANTS[0])
    told_of(programme, replicated(INSPECTION, "Instance", place, told="已推广到全集团"))
    case = case_of(describe(programme, [INSPECTION])[INSPECTION], Standing(0.0, {}))
    assert case.replication == ("已推广到全集团",)
    assert [one.id for one in case.replicated_to] == [place]
