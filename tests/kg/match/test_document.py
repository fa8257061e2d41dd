"""Documents: passages that cover the text, each with its own scenes."""

from __future__ import annotations

import csv
import random
from itertools import pairwise

import pytest

from kg.match import development
from kg.match.document import match_document
from kg.match.features import sentence_spans
from kg.match.matcher import Matcher
from ontology.errors import InvalidValue

QUERIES = development("queries")
DOCUMENTS, SEED = 120, 2024
Part = tuple[int, frozenset[str]]  # where it begins, the scenes that are accepted for it


def rows(*kinds: str) -> list[dict[str, str]]:
    """Return development queries of some kinds; none of them was learnt."""
    with QUERIES.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in kinds]


def accepted(row: dict[str, str]) -> frozenset[str]:
    """Return the scenes that count as right for a row."""
    return frozenset({row["scene"], *filter(None, row["also"].split(";"))})


def joined(chance: random.Random) -> tuple[str, list[Part]]:
    """Return a document of two to five needs with off-topic filler between them."""
    needs, filler = rows("need", "instance"), rows("off")
    parts = [(row["text"], accepted(row)) for row in chance.sample(needs, chance.randint(2, 5))]
    for row in chance.sample(filler, chance.randint(1, 2)):
        parts.insert(chance.randrange(len(parts) + 1), (row["text"], frozenset()))
    text, marks = "", []
    for told, scenes in parts:
        text += chance.choice(("", "\n", "\n\n")) if text else ""
        marks.append((len(text), scenes))
        text += told if told[-1] in "。！？.!?" else f"{told}。"
    return text, marks


def test_joined_texts_are_taken_apart_again(matcher: Matcher) -> None:
    chance = random.Random(SEED)
    right = wrong = missed = kept = borders = 0
    for _ in range(DOCUMENTS):
        text, parts = joined(chance)
        found = match_document(matcher, text)
        named = {one.pick.id for one in found.scenes}
        wanted = [scenes for _, scenes in parts if scenes]
        hits = sum(bool(named & scenes) for scenes in wanted)
        right, missed = right + hits, missed + len(wanted) - hits
        wrong += len(named - frozenset().union(*wanted))
        starts = [start for start, _ in sentence_spans(text)]
        begun = {passage.start for passage in found.passages}
        for begin, _ in parts[1:]:
            place = min(range(len(starts)), key=lambda n: abs(starts[n] - begin))
            kept += bool(begun & set(starts[max(0, place - 1) : place + 2]))
            borders += 1
    f1 = 2 * right / (2 * right + wrong + missed)
    print(f"scene F1 {f1:.3f}, borders within a sentence {kept / borders:.3f}")  # noqa: T201
    assert f1 >= 0.9
    assert kept / borders >= 0.9


def test_documents_of_the_development_set_keep_their_scenes(matcher: Matcher) -> None:
    right = named = wanted = 0
    for row in rows("document"):
        found = {one.pick.id for one in match_document(matcher, row["text"]).scenes}
        right += len(found & accepted(row))
        named += len(found)
        wanted += len(accepted(row))
    print(f"scene F1 {2 * right / (named + wanted):.3f}")  # noqa: T201
    assert 2 * right / (named + wanted) >= 0.9


def test_passages_cover_the_text_and_name_what_fits_no_scene(matcher: Matcher) -> None:
    text = (
        "一、项目概况\n公司去年搬进了新办公楼，员工食堂也换了供应商。\n"
        "二、建设内容\n用视觉相机在线检查轮毂表面缺陷，替代人工目检，漏检率下降。"
        "空压机加装振动传感器，轴承坏之前两周就能报警，提前安排更换。"
    )
    found = match_document(matcher, text)
    assert found.passages[0].start == 0
    assert found.passages[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(found.passages))
    assert {one.pick.id for one in found.scenes} == {"S17", "S20"}
    assert found.off_topic == (0,)
    assert "食堂" in found.passages[0].text
    for one in found.scenes:
        for number in one.passages:
            assert one.pick.id in {pick.id for pick in found.passages[number].match.scenes}


def test_one_sentence_is_one_passage_and_a_long_document_is_read_to_its_end(
    matcher: Matcher,
) -> None:
    (passage,) = match_document(matcher, "轮毂表面缺陷靠人工目检，漏检多").passages
    assert passage.match.decision == "matched"
    filler = "今天食堂的菜有点咸，大家下班去爬山吧。" * 1500
    found = match_document(matcher, f"{filler}\n空压机轴承坏之前两周就能报警，提前安排更换。")
    assert [one.pick.id for one in found.scenes] == ["S20"]
    assert found.passages[-1].start >= len(filler)


def test_an_empty_document_is_refused(matcher: Matcher) -> None:
    with pytest.raises(InvalidValue):
        match_document(matcher, "  \n ")
