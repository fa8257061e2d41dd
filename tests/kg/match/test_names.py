"""Texts that are a scene's name or id."""

from __future__ import annotations

import pytest

from kg.match.names import Named, Names, counterparts, name_key
from ontology.guide import Guide, load_crosswalk, load_guide


@pytest.fixture(scope="module")
def names(guide: Guide) -> Names:
    return Names.of_edition(guide, guide, load_crosswalk())


@pytest.fixture(scope="module")
def later_names(guide: Guide) -> Names:
    return Names.of_edition(load_guide("2025"), guide, load_crosswalk())


@pytest.mark.parametrize(
    "text", ["人机协同作业", "人機協同作業", " 人机 协同\u200b作业。", "「人机协同作业」"]
)
def test_a_name_is_known_in_any_writing(names: Names, text: str) -> None:
    assert [named.scene for named in names.find(text)] == ["S16"]


def test_a_name_of_other_editions_is_known_as_such(names: Names) -> None:
    assert names.find("人机协同制造") == (Named("S16", ("2022",), ("2021", "2023")),)
    assert names.find("人机协同作业") == (Named("S16", ("2024", "2025")),)


def test_a_provisional_name_is_not_said_to_be_attested(names: Names) -> None:
    assert names.find("产线柔性配置") == (Named("S12", ("2022",), ("2021", "2023", "2024")),)


@pytest.mark.parametrize(
    ("text", "scene", "mapping"),
    [("S11", "S11", None), ("s11", "S11", None), ("2025-S09", "S11", "narrowMatch")],
)
def test_an_id_is_known(names: Names, text: str, scene: str, mapping: str | None) -> None:
    (named,) = names.find(text)
    assert (named.scene, named.mapping, named.is_id) == (scene, mapping, True)


@pytest.mark.parametrize(
    "text", ["", " —— ", "人机协同", "人机协同作业岛", "生产作业", "2025-S30", "S41"]
)
def test_other_texts_are_no_names(names: Names, text: str) -> None:
    assert names.find(text) == ()


def test_the_edition_asked_for_comes_first(later_names: Names) -> None:
    assert later_names.find("智能经营决策") == (Named("2025-S30", ("2025",)),)
    (named,) = later_names.find("车间智能排产")
    assert (named.scene, named.mapping) == ("2025-S09", None)


def test_a_name_of_2024_leads_to_its_counterparts_in_2025(later_names: Names) -> None:
    (named,) = later_names.find("智能仓储")
    assert (named.scene, named.mapping) == ("2025-S12", "closeMatch")
    assert [(named.scene, named.mapping) for named in later_names.find("智能排产调度")] == [
        ("2025-S09", "broadMatch"),
        ("2025-S10", "broadMatch"),
        ("2025-S11", "broadMatch"),
    ]
    assert later_names.find("数据治理与流通") == ()


def test_firm_counterparts_leave_no_room_for_others() -> None:
    over = counterparts(load_guide("2025"), load_crosswalk())
    assert over["S16"] == (("2025-S23", "exactMatch"),)
    assert over["S06"] == (("2025-S05", "broadMatch"), ("2025-S07", "broadMatch"))
    assert set(over) == {f"S{number:02d}" for number in range(1, 41)} - {"S04", "S07", "S29", "S40"}


def test_keys_forget_punctuation_but_not_letters() -> None:
    assert (
        name_key("车间／工厂数字化设计") == name_key("车间/工厂 数字化设计") == "车间工厂数字化设计"
    )
    assert name_key("——") == ""
