"""The notice as data: every text is the notice's own, nothing is left out, nothing is added."""

from __future__ import annotations

import datetime
import re
import typing
from pathlib import Path

import pytest

from ontology import conditions as module
from ontology.conditions import (
    CONDITIONS,
    NOTICE,
    Condition,
    Conditions,
    load_conditions,
    notice_text,
)
from ontology.errors import InvalidFile, UnknownId
from ontology.guide import load_guide

ALL_AREAS = ("A01", "A02", "A03", "A04", "A05")


@pytest.fixture(scope="module")
def conditions() -> Conditions:
    return load_conditions()


def packed(text: str) -> str:
    """Leave out blanks and line breaks, which the notice's pages put inside sentences."""
    return re.sub(r"\s", "", text)


def in_notice(text: str) -> bool:
    return packed(text) in packed(notice_text())


def singles(conditions: Conditions) -> list[Condition]:
    return [one for clause in conditions.clauses() for one in clause.conditions]


def test_there_are_four_levels_in_order(conditions: Conditions) -> None:
    assert [(level.id, level.name) for level in conditions.levels] == [
        ("L1", "基础级"),
        ("L2", "先进级"),
        ("L3", "卓越级"),
        ("L4", "领航级"),
    ]
    assert [level.order for level in conditions.levels] == [1, 2, 3, 4]


def test_every_clause_and_every_single_condition_is_in_the_notices_words(
    conditions: Conditions,
) -> None:
    texts = [clause.text for clause in conditions.clauses()]
    texts += [one.text for one in singles(conditions)]
    texts += [level.summary for level in conditions.levels]
    texts += [conditions.encouraged.text]
    assert [text for text in texts if not in_notice(text)] == []


def test_single_conditions_are_parts_of_their_clause_in_its_order(conditions: Conditions) -> None:
    for clause in conditions.clauses():
        position = 0
        for one in clause.conditions:
            found = clause.text.find(one.text, position)
            assert found >= 0, one.id
            position = found + len(one.text)


def test_what_the_cut_leaves_of_a_clause_is_no_condition(conditions: Conditions) -> None:
    linking = {"，", "。", "；", "、", "和", "等，", "，并", "，以及", "等工作。"}
    for clause in conditions.clauses():
        if clause.conditions[0].kind == "floor":
            continue
        rest = clause.text
        for one in clause.conditions:
            rest = rest.replace(one.text, "|", 1)
        assert set(rest.split("|")) - {""} <= linking, clause.id


def test_every_numbered_item_of_annex_2_is_there(conditions: Conditions) -> None:
    assert [len(level.content) for level in conditions.levels] == [5, 5, 5, 5]
    assert [len(level.results) for level in conditions.levels] == [1, 2, 4, 4]
    assert [clause.id for clause in conditions.base] == ["B1", "B2", "B3", "B4", "B5"]


def test_content_items_stand_under_their_area_and_level_four_heads_the_last_otherwise(
    conditions: Conditions,
) -> None:
    names = {area.id: area.name for area in load_guide().areas}
    for level in conditions.levels:
        assert tuple(clause.area for clause in level.content) == ALL_AREAS
        for clause in level.content:
            if (level.id, clause.area) == ("L4", "A05"):
                assert clause.heading == "经营管理"
            else:
                assert clause.heading == names[clause.area or ""]


@pytest.mark.parametrize(
    ("level", "strictness", "areas", "words"),
    [
        ("L1", "at_least", ("A03",), "至少覆盖生产作业环节"),
        ("L2", "at_least", ("A03", "A04", "A05"), "至少覆盖生产作业、生产管理、运营管理三个环节"),
        ("L3", "in_principle", ALL_AREAS, "原则上应覆盖全部五个环节"),
        ("L4", "must", ALL_AREAS, "须覆盖全部五个环节"),
    ],
)
def test_floors_mean_areas(
    conditions: Conditions, level: str, strictness: str, areas: tuple[str, ...], words: str
) -> None:
    floor = conditions.condition(f"{level}-F")
    assert (floor.strictness, floor.areas, floor.text) == (strictness, areas, words)
    assert (floor.kind, floor.check) == ("floor", "coverage")


def test_maturity_is_two_two_three_four(conditions: Conditions) -> None:
    asked = {
        level.id: [one.maturity for one in conditions.for_level(level.id) if one.maturity]
        for level in conditions.levels
    }
    assert asked == {"L1": [2], "L2": [2], "L3": [3], "L4": [4]}


def test_results_are_compared_with_province_country_and_world(conditions: Conditions) -> None:
    compared = {
        one.levels[0]: (one.comparison.scope, one.comparison.standing)
        for one in singles(conditions)
        if one.kind == "result" and one.comparison
    }
    assert compared == {
        "L1": ("province", "above_average"),
        "L2": ("province", "leading"),
        "L3": ("country", "leading"),
        "L4": ("world", "leading"),
    }


def test_a_level_is_asked_its_own_conditions_and_the_base_requirements(
    conditions: Conditions,
) -> None:
    asked = conditions.for_level("卓越级")
    assert {one.kind for one in asked} == {"base", "floor", "content", "result"}
    assert all("L3" in one.levels for one in asked)
    assert [len(conditions.for_level(level)) for level in ("L1", "L2", "L3", "L4")] == [
        24,
        37,
        47,
        41,
    ]


def test_ids_are_unique_and_places_are_told(conditions: Conditions) -> None:
    ids = [one.id for one in singles(conditions)]
    assert len(ids) == len(set(ids)) == 130
    assert conditions.condition("L3-R3-2").text == "探索构建企业智能制造“标准群”"
    assert conditions.condition("L3-R3-2").place.text == (
        "附件2 四、卓越级智能工厂 （二）建设成效 第3项"
    )
    assert conditions.condition("P2-3").place.text.startswith("通知 二、")


def test_application_conditions_are_ten_single_ones(conditions: Conditions) -> None:
    ids = [one.id for clause in conditions.application for one in clause.conditions]
    assert ids == ["P1-1", "P1-2", "P1-3", "P2-1", "P2-2", "P2-3", "P2-4", "P3-1", "P3-2", "P3-3"]
    assert conditions.condition("P2-3").strictness == "in_principle"
    assert conditions.condition("P2-4").refers_to == "L3"
    exception = conditions.condition("P1-2").exception
    assert exception is not None
    assert in_notice(exception)


def test_scenes_that_serve_a_condition_exist(conditions: Conditions) -> None:
    guide = load_guide()
    served = [scene for one in singles(conditions) for scene in one.scenes]
    assert served
    assert all(guide.has_scene(scene) for scene in served)


def test_there_are_twenty_indicators_in_five_groups(conditions: Conditions) -> None:
    assert [kpi.id for kpi in conditions.kpis] == [f"K{n:02d}" for n in range(1, 21)]
    assert [kpi.order for kpi in conditions.kpis] == list(range(1, 21))
    sizes = {kpi.group: 0 for kpi in conditions.kpis}
    for kpi in conditions.kpis:
        sizes[kpi.group] += 1
    assert list(sizes.values()) == [4, 2, 9, 4, 1]


def test_indicators_are_printed_in_the_notice_with_number_and_unit(conditions: Conditions) -> None:
    for kpi in conditions.kpis:
        assert in_notice(f"{kpi.order}\t{kpi.name} ({kpi.unit})"), kpi.id
        assert in_notice(kpi.group)


def test_directions_are_those_the_wording_gives(conditions: Conditions) -> None:
    wording = {"提升": "up", "增长率": "up", "下降": "down", "降低": "down", "缩短": "down"}
    for kpi in conditions.kpis:
        said = [way for word, way in wording.items() if kpi.name.endswith(word)]
        assert kpi.direction == (said[0] if said else "none"), kpi.name
        assert (kpi.form == "change") == bool(said)


def test_quotas_are_twenty_and_five(conditions: Conditions) -> None:
    limits = {quota.kind: quota.limit for quota in conditions.quotas}
    assert limits == {"province": 20, "planned_city": 5, "corps": 5, "central_enterprise": 5}
    assert all(in_notice(quota.words) for quota in conditions.quotas)
    assert conditions.quota("corps").limit == 5
    with pytest.raises(UnknownId, match="province"):
        conditions.quota("provinces")


def test_dates_are_those_of_the_notice(conditions: Conditions) -> None:
    assert {day.id: day.date for day in conditions.dates} == {
        "issued": datetime.date(2024, 10, 28),
        "filing": datetime.date(2024, 11, 22),
        "review": datetime.date(2024, 11, 29),
    }
    for day in conditions.dates:
        assert in_notice(day.words)
        assert f"{day.date.year}年{day.date.month}月{day.date.day}日" in day.words


def test_recommending_units_are_31_provinces_5_planned_cities_and_the_corps(
    conditions: Conditions,
) -> None:
    kinds = [unit.kind for unit in conditions.units]
    assert (kinds.count("province"), kinds.count("planned_city"), kinds.count("corps")) == (
        31,
        5,
        1,
    )
    cities = [unit.name for unit in conditions.units if unit.kind == "planned_city"]
    assert cities == ["大连市", "宁波市", "厦门市", "青岛市", "深圳市"]
    unnamed = [kind.id for kind in conditions.unit_kinds if not kind.names_units]
    assert unnamed == ["central_enterprise"]


def test_recommending_units_are_known_places(conditions: Conditions) -> None:
    from ontology.classification import place

    for unit in conditions.units:
        if unit.kind == "corps":
            assert unit.code is None
        else:
            assert unit.code is not None
            assert (place(unit.code).name, place(unit.code).id) == (unit.name, unit.id)


def test_annex_3_has_four_parts_in_the_notices_words(conditions: Conditions) -> None:
    assert [part.order for part in conditions.materials] == [1, 2, 3, 4]
    for part in conditions.materials:
        assert in_notice(f"{part.order}\t{part.name}\t{part.text}")


def test_annex_4_is_told_as_printed(conditions: Conditions) -> None:
    table = conditions.table
    assert in_notice("\t".join(column.name for column in table.columns))
    assert [column.id for column in table.columns if column.personal] == ["contact", "phone"]
    assert in_notice(f"{table.title}\n{table.head}")
    assert in_notice(f"1\t\t\t{table.example.text} {table.example.trailing}")
    assert in_notice("注：" + "".join(f"{n}. {note}" for n, note in enumerate(table.notes, 1)))
    for word in table.example.role_words:
        assert f"（{word}）" in table.example.text


def test_the_printed_example_is_the_attested_scene(conditions: Conditions) -> None:
    example = conditions.table.example
    assert {hit.id for hit in load_guide().find(example.scene)} == {"S16"}
    assert "E06" in {hit.id for hit in load_guide().find(example.segment)}
    assert example.instance == "多机协同的发动机壳体柔性加工与检测"


def test_citations_are_in_the_notices_words(conditions: Conditions) -> None:
    assert all(in_notice(citation.words) for citation in conditions.cited)
    standards = [one.code for one in conditions.cited if one.kind == "standard"]
    assert standards == ["GB/T 39116-2020", "T/CAMS 182-2024"]


def test_values_from_closed_lists_are_in_them(conditions: Conditions) -> None:
    def allowed(name: str) -> set[str]:
        return set(typing.get_args(getattr(module, name)))

    assert {one.kind for one in singles(conditions)} <= allowed("Kind")
    assert {one.check for one in singles(conditions)} <= allowed("Check")
    assert {one.strictness for one in singles(conditions)} <= allowed("Strictness")
    assert {kpi.form for kpi in conditions.kpis} == allowed("Form")
    assert {kpi.direction for kpi in conditions.kpis} == allowed("Direction")
    assert {unit.kind for unit in conditions.units} < allowed("UnitKind")


def test_levels_are_found_by_id_and_name_and_lead_to_the_next(conditions: Conditions) -> None:
    assert conditions.level("先进级").id == "L2"
    following = conditions.next_level("L2")
    assert following is not None
    assert following.id == "L3"
    assert conditions.next_level("L4") is None


def test_unknown_levels_indicators_and_conditions_name_the_nearest(conditions: Conditions) -> None:
    with pytest.raises(UnknownId, match="卓越级"):
        conditions.level("卓越")
    with pytest.raises(UnknownId, match="K20"):
        conditions.kpi("K200")
    with pytest.raises(UnknownId, match="L3-R3-2"):
        conditions.condition("L3-R3-22")


def test_the_notice_holds_no_telephone_number() -> None:
    text = NOTICE.read_text(encoding="utf-8")
    assert re.findall(r"(?<!\d)0\d{2,3}\s*[—–-]\s*\d{7,8}(?!\d)", text) == []
    assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text) == []
    assert "工业和信息化部装备工业一司" in text


def test_the_notice_is_quoted_with_all_four_annexes() -> None:
    text = notice_text()
    assert text.startswith("工业和信息化部办公厅")
    for annex in ("附件 1", "附件 2", "附件 3", "卓越级智能工厂项目推荐汇总表"):
        assert annex in text
    assert "#" not in text


def test_a_file_with_a_wrong_or_missing_entry_is_refused(tmp_path: Path) -> None:
    text = CONDITIONS.read_text(encoding="utf-8")
    wrong = tmp_path / "conditions.yaml"
    wrong.write_text(text.replace("kpis:", "indicators:"), encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"conditions\.yaml lacks or mistakes .*kpis"):
        load_conditions(wrong)
    wrong.write_text(text.replace("unit: ", "units: "), encoding="utf-8")
    with pytest.raises(InvalidFile, match="units"):
        load_conditions(wrong)
    wrong.write_text("levels: [", encoding="utf-8")
    with pytest.raises(InvalidFile, match="cannot be read"):
        load_conditions(wrong)
    with pytest.raises(InvalidFile, match="cannot be read"):
        load_conditions(tmp_path / "none.yaml")
