"""The texts the matcher learns from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.match.corpus import NONE, Example, fingerprint, load_corpus, names_of
from ontology.errors import InvalidFile
from ontology.guide import Guide

HEAD = "text,scene,also,kind\n"


def test_every_scene_has_many_texts_of_every_origin(guide: Guide) -> None:
    corpus = load_corpus(guide)
    texts = Counter(example.scene for example in corpus)
    assert set(texts) == {scene.id for scene in guide.scenes} | {NONE}
    assert min(texts.values()) > 150
    assert len({example.origin for example in corpus}) == 52  # 50 files of texts, cases, the guide


def test_the_real_cases_are_those_of_the_table(guide: Guide) -> None:
    cases = [example for example in load_corpus(guide) if example.is_case]
    assert len(cases) == 323
    assert Counter(example.agreement for example in cases)["awarded"] == 6


def test_all_names_of_a_scene_are_learnt_once(guide: Guide) -> None:
    names = names_of(guide.scene("S16"))
    assert names[0] == "人机协同作业"
    assert "人机协同制造" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("设备坏了才修,S41,,need", "rows.csv, row 2: there is no scene 'S41'"),
        ("设备坏了才修,S21,S20;X9,need", "rows.csv, row 2: there is no scene 'X9'"),
        (" ,S21,,need", "rows.csv, row 2: the text is empty"),
    ],
)
def test_a_wrong_row_is_named(guide: Guide, tmp_path: Path, row: str, sentence: str) -> None:
    (tmp_path / "rows.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=sentence):
        load_corpus(guide, tmp_path)


def test_a_folder_without_texts_is_refused(guide: Guide, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="holds no training texts"):
        load_corpus(guide, tmp_path)


def test_the_fingerprint_tells_corpora_apart() -> None:
    one = Example("设备坏了才修", "S21", ("S20",))
    assert fingerprint([one]) == fingerprint([one])
    assert fingerprint([one]) != fingerprint([Example("设备坏了才修", "S21")])
    assert fingerprint([one, one]) != fingerprint([one])
