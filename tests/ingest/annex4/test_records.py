"""A filed table as records: what its applicants claim, no award, no contact, no proposal."""

from __future__ import annotations

from ingest.annex4.records import Filed, records_of
from kg.records import Record, check_record
from ontology.schema import schema
from tests.ingest.annex4.tables import GOOD, MOBILE, checked, nomenclature, row

FILED = Filed("annex4-jiangsu-2024", "2024-11-29")


def records(*rows: list[str]) -> tuple[Record, ...]:
    """Return the records of a table with these rows."""
    return records_of(checked(*rows), nomenclature(), FILED)


def scenes(found: tuple[Record, ...]) -> dict[str, tuple[str, str]]:
    """Return scene and basis by the name of the instance."""
    names = {r.subject: str(r.properties["name"]) for r in found if "name" in r.properties}
    return {
        names[record.subject]: (link.end, str(link.properties["basis"]))
        for record in found
        for link in record.links
        if link.relation == "IN_SCENE"
    }


def test_every_record_fits_the_schema() -> None:
    for record in records(row(1, GOOD[0]), row(2, GOOD[1])):
        check_record(record, schema())


def test_enterprises_projects_and_instances_are_claims_of_the_applicant() -> None:
    found = records(row(1, GOOD[0]))
    assert [record.label for record in found] == ["Organisation", "Instance", "Factory", "Instance"]
    assert {record.method for record in found} == {"claimed"}
    assert scenes(found) == {
        "双臂机器人同台拧紧变速箱": ("S16", "stated"),
        "毛坯立体库": ("S22", "stated"),
    }


def test_a_recommendation_gives_no_level() -> None:
    links = {link.relation for record in records(row(1)) for link in record.links}
    assert links == {"OF_ENTERPRISE", "IN_SCENE"}


def test_an_older_name_is_kept_as_written_and_mapped_by_us() -> None:
    found = records(row(1, "质量管控—智能在线检测—轮毂判读"))
    assert scenes(found) == {"轮毂判读": ("S17", "assigned")}


def test_names_that_are_no_scene_s_become_no_link() -> None:
    found = records(row(1, "1. 质量管控—视觉在线判定—轮毂\n2. 仓储物流—智能仓诸—立体库\n3. 打磨"))
    assert scenes(found) == {}
    assert sum(record.label == "Instance" for record in found) == 3


def test_placeholders_examples_and_rows_without_enterprise_are_left_out() -> None:
    found = records(row(1, "无"), row(2, GOOD[0], applicant=""), row(3, GOOD[1], applicant="同上"))
    assert [record.label for record in found] == ["Organisation", "Factory"]


def test_no_contact_is_among_the_records() -> None:
    cell = f"质量管控—在线智能检测—轮毂判读（联系人：甲某，{MOBILE}）"
    written = " ".join(
        record.written()[1] for record in records(row(1, cell, project=f"工厂{MOBILE}"))
    )
    assert MOBILE not in written
    assert "甲某" not in written


def test_rows_may_move_without_a_record_changing() -> None:
    one, two = row(1, GOOD[0]), row(2, GOOD[1])
    moved = [["1", *two[1:]], ["2", *one[1:]]]
    assert [r.id for r in records(one, two)] == [r.id for r in records(*moved)]
