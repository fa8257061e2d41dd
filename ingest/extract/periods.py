"""Build periods: from when to when, finished or planned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.claim import BuildPeriod, Standing
from ingest.extract.nlp import Mention, Sentence
from ingest.extract.standing import IN_FORM, IN_SENTENCE, Context, Stand, stand_of
from ingest.outline import Fragment

_PERIOD = re.compile(
    r"建设(?:的)?(?:起止|时间|周期|期限|期(?!间))|起止(?:时间|日期|年月)|(?:实施|项目)(?:周期|期限)"
)
_ANNOUNCED = re.compile(rf"(?:{_PERIOD.pattern})(?:为|是|自|从|[:：]|\s)*$")
_BEGUN = re.compile(r"起至|起|启动|开工|立项|开始|动工|起步|始建")
_ENDED = re.compile(r"完工|竣工|建成|投产|达产|验收|完成|交付|投用|投入使用|止")
_ALONE = re.compile(r"\s*(?:(?:申报|填报|填表|编制|提交)?(?:日期|时间)\s*[:：]?\s*)?")
_UP_TO = re.compile("(?:截至|截止|截止到|截至到)$")
_DAY = re.compile(r"\s*(?:[0-9一二三十]{1,3}日)?\s*")
_HAN_DIGITS = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_MONTHS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"十一": 11, "十二": 12}


def periods(sentence: Sentence, context: Context, filed: str | None) -> Iterator[BuildPeriod]:
    """Yield the build period of a sentence; `filed` is when the document was written, if known."""
    dates = sentence.of("date")
    labelled = _is_labelled(context.fragment) or bool(dates and _is_announced(sentence, dates[0]))
    if not dates or not (labelled or _tells(sentence, dates)):
        return
    first, last = dates[0], dates[1] if len(dates) > 1 else None
    if labelled and last is None:
        return
    end = last or first
    stand = _stand(sentence, end, context, filed)
    words = context.fragment.text[first.start : end.end]
    yield BuildPeriod(words, context.fragment.place, stand.standing, stand.because,
                      "period in a form" if labelled else "period in a sentence",
                      IN_FORM if labelled else IN_SENTENCE,
                      date_of(first.text), date_of(end.text))  # fmt: skip


def _is_labelled(fragment: Fragment) -> bool:
    """Whether the fragment's own label or heading says that a build period follows."""
    own = fragment.path[-1].title if fragment.path else ""
    return bool(_PERIOD.search(own))


def _is_announced(sentence: Sentence, first: Mention) -> bool:
    """Whether the words right before a date say that a build period follows: 建设期为2022年."""
    return _ANNOUNCED.search(sentence.between(sentence.start, first.start)) is not None


def _tells(sentence: Sentence, dates: Sequence[Mention]) -> bool:
    """Whether a sentence tells when building began and, behind that, when it ended."""
    if len(dates) < 2:
        return False
    begun = _BEGUN.search(sentence.between(dates[0].end, dates[1].start))
    ended = _ENDED.search(sentence.between(dates[1].end, sentence.end))
    return bool(begun and ended)


def _stand(sentence: Sentence, end: Mention, context: Context, filed: str | None) -> Stand:
    """Return whether the period is over: by when the document was written, else by its words."""
    if filed:
        over: Standing = "achieved" if date_of(end.text) <= filed else "planned"
        return Stand(over, filed)
    told = _by_end(sentence, end) or stand_of(sentence, end.start, end.end, context)
    return told or Stand("open")


def _by_end(sentence: Sentence, end: Mention) -> Stand | None:
    """Return that it is over where the sentence says so of its end and of no plan."""
    if sentence.of("planned", "target"):
        return None
    found = _ENDED.search(sentence.between(end.end, sentence.end))
    return Stand("achieved", found[0]) if found else None


def date_of(text: str) -> str:
    """Return a date as written as 2024 or 2024-03."""
    if text[0] in _HAN_DIGITS:
        year, _, month = text.partition("年")
        number = _MONTHS.get(month.rstrip("月"))
        digits = "".join(_HAN_DIGITS[sign] for sign in year)
        return f"{digits}-{number:02}" if number else digits
    numbers = re.findall("[0-9]+", text)
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{int(numbers[1]):02}"


def filing_date(sentences: Iterable[Sentence]) -> str | None:
    """Return when a document was written: the last date alone on a line, as on a cover or under a
    signature, else the latest one up to which it tells (截至2024年10月).
    """
    alone, told = "", ""
    for sentence in sentences:
        for one in sentence.of("date"):
            before = sentence.between(sentence.start, one.start)
            behind = sentence.between(one.end, sentence.end)
            if _ALONE.fullmatch(before) and _DAY.fullmatch(behind):
                alone = date_of(one.text)
            elif _UP_TO.search(before):
                told = max(told, date_of(one.text))
    return alone or told or None
