"""Contacts of persons: found in running text, taken out, and shown by nothing that prints."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.plain import plain
from ingest.contacts import Hidden, find_contacts, masked, without_contacts
from ingest.document import Place
from tests.ingest.annex4.tables import GOOD, MOBILE, OFFICE, checked, row

PLACE = Place("表.xlsx")
WIDE = MOBILE.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
SPACED = f"{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}"


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        (
            f"轮毂判读（联系人：甲某，{MOBILE}）",
            "轮毂判读（联系人：〔联系人〕，〔手机号〕）",
            "轮毂判读",
        ),
        (f"甲某{MOBILE}", "〔联系人〕〔手机号〕", ""),
        (f"甲某/乙某 {MOBILE}", "〔联系人〕 〔手机号〕", ""),
        (f"轮毂判读，联系电话：{SPACED}", "轮毂判读，联系电话：〔手机号〕", "轮毂判读"),
        (f"轮毂判读 手机{WIDE}", "轮毂判读 手机〔手机号〕", "轮毂判读"),
        (f"轮毂判读{OFFICE}转123", "轮毂判读〔电话〕", "轮毂判读"),
        ("轮毂判读(a.b@example.com)", "轮毂判读(〔邮箱〕)", "轮毂判读"),
        ("轮毂判读 微信号：abc_def1", "轮毂判读 微信号：〔账号〕", "轮毂判读"),
        ("轮毂判读，QQ群123456", "轮毂判读，QQ群〔账号〕", "轮毂判读"),
        (f"{MOBILE}（李工）", "〔手机号〕（〔联系人〕）", ""),
        ("110101" + "1990" + "01010000", "〔证件号〕", ""),
    ],
)
def test_contacts_are_masked_and_taken_out(text: str, expected: str, left: str) -> None:
    assert masked(text) == expected
    assert without_contacts(text) == left


@pytest.mark.parametrize(
    "text",
    ["GB/T 39116-2020评估", "2.5吨压机", "投资13800万元", "负责人才培养与检测", "20241128", "28.4%",
     "产能1380000件", "高温炉在线检测", "S17", "联系人机协同作业与检测系统集成"],
)  # fmt: skip
def test_figures_codes_and_words_are_no_contacts(text: str) -> None:
    assert masked(text) == text
    assert without_contacts(text) == text


def test_nothing_that_prints_shows_a_contact() -> None:
    check = checked(row(1), row(2, f"质量管控—在线智能检测—判读（联系人：甲某，{MOBILE}）"))
    assert check.contacts
    for shown in (repr(check), str(check.contacts), f"{check.contacts[0].text}", str(check.tables)):
        assert MOBILE not in shown
        assert "甲某" not in shown
    with pytest.raises(TypeError):
        json.dumps(plain(check))  # contacts have no plain form: who writes them has to reveal them


PLACES_WITHIN = st.integers(1, 10)
BETWEEN = st.sampled_from(["\u200b", "\n", " ", "\u00a0", "\u2028", "_x000D_\n"])
COLUMNS = st.sampled_from(["scenes", "applicant", "project"])


@given(COLUMNS, PLACES_WITHIN, BETWEEN)
def test_a_number_cut_in_two_anywhere_is_still_taken_out(
    column: str, place: int, between: str
) -> None:
    number = f"{MOBILE[:place]}{between}{MOBILE[place:]}"
    written = {"scenes": GOOD[0], "applicant": "江城示范机械有限公司", "project": "变速箱工厂"}
    cell = f"{written[column]}（联系人：甲某，{number}）"
    check = checked(row(1, **{column: cell}))
    digits = "".join(sign for sign in repr(check.tables) if sign.isdigit())
    assert MOBILE[-8:] not in digits
    assert "甲某" not in repr(check)


def test_hidden_texts_equal_each_other_and_no_words() -> None:
    assert Hidden("甲某") == Hidden("甲某")
    assert Hidden("甲某") != "甲某"


@given(st.text(alphabet="在线智能检测—，（）1238０甲某@. a", max_size=40))
def test_masking_leaves_no_contact_and_twice_changes_nothing(text: str) -> None:
    once = masked(text + MOBILE)
    assert not find_contacts(once, PLACE)
    assert masked(once) == once


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"轮毂判读（联系\n人：甲\n某\n，{MOBILE}）", "轮毂判读"),
        (f"轮毂判读（聯繫人：甲某，{MOBILE}）", "轮毂判读"),
        (f"轮毂判读（责任人：甲某，（+86）{MOBILE}）", "轮毂判读"),
    ],
)
def test_a_contact_broken_by_lines_or_in_other_characters_is_taken_out(
    text: str, left: str
) -> None:
    assert without_contacts(text) == left
    assert "甲" not in masked(text).replace("\n", "")


@pytest.mark.parametrize("text", ["负责人看板检测", "联系人\n看板检测", "质量责任人管理"])
def test_a_word_of_a_role_alone_is_no_person(text: str) -> None:
    assert find_contacts(text, PLACE) == ()
