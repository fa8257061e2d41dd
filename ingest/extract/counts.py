"""Numbers of things that conditions of the levels speak of: equipment, systems, scenes, people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.claim import Count
from ingest.extract.nlp import Mention, Sentence
from ingest.extract.standing import Context, stand_of

_GAP_RIGHT = re.compile(r"(?:\([^()]{0,8}\))?(?:共计?|约|达到?|为|数量|总数|[:：]|近|超过?|\s)?")
_GAP_LEFT = re.compile(r"(?:各类|以上)?的?[A-Za-z\u4e00-\u9fff]{0,2}")
_NOUN = r"[A-Za-z\u4e00-\u9fff]{1,8}"
_MACHINES = {
    "台": ("equipment", re.compile(rf"{_NOUN}(?:机|床|炉|仪|装置|设备|装备|中心)$")),
    "条": ("lines", re.compile(rf"{_NOUN}线$")),
}
_PRODUCED = re.compile(r"年产[^，；]*$|产量[^，；]*$|销售[^，；]*$")
_NUMBER = re.compile(r"[0-9,]+(?:\.[0-9]+)?")
_SCALE = {"万": 1e4, "千": 1e3, "百": 1e2}
_HAN = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"两": 2, "十": 10}
NO_COUNTS = ("K04", "ai_scenes")  # read as indicators, or a part of what is counted


def counts(sentence: Sentence, context: Context) -> Iterator[Count]:
    """Yield the counted things of a sentence."""
    quantities = sentence.of("quantity")
    taken: set[int] = set()
    for thing in sentence.of("thing"):
        quantity = _beside(sentence, thing, quantities, taken)
        if quantity is None:
            continue
        taken.add(quantity.start)
        start, end = min(thing.start, quantity.start), max(thing.end, quantity.end)
        stand = stand_of(sentence, start, end, context)
        if stand and thing.key not in NO_COUNTS:
            number, unit = _parsed(quantity.text)
            yield Count(context.fragment.text[start:end], context.fragment.place, stand.standing,
                        stand.because, "number beside a thing", stand.confidence, thing.key,
                        number, unit)  # fmt: skip
    yield from _machines(sentence, context, taken)


def _machines(sentence: Sentence, context: Context, taken: set[int]) -> Iterator[Count]:
    """Yield machines and lines that no list names, by how their names end: 络筒机96台."""
    for quantity in sentence.of("quantity"):
        number, unit = _parsed(quantity.text)
        thing = _MACHINES.get(unit[:1])
        before = sentence.between(sentence.start, quantity.start)
        found = thing and thing[1].search(before)
        if not thing or not found or quantity.start in taken or _PRODUCED.search(before):
            continue
        start = sentence.start + found.start()
        if stand := stand_of(sentence, start, quantity.end, context):
            yield Count(context.fragment.text[start : quantity.end], context.fragment.place,
                        stand.standing, stand.because, "number behind a machine",
                        stand.confidence, thing[0], number, unit)  # fmt: skip


def _beside(
    sentence: Sentence, thing: Mention, quantities: tuple[Mention, ...], taken: set[int]
) -> Mention | None:
    """Return the quantity right behind a thing, else the one right before it."""
    free = [one for one in quantities if one.start not in taken]
    for one in free:
        if one.start >= thing.end and _GAP_RIGHT.fullmatch(sentence.between(thing.end, one.start)):
            return one
    for one in reversed(free):
        if one.end <= thing.start and _GAP_LEFT.fullmatch(sentence.between(one.end, thing.start)):
            return one
    return None


def _parsed(text: str) -> tuple[float, str]:
    found = _NUMBER.match(text)
    if found is None:
        digits = [sign for sign in text if sign in _HAN]
        return float(_han_number(digits)), "".join(sign for sign in text if sign not in _HAN)
    number, unit = float(found[0].replace(",", "")), text[found.end() :]
    for sign in unit:
        number *= _SCALE.get(sign, 1)
    return number, re.sub("[余多万千百]", "", unit)


def _han_number(digits: list[str]) -> int:
    if "十" not in digits:
        return int("".join(str(_HAN[sign]) for sign in digits))
    place = digits.index("十")
    tens = _HAN[digits[0]] if place else 1
    return tens * 10 + (_HAN[digits[-1]] if place + 1 < len(digits) else 0)
