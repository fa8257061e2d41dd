"""Build periods: from when to when, finished or planned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.extract.claim import BuildPeriod, Standing
from ingest.extract.nlp import Mention, Sentence
from ingest.extract.standing import IN_FORM, IN_SENTENCE, Context, Stand, stand_of
from ingest.outline import Fragment

_PERIOD = re.compile(
    r"建设(?:的)?(?:起止|起讫|时间|周期|期限|年限|工期|期(?!间))|起止(?:时间|日期|年月)"
    r"|(?:实施|项目)(?:的)?(?:周期|期限|时间)|(?<!施)工期|(?i:project (?:duration|period))"
)
_LASTS = r"[0-9一二两三四五六七八九十]+(?:年|个月)(?:[^。；0-9]{0,4})"  # 建设期2年，即2022年
_ANNOUNCED = re.compile(rf"(?:{_PERIOD.pattern})[^。；0-9]{{0,6}}(?:{_LASTS})?$")
_BEGUN = re.compile(
    r"^[^。；、0-9]{0,14}?(?:起至|(?<![开一])起|启动|开工|开建|立项|开始|动工|起步|始建|破土|奠基|进场|进入建设|进入施工|以来)"
)
_ENDED = re.compile(
    r"^[^。；0-9]{0,16}?(?:完工|竣工|建成|投产|达产|验收|完成|交付|投用|投运|投入使用|投入运[行营]"
    r"|上线运行|正式运行|试生产|试运行|启用|收尾|收官|建完|满产|止)"
)
_MARK = r"(?:(?:时间|日期|年月)\s*[:：为]?|[:：])\s*$"
_BEGIN_LABEL = re.compile(rf"(?:开工|开始|起始|启动|起){_MARK}")
_END_LABEL = re.compile(rf"(?:竣工|完工|投产|结束|终止|完成|止){_MARK}")
_BUILT = re.compile(r"建设|改造|施工|升级|建(?=[，。]|完)|实施")  # what from-to is said of
_FROM = re.compile(r"(?:自|从|始于|于|[一二三四五]期(?:工程|项目)?[:：]?)\s*$|^\s*$")
_TO = re.compile(r"[^。；0-9]{0,8}[，,]?\s*(?:-{1,2}|~|至|到|干到|止于|于)\s*")
# What may be begun or ended alone; 2022年上线MES begins and ends no factory.
_WHOLE = re.compile(r"项目|工程|工厂|[一二三四五两]期|全部|全面|整体")
_SHORT = 16  # characters of a sentence that is nothing but a date and its verb
_ALONE = re.compile(r"\s*(?:(?:申报|填报|填表|编制|提交)?(?:日期|时间)\s*[:：]?\s*)?")
_UP_TO = re.compile("(?:截至|截止|截止到|截至到)$")
_DEADLINE = re.compile(r"[底末]?前")
_DAY = re.compile(r"\s*(?:[0-9一二三十]{1,3}日)?\s*")
_DAYS = re.compile(
    r"^\s*[0-9一二三十]{1,3}日|^(?:初|底|末|[上下]半年|[春夏秋冬]|前|第?[一二三四]季度|Q[1-4])+"
)
_HAN_DIGITS = {sign: str(n) for n, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_PART_OF_YEAR = {"初": "-01", "底": "-12", "末": "-12"}
_MONTHS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"十一": 11, "十二": 12}


def periods(sentence: Sentence, context: Context, filed: str | None) -> Iterator[BuildPeriod]:
    """Yield the build period of a sentence; `filed` is when the document was written, if known.

    One that only begins, or only ends, there has no other date; `joined` brings the two together.
    """
    dates = _dates(sentence)
    if not dates:
        return
    labelled = _is_labelled(context.fragment) or _is_announced(sentence, dates[0])
    first, last = _range(sentence, dates, labelled) or _told(sentence, dates)
    begin, end = first or last, last or first
    if begin is None or end is None:
        return
    stand = _stand(sentence, end, context, filed)
    words = context.fragment.text[begin.start : end.end]
    yield BuildPeriod(words, context.fragment.place, stand.standing, stand.because,
                      "period in a form" if labelled else "period in a sentence",
                      IN_FORM if labelled else IN_SENTENCE,
                      date_of(first.text) if first else None,
                      date_of(last.text) if last else None)  # fmt: skip


def joined(periods: Iterable[BuildPeriod]) -> Iterator[BuildPeriod]:
    """Yield periods, one that only begins made one with the next where that only ends."""
    waiting: BuildPeriod | None = None
    for one in periods:
        if waiting and one.start is None and (waiting.start or "") <= (one.end or ""):
            yield replace(one, start=waiting.start, words=f"{waiting.words}；{one.words}")
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = one if one.end is None else None
        if waiting is None:
            yield one
    if waiting:
        yield waiting


def _dates(sentence: Sentence) -> tuple[Mention, ...]:
    """Return the dates of a sentence; 2022-2024年 is two."""
    found: list[Mention] = []
    for one in sentence.of("date", "years"):
        if one.label == "date":
            found.append(one)
            continue
        middle = one.start + len("2022")
        found.append(replace(one, label="date", end=middle, text=one.text[:4]))
        last = one.text[-5:]
        found.append(replace(one, label="date", start=one.end - len(last), text=last))
    return tuple(found)


def _is_labelled(fragment: Fragment) -> bool:
    """Whether the fragment's own label or heading says that a build period follows."""
    own = fragment.path[-1].title if fragment.path else ""
    return bool(_PERIOD.search(own))


def _is_announced(sentence: Sentence, first: Mention) -> bool:
    """Whether the words right before a date say that a build period follows: 建设期为2022年."""
    return _ANNOUNCED.search(sentence.between(sentence.start, first.start)) is not None


_Ends = tuple[Mention | None, Mention | None]


def _range(sentence: Sentence, dates: Sequence[Mention], labelled: bool) -> _Ends | None:
    """Return two dates from one to the other, where they are of building."""
    before = sentence.between(sentence.start, dates[0].start)
    if labelled:
        if len(dates) > 1:
            return dates[0], dates[1]
        return (dates[0], None) if before.endswith(("自", "从")) else None
    for one, other in pairwise(dates):
        before = sentence.between(sentence.start, one.start)
        to = _TO.fullmatch(_DAYS.sub("", sentence.between(one.end, other.start), count=1))
        built = _BUILT.search(before) or _BUILT.search(sentence.between(one.end, sentence.end))
        if to and built and (_FROM.search(before) or before.endswith("(")):
            return one, other
    return None


def _told(sentence: Sentence, dates: Sequence[Mention]) -> _Ends:
    """Return when building began and, behind that, when it ended, each by its words."""
    first = last = None
    for place, one in enumerate(dates):
        limit = dates[place + 1].start if place + 1 < len(dates) else sentence.end
        behind = _DAYS.sub("", sentence.between(one.end, limit), count=1)
        before = sentence.between(dates[place - 1].end if place else sentence.start, one.start)
        begins = _BEGIN_LABEL.search(before) or _BEGUN.search(behind)
        if begins and (first is None or last is None):  # what was ended before is not the whole
            first, last = one, None
        elif last is None and (_END_LABEL.search(before) or _ENDED.search(behind)):
            last = one
    alone = first or last
    if (first and last) or alone is None:
        return first, last
    labels = sentence.between(sentence.start, alone.start)
    named = _BEGIN_LABEL.search(labels) or _END_LABEL.search(labels)
    whole = _WHOLE.search(sentence.text) or len(sentence.text.strip()) <= _SHORT
    return (first, last) if whole or named else (None, None)


def _stand(sentence: Sentence, end: Mention, context: Context, filed: str | None) -> Stand:
    """Return whether the period is over: by when the document was written, else by its words."""
    if filed:
        over: Standing = "achieved" if date_of(end.text) <= filed else "planned"
        return Stand(over, filed)
    before = sentence.between(sentence.start, end.start)
    in_form = _BEGIN_LABEL.search(before) or _END_LABEL.search(before)
    if in_form or _DEADLINE.match(sentence.between(end.end, sentence.end)):
        return Stand("open")
    if plan := _plan(sentence, end):
        return Stand("planned", plan)
    told = _by_end(sentence, end) or stand_of(sentence, end.start, end.end, context)
    return told or Stand("open")


def _plan(sentence: Sentence, end: Mention) -> str:
    """Return the word that plans the whole: 计划…开工，…建成; "" where it came true since."""
    plans = [one for one in sentence.of("planned", "target") if one.end <= end.start]
    true = [one for one in sentence.of("done") if plans and plans[-1].end <= one.start < end.start]
    return plans[-1].text if plans and not true else ""


def _by_end(sentence: Sentence, end: Mention) -> Stand | None:
    """Return that it is over where the sentence says so of its end and of no plan."""
    if sentence.of("planned", "target"):
        return None
    behind = _DAYS.sub("", sentence.between(end.end, sentence.end), count=1)
    found = _ENDED.search(behind) or _BEGUN.search(behind)
    if found is None or found[0].endswith(("起", "止")):
        return None
    return Stand("achieved", found[0].strip())


def date_of(text: str) -> str:
    """Return a date as written as 2024 or 2024-03."""
    if text[0] in _HAN_DIGITS:
        year, _, month = text.partition("年")
        number = _MONTHS.get(month.rstrip("月"))
        digits = "".join(_HAN_DIGITS[sign] for sign in year)
        return f"{digits}-{number:02}" if number else digits
    numbers = re.findall("[0-9]+", text)
    year = numbers[0] if len(numbers[0]) == len("2024") else f"20{numbers[0]}"
    if len(numbers) == 1:
        return f"{year}{_PART_OF_YEAR.get(text[-1], '')}"
    return f"{year}-{int(numbers[1]):02}"


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
