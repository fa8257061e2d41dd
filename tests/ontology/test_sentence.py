"""Sentences in both languages: what is told of them, put together and copied."""

from __future__ import annotations

import copy
import pickle

from ontology.sentence import Sentence, joined, said

MET = Sentence("符合。", "Met.")


def test_a_sentence_is_chinese_unless_english_is_asked_for() -> None:
    assert (MET, said(MET, "zh"), said(MET, "en")) == ("符合。", "符合。", "Met.")
    assert said("宝山钢铁", "en") == "宝山钢铁"


def test_put_together_both_languages_stay_and_nothing_counts_not() -> None:
    whole = joined([MET, "", Sentence("请核实。", "Please verify.")])
    assert (str(whole), whole.en) == ("符合。请核实。", "Met. Please verify.")


def test_a_copy_keeps_its_english() -> None:
    for made in (copy.deepcopy(MET), pickle.loads(pickle.dumps(MET))):  # noqa: S301 - our own
        assert said(made, "en") == "Met."
