"""The grammar of figures: numbers with bounds, ranges, units, signs and verbs, and from→to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.effects.effect import POINTS, Way
from kg.text import count_han

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
MEASURES = frozenset(_UNITS.values())
SHARES = ("%", "‰", "ppm")
SECONDS = {
    "ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "week": 604800.0,
    "month": 30 * 86400.0, "year": 365 * 86400.0,
}  # fmt: skip
_LOOSE_TIMES = ("month", "year")  # their length varies: what is converted from them is rough
_LONGEST_UNKNOWN_UNIT = 2  # characters: 车位 is a unit, 项可选 and 台保障车 are parts of a sentence

UP = "提升|提高|增长|增加|上升"
DOWN = "下降|降低|缩短|缩减|削减|减少|减小|压缩|节约|节省"
_AT_LEAST = "≥|>=|>|大于等于|不低于|不少于|不小于|大于|高于|多于|超过|超|至少"
_AT_MOST = (
    "≤|<=|<|小于等于|不超过|不高于|不大于|不多于|小于|低于|少于|最高达到|最高达|最高|最多|至多"
)
LONGEST_FIGURE = 60  # characters; no packaged statement, name and all, is longer than 31
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
    rf"(?:(?P<up>{UP}|[增升](?=至|到))|(?P<down>{DOWN}|[降减](?=至|到)))?(?:幅度|了)?(?P<reached>至|到)?"
    rf"(?:控制在|达到|达|为)?(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})"
    r"|(?P<about>≈|~|大约|约|接近|将近|近)){0,2}(?P<part>占)?(?P<compared>(?:人工|传统|原来|原有)的?)?"
    rf"(?P<sign>[+±×-])?{_quantity('first')}"
    rf"(?:(?:~|-{{1,2}}|至|到)(?P<second_sign>[+-])?{_quantity('second')})?"
    r"(?P<tail>及?以上|及?以下|以内|之内|内|左右|上下)?"
)
_FROM_TO = re.compile(
    r"[从由]?(?P<start>.+?)(?:→|->)(?P<end>.+)"
    rf"|[从由](?P<from>.+?)(?:{UP}|{DOWN}|[降减增升])?[至到为](?P<to>.+)"
)


@dataclass(frozen=True, slots=True)
class Figure:
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


def verb_of(found: re.Match[str]) -> Way | None:
    """Return which way the verb of a match says that something went."""
    return "up" if found["up"] else "down" if found["down"] else None


def sides_of(value: str, note: str) -> tuple[Figure | None, Figure] | None:
    """Return the figure from which and the one to which it went, the first None if not said."""
    if figure := figure_of(value):
        before = figure_of(note)
        return (before and _alike(before, figure)) or (None, figure)
    if len(value) > LONGEST_FIGURE or not (found := _FROM_TO.fullmatch(value)):
        return None
    start = figure_of(found["start"] or found["from"])
    end = figure_of(found["end"] or found["to"])
    return _alike(start, end) if start and end else None


def figure_of(text: str) -> Figure | None:
    """Return the figure that the whole text is, None where it is none."""
    found = _FIGURE.fullmatch(text) if len(text) <= LONGEST_FIGURE else None
    if found is None:
        return None
    bounds, unit = _bounds(found), _unit(found)
    if bounds is None or unit is None or (found["compared"] and unit != "倍"):
        return None
    few = ("about", "first_few", "first_more", "second_few", "second_more")
    return Figure(
        low=bounds[0],
        high=bounds[1],
        unit=unit or None,
        approximate=any(found[group] for group in few) or found["tail"] in {"左右", "上下"},
        sign=found["sign"] or "",
        verb=verb_of(found),
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


def _alike(start: Figure, end: Figure) -> tuple[Figure, Figure] | None:
    """Return both sides in one unit, None where they have none in common or move themselves."""
    if any(side.sign not in {"", "±"} or (side.verb and not side.reached) for side in (start, end)):
        return None
    if not (start.unit and end.unit) and start.scaled != end.scaled:
        return None  # 3→5万台 may begin at 3 or at 30,000
    unit = start.unit or end.unit
    start, end = replace(start, unit=unit), replace(end, unit=end.unit or unit)
    if start.unit == end.unit:
        return start, end
    if start.unit not in SECONDS or end.unit not in SECONDS:
        return None
    unit = min(start.unit, end.unit, key=lambda time: SECONDS[time])
    return _in_time(start, unit), _in_time(end, unit)


def _in_time(figure: Figure, unit: str) -> Figure:
    if figure.unit is None or figure.unit == unit:
        return figure
    factor = SECONDS[figure.unit] / SECONDS[unit]
    rough = figure.approximate or figure.unit in _LOOSE_TIMES
    low, high = _times(figure.low, factor), _times(figure.high, factor)
    return replace(figure, low=low, high=high, unit=unit, approximate=rough)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 9)
