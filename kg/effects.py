"""Statements of effects as figures: what changed, by how much, and which indicator that is.

The notice names its twenty indicators and prints no formulas, so `kpi_words.csv` holds only names
that can mean nothing else. 焊接不良率 is no 产品不良率, 设备利用率 lacks the 综合 of the notice and
准时交付率 may be the suppliers' or the orders': such names carry no indicator.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import Literal, Self

from kg.text import count_han, simplified_characters, squeeze
from ontology.conditions import Conditions, Kpi

KPI_WORDS = Path(__file__).parent / "kpi_words.csv"
POINTS = "percentage points"
# In brackets behind a figure: it was not reached yet and is no effect.
_PLANNED = re.compile(r"[(（][^()（）]*(?:计划|目标|预计|预期)[^()（）]*[)）]\s*$")
ENOUGH_ENTERPRISES = 3  # below it a median would tell what single enterprises reached

Kind = Literal["change", "points", "difference", "level", "count"]
Way = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A statement and what it says.

    `kind` tells what the figure is: `change` in percent of what there was before; `points`,
    a change in percentage points; `difference`, a change in the unit; `level`, a value reached
    or had; `count`, a number of things and no effect; None where the text leaves it open (能耗=15%,
    提高3倍) or has no readable figure, in which case `name` is None too.
    `low` and `high` are in `unit`, None where open; falls are negative, so 不良率=-15%以上 has only
    `high`, -15. A tolerance ±0.3mm is its size, 0.3.
    `start` and `end` (from→to) are in `unit`, of `points` in percent; a range stands there with
    its middle, an open bound is None. `change` is the relative change in percent that follows from
    them or from N倍 of a rate. `approximate` is set by words (约, 余), by such a middle and by
    months or years turned into a shorter unit. `direction` is that of the figure, `better` judges
    it by the indicator and is None without one.
    """

    statement: str
    name: str | None = None
    kpi: str | None = None
    kind: Kind | None = None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    unit: str | None = None
    start: float | None = None
    end: float | None = None
    change: float | None = None
    direction: Way | None = None
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What is stated of one indicator in one kind and unit.

    `lowest` is the least lower bound and `highest` the greatest upper bound: >90% says nothing of
    how much was reached at most, so it counts in `lowest` only. `median` is over one value per
    enterprise, the median of its closed figures (a range by its middle), and None unless
    at least three enterprises have one.
    """

    kpi: str
    kind: Kind
    unit: str | None
    statements: int
    enterprises: int
    lowest: float | None
    highest: float | None
    median: float | None


def parse(statement: str, conditions: Conditions) -> Effect:
    """Return what a statement says; one that cannot be read says nothing, and none raises."""
    folded = _fold(statement)
    if _PLANNED.search(folded):
        return Effect(statement)
    text, note = _cut_note(folded)
    for name_end, value_start in _candidates(text):
        written = statement[:name_end].strip(_NAME_EDGES)
        sides = _sides("".join(text[value_start:].split()), note)
        # A bare number says nothing; of 节省7600万美元 the verb is all the name there is.
        if sides and (written or (sides[1].unit and not sides[1].verb)):
            name = _Name.of(text[:name_end].strip(_NAME_EDGES))
            effect = replace(_read(name, *sides), statement=statement, name=written or None)
            return _judge(effect, name, conditions)
    return Effect(statement)


def readings(effect: Effect) -> tuple[Effect, ...]:
    """Return what an effect tells: itself, and where it gives from→to of a measure, its change.

    Not so percentages: their change in points is what was stated, the relative one nobody did.
    """
    if effect.kind != "level" or effect.change is None:
        return (effect,)
    return effect, replace(effect, kind="change", low=effect.change, high=effect.change, unit="%")


def summarise(effects: Iterable[tuple[str, Effect]]) -> tuple[Summary, ...]:
    """Return a summary per indicator, kind and unit of (enterprise, effect) pairs.

    Statements without an indicator or a kind are left out; each of the `readings` counts.
    """
    groups: dict[tuple[str, Kind, str | None], list[tuple[str, Effect]]] = defaultdict(list)
    for enterprise, effect in effects:
        for one in readings(effect):
            if one.kpi and one.kind:
                groups[one.kpi, one.kind, one.unit].append((enterprise, one))
    ordered = sorted(groups, key=lambda key: (key[0], key[1], key[2] or ""))
    return tuple(_summary(*key, groups[key]) for key in ordered)


# --- summaries ---


def _summary(kpi: str, kind: Kind, unit: str | None, stated: list[tuple[str, Effect]]) -> Summary:
    values: dict[str, list[float]] = defaultdict(list)
    for enterprise, effect in stated:
        if effect.low is not None and effect.high is not None:
            values[enterprise].append((effect.low + effect.high) / 2)
    own = [median(found) for found in values.values()]
    return Summary(
        kpi,
        kind,
        unit,
        len(stated),
        len({enterprise for enterprise, _ in stated}),
        min((effect.low for _, effect in stated if effect.low is not None), default=None),
        max((effect.high for _, effect in stated if effect.high is not None), default=None),
        median(own) if len(own) >= ENOUGH_ENTERPRISES else None,
    )


# --- words and units ---

_SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_UNITS = {
    "毫秒": "ms", "秒": "s", "秒钟": "s", "分钟": "min", "小时": "h", "个小时": "h",
    "天": "d", "日": "d", "周": "week", "星期": "week",
    "月": "month", "个月": "month", "年": "year",
    "克": "g", "千克": "kg", "公斤": "kg", "吨": "t", "吨CO2": "t CO2", "tCO2": "t CO2",
    "吨二氧化碳": "t CO2", "吨标准煤": "tce", "吨标煤": "tce",
    "千克标准煤": "kgce", "千克标煤": "kgce",
    "微米": "μm", "um": "μm", "µm": "μm", "毫米": "mm", "厘米": "cm", "米": "m", "公里": "km",
    "平方米": "m²", "㎡": "m²", "m2": "m²", "立方米": "m³", "m3": "m³", "升": "L", "公顷": "ha",
    "千瓦": "kW", "兆瓦": "MW", "千瓦时": "kWh", "度": "度", "℃": "°C", "摄氏度": "°C",
    "元": "元", "美元": "美元", "欧元": "欧元", "人天": "人天",
    "百分点": POINTS, "个百分点": POINTS, "pct": POINTS, "pp": POINTS, "PPM": "ppm",
}  # fmt: skip
_MEASURES = frozenset(_UNITS.values())
_SHARES = ("%", "‰", "ppm")
_SECONDS = {
    "ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "week": 604800.0,
    "month": 30 * 86400.0, "year": 365 * 86400.0,
}  # fmt: skip
_LOOSE_TIMES = ("month", "year")  # their length varies: what is converted from them is rough
_LONGEST_UNKNOWN_UNIT = 2  # characters: 车位 is a unit, 项可选 and 台保障车 are parts of a sentence

_UP = "提升|提高|增长|增加|上升"
_DOWN = "下降|降低|缩短|缩减|削减|减少|减小|压缩|节约|节省"
_AT_LEAST = "≥|>=|>|大于等于|不低于|不少于|不小于|大于|高于|多于|超过|超|至少"
_AT_MOST = (
    "≤|<=|<|小于等于|不超过|不高于|不大于|不多于|小于|低于|少于|最高达到|最高达|最高|最多|至多"
)
# 节能15% and 年节电费300万元 tell how much less; 节拍 and 节能率 do not begin or end with these.
_SAVED_BEHIND = "节能|节电|节水|节材|节油|减重|减碳|减排|降碳|降本|降耗|^[年月日]?省"
_SAVED_BEFORE = "节约|节省|减排?(?=CO2|二氧化碳)|节(?=电费)|少损"
_GAINED_BEHIND = "提效|提速|提产|增产"
_TURN_BEHIND = re.compile(
    rf"(?:(?P<up>{_UP}|{_GAINED_BEHIND})|(?P<down>{_DOWN}|{_SAVED_BEHIND}))"
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

# --- the grammar of figures ---

_LONGEST_FIGURE = 60  # characters; no packaged statement, name and all, is longer than 31
_NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,10})?(?![0-9⁰¹²³⁴-⁹]|[eE][0-9])"
)
_LETTER = "A-Za-zµμ°℃㎡Ω\u4e00-\u9fff"
# Lazy, so that words after the unit (以上, 左右) are not taken into it; a digit in a unit follows
# a Latin letter (CO2), else 4人1天 would be four 人1天.
_UNIT = rf"(?:[%‰]|[{_LETTER}](?:[{_LETTER}²³·]|(?<=[A-Za-z])[0-9]){{0,7}}?)"
_SCALE = "百万|千万|万亿|万|亿|千(?![瓦克米卡帕伏焦赫乏])"


def _quantity(side: str) -> str:
    return (
        rf"(?P<{side}>{_NUMBER})(?P<{side}_few>[余多])?(?P<{side}_scale>{_SCALE})?"
        rf"(?P<{side}_more>[余多])?(?P<{side}_unit>{_UNIT}(?:/[0-9]{{0,4}}{_UNIT})?)?"
    )


_FIGURE = re.compile(
    rf"(?:(?P<up>{_UP}|增(?=至))|(?P<down>{_DOWN}|[降减](?=至|到)))?(?:幅度|了)?(?P<reached>至|到)?"
    rf"(?:控制在|达到|达|为)?(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})"
    r"|(?P<about>≈|~|大约|约|接近|将近|近)){0,2}(?P<part>占)?(?P<compared>(?:人工|传统|原来|原有)的?)?"
    rf"(?P<sign>[+±×-])?{_quantity('first')}"
    rf"(?:(?:~|-{{1,2}}|至|到)(?P<second_sign>[+-])?{_quantity('second')})?"
    r"(?P<tail>及?以上|及?以下|以内|之内|内|左右|上下)?"
)
_FROM_TO = re.compile(
    r"[从由]?(?P<start>.+?)(?:→|->)(?P<end>.+)"
    rf"|[从由](?P<from>.+?)(?:{_UP}|{_DOWN}|[降减增])?[至到为](?P<to>.+)"
)
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


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure without its sign, with what the words around it say."""

    low: float | None
    high: float | None
    unit: str | None
    approximate: bool
    sign: str  # "", "+", "-", "±" or "×"
    verb: Way | None
    reached: bool  # 提升至92% names where it went, 提升92% how far
    scaled: bool  # it has 万 or the like
    part: bool  # 占, which makes a percentage a share

    @property
    def middle(self) -> float | None:
        """The middle of a closed figure."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2

    @property
    def is_range(self) -> bool:
        """Whether it is closed and wider than one value."""
        return self.middle is not None and self.low != self.high


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
            return cls(written[: found.start()], _verb(found), bool(found["rate"]))
        if found := _TURN_BEFORE.match(written):
            return cls(written[found.end() :], _verb(found))
        return cls(written)


def _verb(found: re.Match[str]) -> Way | None:
    return "up" if found["up"] else "down" if found["down"] else None


def _fold(text: str) -> str:
    """Fold width, dashes and traditional characters one by one, so that places stay the same.

    Not NFKC, which makes a figure of 10⁵.
    """
    return text.translate(_FOLD).translate(simplified_characters())


def _cut_note(text: str) -> tuple[str, str]:
    """Take off the bracket at the end; only 原…, the figure before, is part of the effect."""
    found = _NOTE.search(text[-_LONGEST_FIGURE:])
    if found is None:
        return text, ""
    return text[: len(text) - len(found[0])], "".join((found["before"] or "").split())


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name may end and its figure start: at the equals sign, else anywhere."""
    if found := _EQUALS.search(text):
        yield found.start(), found.end()
        return
    for place in range(max(0, len(text) - _LONGEST_FIGURE), len(text)):
        if not _inside_figure(text, place):
            yield place, place


def _inside_figure(text: str, place: int) -> bool:
    before, own = text[:place][-_LONGEST_FIGURE:], text[place]
    if not before:
        return False
    if own.isdecimal():
        return before[-1] in "0123456789.,/+-±<>≤≥≈~→×" or bool(_CODE_BEFORE.search(before))
    if own in "+-±×":
        return before[-1] in "<>≤≥" or bool(_FIGURE_BEFORE.search(before))
    return bool(_WORD.search(before + own))


def _sides(value: str, note: str) -> tuple[_Figure | None, _Figure] | None:
    """Return the figure from which and the one to which it went, the first None if not said."""
    if figure := _figure(value):
        before = _figure(note)
        return (before and _alike(before, figure)) or (None, figure)
    if len(value) > _LONGEST_FIGURE or not (found := _FROM_TO.fullmatch(value)):
        return None
    start = _figure(found["start"] or found["from"])
    end = _figure(found["end"] or found["to"])
    return _alike(start, end) if start and end else None


def _figure(text: str) -> _Figure | None:
    """Return the figure that the whole text is, None where it is none."""
    found = _FIGURE.fullmatch(text) if len(text) <= _LONGEST_FIGURE else None
    if found is None:
        return None
    bounds, unit = _bounds(found), _unit(found)
    if bounds is None or unit is None or (found["compared"] and unit != "倍"):
        return None
    few = ("about", "first_few", "first_more", "second_few", "second_more")
    return _Figure(
        low=bounds[0],
        high=bounds[1],
        unit=unit or None,
        approximate=any(found[group] for group in few) or found["tail"] in {"左右", "上下"},
        sign=found["sign"] or "",
        verb=_verb(found),
        reached=bool(found["reached"]),
        scaled=bool(found["first_scale"] or found["second_scale"]),
        part=bool(found["part"]),
    )


def _bounds(found: re.Match[str]) -> tuple[float | None, float | None] | None:
    """Return least and greatest size; None where range, bounds and signs contradict each other."""
    tail = found["tail"] or ""
    at_least = bool(found["least"]) or tail.endswith("以上")
    at_most = bool(found["most"]) or tail.endswith(("以下", "内"))
    # >-15% may mean a fall of more or of less.
    unclear = found["sign"] == "-" and (found["least"] or found["most"])
    if (at_least and at_most) or unclear:
        return None
    sizes = _sizes(found)
    if len(sizes) == 1:
        return None if at_most else sizes[0], None if at_least else sizes[0]
    fitting = (found["second_sign"] or found["sign"]) == found["sign"]
    return (min(sizes), max(sizes)) if fitting and not (at_least or at_most) else None


def _sizes(found: re.Match[str]) -> tuple[float, ...]:
    first, scale = _number(found["first"]), found["first_scale"]
    if not found["second"]:
        return (_scaled(first, scale),)
    second = _number(found["second"])
    # 3~5万台 begins at 30,000, 8000~1.2万台 at 8,000.
    if not scale and not found["first_unit"] and first < second:
        scale = found["second_scale"]
    return _scaled(first, scale), _scaled(second, found["second_scale"])


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _scaled(number: float, scale: str | None) -> float:
    return round(number * _SCALES.get(scale or "", 1), 9)


def _unit(found: re.Match[str]) -> str | None:
    """Return the normalised unit, "" for none, None where it is not one unit."""
    units = [_normal_unit(found[group] or "") for group in ("first_unit", "second_unit")]
    stated = {unit for unit in units if unit != ""}
    return stated.pop() if len(stated) == 1 else None if stated else ""


def _normal_unit(unit: str) -> str | None:
    parts = unit.split("/")
    if len(parts) > 1 and parts[0] == parts[1].lstrip("0123456789"):
        return None  # 8炉/8炉 is eight of eight
    if any(_is_sentence(part) for part in parts) or _is_noun(parts[0]):
        return None
    return "/".join(_UNITS.get(part, part) for part in parts)


def _is_sentence(part: str) -> bool:
    known = part in _UNITS or part[:1].isdecimal()
    return not known and count_han(part) > _LONGEST_UNKNOWN_UNIT


def _is_noun(part: str) -> bool:
    """Tell 秒级 and 元件, which begin as a unit does, from units."""
    return part not in _UNITS and count_han(part) > 1 and part[:1] in _UNITS


def _alike(start: _Figure, end: _Figure) -> tuple[_Figure, _Figure] | None:
    """Return both sides in one unit, None where they have none in common or move themselves."""
    if any(side.sign not in {"", "±"} or (side.verb and not side.reached) for side in (start, end)):
        return None
    if not (start.unit and end.unit) and start.scaled != end.scaled:
        return None  # 3→5万台 may begin at 3 or at 30,000
    unit = start.unit or end.unit
    start, end = replace(start, unit=unit), replace(end, unit=end.unit or unit)
    if start.unit == end.unit:
        return start, end
    if start.unit not in _SECONDS or end.unit not in _SECONDS:
        return None
    unit = min(start.unit, end.unit, key=lambda time: _SECONDS[time])
    return _in_time(start, unit), _in_time(end, unit)


def _in_time(figure: _Figure, unit: str) -> _Figure:
    if figure.unit is None or figure.unit == unit:
        return figure
    factor = _SECONDS[figure.unit] / _SECONDS[unit]
    rough = figure.approximate or figure.unit in _LOOSE_TIMES
    low, high = _times(figure.low, factor), _times(figure.high, factor)
    return replace(figure, low=low, high=high, unit=unit, approximate=rough)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 9)


# --- what a figure means beside its name ---


def _read(name: _Name, start: _Figure | None, figure: _Figure) -> Effect:
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


def _ways(name: _Name, figure: _Figure) -> set[Way]:
    """Return which ways sign and verbs say that the indicator went; none for a value reached."""
    signs: Mapping[str, Way] = {"+": "up", "-": "down"}
    said = (signs.get(figure.sign), None if figure.reached else figure.verb)
    turn = None if figure.reached else name.turn
    return {way for way in (*said, turn) if way}


def _from_to(start: _Figure, end: _Figure) -> Effect:
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


def _multiple(name: _Name, figure: _Figure) -> Effect:
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


def _moved(way: Way, figure: _Figure) -> Effect:
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


def _had(core: str, figure: _Figure) -> Effect:
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
    measured = unit in _MEASURES or unit in _SHARES or "/" in unit or not count_han(unit)
    labour = unit == "人" and bool(_LABOUR_NAME.search(core))
    return measured or labour or bool(_OUTPUT_NAME.search(core))


# --- indicators ---


def _judge(effect: Effect, name: _Name, conditions: Conditions) -> Effect:
    """Fill in the indicator, where the figure can be one of it, and whether that is better."""
    kpi_id = _kpi_words().get(_word(name.core))
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
        return effect.unit in _SHARES
    if name.core.endswith("周期"):
        return effect.unit in _SECONDS
    return not ("周转" in name.core and effect.unit in _SECONDS)


def _better(direction: Way | None, kpi: Kpi) -> bool | None:
    wanted = "up" if kpi.direction == "none" else kpi.direction
    return None if direction is None else direction == wanted


def _word(name: str) -> str:
    """Return a name as the word list spells it."""
    return _QUALIFIERS.sub("", squeeze(name).replace(" ", ""))


@cache
def _kpi_words() -> Mapping[str, str]:
    with KPI_WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["kpi"] for row in csv.DictReader(file)}
