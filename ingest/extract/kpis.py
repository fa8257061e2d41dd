"""Statements of the notice's indicators: where their figures stand; kg.effects reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.extract.claim import Claim, KpiStatement, Standing
from ingest.extract.nlp import Mention, Sentence, fold
from ingest.extract.standing import IN_FORM, Context, Stand, clause_of, stand_of
from ingest.lists.sequence import chinese_number
from ingest.outline import Fragment
from kg.effects.effect import Effect
from kg.effects.figure import DOWN, UP
from kg.effects.reading import kpi_words, parse
from ontology.conditions import Conditions

LONGEST_FIGURE = 40
_STOP = re.compile(r"[，；。、！？;\n]|,(?![0-9])|\((?![^()]{0,4}\))")
# Words between an indicator and its figure that change nothing of it.
_FILLER = re.compile(
    r"^(?:[:：\s]|率|值|指标|平均|整体|总体|同比|环比|年均|累计|均|已经?|现已|现为|现|目前|预计|预期|可|将|能够|能|有望|力争"
    r"|要|需|应|再|又|也|进一步|同步|(?:稳定|保持|维持)在?|尚未|约为?|显著|大幅度?|有效|持续|逐步|明显|分别|实际|本项目|本工厂|本厂|我公司|我司|我厂|本公司|公司"
    r"|(?:较|比)(?:[0-9]{4}年度?|[^0-9，提降缩减增下上]{1,8})(?:相比)?)*"
)
_SHARES = re.compile(
    r"(?P<tenths>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九])?"
    r"|(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])"
    r"|百分之(?P<hundredths>[一二三四五六七八九十百]{1,5}|[0-9.]+)"
    r"|(?P<half>一半)|(?P<once>(?<![0-9十百])一倍)"
)
_DOUBLED = re.compile(r"(?:实现)?翻(?:了)?(?:一)?番")
_SAID = ((re.compile(r"^降(?:了|幅(?:达到?|为)?|(?=[0-9]))"), "下降"),
         (re.compile(r"^(?:[升涨增]了|[升涨增]幅(?:达到?|为)?|[升涨增](?=[0-9]))"), "提升"),
         (re.compile(r"(?<=[由从])(?:(?:原来|原先|原有|过去|此前)的?|每年)"), ""))  # fmt: skip
_VERB_BEFORE = re.compile(rf"(?:{UP}|{DOWN})(?:了)?$")
# What may stand right before the name of an indicator.
_WHOLE = "整体|平均|企业|工厂|整厂|全厂|公司|项目|本厂|我司|我厂"
_NAME_BEGINS = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|{_WHOLE}|(?:{_WHOLE})的|{UP}|{DOWN}|[使把将令让了和及与后来中内年月日前现达到是为对从已均其]"
    r"|实现|预计|预期|目标|计划|力争|保持|确保|届时|目前|当前|其中|建设|通过|累计)$"
)
_TURN = re.compile(rf"^(?:{UP}|{DOWN})")
_RATE = re.compile(rf"(?:{UP}|{DOWN})率")
_LABELLED = re.compile(rf"^(?P<verb>{UP}|{DOWN})?(?:率|幅度)?(?:\((?P<unit>[^()]*)\))?\s*[:：]\s*")
_BARE = re.compile(r"[0-9.,]+$")
_BEFORE = re.compile(r"(?:建设|改造|实施|项目)前|基[期线准]")
_AFTER = re.compile(r"(?:建设|改造|实施|项目)后|目前|现状|现值|当前|实际|完成")
_YEAR = re.compile(r"20[0-9]{2}年?")
_REPLICATED = "家"


def kpi_statements(
    sentence: Sentence, context: Context, conditions: Conditions
) -> Iterator[KpiStatement]:
    """Yield the figures of indicators that a sentence or table cell states."""
    if is_before(context.fragment):
        return
    mentions = [one for one in sentence.of("kpi") if _is_whole(sentence, one)]
    for place, mention in enumerate(mentions):
        limit = mentions[place + 1].start if place + 1 < len(mentions) else sentence.end
        end = mention.end
        if read := _read(sentence, mention, limit, context, conditions):
            effect, end = read
            yield from _claim(sentence, (mention.start, end), effect, context)
        went = read is not None and read[0].start is not None
        yield from _continued(sentence, mention, (end, limit), context, conditions, went)
    yield from _counted(sentence, context, conditions)


def _is_whole(sentence: Sentence, mention: Mention) -> bool:
    """Whether an indicator's name is no part of a longer one: 焊接不良率 is none of the notice."""
    return _NAME_BEGINS.search(sentence.between(sentence.start, mention.start)) is not None


def is_before(fragment: Fragment) -> bool:
    """Whether a cell tells how things were before the factory was built."""
    return _is_before(fragment.column, fragment)


def _is_before(head: str, fragment: Fragment) -> bool:
    """Whether a head is that of the state before, or the first of several years."""
    years = [one for one, _ in fragment.row if _YEAR.fullmatch(one)]
    return bool(_BEFORE.search(head)) or (len(years) > 1 and head == min(years))


def _claim(
    sentence: Sentence, span: tuple[int, int], effect: Effect, context: Context
) -> Iterator[KpiStatement]:
    stand = stand_of(sentence, *span, context)
    if stand is None or effect.kpi is None:
        return
    fragment = context.fragment
    words = fragment.text[span[0] : span[1]]
    confidence = IN_FORM if fragment.column and stand.standing != "open" else stand.confidence
    if fragment.column and effect.start is not None:
        words = "；".join(f"{head}：{text}" for head, text in fragment.row)
    yield KpiStatement(words, fragment.place, _standing(stand), stand.because,
                       "indicator and figure", confidence, effect.kpi,
                       replace(effect, statement=words))  # fmt: skip


def _standing(stand: Stand) -> Standing:
    """Return the standing of a figure: one that is planned is a target."""
    return "target" if stand.standing == "planned" else stand.standing


def _read(
    sentence: Sentence, mention: Mention, limit: int, context: Context, conditions: Conditions
) -> tuple[Effect, int] | None:
    """Return what is said of an indicator behind its name, and where that ends."""
    name, rest = _name(mention, conditions), sentence.between(mention.end, limit)
    if found := _VERB_BEFORE.search(sentence.between(sentence.start, mention.start)):
        name = f"{found[0].removesuffix('了')}{name}"
    unit, start = "", mention.end
    if found := _RATE.match(rest):
        name, start, rest = f"{name}{found[0]}", start + found.end(), rest[found.end() :]
    if context.fragment.column or _LABELLED.match(rest):
        found = _LABELLED.match(rest)
        if found:
            name, unit = f"{name}{found['verb'] or ''}", found["unit"] or ""
            start, rest = start + found.end(), rest[found.end() :]
    if context.fragment.column:
        return _in_table(name, rest.strip(), unit, context, conditions)
    return _figure(name, rest, unit, conditions, start)


def _name(mention: Mention, conditions: Conditions) -> str:
    """Return the indicator as kg.effects knows it: as written, else by the notice's word."""
    known = mention.text.lower() in kpi_words()
    return mention.text if known else conditions.kpi(mention.key).quantity


def _figure(
    name: str, rest: str, unit: str, conditions: Conditions, start: int
) -> tuple[Effect, int] | None:
    """Return what the longest readable figure of a stretch says, and where it ends."""
    if stop := _STOP.search(rest):
        rest = rest[: stop.start()]
    filler = _FILLER.match(rest)
    skipped = filler.end() if filler else 0
    figure = rest[skipped:][:LONGEST_FIGURE]
    if unit and _BARE.fullmatch(figure.strip()):
        figure = f"{figure.strip()}{unit}"
    for length in range(len(figure), 0, -1):
        effect = parse(f"{name}={_in_percent(figure[:length])}", conditions)
        if effect.kpi and effect.kind:
            return effect, start + skipped + min(length, len(rest) - skipped)
    return None


def _in_percent(text: str) -> str:
    """Write shares in words as percentages, 三成 as 30%, and the looser words for from and by."""
    for rule, plain in _SAID:
        text = rule.sub(plain, text)
    return _SHARES.sub(_percent, _DOUBLED.sub("提升100%", text))


def _percent(found: re.Match[str]) -> str:
    if found["half"]:
        return "50%"
    if found["once"]:
        return "100%"
    if hundredths := found["hundredths"]:
        number = hundredths if hundredths[0].isdigit() else chinese_number(hundredths)
        return f"{number}%"
    if found["tenths"]:
        return f"{chinese_number(found['tenths'])}{chinese_number(found['more'] or '〇')}%"
    whole, part = (chinese_number(found[one]) or 1 for one in ("whole", "part"))
    return f"{round(100 * part / whole, 1)}%"


def _in_table(
    name: str, value: str, unit: str, context: Context, conditions: Conditions
) -> tuple[Effect, int] | None:
    """Return what a cell says under its head: how it is after, by the side of how it was before."""
    fragment = context.fragment
    unit = unit or next((fold(text) for head, text in fragment.row if head == "单位"), "")
    value = f"{value}{unit}" if _BARE.fullmatch(value) else value
    before = next((fold(text) for head, text in fragment.row if _is_before(head, fragment)), "")
    reached = _AFTER.search(fragment.column) or _YEAR.fullmatch(fragment.column)
    if reached and re.search("[0-9]", before):
        before = f"{before}{unit}" if _BARE.fullmatch(before) else before
        value = f"{before}→{value}"
    elif (turn := _TURN.match(fragment.column)) and not _TURN.match(value):
        name = f"{name}{turn[0]}"
    effect = parse(f"{name}={_in_percent(value)}", conditions)
    return (effect, len(fragment.text)) if effect.kpi and effect.kind else None


def _continued(
    sentence: Sentence,
    mention: Mention,
    span: tuple[int, int],
    context: Context,
    conditions: Conditions,
    went: bool,
) -> Iterator[KpiStatement]:
    """Yield a figure of the same indicator in a clause of its own behind it: ，现为87.2%.

    By how much it went up or down is of the same only behind from and to: 由3%降至2%，降幅33%.
    """
    place = clause_of(sentence, *[span[0]] * 2)[1] + 1
    while place < span[1]:
        end = min(clause_of(sentence, place, place)[1], span[1])
        clause = sentence.between(place, end)
        read = _figure(mention.text, clause, "", conditions, place)
        if read and read[1] == end and (went or not _TURN.match(clause)):
            yield from _claim(sentence, (place, end), read[0], context)
            return
        place = end + 1


def _counted(
    sentence: Sentence, context: Context, conditions: Conditions
) -> Iterator[KpiStatement]:
    """Yield the indicators that are numbers of things: models in use, enterprises that followed."""
    counted = [one for one in sentence.of("thing", "replication") if one.key in {"K04", "K20"}]
    for mention in counted:
        clause = clause_of(sentence, mention.start, mention.end)
        name = next(word for word, kpi in kpi_words().items() if kpi == mention.key)
        limit = clause_of(sentence, mention.end, mention.end)[1]
        read = _figure(name, sentence.between(mention.end, limit), "", conditions, mention.end)
        if mention.key == "K04" and read:
            yield from _claim(sentence, (mention.start, read[1]), read[0], context)
            continue
        for quantity in sentence.of("quantity"):
            near = clause[0] <= quantity.start < clause[1]
            fits = mention.key == "K04" or quantity.text.endswith(_REPLICATED)
            if near and fits:
                effect = parse(f"{name}={quantity.text}", conditions)
                start = min(mention.start, quantity.start)
                end = max(mention.end, quantity.end)
                yield from _claim(sentence, (start, end), effect, context)
                break


def same_figure(claim: Claim) -> tuple[object, ...]:
    """Return what two statements of one figure share."""
    if not isinstance(claim, KpiStatement):
        return (claim,)
    effect = claim.effect
    return claim.kpi, effect.kind, effect.low, effect.high, effect.unit, claim.standing
