"""Reading a statement: its name and its figure, and which indicator of the notice that is.

The notice names its twenty indicators and prints no formulas, so `kpi_words.csv` holds only names
that can mean nothing else: 焊接不良率 is no 产品不良率, 设备利用率 lacks the 综合 of the notice,
准时交付率 may be the suppliers' or the orders'. Such names carry no indicator.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from kg.effects.effect import POINTS, Effect, Kind, Way
from kg.effects.figure import (
    DOWN,
    LONGEST_FIGURE,
    MEASURES,
    SECONDS,
    SHARES,
    UP,
    Figure,
    sides_of,
    verb_of,
)
from kg.text import count_han, simplified_characters, squeeze
from ontology.conditions import Conditions, Kpi

KPI_WORDS = Path(__file__).parent / "kpi_words.csv"
# In brackets behind a figure: it was not reached yet and is no effect.
_PLANNED = re.compile(r"[(（][^()（）]*(?:计划|目标|预计|预期)[^()（）]*[)）]\s*$")
# 节能15% and 年节电费300万元 tell how much less; 节拍 and 节能率 do not begin or end with these.
_SAVED_BEHIND = "节能|节电|节水|节材|节油|减重|减碳|减排|降碳|降本|降耗|^[年月日]?省"
_SAVED_BEFORE = "节约|节省|减排?(?=CO2|二氧化碳)|节(?=电费)|少损"
_GAINED_BEHIND = "提效|提速|提产|增产"
_TURN_BEHIND = re.compile(
    rf"(?:(?P<up>{UP}|{_GAINED_BEHIND})|(?P<down>{DOWN}|{_SAVED_BEHIND}))"
    r"(?P<rate>(?<!节.)(?<!压缩)率|幅度)?$"
)
# 提升机 is a hoist, 提升项目 are projects, 压缩空气 is no fall either.
_TURN_BEFORE = re.compile(
    r"(?:年|月|日|累计)?(?:(?P<up>(?:提升|提高|增加)(?![机泵项工]))"
    rf"|(?P<down>降低|减少|削减|缩短|压缩(?![机空])|{_SAVED_BEFORE}))"
)
# Figures in percent of these are levels; an efficiency, a power or a turnover is no share.
_SHARE_NAME = re.compile(
    r"(?:(?<![效功频速倍曲斜转])(?<!生产)(?<!分辨)率|成功率|占比|比例|比重|份额|覆盖|合格|完整性"
    r"|准确性|准确度|精准度|精度|优度|误差|偏差|(?i:OEE)|设备综合效率|综合设备效率)(?:\([^()]*\))?$"
)
_RATE_NAME = re.compile(r"(?:效率|效能|速度|速率|产能|产量|生产率|产出)$")
_OUTPUT_NAME = re.compile(r"产能|产量|日产|月产|年产|订单|出货|(?<!数)量$|批量")
_LABOUR_NAME = re.compile(r"用工|人数|定员")
_QUALIFIERS = re.compile(r"^(?:整体|平均|企业|工厂|全厂|公司)+|(?:整体|平均)+$")
_NAME_EDGES = " \t\u3000:：,，"

_EQUALS = re.compile(r"(?<![<>])=")
_NOTE = re.compile(r"\s*[(\[](?:原(?:来|有|为)?(?P<before>[^()\[\]]+)|[^()\[\]]*)[)\]]\s*$")
_CODE_BEFORE = re.compile(r"[A-Za-z][0-9.]*$")  # SO2, PM2.5, A10: their digits are no figures
_WORD = re.compile(r"(?:签约|预约|合约|行为|附近|雷达|马达|签到)$")  # 签约60家 is not 约60家
_FIGURE_BEFORE = re.compile(r"(?<![A-Za-z0-9.])[0-9][0-9.,]*[A-Za-z%‰°℃/]*$")  # 10A/m-10kA/m

_FOLD = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "〜∼˜"), "~"),
    **dict.fromkeys(map(ord, "⇒➔➜⟶"), "→"),
    **dict.fromkeys(map(ord, "≧⩾"), "≥"),
    **dict.fromkeys(map(ord, "≦⩽"), "≤"),
}


def parse(statement: str, conditions: Conditions) -> Effect:
    """Return what a statement says; one that cannot be read says nothing, and none raises."""
    folded = _fold(statement)
    if _PLANNED.search(folded):
        return Effect(statement)
    text, note = _cut_note(folded)
    for name_end, value_start in _candidates(text):
        written = statement[:name_end].strip(_NAME_EDGES)
        sides = sides_of("".join(text[value_start:].split()), note)
        # A bare number says nothing; of 节省7600万美元 the verb is all the name there is.
        if sides and (written or (sides[1].unit and not sides[1].verb)):
            name = _Name.of(text[:name_end].strip(_NAME_EDGES))
            effect = replace(_read(name, *sides), statement=statement, name=written or None)
            return _judge(effect, name, conditions)
    return Effect(statement)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in folded characters, without the verb that says where the figure goes."""

    core: str
    turn: Way | None = None
    of_change: bool = False  # 增长率 and 缩短率, themselves figures of a change

    @classmethod
    def of(cls, written: str) -> Self:
        """Take the verb off either end of a name."""
        if found := _TURN_BEHIND.search(written):
            return cls(written[: found.start()], verb_of(found), bool(found["rate"]))
        if found := _TURN_BEFORE.match(written):
            return cls(written[found.end() :], verb_of(found))
        return cls(written)


def _fold(text: str) -> str:
    """Fold width, dashes and traditional characters one by one, so that places stay the same.

    Not NFKC, which makes a figure of 10⁵.
    """
    return text.translate(_FOLD).translate(simplified_characters())


def _cut_note(text: str) -> tuple[str, str]:
    """Take off the bracket at the end; only 原…, the figure before, is part of the effect."""
    found = _NOTE.search(text[-LONGEST_FIGURE:])
    if found is None:
        return text, ""
    return text[: len(text) - len(found[0])], "".join((found["before"] or "").split())


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name may end and its figure start: at the equals sign, else anywhere."""
    if found := _EQUALS.search(text):
        yield found.start(), found.end()
        return
    for place in range(max(0, len(text) - LONGEST_FIGURE), len(text)):
        if not _inside_figure(text, place):
            yield place, place


def _inside_figure(text: str, place: int) -> bool:
    before, own = text[:place][-LONGEST_FIGURE:], text[place]
    if not before:
        return False
    if own.isdecimal():
        return before[-1] in "0123456789.,/+-±<>≤≥≈~→×" or bool(_CODE_BEFORE.search(before))
    if own in "+-±×":
        return before[-1] in "<>≤≥" or bool(_FIGURE_BEFORE.search(before))
    return bool(_WORD.search(before + own))


def _read(name: _Name, start: Figure | None, figure: Figure) -> Effect:
    """Return the effect of a figure, its statement and indicator still to be filled in."""
    if start is not None:
        return _from_to(start, figure)
    if figure.sign == "×" or figure.unit == "倍":
        return _multiple(name, figure)
    ways = _ways(name, figure)
    # -18°C may be a temperature or a fall; +10% beside 下降 is one thing or the other.
    if len(ways) > 1 or (figure.sign in {"+", "-"} and figure.unit == "°C"):
        return _nothing()
    return _moved(ways.pop(), figure) if ways else _had(name.core, figure)


def _nothing() -> Effect:
    return Effect("")


def _ways(name: _Name, figure: Figure) -> set[Way]:
    """Return which ways sign and verbs say that the indicator went; none for a value reached."""
    signs: Mapping[str, Way] = {"+": "up", "-": "down"}
    said = (signs.get(figure.sign), None if figure.reached else figure.verb)
    turn = None if figure.reached else name.turn
    return {way for way in (*said, turn) if way}


def _from_to(start: Figure, end: Figure) -> Effect:
    first, last = start.middle, end.middle
    least = _less(end.low, start.high)
    most = _less(end.high, start.low)
    percent = end.unit == "%"
    return Effect(
        "",
        kind="points" if percent else "level",
        low=least if percent else end.low,
        high=most if percent else end.high,
        approximate=any(side.approximate or side.is_range for side in (start, end)),
        unit=POINTS if percent else end.unit,
        start=first,
        end=last,
        change=round((last - first) / first * 100, 9) if first and last is not None else None,
        direction=_direction(least, most),
    )


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else round(value - other, 9)


def _direction(low: float | None, high: float | None) -> Way | None:
    if low is not None and low > 0:
        return "up"
    return "down" if high is not None and high < 0 else None


def _multiple(name: _Name, figure: Figure) -> Effect:
    """Read N倍 of a rate.

    提高3倍 and +3倍 are written for three times as much and for three times more, and what 3倍 of a
    cost or a time means is open: neither is guessed.
    """
    clear = figure.sign in {"", "×"} and not _ways(name, figure) and figure.unit in {None, "倍"}
    if not clear or not _RATE_NAME.search(name.core):
        return _nothing()
    sides = (figure.low, figure.high)
    low, high = (None if side is None else round((side - 1) * 100, 9) for side in sides)
    return Effect(
        "",
        kind="change",
        low=low,
        high=high,
        approximate=figure.approximate,
        unit="%",
        change=low if low == high else None,
        direction=_direction(low, high),
    )


def _moved(way: Way, figure: Figure) -> Effect:
    low, high = figure.low, figure.high
    if way == "down":
        low, high = (None if side is None else -side for side in (high, low))
    kinds: Mapping[str | None, Kind] = {"%": "change", POINTS: "points"}
    return Effect(
        "",
        kind=kinds.get(figure.unit, "difference"),
        low=low,
        high=high,
        approximate=figure.approximate,
        unit=figure.unit,
        direction=None if low == high == 0 else way,
    )


def _had(core: str, figure: Figure) -> Effect:
    """Read a figure without a movement: a level or a count; a percentage only of a share."""
    share = figure.part or figure.sign == "±" or _SHARE_NAME.search(core)
    if (figure.unit == "%" and not share) or figure.unit == POINTS:
        return _nothing()
    return Effect(
        "",
        kind="level" if figure.reached or _is_level(core, figure.unit) else "count",
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        unit=figure.unit,
        direction=figure.verb,
    )


def _is_level(core: str, unit: str | None) -> bool:
    """Tell a measured value from a number of things, which has no unit or a classifier."""
    if unit is None:
        return False
    measured = unit in MEASURES or unit in SHARES or "/" in unit or not count_han(unit)
    labour = unit == "人" and bool(_LABOUR_NAME.search(core))
    return measured or labour or bool(_OUTPUT_NAME.search(core))


def _judge(effect: Effect, name: _Name, conditions: Conditions) -> Effect:
    """Fill in the indicator, where the figure can be one of it, and whether that is better."""
    kpi_id = kpi_words().get(_word(name.core))
    kpi = next((kpi for kpi in conditions.kpis if kpi.id == kpi_id), None)
    if kpi is None or not _fits(name, effect) or (effect.kind == "count" and kpi.unit == "%"):
        return effect
    return replace(
        effect,
        kpi=kpi.id,
        kind="level" if effect.kind == "count" else effect.kind,
        better=_better(effect.direction, kpi),
    )


def _fits(name: _Name, effect: Effect) -> bool:
    """Tell whether an indicator of that name can have such a figure."""
    # 销售增长率=10%→15% is a change of the growth, not of the sales.
    if name.of_change and (effect.kind == "points" or effect.start is not None):
        return False
    if effect.kind in {None, "change", "points"}:
        # Of 库存周转 without 率 a fall may be one of its days.
        return not (name.core.endswith("周转") and effect.direction == "down")
    if _SHARE_NAME.search(name.core):
        return effect.unit in SHARES
    if name.core.endswith("周期"):
        return effect.unit in SECONDS
    return not ("周转" in name.core and effect.unit in SECONDS)


def _better(direction: Way | None, kpi: Kpi) -> bool | None:
    wanted = "up" if kpi.direction == "none" else kpi.direction
    return None if direction is None else direction == wanted


def _word(name: str) -> str:
    """Return a name as the word list spells it."""
    return _QUALIFIERS.sub("", squeeze(name).replace(" ", ""))


@cache
def kpi_words() -> Mapping[str, str]:
    """Return the indicator (id) that each word of the list means."""
    with KPI_WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["kpi"] for row in csv.DictReader(file)}
