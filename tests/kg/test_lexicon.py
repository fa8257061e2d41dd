"""Exact knowledge: every name in the data is found, in any spelling, alone and in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest

from kg.entities import Ref
from kg.lexicon import HOWS, MENTIONED, Lexicon, Naming
from kg.store.open import open_store
from kg.store.paging import pages_of
from kg.store.protocol import GraphStore
from kg.text import bare_name
from ontology.schema import schema


@pytest.fixture(scope="module")
def store(packaged_data: Path) -> Iterator[GraphStore]:
    """The packaged graph."""
    with open_store(f"sqlite:///{packaged_data / 'graph.sqlite'}", read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def lexicon(store: GraphStore) -> Lexicon:
    """All names of the packaged graph."""
    return Lexicon.of_graph(store)


def names(store: GraphStore) -> Iterator[tuple[str, str, str]]:
    """Yield id, label and each literal that names a thing in the data."""
    for label in schema().labels:
        for page in pages_of(store, label.name, 500):
            for node in page:
                yield node.id, node.label, node.id
                for name in ("name", "name_en", "code"):
                    if node.text(name):
                        yield node.id, node.label, node.text(name)
                for name in ("other_names", "keys"):
                    yield from ((node.id, node.label, one) for one in node.texts(name))


def spellings(name: str) -> tuple[str, ...]:
    """Return ways to write a name: full width, other case, blanks and dashes."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    return (name, wide, name.swapcase(), name.replace("-", "—").replace(" ", "　"))


def test_every_literal_of_the_data_is_found_first_whatever_its_spelling(
    store: GraphStore, lexicon: Lexicon
) -> None:
    found = 0
    for thing, label, name in names(store):
        if not bare_name(name):
            continue
        for written in spellings(name):
            hits = list(islice(lexicon.lookup(written, [label]), 40))
            exact = {hit.naming.thing.id for hit in hits if hit.match == "exact"}
            assert thing in exact, (thing, written)
        found += 1
    assert found > 5000


def test_every_name_is_found_inside_a_sentence_with_its_offsets(
    store: GraphStore, lexicon: Lexicon
) -> None:
    for thing, label, name in names(store):
        key = bare_name(name)
        if label not in MENTIONED or len(key) < 2 or key.isdigit():
            continue
        text = f"我们想问：“{name}”，怎么样？"
        found = lexicon.mentions(text)
        assert thing in {one.thing.id for mention in found for one in mention.namings}, name
        for mention in found:
            assert text[mention.start : mention.end] == mention.text


def test_the_longest_name_wins_and_none_lies_within_another(lexicon: Lexicon) -> None:
    text = "宝山钢铁股份有限公司在质量管控环节做在线智能检测，按GB/T 20720.1-2019集成"
    found = lexicon.mentions(text)
    assert [mention.text for mention in found] == [
        "宝山钢铁股份有限公司", "质量管控", "在线智能检测", "GB/T 20720.1-2019",
    ]  # fmt: skip
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("按gbt39116评估", ["GB-T-39116-2020"]),
        ("按 GB/T39116—2020 评估", ["GB-T-39116-2020"]),
        ("ＩＳＯ　９００１：２０１５", ["ISO-9001-2015"]),
        ("S17做得怎么样", ["S17"]),
        ("型号XS17B的设备", []),
        ("S170号", []),
        ("编号39116", []),
        ("L3级", ["L3"]),
        ("HTML3.5", []),
    ],
)
def test_latin_names_and_codes_count_as_whole_words(
    lexicon: Lexicon, text: str, mentioned: list[str]
) -> None:
    found = [one.thing.id for mention in lexicon.mentions(text) for one in mention.namings]
    assert list(dict.fromkeys(found)) == mentioned


def test_the_order_is_exact_id_code_name_alias_then_the_rest() -> None:
    things = [Ref(f"T{number}", "Solution", f"n{number}") for number in range(6)]
    told = [
        Naming(things[0], "智能 ABC 平台", "name", "source"),
        Naming(things[1], "abc 平台", "name", "source"),
        Naming(things[2], "A.B.C", "alias", "source"),
        Naming(things[3], "abc", "name", "source"),
        Naming(things[4], "ABC", "code", "source"),
        Naming(things[5], "ABC", "id", "source"),
    ]
    found = list(Lexicon(told).lookup("ａｂｃ"))
    assert [hit.naming.thing.id for hit in found] == ["T5", "T4", "T3", "T2", "T1", "T0"]
    assert [hit.match for hit in found] == ["exact"] * 4 + ["prefix", "within"]
    assert [HOWS.index(hit.naming.how) for hit in found[:4]] == [0, 1, 2, 3]


def test_pinyin_initials_find_chinese_names(lexicon: Lexicon) -> None:
    hits = list(islice(lexicon.lookup("bsgt"), 3))
    assert hits[0].naming.text == "宝山钢铁股份有限公司"
    assert hits[0].match == "initials"
    assert [hit.naming.thing.id for hit in lexicon.lookup("zlgk", ["Segment"])] == ["E07"]


def test_one_thing_is_told_once_and_types_narrow(lexicon: Lexicon) -> None:
    hits = [hit.naming.thing for hit in lexicon.lookup("质量")]
    assert len({thing.id for thing in hits}) == len(hits) > 10
    assert {thing.label for thing in hits} > {"Scene", "Standard"}
    assert {hit.naming.thing.label for hit in lexicon.lookup("质量", ["Scene"])} == {"Scene"}


def test_decomposed_and_traditional_characters_are_the_same_name(lexicon: Lexicon) -> None:
    assert next(iter(lexicon.lookup("在線智能檢測"))).match == "exact"
    decomposed = unicodedata.normalize("NFD", "café")
    told = [Naming(Ref("T1", "Solution", "café"), "café", "name", "source")]
    assert [hit.match for hit in Lexicon(told).lookup(decomposed)] == ["exact"]


def test_a_text_of_marks_and_an_empty_graph_name_nothing(lexicon: Lexicon) -> None:
    assert lexicon.mentions("，。！？—— …") == ()
    assert list(lexicon.lookup("——")) == []
    assert Lexicon([]).mentions("在线智能检测") == ()
    assert list(Lexicon([]).lookup("在线")) == []
