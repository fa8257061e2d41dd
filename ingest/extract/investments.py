"""Investments: how much, for what, spent or planned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.claim import Investment, Part
from ingest.extract.nlp import Mention, Sentence, fold
from ingest.extract.standing import IN_FORM, Context, clause_of, stand_of
from kg.text import is_han

_SCALE = {"千": 1e3, "百": 1e2, "万": 1e4, "亿": 1e8}
_NUMBER = re.compile(r"[0-9,]+(?:\.[0-9]+)?")
# A form may print the unit with the label: 总投资（万元）：58,000.
_LABELLED = re.compile(r"[(](?:单位[:：]?)?(万|亿)元[)]\s*[:：]\s*([0-9,]+(?:\.[0-9]+)?)\s*$")
_INVESTED = re.compile(
    r"投资|投入|购置|概算|预算|决算|(?:再|追加|共|累计)投|(?:软件|设备|装备|实施|开发|集成)费用?"
)
_SOFTWARE = re.compile(r"软件|信息系统|信息化")
_EQUIPMENT = re.compile(r"设备|装备|硬件")
_NEAR = 400  # characters before an amount that may say what it is for
_CARRIED = re.compile(r"软件|设备|装备|硬件|完成|到位|支付|占")
_OTHER_MONEY = re.compile(r"节约|节省|产值|收入|利润|成本|销售|效益|贷款|税|补贴|补助|损失|资本")
_MAY_FOLLOW = "元等的左余以（"


def investments(sentence: Sentence, context: Context) -> Iterator[Investment]:
    """Yield the investments of a sentence."""
    amounts = sentence.of("amount")
    for place, amount in enumerate(amounts):
        before = amounts[place - 1].end if place else sentence.start
        found = _named(sentence, amount, before, context)
        if found is None or not _is_money(sentence, amount):
            continue
        part, start = found
        if stand := stand_of(sentence, amount.start, amount.end, context):
            words = context.fragment.text[start : amount.end]
            yield Investment(words, context.fragment.place, stand.standing, stand.because,
                             "investment in a sentence", stand.confidence, part,
                             _ten_thousands(amount.text))  # fmt: skip
    if not amounts and len(context.fragment.text) <= _NEAR:
        yield from _labelled(sentence, context)


def _labelled(sentence: Sentence, context: Context) -> Iterator[Investment]:
    """Yield a bare number beside a label that names investment and unit."""
    text = fold(context.fragment.text)
    found, named = _LABELLED.search(text), _INVESTED.search(text)
    stand = stand_of(sentence, sentence.end, sentence.end, context)
    if found and named and stand and not _OTHER_MONEY.search(text[: found.start()]):
        amount = _ten_thousands(f"{found[2]}{found[1]}")
        part = _part(text[: found.start()])
        yield Investment(context.fragment.text, context.fragment.place, stand.standing,
                         stand.because, "investment in a form", IN_FORM, part,
                         amount)  # fmt: skip


def _named(
    sentence: Sentence, amount: Mention, before: int, context: Context
) -> tuple[Part, int] | None:
    """Return for what an amount is and where its words begin; None where it is no investment.

    What the sentences before it were about goes on.
    """
    start = max(clause_of(sentence, amount.start, amount.end)[0], before)
    words = sentence.between(start, amount.start)
    if _OTHER_MONEY.search(words) or any(
        one.label == "neutral" and start <= one.start < amount.start for one in sentence.mentions
    ):
        return None
    earlier = _INVESTED.search(context.fragment.text[max(0, start - _NEAR) : start])
    if not (_INVESTED.search(words) or (earlier and _CARRIED.search(words))):
        return None
    lead = re.match(r"[、，,:：\s]*(?:其中)?[:：]?", words)
    return _part(words), start + (lead.end() if lead else 0)


def _part(words: str) -> Part:
    """Return for what money is, by the last word that says so."""
    last: dict[Part, int] = {}
    for part, rule in (("software", _SOFTWARE), ("equipment", _EQUIPMENT)):
        for found in rule.finditer(words):
            last[part] = found.start()  # type: ignore[index]  # both are parts
    return max(last, key=lambda part: last[part]) if last else "total"


def _is_money(sentence: Sentence, amount: Mention) -> bool:
    """Whether a number with 万 or 亿 and no 元 counts nothing else, as 1200万只 does."""
    behind = sentence.between(amount.end, amount.end + 1)
    return amount.text.endswith("元") or not (is_han(behind or " ") and behind not in _MAY_FOLLOW)


def _ten_thousands(text: str) -> float:
    found = _NUMBER.search(text)
    number = float((found[0] if found else "0").replace(",", ""))
    for sign in text:
        number *= _SCALE.get(sign, 1)
    return round(number / 1e4, 4)
