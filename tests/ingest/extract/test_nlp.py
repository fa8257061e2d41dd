"""The pipeline: places of what it finds, and that nothing is downloaded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.nlp import fold, sentences

PIECES = st.sampled_from(
    ["总投资3.6亿元", "，", "。", "\n", "　", "生产计划", "计划", "（OEE）", "２０２３年１月",
     "機器人12台", "x", "1,200", "🙂", "；"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_places_are_those_of_the_original(text: str) -> None:
    for sentence in sentences(text):
        assert fold(text)[sentence.start : sentence.end] == sentence.text
        for one in sentence.mentions:
            assert fold(text)[one.start : one.end] == one.text


@given(st.text(max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_plan_is_a_plan_only_as_a_verb() -> None:
    verb, thing, compound = (
        [one.text for one in sentences(text)[0].of("planned")]
        for text in ("公司计划投资", "共享计划和数据", "生产计划由系统排定")
    )
    assert verb == ["计划"]
    assert thing == compound == []


def test_sentences_end_at_chinese_marks() -> None:
    assert [one.text for one in sentences("甲。乙！丙；丁\n戊")] == [
        "甲。",
        "乙！",
        "丙；",
        "丁\n",
        "戊",
    ]
