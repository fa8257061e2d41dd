"""What holds of every cell: nothing that is written is lost, decimals stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.annex4.items import split_cell
from ingest.annex4.parts import take_apart
from ingest.document import Line
from tests.ingest.annex4.tables import nomenclature

WORDS = ("质量管控", "在线智能检测", "仓储物流", "智能仓储", "轮毂", "AGV-12", "5G-A", "2.5吨",
         "0.3毫米", "2024年", "3C产品", "与", "焊接机器人", "X光")  # fmt: skip
MARKS = ("—", "-", "--", "/", "：", "→", " ", "、", "，", "~", "（", "）")
LABELS = ("1. ", "2、", "①", "②", "（1）", "- ", "●", "一、", "\n", "；", "")
texts = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=9).map("".join)
cells = st.lists(st.tuples(st.sampled_from(LABELS), texts), max_size=5).map(
    lambda parts: "".join(label + text for label, text in parts)
)


def letters(text: str) -> str:
    """Return the letters and digits of a text, which no mark or label is."""
    return "".join(sign for sign in text if sign.isalnum() and sign not in "①②一")


@given(texts)
def test_taking_apart_loses_nothing(text: str) -> None:
    parts = take_apart(text, nomenclature())
    said = f"{parts.leading}{parts.segment.written}{parts.scene.written}{parts.instance}"
    assert sorted(letters(said)) == sorted(letters(text))


@given(cells)
def test_every_word_of_a_cell_stands_in_an_item(cell: str) -> None:
    names = nomenclature()
    said = "".join(item.text for item in split_cell([Line(cell)], names))
    for word in WORDS:
        assert (word in said) or word not in cell or "\n" in cell or word[0].isdigit()


@given(
    st.integers(0, 99), st.integers(0, 99), st.sampled_from(["吨压机", "米辊", "毫米", "%", "万件"])
)
def test_a_decimal_is_never_cut(whole: int, part: int, unit: str) -> None:
    figure = f"{whole}.{part}{unit}"
    for cell in (figure, f"质量管控—在线智能检测—{figure}", f"1. {figure}\n2. 立体库{figure}"):
        items = split_cell([Line(line) for line in cell.split("\n")], nomenclature())
        assert all(figure in item.text for item in items)


@given(st.text(max_size=60))
def test_whatever_is_written_is_taken_apart_without_a_fault(text: str) -> None:
    for item in split_cell([Line(text)], nomenclature()):
        take_apart(item.text, nomenclature())
