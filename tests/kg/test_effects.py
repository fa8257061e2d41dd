"""Effect statements are read as a person reads them, or not at all."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.effects.effect import (
    ENOUGH_ENTERPRISES,
    POINTS,
    Effect,
    Kind,
    Way,
    readings,
    summarise,
)
from kg.effects.reading import KPI_WORDS, parse
from kg.text import squeeze
from ontology.conditions import Kpi, load_conditions

CONDITIONS = load_conditions()
FIGURES = ("low", "high", "start", "end", "change")
KINDS: dict[str, Kind | None] = {"": None, **{kind: kind for kind in get_args(Kind)}}
WAYS: dict[str, Way | None] = {"": None, **{way: way for way in get_args(Way)}}
ANSWERS = {"yes": True, "no": False, "": None}


def read_labels() -> list[tuple[str, Effect]]:
    """Return the labelled statements: origin and what a person read before any parser did.

    `real` stand in the packaged tables, `made` imitate them, `corrected` were found wrong when the
    output was read through, `fresh` is a sample drawn by chance and labelled after the parser was
    written and before it had seen them.
    """
    path = Path(__file__).parent / "effects.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["origin"], label(row)) for row in csv.DictReader(file)]


def label(row: dict[str, str]) -> Effect:
    low, high, start, end, change = (float(row[name]) if row[name] else None for name in FIGURES)
    name, kpi, unit = (row[name] or None for name in ("name", "kpi", "unit"))
    return Effect(
        row["statement"],
        name=name,
        kpi=kpi,
        kind=KINDS[row["kind"]],
        low=low,
        high=high,
        approximate=row["approximate"] == "yes",
        unit=unit,
        start=start,
        end=end,
        change=change,
        direction=WAYS[row["direction"]],
        better=ANSWERS[row["better"]],
    )


LABELS = read_labels()
LEARNT = [effect for origin, effect in LABELS if origin != "fresh"]
FRESH = [effect for origin, effect in LABELS if origin == "fresh"]


def rounded(effect: Effect) -> Effect:
    """Return the effect with its relative change as exact as labels give it."""
    return replace(effect, change=None if effect.change is None else round(effect.change, 4))


def read(statement: str) -> Effect:
    return parse(statement, CONDITIONS)


# --- statements ---


@pytest.mark.parametrize("expected", LEARNT, ids=lambda effect: effect.statement or "empty")
def test_a_statement_is_read_as_labelled(expected: Effect) -> None:
    assert rounded(read(expected.statement)) == rounded(expected)


def test_of_a_fresh_sample_nine_in_ten_are_read_in_every_detail_and_no_indicator_is_wrong() -> None:
    found = [read(expected.statement) for expected in FRESH]
    pairs = list(zip(found, FRESH, strict=True))
    assert len(FRESH) == 60
    assert sum(rounded(one) == rounded(expected) for one, expected in pairs) >= 55
    assert [one.kpi for one in found] == [expected.kpi for expected in FRESH]


@pytest.mark.parametrize("kpi", CONDITIONS.kpis, ids=lambda kpi: kpi.id)
def test_the_names_of_the_notice_are_those_of_its_indicators(kpi: Kpi) -> None:
    said = read(f"{kpi.name}=9{kpi.unit}")
    assert said.kpi == kpi.id
    assert said.kind == kpi.form
    assert said.better == (True if kpi.form == "change" else None)


@pytest.mark.parametrize(
    "name",
    [
        "焊接不良率", "一次交验不合格率", "返工率", "良品率",
        "设备利用率", "设备开动率", "资源利用率", "准时交付率", "关键工序数控化率",
        "设计周期", "生产周期", "交付周期", "焊接生产效率", "效率", "产能", "人均产值",
        "劳动生产率",
        "制造成本", "运维成本", "能耗", "综合能耗", "碳排放", "CO2排放", "碳足迹",
        "固废综合利用率", "水资源利用率", "库存", "营业收入",
    ],
)  # fmt: skip
def test_a_name_that_may_mean_something_else_has_no_indicator(name: str) -> None:
    found = read(f"{name}=-10%")
    assert (found.kind, found.kpi, found.better) == ("change", None, None)


def test_an_indicator_that_the_conditions_do_not_name_is_none() -> None:
    found = parse("研制周期=-30%", replace(CONDITIONS, kpis=()))
    assert (found.kind, found.kpi, found.better) == ("change", None, None)


def test_a_rise_is_better_only_where_the_indicator_should_rise() -> None:
    assert read("产品不良率=+2%").better is False
    assert read("库存周转率=+2%").better is True
    assert read("水资源重复利用率=90%→85%").better is False


def test_the_word_list_is_spelled_as_names_are_looked_up() -> None:
    with KPI_WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [row["word"] for row in rows]
    assert len(set(words)) == len(words)
    assert [word for word in words if word != squeeze(word).replace(" ", "")] == []
    assert {row["kpi"] for row in rows} == {kpi.id for kpi in CONDITIONS.kpis}


# Pieces of statements, so that chance comes near to what the grammar knows.
PIECES = (
    *(
        "研制周期",
        "生产效率",
        "产品不良率",
        "库存周转",
        "智能决策模型数量",
        "SO2",
        "节能",
        "销售增长率",
    ),
    *(
        "=",
        "→",
        "->",
        "~",
        "-",
        "+",
        "±",
        "×",
        "<",
        "≥",
        "约",
        "原",
        "（",
        "）",
        "/",
        ",",
        ".",
        " ",
    ),
    *(
        "提升",
        "降低",
        "缩短至",
        "由",
        "从",
        "至",
        "到",
        "为",
        "以上",
        "以内",
        "余",
        "占",
        "率",
        "人工",
    ),
    *("0", "3", "15", "1,200", "0.5", "999999999999999", "１２", "²", "e5", "٣", "\ud800", "\x00"),
    *(
        "%",
        "％",
        "个百分点",
        "倍",
        "万",
        "亿",
        "千",
        "天",
        "个月",
        "小时",
        "分钟",
        "元",
        "℃",
        "吨",
        "kWh",
    ),
)
statements = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


@given(statements)
def test_no_text_raises_and_every_effect_is_sound(statement: str) -> None:
    found = read(statement)
    assert found.statement == statement
    assert found.kind is None or found.kind in get_args(Kind)
    figures = [getattr(found, name) for name in FIGURES]
    assert all(figure is None or math.isfinite(figure) for figure in figures)
    if found.kind is None:
        assert replace(found, name=None, kpi=None) == Effect(statement)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
    assert (found.kind == "points") == (found.unit == POINTS)
    assert found.kind != "change" or found.unit == "%"
    assert found.kpi is None or found.kind != "count"
    assert (found.better is None) == (found.kpi is None or found.direction is None)


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "年" * 100_000 + "=5%", " " * 100_000, "(" * 100_000]
)
def test_long_texts_are_read_or_passed_over(text: str) -> None:
    assert read(text).statement == text


# --- summaries ---

ENTERPRISES = ("a", "b", "c", "d")
STATED = (
    *(
        "研制周期=-10%",
        "研制周期=-20%以上",
        "研制周期=-30~40%",
        "研制周期=3个月→2个月",
        "研制周期=9个月",
    ),
    *(
        "设备综合利用率=68%→92%",
        "设备综合利用率>90%",
        "设备综合利用率=+5%",
        "产线=5条",
        "能耗=-9%",
        "?",
    ),
)


@given(st.lists(st.tuples(st.sampled_from(ENTERPRISES), st.sampled_from(STATED)), max_size=25))
def test_no_median_stands_on_fewer_than_three_enterprises(pairs: list[tuple[str, str]]) -> None:
    effects = [(enterprise, read(statement)) for enterprise, statement in pairs]
    for found in summarise(effects):
        values = closed_values(effects, found.kpi, found.kind, found.unit)
        own = [median(stated) for stated in values.values()]
        enough = len(own) >= ENOUGH_ENTERPRISES
        assert found.enterprises >= len(own)
        assert found.median == (pytest.approx(median(own)) if enough else None)


def closed_values(
    effects: list[tuple[str, Effect]], kpi: str, kind: Kind, unit: str | None
) -> dict[str, list[float]]:
    values: dict[str, list[float]] = defaultdict(list)
    for enterprise, one in effects:
        if one.kpi != kpi:
            continue
        if (one.kind, one.unit) == (kind, unit) and one.low is not None and one.high is not None:
            values[enterprise].append((one.low + one.high) / 2)
        if (one.kind, kind) == ("level", "change") and one.change is not None:
            values[enterprise].append(one.change)
    return values


def test_a_median_is_over_enterprises_not_over_statements() -> None:
    said = [("a", "-10%"), ("a", "-10%"), ("a", "-10%"), ("b", "-20%"), ("c", "-30~40%")]
    (found,) = summarise((who, read(f"研制周期={figure}")) for who, figure in said)
    assert (found.kpi, found.kind, found.unit) == ("K05", "change", "%")
    assert (found.statements, found.enterprises) == (5, 3)
    assert (found.lowest, found.highest, found.median) == (-40, -10, -20)


def test_many_statements_of_two_enterprises_have_no_median() -> None:
    said = [("a", "-10%"), ("b", "-20%")] * 5
    (found,) = summarise((who, read(f"研制周期={figure}")) for who, figure in said)
    assert (found.statements, found.enterprises, found.median) == (10, 2, None)


def test_an_open_bound_counts_only_on_its_side_and_in_no_median() -> None:
    said = [("a", ">90%"), ("b", "=80%"), ("c", "=85%")]
    (found,) = summarise((who, read(f"设备综合利用率{figure}")) for who, figure in said)
    assert (found.lowest, found.highest) == (80, 85)
    assert (found.enterprises, found.median) == (3, None)


def test_where_all_bounds_are_open_one_end_is_unknown() -> None:
    (found,) = summarise([("a", read("设备综合利用率>90%"))])
    assert (found.lowest, found.highest) == (90, None)


def test_levels_changes_and_points_are_told_apart() -> None:
    said = ["=92%", "=68%→92%", "=+5%", "提升5个百分点"]
    found = summarise(("a", read(f"设备综合利用率{figure}")) for figure in said)
    counted = [(one.kind, one.unit, one.statements) for one in found]
    assert counted == [("change", "%", 1), ("level", "%", 1), ("points", POINTS, 2)]


def test_from_and_to_of_a_measure_tell_a_level_and_a_change() -> None:
    effect = read("研制周期=20天→15天")
    assert readings(effect)[0] is effect
    assert [(one.kind, one.unit, one.high) for one in readings(effect)] == [
        ("level", "d", 15),
        ("change", "%", -25),
    ]
    change, level = summarise([("a", effect)])
    assert (change.kind, change.unit, change.lowest) == ("change", "%", -25)
    assert (level.kind, level.unit, level.lowest) == ("level", "d", 15)


@pytest.mark.parametrize(
    "statement", ["研制周期=20天", "设备综合利用率=68%→92%", "生产效率=3倍", "?"]
)
def test_what_is_no_from_and_to_of_a_measure_has_one_reading(statement: str) -> None:
    assert readings(read(statement)) == (read(statement),)


def test_what_has_no_indicator_or_no_kind_is_left_out() -> None:
    assert (
        summarise(("a", read(said)) for said in ("能耗=-9%", "生产效率提高3倍", "产线=5条")) == ()
    )
