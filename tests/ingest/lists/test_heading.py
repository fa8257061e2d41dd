"""What a list says of itself: who issued it, number, batch, year, stage, programme, level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.lists.heading import read_heading
from ingest.lists.listing import Identity, Stage, Subject

TITLE = "江苏省工业和信息化厅关于公布2025年先进级智能工厂名单的通知"
OF_TITLE = Identity(
    "江苏省工业和信息化厅", "", None, 2025, Stage.AWARDED, "gradient_2024", "先进级"
)


def identity(*lines: str) -> Identity:
    return read_heading(lines).identity


def test_the_title_alone_says_who_what_when_and_how_far() -> None:
    assert identity(TITLE) == OF_TITLE


def test_number_batch_day_and_signature_are_read_from_their_lines() -> None:
    heading = read_heading(
        [
            "苏工信智改〔2025〕88号",
            "关于公布2025年先进级智能工厂名单（第二批）的通知",
            "各设区市工业和信息化局：",
            "根据工信厅联通装函〔2024〕399号要求，现予公布。",
            "江苏省工业和信息化厅",
            "2025年3月1日",
        ]
    )
    assert heading.identity == replace(OF_TITLE, number="苏工信智改〔2025〕88号", batch=2)
    assert heading.date == "2025-03-01"


@pytest.mark.parametrize(
    "written", ["苏工信智改[2025]88号", "苏工信智改（2025）第88号", "（苏工信智改〔2025〕088号）"]
)
def test_one_number_has_one_form(written: str) -> None:
    assert identity(TITLE, written).number == "苏工信智改〔2025〕88号"


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("关于2025年先进级智能工厂名单的公示", Stage.PUBLICISED),
        ("2025年先进级智能工厂公示名单", Stage.PUBLICISED),
        ("关于2025年拟认定先进级智能工厂名单的公示", Stage.PROPOSED),
        ("关于公布2025年先进级智能工厂名单的通知", Stage.AWARDED),
        ("2025年先进级智能工厂认定名单", Stage.AWARDED),
        ("2025年先进级智能工厂名单", Stage.REPORTED),
    ],
)
def test_the_stage_is_what_the_title_says_and_no_more(title: str, stage: Stage) -> None:
    assert identity(title).stage is stage


@pytest.mark.parametrize(
    ("title", "programme", "level"),
    [
        ("2025年先进级（省级）智能工厂名单", "gradient_2024", "先进级"),
        ("智能工厂梯度培育行动2024年卓越级智能工厂名单", "gradient_2024", "卓越级"),
        ("2025年智能工厂名单", "", ""),
        ("2017年省级智能工厂名单", "provincial_municipal_other", ""),
        ("2023年先进级智能工厂名单", "provincial_municipal_other", "先进级"),
        ("2023年度智能制造示范工厂揭榜单位名单", "demo_2021_2023", ""),
        ("2023年度智能制造优秀场景名单", "demo_2021_2023", ""),
        ("全球灯塔工厂名单", "wef_lighthouse", ""),
        ("2024年5G工厂名录公示名单", "provincial_municipal_other", ""),
        ("2025年未来工厂名单", "provincial_municipal_other", ""),
        ("2025年江苏省省级智能工厂名单", "provincial_municipal_other", ""),
    ],
)
def test_only_a_level_and_its_years_make_a_title_of_this_programme(
    title: str, programme: str, level: str
) -> None:
    found = identity(title)
    assert (found.programme, found.level) == (programme, level)


@pytest.mark.parametrize("word", ["基本级", "根本级", "进步级", "出色级", "杰出级"])
def test_words_of_rewritten_copies_are_no_levels(word: str) -> None:
    heading = read_heading([f"2025年{word}智能工厂名单公布"])
    assert (heading.identity.level, heading.unknown_level) == ("", word)


def test_scenes_and_factories_are_told_apart() -> None:
    assert identity("2025年智能制造优秀场景名单公布").subject is Subject.SCENES
    assert identity(TITLE).subject is Subject.FACTORIES


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["现公布名单（共42家）"], 42),
        (["其中A类10家，B类20家，共30家企业"], 30),
        (["经评审，确定四十二家企业"], 42),
        (["其中A类10家，B类20家"], None),
        (["投资共3亿元"], None),
    ],
)
def test_the_count_is_the_one_of_all(lines: list[str], count: int | None) -> None:
    assert read_heading([TITLE, *lines]).announced == count


def test_a_list_in_traditional_characters_with_glosses_has_the_same_identity() -> None:
    assert identity("江蘇省工業和信息化廳關於公布2025年先進級智能工廠名單的通知") == OF_TITLE
    assert identity("江苏省工业和信息化厅关于公布2025年先进级智能工厂名单的通知(zhī)") == OF_TITLE


def test_stages_of_one_selection_share_their_family_and_nothing_else_does() -> None:
    notice = replace(OF_TITLE, stage=Stage.PUBLICISED)
    assert notice.family == OF_TITLE.family
    assert notice.source_id != OF_TITLE.source_id
    others = (
        replace(OF_TITLE, batch=2),
        replace(OF_TITLE, year=2026),
        replace(OF_TITLE, level="卓越级"),
        replace(OF_TITLE, body="苏州市工业和信息化局"),
    )
    assert len({OF_TITLE.family, *(other.family for other in others)}) == 5


def test_a_list_by_nobody_or_of_no_year_cannot_be_told_from_others() -> None:
    assert replace(OF_TITLE, body="").source_id == ""
    assert replace(OF_TITLE, year=None).source_id == ""
