import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.decode import decode, lost

TITLE = "卓越级智能工厂项目推荐汇总表，质量管控—在线智能检测—轮毂缺陷判读"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32", "gbk"])
def test_a_chinese_text_comes_back_from_any_usual_encoding(encoding: str) -> None:
    found = decode(TITLE.encode(encoding))
    assert found.text == TITLE
    assert found.plausible


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_nul_bytes(encoding: str) -> None:
    assert decode("序号,名称\n1,江城示范机械\n".encode(encoding)).text.startswith("序号,名称")


def test_utf_8_is_never_read_as_gb18030_which_would_take_it_too() -> None:
    data = TITLE.encode()
    assert data.decode("gb18030", "ignore")  # it decodes, into nonsense
    assert decode(data).encoding == "utf-8"


def test_big5_is_believed_where_a_page_declares_it_and_gb18030_makes_nonsense() -> None:
    data = "卓越級智能工廠項目，質量管控，在線智能檢測，企業推薦".encode("big5")
    assert decode(data, declared="Big5").text.startswith("卓越級智能工廠")
    assert not decode(data).plausible


def test_a_text_converted_twice_makes_no_sense_and_is_told_so() -> None:
    nonsense = TITLE.encode().decode("gb18030", "replace")
    assert not decode(nonsense.encode()).plausible


def test_one_bad_byte_does_not_turn_utf_8_into_another_encoding() -> None:
    data = bytearray((TITLE * 3).encode())
    data[100] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "utf-8"
    assert "智能工厂" in found.text
    assert lost(found.text)


def test_a_sample_may_end_within_a_character() -> None:
    assert decode(TITLE.encode()[:-1], cut=True).encoding == "utf-8"
    assert decode(TITLE.encode("gb18030")[:-1], cut=True).encoding == "gb18030"


@pytest.mark.parametrize(
    "text", ["？018年", "附?）", "装\ufffd置", "质量??控", "28。4%", "智能?厂"]
)
def test_lost_characters_are_seen(text: str) -> None:
    assert lost(text)


@pytest.mark.parametrize(
    "text",
    ["是否完成?", "是否完成？", "2018年", "为什么？因为", "www.example.cn/?a=1", "28.4%", "。4"],
)
def test_a_question_is_no_lost_character(text: str) -> None:
    assert not lost(text)


@given(st.binary(max_size=300), st.sampled_from([None, "big5", "zlib", "nothing", "UTF-8"]))
def test_any_bytes_make_a_text(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared).text, str)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"))
)
def test_what_was_written_as_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text
