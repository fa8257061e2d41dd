"""Levels that an applicant says it has: of GB/T 39116 and of this programme, and of no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.claim import Award, Maturity, Standing
from ingest.extract.nlp import Mention, Sentence
from ingest.extract.standing import Context, Stand, clause_of, stand_of

# 已启动四级申报 has begun to seek it.
_SOUGHT = re.compile("申报(?!书|材料|单位|主体|条件|表)|申请|争取|创建|冲刺|准备")
_PASSED = re.compile("通过|取得|评为|评定为")


def maturity(sentence: Sentence, context: Context) -> Iterator[Maturity]:
    """Yield levels of maturity beside its name; those of data management and the like are none."""
    named = sentence.of("maturity", "other")
    for grade in sentence.of("grade"):
        before = [one for one in named if one.end <= grade.start]
        if not before or before[-1].label != "maturity":
            continue
        start = before[-1].start
        stand = stand_of(sentence, grade.start, grade.end, context)
        if stand and not _is_asked(sentence, grade):
            standing, because = _assessed(sentence, grade, stand)
            yield Maturity(context.fragment.text[start : grade.end], context.fragment.place,
                           standing, because, "maturity and its level", stand.confidence,
                           int(grade.key))  # fmt: skip


def _is_asked(sentence: Sentence, grade: Mention) -> bool:
    """Whether the level is one that somebody asks for: 二级及以上."""
    return sentence.between(grade.end, grade.end + 3).startswith(("及以上", "以上"))


def _assessed(sentence: Sentence, grade: Mention, stand: Stand) -> tuple[Standing, str]:
    """Return the standing of a level: what nobody but the applicant assessed stays open."""
    clause = clause_of(sentence, grade.start, grade.end)
    if stand.standing == "planned":
        return "target", stand.because
    if sought := _SOUGHT.search(sentence.between(*clause)):
        return "target", sought[0]
    for one in sentence.of("assessed"):
        if clause[0] <= one.start < clause[1]:
            return "open", one.text
    if not stand.own and (found := _PASSED.search(sentence.between(clause[0], grade.start))):
        return "achieved", found[0]
    return (stand.standing, stand.because) if stand.own else ("open", "")


def awards(sentence: Sentence, context: Context) -> Iterator[Award]:
    """Yield levels of this programme that a sentence says were awarded or are sought."""
    for level in sentence.of("level"):
        # 入选省级智能工厂（先进级）: the bracket belongs to what is before it.
        outside = sentence.between(level.start - 1, level.start) == "("
        clause = clause_of(sentence, level.start - outside, level.end)
        marks = [
            one
            for one in sentence.of("awarded", "planned", "target")
            if clause[0] <= one.start < clause[1]
        ]
        stand = stand_of(sentence, level.start, level.end, context)
        if sought := _SOUGHT.search(sentence.between(*clause)):
            stand = Stand("planned", sought[0])
        if (marks or sought) and stand:
            start = min([level.start, *(one.start for one in marks)])
            yield Award(context.fragment.text[start : level.end], context.fragment.place,
                        stand.standing, stand.because, "level and its award", stand.confidence,
                        level.key)  # fmt: skip
