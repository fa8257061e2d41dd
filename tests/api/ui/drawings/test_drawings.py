"""Every drawing: well formed, captioned, escaped, readable without colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.ui.drawings.bars import Bar, bars
from api.ui.drawings.ladder import Rung, ladder
from api.ui.drawings.matrix import Count, Line, matrix
from api.ui.drawings.neighbourhood import Group, Neighbour, neighbourhood
from api.ui.drawings.svg import SMALL, STEPS, Caption, fitted, shade, width_of
from api.ui.drawings.tiles import PLACES, Tile, tile_grid
from api.ui.drawings.timeline import Year, time_line
from ontology.classification import load_places

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'
CAPTION = Caption("here", f"案例 {HOSTILE}", f"说明 {HOSTILE}")
NAMES = {"met": "符合", "not_met": "不符合", "unknown": "未知"}


def _tiles() -> str:
    return tile_grid(CAPTION, [Tile("710000", HOSTILE, 3, HOSTILE, "/cases?province=台湾")])


def _years() -> str:
    return time_line(CAPTION, [Year("2024", 3, HOSTILE), Year(HOSTILE, 1, "", dated=False)])


def _matrix() -> str:
    return matrix(
        CAPTION, [Line("a", HOSTILE, "/a")], [Line("b", HOSTILE)], {("a", "b"): Count(2, HOSTILE)}
    )


def _ladder() -> str:
    counts = {"met": 5, "not_met": 1, "unknown": 4}
    return ladder(CAPTION, [Rung(HOSTILE, "unknown", HOSTILE, counts, HOSTILE)], NAMES)


def _neighbourhood() -> str:
    near = Neighbour(HOSTILE, "Scene", "/thing/S17", HOSTILE)
    return neighbourhood(CAPTION, HOSTILE, "Instance", [Group(HOSTILE, True, (near,), HOSTILE)])


def _bars() -> str:
    return bars(CAPTION, [Bar(HOSTILE, 1.0, "+1.0", HOSTILE), Bar("b", -0.5, "−0.5", "")])


DRAWINGS = (_tiles, _years, _matrix, _ladder, _neighbourhood, _bars)


def parsed(svg: str) -> ElementTree.Element:
    """Return a drawing as a tree; it is read as XML where it stands alone."""
    return ElementTree.fromstring(str(svg).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))  # noqa: S314


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_says_what_it_is_to_those_who_do_not_see_it(draw: Callable[[], str]) -> None:
    root = parsed(draw())
    assert root.attrib["aria-labelledby"] == "here-title"
    (title,) = (one for one in root if one.tag == f"{SVG}title")
    (described,) = (one for one in root if one.tag == f"{SVG}desc")
    assert (title.attrib["id"], title.text) == ("here-title", f"案例 {HOSTILE}")
    assert (described.attrib["id"], described.text) == ("here-text", f"说明 {HOSTILE}")


@pytest.mark.parametrize("draw", DRAWINGS)
def test_names_from_sources_cannot_break_out_of_a_drawing(draw: Callable[[], str]) -> None:
    svg = draw()
    assert "<script" not in svg
    assert not re.search(r"\s(on\w+|style)=", svg)
    assert parsed(svg).tag == f"{SVG}svg"


@pytest.mark.parametrize("draw", [lambda: tile_grid(CAPTION, []), lambda: time_line(CAPTION, []),
                                  lambda: matrix(CAPTION, [], [], {}), lambda: bars(CAPTION, []),
                                  lambda: ladder(CAPTION, [], NAMES),
                                  lambda: neighbourhood(CAPTION, "a", "Scene", [])])  # fmt: skip
def test_nothing_to_draw_is_no_fault(draw: Callable[[], str]) -> None:
    assert parsed(draw()).tag == f"{SVG}svg"


def test_every_provincial_unit_has_a_tile_of_its_own() -> None:
    provinces = {place.code for place in load_places() if place.code.endswith("0000")}
    assert len(provinces) == 34
    assert set(PLACES) == provinces
    assert len(set(PLACES.values())) == 34


@pytest.mark.parametrize(("language", "widest"), [("zh", 400), ("en", 740)])
def test_the_map_is_as_narrow_as_its_names_allow_and_cuts_none(language: str, widest: int) -> None:
    names = {
        place.code: place.short_name if language == "zh" else place.name_en
        for place in load_places()
        if place.code in PLACES
    }
    drawn = tile_grid(CAPTION, [Tile(code, name, 3, "") for code, name in names.items()])
    assert float(parsed(drawn).attrib["width"]) <= widest
    assert "…" not in drawn


def test_a_tile_shows_name_and_count_and_is_a_link_that_says_both() -> None:
    tiles = [Tile("320000", "江苏", 42, "江苏：42 个案例", "/cases?province=江苏")]
    (link,) = parsed(tile_grid(CAPTION, tiles)).iter(f"{SVG}a")
    (said,) = link.iter(f"{SVG}title")
    assert (link.attrib["href"], said.text) == ("/cases?province=江苏", "江苏：42 个案例")
    assert [one.text for one in link.iter(f"{SVG}text")] == ["江苏", "42"]


def test_twenty_years_fit_the_page_and_no_word_below_them_is_cut() -> None:
    years = [Year(str(year), 1, "") for year in range(2006, 2027)]
    drawn = parsed(time_line(CAPTION, [*years, Year("未注明", 1, "", dated=False)]))
    width = float(drawn.attrib["width"])
    assert width <= 800
    for label in drawn.iter(f"{SVG}text"):
        half = width_of(label.text or "", SMALL) / 2
        assert float(label.attrib["x"]) - half >= 0
        assert float(label.attrib["x"]) + half <= width


def test_years_without_a_date_look_different_from_years() -> None:
    years = [Year("2024", 3, ""), Year("不详", 1, "", dated=False)]
    kinds = [one.attrib["class"] for one in parsed(time_line(CAPTION, years)).iter(f"{SVG}rect")]
    assert kinds == ["axis", "bar", "bar undated"]


def test_a_cell_that_nobody_counted_is_empty_and_no_zero() -> None:
    drawn = matrix(CAPTION, [Line("a", "行")], [Line("b", "列"), Line("c", "栏")],
                   {("a", "b"): Count(0, "没有见到")})  # fmt: skip
    texts = parsed(drawn).iter(f"{SVG}text")
    numbers = [one.text for one in texts if "cell" in one.attrib.get("class", "")]
    assert numbers == ["0"]


def test_the_ladder_tells_verdicts_by_pattern_and_number_and_names_them() -> None:
    root = parsed(_ladder())
    patterns = {one.attrib["id"]: one.find(f"{SVG}path") for one in root.iter(f"{SVG}pattern")}
    strokes = {name: path.attrib["d"] for name, path in patterns.items() if path is not None}
    assert patterns["here-met"] is None
    assert len(set(strokes.values())) == 3  # not met, exception, unknown: each its own
    words = [one.text for one in root.iter(f"{SVG}text")]
    assert {"5", "1", "4", "符合", "不符合", "未知"} <= set(words)
    assert words.index("符合") > words.index("4")


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60)
neighbours = st.builds(
    Neighbour, name=names, kind=st.just("Scene"), address=st.just("/thing/S17"), words=names
)
groups = st.lists(
    st.builds(
        Group,
        relation=names,
        inward=st.booleans(),
        neighbours=st.lists(neighbours, max_size=7).map(tuple),
        more=st.sampled_from(["", "另有 12 个"]),
    ),
    max_size=6,
)


@given(names, groups)
def test_no_box_of_a_neighbourhood_covers_another(name: str, given_groups: list[Group]) -> None:
    root = parsed(neighbourhood(CAPTION, name, "Instance", given_groups))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    boxes = [
        tuple(float(one.attrib[side]) for side in ("x", "y", "width", "height"))
        for one in root.iter(f"{SVG}rect")
    ]
    assert len(boxes) == 1 + sum(len(one.neighbours) for one in given_groups)
    for place, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0
        assert x + wide <= width
        assert y >= 0
        assert y + high <= height
        for left, top, other_wide, other_high in boxes[:place]:
            apart_aside = x + wide <= left or left + other_wide <= x
            assert apart_aside or y + high <= top or top + other_high <= y


def test_the_keyboard_walks_a_neighbourhood_from_left_to_right_and_down() -> None:
    def near(name: str) -> Neighbour:
        return Neighbour(name, "Scene", f"/thing/{name}")

    drawn = neighbourhood(
        CAPTION,
        "在线检测案例",
        "Instance",
        [
            Group("场景", False, (near("S17"),)),
            Group("方案", True, (near("a"), near("b")), "另有 3 个", "#all"),
        ],
    )
    order = [link.attrib["href"] for link in parsed(drawn).iter(f"{SVG}a")]
    assert order == ["/thing/a", "/thing/b", "#all", "/thing/S17"]


def test_bars_for_and_against_stand_on_either_side_of_one_line() -> None:
    axis, plus, minus = parsed(_bars()).iter(f"{SVG}rect")
    assert plus.attrib["x"] == axis.attrib["x"]
    assert float(minus.attrib["x"]) + float(minus.attrib["width"]) == pytest.approx(
        float(axis.attrib["x"]), abs=0.2
    )
    assert minus.attrib["class"] == "bar against"


@given(st.text(max_size=80), st.integers(20, 300))
def test_a_fitted_name_is_never_wider_than_its_room(words: str, width: int) -> None:
    shown = fitted(words, width, 12)
    assert width_of(shown, 12) <= width
    assert shown == words or shown.endswith("…")


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_more_is_never_lighter_and_only_nothing_is_blank(most: int, count: int) -> None:
    count = min(count, most)
    assert (shade(count, most) == 0) == (count == 0)
    assert shade(count, most) <= shade(count + 1, most) <= STEPS
    assert shade(most, most) == STEPS
