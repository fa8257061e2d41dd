"""Where a solution fits next: only what sources say counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kg.browse import resolve
from kg.fits import WEIGHTS, Fit, fits_of, fits_of_described
from kg.index.table import CaseTable, read_cases
from kg.records import Record
from kg.store.open import open_store
from kg.store.protocol import GraphRead, GraphStore
from ontology.classification import industry_id
from ontology.errors import InvalidValue
from ontology.guide import load_guide
from tests.world import EYESIGHT, cases, organisation, solution, source_of, world

EVERY = 10_000


def table_of(read: GraphRead) -> CaseTable:
    """Return the cases of a graph as an index holds them."""
    guide = load_guide()
    return read_cases(read, guide, [scene.id for scene in guide.scenes]).table


@pytest.fixture
def packaged(packaged_data: Path) -> Iterator[GraphStore]:
    """The packaged graph."""
    store = open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True)
    with closing(store):
        yield store


def test_a_solution_fits_where_other_enterprises_have_cases(world_store: GraphStore) -> None:
    (node,) = world_store.get([solution("外观缺陷视觉检测系统", EYESIGHT)])
    found = fits_of(world_store, table_of(world_store), node)
    assert {(fit.scene.id, fit.industry.name) for fit in found.items} == {
        ("S17", "计算机、通信和其他电子设备制造业"),
        ("S17", "通用设备制造业"),
        ("S17", "纺织业"),
    }
    assert [fit.present for fit in found.items] == [False, False, True]
    for fit in found.items:
        assert fit.basis == "used"
        assert fit.examples[0].evidence[0].url.startswith("https://example.org/case/")
        total = sum(WEIGHTS[name] * value for name, value in fit.contributions.items())
        assert fit.score == pytest.approx(total, abs=1e-6)


def test_a_provider_fits_where_its_solutions_do(world_store: GraphStore) -> None:
    (node,) = world_store.get([organisation(EYESIGHT)])
    scenes = {fit.scene.id for fit in fits_of(world_store, table_of(world_store), node).items}
    assert scenes == {"S17", "S18"}


def test_a_described_solution_fits_where_its_scene_has_cases(world_store: GraphStore) -> None:
    found = fits_of_described(
        world_store, table_of(world_store), ["S17"], [industry_id("C17")]
    ).items
    assert {fit.industry.name for fit in found} == {
        "计算机、通信和其他电子设备制造业",
        "通用设备制造业",
        "纺织业",
    }
    assert {(fit.basis, fit.present) for fit in found} == {("described", False)}
    assert {fit.industry.id: fit.contributions["industry"] for fit in found}[
        industry_id("C17")
    ] == 1.0
    assert fits_of_described(world_store, table_of(world_store), []).items == ()


def test_a_window_tells_of_its_places_what_all_of_them_together_tell(packaged: GraphStore) -> None:
    node = resolve(packaged, "中控技术")
    every = fits_of(packaged, table_of(packaged), node, EVERY)
    assert fits_of(packaged, table_of(packaged), node, 5, 10).items == every.items[10:15]
    assert [(one.scene, one.industry) for one in every.items] == [
        (one.scene, one.industry) for one in every.places
    ]


def test_a_scene_is_no_solution(world_store: GraphStore) -> None:
    (node,) = world_store.get(["S17"])
    with pytest.raises(InvalidValue, match="no solution or provider"):
        fits_of(world_store, table_of(world_store), node)


def test_nothing_says_that_anybody_lacks_anything(packaged: GraphStore) -> None:
    found = fits_of(packaged, table_of(packaged), resolve(packaged, "中控技术"), EVERY)
    assert found.total == len(found.items) > 20
    assert "不说明谁缺少方案" in found.note
    assert any(not fit.attested for fit in found.items)


def test_fewer_cases_raise_no_score(world_store: GraphStore, tmp_path: Path) -> None:
    """Half of the instances gone, what is left looks no more promising than before."""
    (node,) = world_store.get([organisation(EYESIGHT)])
    before = scores(fits_of(world_store, table_of(world_store), node, EVERY).items)
    told = cases()
    kept = [record for record in told if record.label != "Instance"]
    instances = [record for record in told if record.label == "Instance"]
    for half in (instances[::2], instances[1::2], without_use(instances)):
        with open_store(f"sqlite:///{tmp_path / f'{len(half)}-{half[0].subject}.sqlite'}") as store:
            for name, records in world().items():
                said = [*kept, *half] if name == "cases" else records
                store.load(source_of(name, said), said)
            (again,) = store.get([organisation(EYESIGHT)])
            after = scores(fits_of(store, table_of(store), again, EVERY).items)
        assert set(after) <= set(before)
        assert all(score <= before[place] for place, score in after.items())


def without_use(instances: list[Record]) -> list[Record]:
    """Return the instances with nobody said to have supplied them."""
    return [
        replace(
            record,
            links=tuple(
                link for link in record.links if link.relation not in {"USES", "SUPPLIED_BY"}
            ),
        )
        for record in instances
    ]


def scores(items: tuple[Fit, ...]) -> dict[tuple[str, str], float]:
    return {(fit.scene.id, fit.industry.id): fit.score for fit in items}
