"""What rows of the packaged tables become, and what happens to a row with one bad cell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.packaged.factories import title_status
from ingest.packaged.organisations import NAMES, SUPPLIERS
from ingest.tables import Mapped, read_table
from kg.ids import made_id, standard_id
from kg.records import Link, Record
from kg.text import count_han
from ontology.guide import load_guide
from tests.ingest.changed import as_bytes, copied, read, rows_of, with_cell


def of(mapped: Mapped, key: str, label: str) -> list[Record]:
    """Return the records of one row about things of a label."""
    return [
        record
        for record in mapped.records
        if record.locator.endswith(f"#{key}") and record.label == label
    ]


def links(records: Iterable[Record], relation: str) -> list[Link]:
    return [link for record in records for link in record.links if link.relation == relation]


def values(records: Iterable[Record], name: str) -> list[object]:
    return [record.properties[name] for record in records if name in record.properties]


def one_changed(tmp_path: Path, table: str, key: str, column: str, value: str) -> Mapped:
    folder = copied(tmp_path, **{table: with_cell(key, column, value)})
    return read(table, folder)


def test_an_assigned_scene_is_a_record_of_its_own_and_never_reported() -> None:
    records = of(read("instances"), "I018", "Instance")
    by_method = {record.method: record for record in records}
    assert set(by_method) == {"reported", "assigned"}
    assert links([by_method["reported"]], "IN_SCENE") == []
    (scene, *_) = links([by_method["assigned"]], "IN_SCENE")
    assert scene.properties["basis"] == "assigned"
    assert by_method["reported"].properties["effects"] == ("产品开发速度=+37%",)


def test_a_clause_on_taking_it_over_elsewhere_is_kept_as_told(tmp_path: Path) -> None:
    assert values(of(read("instances"), "I204", "Instance"), "replication") == [
        ("经验已复制到多家兄弟工厂",)
    ]
    plan = one_changed(
        tmp_path, "instances", "I204", "description_own_words", "计划推广应用；订单复制粘贴改为自动"
    )
    assert values(of(plan, "I204", "Instance"), "replication") == []


def test_an_awarded_label_is_reported_under_its_own_name_and_edition() -> None:
    records = of(read("instances"), "I001", "Instance")
    ((scene, record),) = [
        (link, record) for record in records for link in record.links if link.relation == "IN_SCENE"
    ]
    assert record.method == "reported"
    assert (scene.end, scene.properties["basis"], scene.properties["as_found"]) == (
        "S05", "awarded", "产品数字化研发与设计"
    )  # fmt: skip
    assert "来源所用场景名称出自指引2022年版" in values(records, "note")[0]  # type: ignore[operator]


def test_the_notices_printed_example_is_an_instance_without_enterprise() -> None:
    records = of(read("instances"), "I002", "Instance")
    assert links(records, "OF_ENTERPRISE") == []
    assert {record.method for record in records} == {"official", "assigned"}
    assert "官方填报示例，不是某家企业的实际案例" in values(records, "note")[0]  # type: ignore[operator]


def test_an_enterprise_that_the_source_does_not_name_is_no_organisation() -> None:
    mapped = read("instances")
    assert of(mapped, "G014", "Organisation") == []
    records = of(mapped, "G014", "Instance")
    assert links(records, "OF_ENTERPRISE") == []
    assert values(records, "note") == [("企业未具名（表中写法）：某水泥公司（来源未具名）",)]


def test_a_remark_behind_a_name_is_taken_off_and_kept_as_a_note() -> None:
    mapped = read("instances")
    names = {
        str(value)
        for key in ("G086", "G087", "G088")
        for value in values(of(mapped, key, "Organisation"), "name")
    }
    assert names == {"联想集团有限公司"}
    assert values(of(mapped, "G087", "Instance"), "note") == [
        ("企业（表中写法）：联想集团有限公司（iChain）",)
    ]


def test_a_supplier_string_becomes_maker_and_product_and_stays_as_found() -> None:
    records = of(read("instances"), "I174", "Instance")
    (supplied,), (used,) = links(records, "SUPPLIED_BY"), links(records, "USES")
    assert supplied.properties == used.properties == {"basis": "reported", "as_found": "鹰图SPF"}
    assert values(records, "suppliers_as_found") == [("鹰图SPF",)]


@pytest.mark.parametrize("key", ["I001", "G034", "G087"])
def test_what_names_no_supplier_makes_no_link(key: str) -> None:
    assert links(of(read("instances"), key, "Instance"), "SUPPLIED_BY") == []


@pytest.mark.parametrize(
    ("key", "level", "status"),
    [("F001", "L4", "awarded"), ("F032", "L3", "publicised"), ("F121", "L1", "awarded")],
)
def test_a_level_of_the_programme_is_linked_with_its_status(
    key: str, level: str, status: str
) -> None:
    (link,) = links(of(read("factories"), key, "Factory"), "AT_LEVEL")
    assert (link.end, link.properties["status"]) == (level, status)


@pytest.mark.parametrize(
    ("key", "title", "programme"),
    [
        ("F169", "领航级大会展出（未确认入选）（2025）", []),
        ("F235", "WEF灯塔工厂（申报中，报道）（2022）", []),
        ("F073", "智能制造示范工厂（2023）", [("demo_2021_2023",)]),
        ("F124", "安徽省智能工厂（2017）", [("provincial_municipal_other",)]),
    ],
)
def test_a_title_of_another_programme_never_becomes_a_level(
    key: str, title: str, programme: list[object]
) -> None:
    records = of(read("factories"), key, "Factory")
    assert links(records, "AT_LEVEL") == []
    assert values(records, "titles") == [(title,)]
    assert values(records, "programme") == programme


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("领航级", "awarded"),
        ("卓越级（公示）", "publicised"),
        ("河南省智能车间（拟认定）", "proposed"),
        ("浙江省未来工厂（报道称）", "reported"),
        ("领航级大会展出（未确认入选）", "unconfirmed"),
        ("WEF灯塔工厂（申报中，报道）", "unconfirmed"),
    ],
)
def test_the_words_of_a_title_tell_how_far_it_has_come(title: str, status: str) -> None:
    assert title_status(title) == status


def test_an_official_task_has_published_scenes_and_targets_that_are_no_effects() -> None:
    records = {record.method: record for record in of(read("solutions"), "MIIT2025-01", "Solution")}
    assert set(records) == {"official", "target", "assigned"}
    (scene,) = links([records["official"]], "FOR_SCENE")
    assert (scene.end, scene.properties["basis"]) == ("2025-S01", "published")
    assert "交付周期-30%" in records["target"].properties["targets"]  # type: ignore[operator]
    assert values(records.values(), "claims") == []
    assert records["official"].properties["note"] == ("推荐单位：北京市经济和信息化局",)


def test_a_vendors_figures_are_claims_with_what_they_count() -> None:
    records = {record.method: record for record in of(read("solutions"), "HWC-232", "Solution")}
    assert set(records) == {"published", "claimed", "assigned"}
    assert records["claimed"].properties["replication_claim"] == (
        "7430000+（company customers of all kinds; not a replication figure）"
    )
    assert {link.properties["basis"] for link in links(records.values(), "FOR_SCENE")} == {
        "assigned"
    }


def test_what_is_recalled_of_a_standard_is_inferred_and_the_rest_published() -> None:
    records = {
        record.method: record for record in of(read("standards"), "GB/T 40814-2021", "Standard")
    }
    assert "name" not in records["published"].properties
    assert records["inferred"].properties["name"] == "智能制造 个性化定制 能力成熟度模型"
    assert records["inferred"].url == ""  # the page did not show it
    assert links([records["assigned"]], "COVERS")


def test_a_row_from_memory_says_so_and_is_inferred_throughout() -> None:
    records = of(read("standards"), "GB/T 22239-2019", "Standard")
    assert {record.method for record in records} == {"inferred", "assigned"}
    assert "凭记忆记录，未核对来源" in values(records, "note")[0]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("GB/T 39116-2020", "in force"),
        ("GB/T 47472-2026", "published"),  # enters into force after the table was compiled
        ("20255816-T-604", "drafting"),
        ("20254645-T-604", "consultation"),
        ("GB/T 36073-2018", "replaced"),
        ("GB/T 36132-2018", "doubtful"),
        ("GB/T 41302-2022", "unknown"),
    ],
)
def test_a_status_is_what_the_remark_states(code: str, status: str) -> None:
    assert values(of(read("standards"), code, "Standard"), "status") == [status]


@pytest.mark.parametrize(
    ("code", "relation", "basis"),
    [
        ("GB/T 20720.1-2019", "ADOPTS", "stated"),
        ("GB/T 32235.1-2024", "ADOPTS", "inferred"),
        ("20254645-T-604", "ADOPTS", "planned"),
        ("20254645-T-604", "REPLACES", "planned"),
        ("WD 2024005768", "REPLACES", "planned"),
        ("GB/T 36073-2025", "REPLACES", "stated"),
    ],
)
def test_adoption_and_replacement_carry_their_basis(code: str, relation: str, basis: str) -> None:
    records = of(read("standards"), code, "Standard")
    assert [link.properties["basis"] for link in links(records, relation)] == [basis]


def test_a_replaced_standard_that_is_no_row_stays_text() -> None:
    records = of(read("standards"), "GB/T 20720.1-2019", "Standard")
    assert links(records, "REPLACES") == []
    assert values(records, "replaces_as_found") == ["GB/T 20720.1-2006"]


def test_scene_names_of_standards_are_read_as_2025_names_even_where_2024_shares_them() -> None:
    name = "人机协同作业"
    bearers = {
        hit.id
        for edition in ("2024", "2025")
        for hit in load_guide(edition).find(name)
        if hit.use == "name"
    }
    assert bearers == {"S16", "2025-S23"}
    covers = links(of(read("standards"), "GB/T 36008-2018", "Standard"), "COVERS")
    assert {link.end for link in covers} == {"2025-S23", "E06", "E10"}


def test_only_2025_scenes_are_mapped_onto_2024_scenes() -> None:
    maps = read("crosswalk").records
    assert {record.subject[:6] for record in maps} == {"2025-S"}
    confidences = [link.properties["confidence"] for link in links(maps, "MAPS_TO")]
    assert set(confidences) <= {0.4, 0.7, 0.9}


def test_a_provisional_name_is_inferred_and_an_attested_one_is_not() -> None:
    methods = {
        record.subject: record.method
        for record in read("guide_2024").records
        if "name" in record.properties
    }
    assert (methods["S16"], methods["S11"], methods["S01"]) == ("official", "official", "inferred")


def test_our_own_words_carry_no_address_as_if_somebody_had_said_them() -> None:
    for source in ("guide_2024", "guide_2025", "programme"):
        own = [record for record in read(source).records if record.method == "assigned"]
        assert own
        assert {record.url for record in own} == {""}


BAD_CELLS = [
    ("instances", "I008", "year", "20Z4", "is no whole number"),
    ("instances", "I010", "province", "江淮", "is no place of GB/T 2260"),
    ("instances", "I010", "scene_2024_provisional_id", "S41", "is no scene of 2024"),
    ("instances", "I018", "scene_label_alternative", "智能喝茶", "is no scene name of any edition"),
    ("instances", "I018", "instance_name", "多联机\x0b同步", "holds the character U+000B"),
    ("instances", "I018", "source_grade", "D", "is none of A, B, C"),
    ("factories", "F001", "year", "2325", "is no year from 1900 to 2100"),
    ("factories", "F001", "programme_level", "gold", "is none of lead"),
    ("solutions", "MIIT2025-01", "scenes", "智能喝茶", "is no scene name of the 2025 edition"),
    ("solutions", "HWC-232", "confidence", "hearsay", "begins with none of"),
    ("standards", "GB/T 39116-2020", "segments", "饮茶管理", "is no segment name"),
    ("standards", "GB/T 39116-2020", "level", "royal", "is none of national"),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "reason"), BAD_CELLS)
def test_a_bad_value_is_held_back_and_its_row_kept(
    tmp_path: Path, table: str, key: str, column: str, value: str, reason: str
) -> None:
    rows = rows_of(table)
    number = next(place for place, row in enumerate(rows, 2) if key in row.values())
    before, mapped = read(table), one_changed(tmp_path, table, key, column, value)
    new = set(mapped.held_back) - set(before.held_back)
    hits = [one for one in new if reason in one.reason.en]
    assert [(one.file, one.row) for one in hits] == [(f"{table}.csv", number)]
    assert (hits[0].column, hits[0].value) == (column, value)
    assert count_han(hits[0].reason) > 1
    assert (mapped.represented, mapped.rows_in) == (len(rows), len(rows))


@pytest.mark.parametrize(
    ("key", "column", "value", "reason"),
    [
        ("F073", "programme_level", "lead", "does not agree with the title '智能制造示范工厂'"),
        ("F169", "programme_level", "lead", "does not agree with the title '领航级大会展出"),
        ("F001", "year", "2019", "cannot be of 2019, before 2024"),
    ],
)
def test_a_level_that_title_or_year_contradict_is_held_back_and_the_title_kept(
    tmp_path: Path, key: str, column: str, value: str, reason: str
) -> None:
    mapped = one_changed(tmp_path, "factories", key, column, value)
    (found,) = mapped.held_back
    assert found.column == "programme_level"
    assert found.reason.en.startswith(reason)
    records = of(mapped, key, "Factory")
    assert links(records, "AT_LEVEL") == []
    assert len(values(records, "titles")) == 1


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path) -> None:
    folder = copied(tmp_path, factories=lambda rows: [dict(reversed(row.items())) for row in rows])
    assert read("factories", folder) == read("factories")


def test_a_row_that_nothing_identifies_is_held_back_whole(tmp_path: Path) -> None:
    mapped = one_changed(tmp_path, "factories", "F001", "enterprise", "——")
    assert [one.told.en for one in mapped.held_back if one.whole] == [
        "factories.csv, row 2: the row names no enterprise"
    ]
    assert (mapped.rows_in, mapped.represented) == (236, 235)


@pytest.mark.parametrize("table", ["instances", "factories", "solutions", "standards"])
def test_rows_in_are_represented_plus_held_back(table: str) -> None:
    mapped = read(table)
    assert mapped.rows_in == len(rows_of(table))
    assert mapped.rows_in == mapped.represented + sum(one.whole for one in mapped.held_back)


def test_every_supplier_string_is_decided_by_hand_with_a_reason() -> None:
    strings = {
        part.strip()
        for row in rows_of("instances")
        for part in row["vendor_or_solution"].split(";")
        if part.strip()
    }
    decided = {row["as_found"]: row for row in rows_of("suppliers")}
    assert set(decided) == strings
    assert all(row["reason"] for row in decided.values())


def test_every_name_that_is_changed_by_hand_occurs_and_keeps_its_words() -> None:
    found = {row["enterprise"] for table in ("instances", "factories") for row in rows_of(table)}
    for row in rows_of("organisation_names"):
        assert row["as_found"] in found
        assert row["name"] in row["as_found"] or row["name"].rstrip("）") in row["as_found"]


def test_a_site_behind_a_full_name_belongs_to_the_enterprise_of_that_name() -> None:
    at_site = of(read("instances"), "I055", "Instance")
    factory = of(read("factories"), "F178", "Factory")
    (owner,), (same,) = links(at_site, "OF_ENTERPRISE"), links(factory, "OF_ENTERPRISE")
    assert owner.end == same.end == made_id("org", "三一重工股份有限公司")


def test_the_lists_kept_by_hand_repeat_nothing() -> None:
    for layout in (NAMES, SUPPLIERS):
        rows = rows_of(layout.file.removesuffix(".csv"))
        assert read_table(as_bytes(rows), layout).held_back == ()


def test_two_spellings_of_a_standard_code_are_one_standard() -> None:
    assert standard_id("GB/T39116—2020") == standard_id("GB/T 39116-2020") == "GB-T-39116-2020"
