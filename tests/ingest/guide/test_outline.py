"""The outline of a guide, however it is numbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.guide.outline import clean_name, read_outline
from ontology.errors import UnreadableFile
from ontology.guide import Guide
from tests.ingest.guide.texts import FORMS, document, lines, paragraph, prose

PHONE = "138" + "0" * 8


@pytest.mark.parametrize("form", FORMS)
def test_segments_and_scenes_are_recognised_in_every_form(form: str, guide: Guide) -> None:
    outline = read_outline(FORMS[form](guide), lambda name: bool(guide.find(name)))
    wanted = [*lines(guide)]
    assert outline.segments == tuple(name for kind, name, _ in wanted if kind == "segment")
    assert [(scene.name, scene.text) for scene in outline.scenes] == [
        (name, words) for kind, name, words in wanted if kind == "scene"
    ]


@pytest.mark.parametrize("form", FORMS)
def test_they_are_recognised_without_knowing_any_name(form: str, guide: Guide) -> None:
    outline = read_outline(FORMS[form](guide))
    assert len(outline.scenes) == 40
    assert len(outline.segments) == 15


def test_points_below_a_scene_are_its_words_and_no_scenes() -> None:
    outline = read_outline(
        document(
            paragraph("一、炼铁"), paragraph("1. 高炉智能炼铁"), paragraph("（1）布设传感器"),
            paragraph("（2）建立模型"), paragraph("2. 原料智能混匀"), paragraph("说明。"),
            paragraph("二、炼钢"), paragraph("1. 转炉一键炼钢"), paragraph("说明。"),
        )
    )  # fmt: skip
    assert [scene.name for scene in outline.scenes] == [
        "高炉智能炼铁",
        "原料智能混匀",
        "转炉一键炼钢",
    ]
    assert outline.scenes[0].text == "（1）布设传感器\n（2）建立模型"


def test_contacts_in_the_words_are_taken_out() -> None:
    outline = read_outline(
        document(
            paragraph("一、炼铁"), paragraph("1. 高炉智能炼铁"), paragraph(f"联系电话：{PHONE}"),
            paragraph("2. 原料智能混匀"), paragraph("说明。"),
        )
    )  # fmt: skip
    assert PHONE not in repr(outline)


def test_a_text_without_segments_and_scenes_is_refused_with_what_is_looked_for() -> None:
    with pytest.raises(UnreadableFile, match="环节, 场景"):
        read_outline(prose("今天食堂吃什么。", "1. 米饭"))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("1. 在线智能检测", "在线智能检测"),
        ("（十二）在线智能检测场景", "在线智能检测"),
        ("场景3：在 线 智能检测", "在线智能检测"),
        ("1.1在线智能检测", "在线智能检测"),
        ("3C产品智能检测", "3C产品智能检测"),
        ("2.5吨压机联动", "2.5吨压机联动"),
        ("智能场景", "智能场景"),
    ],
)
def test_a_name_is_bare_of_its_number(written: str, name: str) -> None:
    assert clean_name(written) == name


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_lines_are_an_outline_or_refused(texts: list[str]) -> None:
    try:
        outline = read_outline(prose(*texts))
    except UnreadableFile:
        return
    assert outline.scenes
