"""Whether what a sentence states is so already: planned is planned, and a target is a target.

The words of the same clause decide, then those of earlier clauses of the sentence, then the head of
the column, the headings above, and whether the factory was finished when it was described. Where
nothing decides, the standing is open, never achieved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.claim import Standing
from ingest.extract.nlp import Mention, Sentence, sentences
from ingest.outline import Fragment, Heading

_CLAUSE_END = re.compile(r"[，；。！？;\n()]|,(?![0-9])")
_BRACKET = re.compile(r"\(([^()]*)\)")
_FIGURE = re.compile(r"[0-9]|[一二三四五]级")
_PLANNED, _DONE = ("planned", "target"), ("done", "awarded")
_DECIDING = (*_PLANNED, *_DONE, "has", "after")
_REACHED_COLUMN = re.compile(r"(?:建设|改造|实施|项目)后|目前|现状|现值|当前|实际|完成")
_COMPARED = re.compile(r"(?:与|较|比|高于|低于|优于|超过|领先|高出)(?:国内|全国|全省)?$")
_ALL_DONE = re.compile(r"[，,]((?:均|全部|都|现|业)已)")
_NOT_YET = re.compile(r"[（(][^（）()]*(?:规划|计划|拟|在建|待建|筹建|调试)[^（）()]*[)）]")
_YEAR = re.compile(r"(20[0-9]{2})年?")
_RESULTS = re.compile(r"成效|效益|成果|效果")
IN_FORM, IN_SENTENCE, BY_HEADING = 0.95, 0.9, 0.75


@dataclass(frozen=True, slots=True)
class Stand:
    """A standing, the words that decide it, and whether the sentence itself holds them."""

    standing: Standing
    because: str = ""
    own: bool = True

    @property
    def confidence(self) -> float:
        """How sure the reading of a claim with this standing is."""
        return IN_SENTENCE if self.own else BY_HEADING


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sentence stands; whether the factory is finished, and when the document was written,
    each None where nobody says.
    """

    fragment: Fragment
    finished: bool | None = None
    filed: str | None = None
    planned: frozenset[Heading] = frozenset()  # headings that announce plans


def stand_of(sentence: Sentence, start: int, end: int, context: Context) -> Stand | None:
    """Return the standing of what stands there; None where it is of others or of before."""
    clause = clause_of(sentence, start, end)
    own = _within(sentence, *clause)
    if _of_others(sentence, own, clause[0]):
        return None
    if context.filed and (coming := _coming(own, context.filed)):
        return Stand("planned", coming)
    behind = _within(sentence, end, _bracket_end(sentence, end))
    for marks in (_ordered(own, start), behind, _backwards(sentence, clause[0])):
        for one in marks:
            if stand := _read(one, context.finished):
                return stand
    return _of_all(sentence, clause[1]) or _by_place(context)


def _of_others(sentence: Sentence, own: Sequence[Mention], start: int) -> bool:
    """Whether a clause tells of peers or of the time before: by its own words, or by those of an
    earlier clause that it says nothing else after. 与同行业相比 compares and tells of oneself.
    """
    labels = {one.label for one in own if not _is_compared(sentence, one)}
    if labels & {"peers", "before_it"}:
        return True
    earlier = [
        one
        for one in sentence.of("peers", "own")
        if one.end <= start and not _is_compared(sentence, one)
    ]
    return bool(earlier) and earlier[-1].label == "peers" and "own" not in labels


def _is_compared(sentence: Sentence, mark: Mention) -> bool:
    return mark.label in {"peers", "before_it"} and bool(
        _COMPARED.search(sentence.between(sentence.start, mark.start))
    )


def _coming(own: Sequence[Mention], filed: str) -> str:
    """Return the date of a clause that lies in a year after the document was written, "" else."""
    years = ((found, one.text) for one in own if (found := _YEAR.match(one.text)))
    return next((text for found, text in years if found[1] > filed[:4]), "")


def clause_of(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around a span begins and ends."""
    before = [one.end() for one in _CLAUSE_END.finditer(sentence.between(sentence.start, start))]
    after = _CLAUSE_END.search(sentence.between(end, sentence.end))
    return (
        sentence.start + (before[-1] if before else 0),
        end + after.start() if after else sentence.end,
    )


def _within(sentence: Sentence, start: int, end: int) -> list[Mention]:
    return [one for one in sentence.mentions if start <= one.start and one.end <= end]


def _ordered(marks: Sequence[Mention], start: int) -> list[Mention]:
    """Return the deciding words of a clause: those before the span from it backwards, those behind
    it, and at last the weak ones, which a plan overrules (计划建成).
    """
    deciding = [one for one in marks if one.label in _DECIDING]
    before = [one for one in reversed(deciding) if one.start < start]
    behind = [one for one in deciding if one.start >= start]
    return sorted([*before, *behind], key=lambda one: one.label == "has")


def _backwards(sentence: Sentence, start: int) -> list[Mention]:
    """Return the deciding words of earlier clauses, the nearest first."""
    return [one for one in reversed(sentence.of(*_DECIDING)) if one.end <= start]


def _bracket_end(sentence: Sentence, place: int) -> int:
    """Return where a bracket right behind ends that holds no figure of its own, such as (在建)."""
    found = _BRACKET.match(sentence.between(place, sentence.end))
    return place + found.end() if found and not _FIGURE.search(found[1]) else place


def _read(mark: Mention, finished: bool | None) -> Stand | None:
    """Return what a word decides; 建成后 decides by whether it is built, and then nothing."""
    if mark.label in _PLANNED:
        return Stand("planned", mark.text)
    if mark.label == "after":
        unbuilt: Standing = "open" if finished is None else "planned"
        return None if finished else Stand(unbuilt, mark.text)
    return Stand("achieved", mark.text)


def _of_all(sentence: Sentence, place: int) -> Stand | None:
    """Return what a later clause says of all before it: 均已支付."""
    found = _ALL_DONE.search(sentence.between(place, sentence.end))
    return Stand("achieved", found[1]) if found else None


def _by_place(context: Context) -> Stand:
    """Return what column, headings and the build period decide."""
    column = context.fragment.column
    if column and announces_plans(column):
        return Stand("planned", column, own=False)
    if _REACHED_COLUMN.search(column):
        return Stand("achieved", column, own=False)
    if context.filed and (year := _YEAR.fullmatch(column)):
        past = year[1] <= context.filed[:4]
        return Stand("achieved" if past else "planned", column, own=False)
    for heading in reversed(context.fragment.path):
        if heading in context.planned:
            return Stand("planned", f"{heading.number}{heading.title}", own=False)
        if _RESULTS.search(heading.title) and context.finished is not False:
            return Stand("achieved", heading.title, own=False)
    if context.finished:
        return Stand("achieved", "建设起止时间", own=False)
    return Stand("open", own=False)


def announces_plans(title: str) -> bool:
    """Whether a heading says that what stands below it is not there yet."""
    marks = (one for sentence in sentences(title) for one in sentence.of(*_PLANNED))
    return _NOT_YET.search(title) is not None or any(marks)
