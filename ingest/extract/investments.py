"""Investments: how much, for what, spent or planned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.claim import Investment, Part
from ingest.extract.nlp import Mention, Sentence, fold
from ingest.extract.standing import IN_FORM, Context, clause_of, stand_of
from ingest.lists.sequence import chinese_number
from kg.text import is_han

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SCALE = {"千": 1e3, "百": 1e2, "万": 1e4, "亿": 1e8}
_NUMBER = re.compile(r"[0-9,]+(?:\.[0-9]+)?")
# A form may print the unit with the label: 总投资（万元）：58,000.
_LABELLED = re.compile(r"[(](?:单位[:：]?)?(万|亿)元[)]\s*[:：]\s*([0-9,]+(?:\.[0-9]+)?)\s*$")
_INVESTED = re.compile(
    r"投资|投入|购置|概算|预算|决算|采购(?:金额|费)|造价|出资|(?:再|追加|共|累计|前后|先后)投|投了|已投|支出"
    r"|(?:软件|设备|装备|实施|开发|集成|系统|安装|工程|建设|改造)费用?|(?:建设|改造|技改)资金"
    r"|花(?:了|费|掉|去)|耗资|斥资|拿出|(?:软件|设备|装备|硬件|系统|MES|ERP|WMS|PLM|APS)[^，。；]{0,8}(?:支付|合同额)"
)
# A form may name only what the money is for: 软件：760万元.
_ITEM = re.compile(r"(?:设备|装备|硬件|软件|系统)(?:及[^：:，]{1,6})?\s*[:：]\s*$")
_SOFTWARE = re.compile(r"软件|信息系统|信息化|MES|ERP|WMS|PLM|APS")
_EQUIPMENT = re.compile(r"设备|装备|硬件")
_NEAR = 400  # characters before an amount that may say what it is for
_CARRIED = re.compile(r"软件|设备|装备|硬件|完成|到位|支付|占|合计|共计|总计")
_OTHER_MONEY = re.compile(
    r"节约|节省|省下|产值|收入|利润|成本|销售|效益|贷款|授信|税|补贴|补助|专项资金|损失|资本|订单|库存"
    r"|流动资金|(?<!固定)资产|每年"
)
_BOTH = re.compile(
    r"软硬件|硬件[和与及、]软件|软件[和与及、]硬件|设备[和与及、]软件|软件[和与及、]设备"
)
_LISTED = re.compile(r"\s*[、和与及]\s*")  # between amounts of which the first says what they are
_SHARE = re.compile(r"(?:即|为|计|约|合|达|是|也就是|大概|大约)*$")  # 占六成，为9000万元
_MAY_FOLLOW = "元等的左余以（来"


def investments(sentence: Sentence, context: Context) -> Iterator[Investment]:
    """Yield the investments of a sentence."""
    amounts = sentence.of("amount")
    found: tuple[Part, int] | None = None
    for place, amount in enumerate(amounts):
        before = amounts[place - 1].end if place else sentence.start
        listed = place > 0 and _LISTED.fullmatch(sentence.between(before, amount.start))
        if not listed or (found and found[0] != "total"):
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
    start = _start(sentence, amount, before)
    words = sentence.between(start, amount.start)
    if _OTHER_MONEY.search(words) or any(
        one.label == "neutral" and start <= one.start < amount.start for one in sentence.mentions
    ):
        return None
    earlier = _INVESTED.search(context.fragment.text[max(0, start - _NEAR) : start])
    told = _INVESTED.search(words) or _ITEM.search(words)
    if not (told or ((earlier or _itemised(context, start)) and _CARRIED.search(words))):
        return None
    lead = re.match(r"[、，,:：\s]*(?:其中)?[:：]?", words)
    return _part(words), start + (lead.end() if lead else 0)


def _start(sentence: Sentence, amount: Mention, before: int) -> int:
    """Return where the words begin that say what an amount behind another is: those of its clause,
    of the clause before (占六成，为9000万元), or before a bracket (建设投资（含税）4600万元).
    """
    start = max(clause_of(sentence, amount.start, amount.end)[0], before)
    if start <= max(before, sentence.start):
        return start
    words = sentence.between(start, amount.start).strip()
    if not words and sentence.between(start - 1, start) == ")":
        opened = sentence.start + sentence.between(sentence.start, start).rfind("(")
        return max(clause_of(sentence, opened, opened)[0], before)
    if _SHARE.fullmatch(words):
        return max(clause_of(sentence, start - 1, start - 1)[0], before)
    return start


def _itemised(context: Context, start: int) -> bool:
    """Whether the text before names money by what it is for: 设备：2980万元；软件：760万元."""
    before = context.fragment.text[max(0, start - _NEAR) : start]
    return any(
        _ITEM.search(fold(one)) for one in re.findall(r"[^；;，]{1,20}?[:：](?=\s*[0-9])", before)
    )


def _part(words: str) -> Part:
    """Return for what money is, by the last word that says so."""
    if _BOTH.search(words):
        return "total"
    last: dict[Part, int] = {}
    for part, rule in (("software", _SOFTWARE), ("equipment", _EQUIPMENT)):
        for found in rule.finditer(words):
            last[part] = found.start()  # type: ignore[index]  # both are parts
    return max(last, key=lambda part: last[part]) if last else "total"


def _is_money(sentence: Sentence, amount: Mention) -> bool:
    """Whether a number with 万 or 亿 and no 元 counts nothing else, as 1200万只 does."""
    behind = sentence.between(amount.end, amount.end + 1)
    sure = amount.text.endswith("元") or "个亿" in amount.text
    return sure or not (is_han(behind or " ") and behind not in _MAY_FOLLOW)


def _ten_thousands(text: str) -> float:
    """Return an amount as written, 1.2亿元, 2亿8千万元, 三千万元, in ten thousand yuan."""
    total = 0.0
    for part in re.findall("[^亿]+亿|[^亿]+", text):
        found = _NUMBER.search(part)
        number = float(found[0].replace(",", "")) if found else _han_number(part)
        for sign in part if found else re.sub("[^万亿]", "", part):
            number *= _SCALE.get(sign, 1)
        total += number
    return round(total / 1e4, 4)


def _han_number(text: str) -> float:
    """Return a number in Han characters before 万 or 亿; 近亿元 is one 亿."""
    plain = text.translate(_FORMAL)
    digits = re.sub("[^一二两三四五六七八九十百千]", "", plain)
    if not digits:
        return 1.0 if re.search("[近上超]亿", text) else 0.0
    return float(chinese_number(digits) or 0)
