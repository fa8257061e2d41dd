"""Taught words: what each kind does to a text, what is refused, and that reasons show them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.match.matcher import Matcher
from kg.match.vocabulary import (
    FOLDER,
    Vocabulary,
    Word,
    conflicts,
    load_vocabulary,
    read_folder,
    read_words,
)
from kg.text import squeeze
from ontology.errors import InvalidFile

HEADING = "kind,term,means,source,author\n"


def word(kind: str, term: str, means: str = "") -> Word:
    """Return a taught word of this test's own."""
    return Word(kind, term, means, "a plant", "a test")


def taught(matcher: Matcher, *words: Word) -> Matcher:
    """Return the matcher with these words and no others."""
    return matcher.with_words(Vocabulary(words))


# ---- what words do


def test_a_synonym_is_read_as_what_it_means(matcher: Matcher) -> None:
    text = "希望让铁牛儿替人工干活"
    meant = "希望让自动导引车自动配送物料替人工干活"
    own = taught(matcher, word("synonym", "铁牛儿", "自动导引车自动配送物料"))
    assert own.match(text).scenes[0].id == matcher.match(meant).scenes[0].id == "S23"
    assert matcher.match(text).best is None or matcher.match(text).scenes[0].id != "S23"


def test_what_was_read_is_shown_with_its_source(matcher: Matcher) -> None:
    own = taught(matcher, word("synonym", "铁牛儿", "自动导引车自动配送物料"))
    found = own.match("希望让铁牛儿替人工干活")
    (read,) = found.read_as
    assert (read.kind, read.text, read.start, read.end) == ("synonym", "铁牛儿", 3, 6)
    assert (read.means, read.source) == ("自动导引车自动配送物料", "a plant")
    reason = max(found.scenes[0].reasons, key=lambda one: one.weight)
    assert reason.start <= 3 < reason.end
    assert reason.read_as == ("自动导引车自动配送物料",)


def test_a_word_speaks_for_its_scene(matcher: Matcher) -> None:
    own = taught(matcher, word("word", "魔方岛", "S12"))
    assert own.match("谁家有魔方岛").scenes[0].id == "S12"
    assert matcher.match("谁家有魔方岛").decision == "no_scene"


def test_a_background_word_speaks_for_no_scene(matcher: Matcher) -> None:
    text = "AGV自动配送物料的龙门股有哪些"
    assert matcher.match(text).decision != "no_scene"
    own = taught(matcher, word("background", "龙门股"), word("background", "有哪些"))
    assert own.match(text).decision == "no_scene"


def test_a_stop_word_is_left_out(matcher: Matcher) -> None:
    own = taught(matcher, word("stop", "质量管控数字化专项"))
    noisy = "质量管控数字化专项：换型太慢，停线时间长"
    assert own.judge(noisy).ranking[0] == matcher.judge("：换型太慢，停线时间长").ranking[0]


def test_an_account_with_taught_words_adds_up(matcher: Matcher) -> None:
    own = taught(
        matcher,
        word("synonym", "铁牛儿", "自动导引车自动配送物料"),
        word("word", "魔方岛", "S12"),
        word("stop", "本厂"),
    )
    text = "本厂用铁牛儿给魔方岛送料。本厂换型太慢，魔方岛停线时间长。"
    account = own.compare(text, "S12", "S23")
    shares = own.posteriors([text])[0].astype(float)
    order = own.model.scenes
    ratio = shares[order.index("S12")] / shares[order.index("S23")]
    told = account.prior + account.model + sum(span.weight for span in account.spans) + account.rest
    assert told == pytest.approx(account.margin, abs=1e-6)
    assert account.margin == pytest.approx(math.log(ratio), abs=1e-4)
    assert any("自动导引车自动配送物料" in span.read_as for span in account.spans)


def test_nothing_is_expanded_that_is_not_in_the_list(matcher: Matcher) -> None:
    found = matcher.with_words(load_vocabulary()).match("上了XYZQ系统以后换型太慢")
    assert found.read_as == ()


@pytest.mark.parametrize(("text", "terms"), [
    ("MES上线", ["MES"]), ("ＭＥＳ上线", ["ＭＥＳ"]), ("mes系统", ["mes"]), ("GAMES", []),
    ("MES2", []), ("MES、WMS", ["MES", "WMS"]),
])  # fmt: skip
def test_latin_words_are_found_whole_in_any_writing(
    matcher: Matcher, text: str, terms: list[str]
) -> None:
    words = [
        word("abbreviation", "MES", "制造执行系统"),
        word("abbreviation", "WMS", "仓储管理系统"),
    ]
    found = taught(matcher, *words).match(f"{text}，车间排产太慢")
    assert [one.text for one in found.read_as] == terms


def test_the_longest_word_wins(matcher: Matcher) -> None:
    own = taught(matcher, word("synonym", "小车", "轿车"), word("synonym", "小车送料", "物料配送"))
    assert [one.means for one in own.match("车间小车送料太慢").read_as] == ["物料配送"]


@given(st.text(alphabet="铁牛儿 MES,。的", max_size=30))
def test_words_found_lie_in_the_text_in_order(text: str) -> None:
    vocabulary = Vocabulary([word("synonym", "铁牛", "车"), word("abbreviation", "MES", "系统")])
    squeezed = squeeze(text)
    end = 0
    for one in vocabulary.spoken(squeezed):
        assert one.start >= end
        assert squeezed[one.start : one.end] == squeeze(one.word.term)
        end = one.end


# ---- files


@pytest.mark.parametrize(("row", "fault"), [
    ("slang,铁牛,车,a,b", "row 2: the kind 'slang' is none of"),
    ("synonym,铁,车,a,b", "row 2: the term '铁' has not 2 to 40 characters"),
    ("synonym,铁牛,,a,b", "row 2: '铁牛' says not what it means"),
    ("synonym,铁牛,车,,b", "row 2: '铁牛' names no source"),
    ("synonym,铁牛,车,a,", "row 2: '铁牛' names no author"),
    ("stop,铁牛,车,a,b", "row 2: '铁牛' is a stop word and means '车'"),
    ("synonym,铁牛,车", "row 2: has not 5 cells"),
    ('synonym,"铁"牛,车,a,b', "row 2: "),
])  # fmt: skip
def test_a_faulty_row_is_named(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{HEADING}{row}\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=rf"own\.csv, {fault}"):
        read_words(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("kind,term,means,source\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match="the column author is missing"):
        read_words(path)


def test_words_are_written_as_they_are_read(tmp_path: Path) -> None:
    vocabulary = Vocabulary([word("synonym", '铁牛"儿', "车,小"), word("stop", "本厂")])
    (tmp_path / "own.csv").write_text(vocabulary.to_csv(), encoding="utf-8")
    assert Vocabulary(read_folder(tmp_path)).id == vocabulary.id


@pytest.mark.parametrize(("words", "fault"), [
    ([word("word", "铁牛", "S99")], "'铁牛' speaks for 'S99', which is no scene's id"),
    ([word("synonym", "铁牛", "铁 牛")], "'铁牛' means itself"),
    ([word("stop", "在线智能检测")], "is a scene's name and cannot be a stop word"),
    ([word("stop", "铁牛"), word("synonym", "铁牛", "车")], "is a stop word and something else"),
    ([word("word", "铁牛", "S12"), word("background", "铁牛")], "for a scene and for none"),
    ([word("abbreviation", "XY", "甲"), word("abbreviation", "xy", "乙")], "has two long forms"),
])  # fmt: skip
def test_words_that_contradict_one_another_are_named(words: list[Word], fault: str) -> None:
    (found,) = conflicts(words, ["S12", "S17"], ["在线智能检测"])
    assert fault in found


def test_the_packaged_words_go_together() -> None:
    from kg.index.rewording import check_words

    words = read_folder(FOLDER)
    assert {one.kind for one in words} >= {"synonym", "abbreviation", "background"}
    check_words(Vocabulary(words))
